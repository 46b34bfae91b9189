using System.Security.Claims;
using IncidentDesk.Attacks;
using IncidentDesk.Import;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Attacks;

/// <summary>Measurements over HTTP.</summary>
public static class TrafficEndpoints
{
    /// <summary>As many samples as one request may have, generously written.</summary>
    private const int MaxRequestBytes = 4 * 1024 * 1024;

    /// <param name="At">ISO 8601 with a zone; left out for now.</param>
    public sealed record SampleRequest(string? At, double? Value);

    /// <param name="Id">Made by the client, so that a repeated request records once; may be left out.</param>
    /// <param name="Unit">bps, pps, rps, connections or sources.</param>
    /// <param name="MeasuredAt">Where: <c>uplink, inbound</c>.</param>
    public sealed record RecordRequest(Guid? Id, string? Unit, string? MeasuredAt, IReadOnlyList<SampleRequest>? Samples);

    /// <param name="Unit">bps, pps, rps, connections or sources.</param>
    public sealed record BatchAnswer(Guid Id, int Number, string Unit, string MeasuredAt, int Samples, DateTime From, DateTime To, DateTime RecordedAt, string RecordedBy, DateTime? WithdrawnAt, string? WithdrawnBy)
    {
        public static BatchAnswer Of(TrafficBatch b) => new(b.Id, b.Number, b.Unit.Label(), b.MeasuredAt, b.Samples, b.FromAt, b.ToAt, b.RecordedAt, b.RecordedByName, b.WithdrawnAt, b.WithdrawnByName);
    }

    public sealed record ProblemAnswer(int Line, string Code, string Message);

    /// <param name="Batches">One for each place and unit.</param>
    /// <param name="Samples">That were, or in a dry run would be, recorded.</param>
    /// <param name="Problems">Of a table: while there is one, nothing is recorded.</param>
    public sealed record RecordAnswer(IReadOnlyList<BatchAnswer> Batches, int Samples, IReadOnlyList<ProblemAnswer> Problems);

    public sealed record PointAnswer(DateTime At, double Least, double Most, double Mean, int Samples);

    public sealed record SeriesAnswer(string Unit, string MeasuredAt, IReadOnlyList<PointAnswer> Points);

    public static void MapTraffic(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/incidents/{key}/traffic").WithTags("Traffic");
        api.MapGet("", ReadAsync).WithName("ReadTraffic").WithSummary("What was measured, by place and unit, thinned out to at most so many points (200 when left out); least and most of each stretch are kept.");
        api.MapPost("", RecordAsync).Accepts<RecordRequest>("application/json").WithMetadata(new RequestRoomAttribute(MaxRequestBytes)).WithName("RecordTraffic").WithSummary("Record measurements of one place and unit. A repeat with the same id gets the same answer.");
        api.MapPost("", PasteAsync).Accepts<string>("text/csv").WithMetadata(new RequestRoomAttribute(MaxRequestBytes)).WithName("RecordTrafficTable").WithSummary("Record a table time,value[,unit,where], separated by comma, semicolon or tab: all of it or nothing.");
        api.MapGet("/batches", BatchesAsync).WithName("ListTrafficBatches").WithSummary("What came in, the newest first.");
        api.MapPost("/batches/{id:guid}/withdraw", WithdrawAsync).WithName("WithdrawTraffic").WithSummary("Take a wrong batch out of the series; it stays in the record.");
    }

    private static async Task<Results<Ok<IReadOnlyList<SeriesAnswer>>, ProblemHttpResult>> ReadAsync(string key, ReadTraffic read, Say say, ClaimsPrincipal user, CancellationToken ct, string? from = null, string? to = null, int points = 200)
    {
        var range = new DateTime?[2];
        foreach (var (i, (field, text)) in new[] { ("from", from), ("to", to) }.Index())
        {
            if (text is null) continue;
            if (!new TimeInput(text, null).Read(field).TryGet(out var time, out var bad)) return bad.ToProblem(say);
            range[i] = time.At;
        }
        return (await read.HandleAsync(key, range[0], range[1], points, user.ToActor(), ct)).TryGet(out var series, out var error)
            ? TypedResults.Ok<IReadOnlyList<SeriesAnswer>>([.. series.Select(s => new SeriesAnswer(s.Unit.Label(), s.MeasuredAt, [.. s.Points.Select(p => new PointAnswer(p.At, p.Least, p.Most, p.Mean, p.Samples))]))])
            : error.ToProblem(say);
    }

