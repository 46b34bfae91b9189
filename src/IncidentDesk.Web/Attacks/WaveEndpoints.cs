using System.Security.Claims;
using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Attacks;

/// <summary>Attack waves over HTTP.</summary>
public static class WaveEndpoints
{
    /// <param name="Vector">A slug of <c>/attack-vectors</c>.</param>
    /// <param name="From">Left out for now.</param>
    /// <param name="To">Left out while it goes on.</param>
    /// <param name="Magnitude">In the unit, without prefix: 20000000000 and <c>bps</c>.</param>
    /// <param name="Unit">bps, pps, rps, connections, sources.</param>
    /// <param name="MagnitudeKind">peak, average; left out when nobody knows.</param>
    /// <param name="Countries">ISO 3166-1 alpha-2.</param>
    /// <param name="Sources">Text with addresses, as pasted; it is folded and takes the place of the prefixes.</param>
    /// <param name="Targets">Names or ids of assets.</param>
    /// <param name="AdaptedTo">Name or id of a mitigation of the incident.</param>
    /// <param name="Defences">Names or ids of mitigations of the incident.</param>
    public sealed record FactsRequest(
        string? Vector, TimeInput? From, TimeInput? To, double? Magnitude, string? Unit, string? MagnitudeKind, string? MeasuredAt, string? Signature, string? Notes,
        IReadOnlyList<string>? Countries, IReadOnlyList<string>? Networks, string? Sources, IReadOnlyList<SourcePrefix>? Prefixes, IReadOnlyList<string>? Targets, string? AdaptedTo, IReadOnlyList<string>? Defences);

    /// <param name="Id">Made by the client, so that a repeated request declares once; may be left out.</param>
    public sealed record DeclareRequest(Guid? Id, FactsRequest? Facts, string? Reason);

    public sealed record EditRequest(int? Version, FactsRequest? Facts, string? Reason);

    /// <param name="To">Left out for now; <c>order-only</c> when nobody knows since when.</param>
    public sealed record EndRequest(int? Version, TimeInput? To, string? Reason);

    public sealed record WithdrawRequest(int? Version, string? Reason);

    public sealed record FoldRequest(string? Text);

    public sealed record ListAnswer(IReadOnlyList<WaveAnswer> Waves);

    public static void MapWaves(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").WithTags("Waves");
        api.MapGet("/incidents/{key}/waves", ListAsync).WithSummary("The waves of the attack, in order of declaring; withdrawn ones only when asked for.");
        api.MapPost("/incidents/{key}/waves", DeclareAsync).WithSummary("Declare a wave: another vector, other targets, or an answer to a defence.");
        api.MapGet("/incidents/{key}/waves/{id:guid}", ReadAsync).WithSummary("One wave, withdrawn or not.");
        api.MapPut("/incidents/{key}/waves/{id:guid}", EditAsync).WithSummary("Write down anew what it is; all facts are given, and prefixes stay when neither they nor sources are. A stale version is a conflict.");
        api.MapPost("/incidents/{key}/waves/{id:guid}/end", EndAsync).WithSummary("Say that it is over.");
        api.MapPost("/incidents/{key}/waves/{id:guid}/withdraw", WithdrawAsync).WithSummary("Say that it was declared by mistake. It stays in the record.");
        api.MapGet("/attack-vectors", Vectors).WithSummary("The vectors that the desk knows.");
        api.MapPost("/source-addresses", FoldAsync).WithSummary("Fold pasted source addresses to networks; nothing is kept.").ForReaders();
    }

    private static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> ListAsync(string key, FindWaves find, Say say, ClaimsPrincipal user, CancellationToken ct, bool withdrawn = false) =>
        (await find.HandleAsync(key, user.ToActor(), ct, withdrawn)).TryGet(out var waves, out var error) ? TypedResults.Ok(new ListAnswer([.. waves.Select(WaveAnswer.Of)])) : error.ToProblem(say);

    private static async Task<Results<Created<WaveAnswer>, ProblemHttpResult>> DeclareAsync(string key, DeclareRequest request, DeclareWave declare, FindAssets assets, FindMitigations mitigations, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!(await FactsAsync(request.Facts, assets, mitigations, user.ToActor(), ct)).TryGet(out var facts, out var error)) return error.ToProblem(say);
        return (await declare.HandleAsync(new(request.Id ?? Guid.CreateVersion7(), key, facts, request.Reason), user.ToActor(), ct)).TryGet(out var wave, out error)
            ? TypedResults.Created($"/api/v1/incidents/{Uri.EscapeDataString(key)}/waves/{wave.Id}", WaveAnswer.Of(wave))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<WaveAnswer>, ProblemHttpResult>> ReadAsync(string key, Guid id, FindWaves find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await find.ByIdAsync(key, id, user.ToActor(), ct), say);