    private static async Task<Results<Created<RecordAnswer>, ProblemHttpResult>> RecordAsync(string key, RecordRequest request, RecordTraffic record, TimeProvider time, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<TrafficUnit>(request.Unit, out var unit)) return new Invalid("unit", "Word.Unknown", request.Unit ?? "").ToProblem(say);
        var samples = new List<RecordTraffic.Sample>();
        foreach (var (place, sample) in (request.Samples ?? []).Index())
        {
            var at = OccurrenceTime.Exactly(time.UtcNow());
            if (sample.At is not null && !new TimeInput(sample.At, null).Read($"samples[{place}].at").TryGet(out at, out var bad)) return bad.ToProblem(say);
            samples.Add(new(at.At!.Value, sample.Value ?? double.NaN));
        }
        return (await record.HandleAsync(new(key, request.Id ?? Guid.CreateVersion7(), [new(unit, request.MeasuredAt, samples)], IsTimedByDesk: (request.Samples ?? []).All(s => s.At is null)), user.ToActor(), ct)).TryGet(out var batches, out var error)
            ? TypedResults.Created($"/api/v1/incidents/{Uri.EscapeDataString(key)}/traffic/batches", new RecordAnswer([.. batches.Select(BatchAnswer.Of)], samples.Count, []))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<RecordAnswer>, Created<RecordAnswer>, UnprocessableEntity<RecordAnswer>, ProblemHttpResult>> PasteAsync(
        string key, HttpRequest request, PasteTraffic paste, Say say, ClaimsPrincipal user, CancellationToken ct, Guid? id = null, string? unit = null, string? where = null, bool dryRun = false)
    {
        var known = Labels.ParseOrNull<TrafficUnit>(unit);
        if (unit is not null && known is null) return new Invalid("unit", "Word.Unknown", unit).ToProblem(say);
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, ct);
        var result = await paste.HandleAsync(new(key, id ?? Guid.CreateVersion7(), content.ToArray(), known, where, dryRun), user.ToActor(), ct);
        if (!result.TryGet(out var outcome, out var error)) return error.ToProblem(say);

        var answer = new RecordAnswer([.. outcome.Batches.Select(BatchAnswer.Of)], outcome.Series.Sum(s => s.Samples.Count), [.. outcome.Problems.Select(p => new ProblemAnswer(p.Line, p.Code, say.Error(p)))]);
        if (dryRun) return TypedResults.Ok(answer);
        return answer.Problems.Count > 0 ? TypedResults.UnprocessableEntity(answer) : TypedResults.Created($"/api/v1/incidents/{Uri.EscapeDataString(key)}/traffic/batches", answer);
    }

    private static async Task<Results<Ok<IReadOnlyList<BatchAnswer>>, ProblemHttpResult>> BatchesAsync(string key, ReadTraffic read, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await read.BatchesAsync(key, user.ToActor(), ct)).TryGet(out var batches, out var error) ? TypedResults.Ok<IReadOnlyList<BatchAnswer>>([.. batches.Select(BatchAnswer.Of)]) : error.ToProblem(say);

    private static async Task<Results<Ok<BatchAnswer>, ProblemHttpResult>> WithdrawAsync(string key, Guid id, WithdrawTraffic withdraw, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await withdraw.HandleAsync(new(key, id), user.ToActor(), ct)).TryGet(out var batch, out var error) ? TypedResults.Ok(BatchAnswer.Of(batch)) : error.ToProblem(say);
}