    private static async Task<Results<Ok<WaveAnswer>, ProblemHttpResult>> EditAsync(string key, Guid id, EditRequest request, EditWave edit, FindWaves find, FindAssets assets, FindMitigations mitigations, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        if (!(await FactsAsync(request.Facts, assets, mitigations, user.ToActor(), ct)).TryGet(out var facts, out var error)) return error.ToProblem(say);
        if (request.Facts!.Prefixes is null && facts.Sources is null)
        {
            if (!(await find.ByIdAsync(key, id, user.ToActor(), ct)).TryGet(out var wave, out error)) return error.ToProblem(say);
            facts = facts with { Prefixes = wave.Prefixes ?? [] };
        }
        return Answer(await edit.HandleAsync(new(key, id, version, facts, request.Reason), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<WaveAnswer>, ProblemHttpResult>> EndAsync(string key, Guid id, EndRequest request, EndWave end, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        OccurrenceTime? to = null;
        if (request.To is not null && !request.To.Read("to").TryGet(out to, out var error)) return error.ToProblem(say);
        return Answer(await end.HandleAsync(new(key, id, version, to, request.Reason), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<WaveAnswer>, ProblemHttpResult>> WithdrawAsync(string key, Guid id, WithdrawRequest request, WithdrawWave withdraw, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        request.Version is { } version
            ? Answer(await withdraw.HandleAsync(new(key, id, version, request.Reason), user.ToActor(), ct), say)
            : new Invalid("version", "Incident.VersionMissing").ToProblem(say);

    private static Ok<IReadOnlyList<VectorAnswer>> Vectors() => TypedResults.Ok<IReadOnlyList<VectorAnswer>>([.. AttackVectors.All.Select(VectorAnswer.Of)]);

    private static async Task<Results<Ok<SourcesAnswer>, ProblemHttpResult>> FoldAsync(FoldRequest request, FoldSources fold, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await fold.HandleAsync(request.Text ?? "", user.ToActor(), ct)).TryGet(out var preview, out var error) ? TypedResults.Ok(SourcesAnswer.Of(preview)) : error.ToProblem(say);

    private static Results<Ok<WaveAnswer>, ProblemHttpResult> Answer(Result<AttackWave> result, Say say) =>
        result.TryGet(out var wave, out var error) ? TypedResults.Ok(WaveAnswer.Of(wave)) : error.ToProblem(say);

    private static async Task<Result<WaveFacts>> FactsAsync(FactsRequest? r, FindAssets assets, FindMitigations mitigations, Actor actor, CancellationToken ct)
    {
        if (r is null) return new Invalid("facts", "Text.Empty");
        var (unit, kind) = (Labels.ParseOrNull<TrafficUnit>(r.Unit), Labels.ParseOrNull<MagnitudeKind>(r.MagnitudeKind));
        if (r.Unit is not null && unit is null) return new Invalid("unit", "Word.Unknown", r.Unit);
        if (r.MagnitudeKind is not null && kind is null) return new Invalid("magnitudeKind", "Word.Unknown", r.MagnitudeKind);
        OccurrenceTime? from = null, to = null;
        if (r.From is not null && !r.From.Read("from").TryGet(out from, out var error)) return error;
        if (r.To is not null && !r.To.Read("to").TryGet(out to, out error)) return error;
        var targets = new List<Guid>();
        foreach (var name in (r.Targets ?? []).OfType<string>())
        {
            if (!(await assets.ByNameAsync(name, actor, ct)).TryGet(out var asset, out error)) return error;
            targets.Add(asset.Id);
        }
        var named = new List<Guid>();
        foreach (var name in (r.Defences ?? []).OfType<string>().Append(r.AdaptedTo ?? ""))
        {
            if (name.Length == 0) continue;
            if (!(await mitigations.ByIdAsync(name, actor, ct)).TryGet(out var mitigation, out error)) return error;
            named.Add(mitigation.Id);
        }
        var answers = string.IsNullOrEmpty(r.AdaptedTo) ? null : (Guid?)named[^1];
        return new WaveFacts(r.Vector ?? "")
        {
            From = from,
            To = to,
            Magnitude = r.Magnitude,
            Unit = unit,
            MagnitudeKind = kind,
            MeasuredAt = r.MeasuredAt ?? "",
            Signature = r.Signature ?? "",
            Notes = r.Notes ?? "",
            Countries = [.. (r.Countries ?? []).OfType<string>()],
            Networks = [.. (r.Networks ?? []).OfType<string>()],
            Sources = r.Sources,
            Prefixes = [.. (r.Prefixes ?? []).Where(p => p?.Prefix is not null)],
            Targets = targets,
            AdaptedTo = answers,
            Defences = answers is null ? named : [.. named.SkipLast(1)],
        };
    }
}
