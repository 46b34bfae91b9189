using System.Security.Claims;
using System.Text.Json.Serialization;
using IncidentDesk.Assets;
using IncidentDesk.Impacts;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Impacts;

/// <summary>What is hit, over HTTP.</summary>
public static class ImpactEndpoints
{
    /// <param name="MarkId">Made by the client, so that a repeated request marks once; may be left out.</param>
    /// <param name="Asset">Name or id.</param>
    /// <param name="From">Left out for now.</param>
    /// <param name="Behind">True to mark all that sits on or behind it as collateral.</param>
    /// <param name="BehindState">Left out for the state of the asset itself.</param>
    public sealed record MarkRequest(Guid? MarkId, string? Asset, string? State, string? Cause, TimeInput? From, string? Evidence, bool Behind, string? BehindState);

    /// <param name="To">Left out for now; <c>{"precision": "order-only"}</c> when it is over and nobody knows since when.</param>
    /// <param name="WithBehind">Also what was marked together with it; true when left out.</param>
    public sealed record EndRequest(string? Asset, TimeInput? To, bool? WithBehind, string? Reason);

    /// <param name="Revision">That which the client read.</param>
    /// <param name="To">Must be there; null while it is hit.</param>
    public sealed record CorrectRequest(int? Revision, string? State, string? Cause, TimeInput? From, [property: JsonRequired] TimeInput? To, string? Evidence, bool IsWithdrawn, string? Reason);

    public sealed record ListAnswer(IReadOnlyList<ImpactAnswer> Impacts);

    public sealed record CountAnswer(int Assets, int Sites, int Members, int AllMembers, double? Share, IReadOnlyDictionary<string, int> MembersByCause);

    /// <param name="AtLeast">Hours that are certain.</param>
    /// <param name="AtMost">Hours that are possible; null when nothing bounds them.</param>
    public sealed record HoursAnswer(double AtLeast, double? AtMost, bool IsAbout);

    /// <param name="Now">At the moment asked for.</param>
    /// <param name="Ever">Over the whole incident.</param>
    public sealed record AffectedAnswer(CountAnswer Now, CountAnswer Ever, HoursAnswer MemberHours, IReadOnlyDictionary<string, HoursAnswer> MemberHoursByCause, int UnknownEnds, int Open);

    public sealed record PastAnswer(string Incident, string Title, ImpactAnswer Impact);

    public static void MapImpacts(this IEndpointRouteBuilder api)
    {
        var impacts = api.MapGroup("/incidents/{key}").WithTags("Impacts");
        impacts.MapGet("/impacts", ListAsync).WithSummary("What is and was hit: the revision that stands of each interval.");
        impacts.MapPost("/impacts", MarkAsync).WithSummary("Mark an asset as hit, with all behind it if asked: one transaction, one entry.");
        impacts.MapPost("/impacts/end", EndAsync).WithSummary("Mark an asset as back, with what was marked together with it.");
        impacts.MapPatch("/impacts/{impactId:guid}", CorrectAsync).WithSummary("Correct an interval by a new revision. A stale revision is a conflict that shows what stands now.");
        impacts.MapGet("/impacts/{impactId:guid}/revisions", RevisionsAsync).WithSummary("All revisions of an interval.");
        impacts.MapGet("/affected", AffectedAsync).WithSummary("Who is affected: now or at a moment, and in total.");
        api.MapGet("/assets/{asset}/impacts", OfAssetAsync).WithTags("Impacts").WithSummary("The history of an asset over all incidents that you may see.");
    }

    private static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> ListAsync(string key, ReadImpacts read, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await read.HandleAsync(key, null, user.ToActor(), ct)).TryGet(out var picture, out var error) ? TypedResults.Ok(new ListAnswer([.. picture.Impacts.Select(ImpactAnswer.Of)])) : error.ToProblem(say);

    private static async Task<Results<Created<ListAnswer>, ProblemHttpResult>> MarkAsync(string key, MarkRequest request, MarkImpact mark, FindAssets find, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!TryWords(request.State, request.Cause, out var state, out var cause, out var error)) return error.ToProblem(say);
        var behindState = Labels.ParseOrNull<ImpactState>(request.BehindState);
        if (request.BehindState is not null && behindState is null) return new Invalid("behindState", "Word.Unknown", request.BehindState).ToProblem(say);
        OccurrenceTime? from = null;
        if (request.From is not null && !request.From.Read("from").TryGet(out from, out error)) return error.ToProblem(say);
        if (!(await find.ByNameAsync(request.Asset ?? "", user.ToActor(), ct)).TryGet(out var asset, out error)) return error.ToProblem(say);
        IReadOnlyList<Asset> behind = [];
        if (request.Behind && !(await find.BehindAsync(asset.Id, user.ToActor(), ct)).TryGet(out behind!, out error)) return error.ToProblem(say);

        var marked = await mark.HandleAsync(new(request.MarkId ?? Guid.CreateVersion7(), key, asset.Id, state, cause, from, request.Evidence, [.. behind.Select(b => b.Id)], behindState), user.ToActor(), ct);
        return marked.TryGet(out var impacts, out error) ? TypedResults.Created($"/api/v1/incidents/{key}/impacts", new ListAnswer([.. impacts.Select(ImpactAnswer.Of)])) : error.ToProblem(say);
    }

    private static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> EndAsync(string key, EndRequest request, EndImpact end, FindAssets find, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        OccurrenceTime? to = null;
        if (request.To is not null && !request.To.Read("to").TryGet(out to, out var error)) return error.ToProblem(say);
        if (!(await find.ByNameAsync(request.Asset ?? "", user.ToActor(), ct)).TryGet(out var asset, out error)) return error.ToProblem(say);
        return (await end.HandleAsync(new(key, asset.Id, to, request.WithBehind ?? true, request.Reason), user.ToActor(), ct)).TryGet(out var impacts, out error)
            ? TypedResults.Ok(new ListAnswer([.. impacts.Select(ImpactAnswer.Of)]))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<ImpactAnswer>, ProblemHttpResult>> CorrectAsync(string key, Guid impactId, CorrectRequest request, CorrectImpact correct, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Revision is not { } revision) return new Invalid("revision", "Incident.VersionMissing").ToProblem(say);
        if (!TryWords(request.State, request.Cause, out var state, out var cause, out var error)) return error.ToProblem(say);
        if (request.From is null) return new Invalid("from", "Time.Missing").ToProblem(say);
        if (!request.From.Read("from").TryGet(out var from, out error)) return error.ToProblem(say);
        OccurrenceTime? to = null;
        if (request.To is not null && !request.To.Read("to").TryGet(out to, out error)) return error.ToProblem(say);
        var command = new CorrectImpact.Command(key, impactId, revision, state, cause, from, to, request.Evidence ?? "", request.IsWithdrawn, request.Reason);
        return (await correct.HandleAsync(command, user.ToActor(), ct)).TryGet(out var impact, out error) ? TypedResults.Ok(ImpactAnswer.Of(impact)) : error.ToProblem(say);
    }

    private static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> RevisionsAsync(string key, Guid impactId, ReadImpacts read, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await read.RevisionsAsync(key, impactId, user.ToActor(), ct)).TryGet(out var rows, out var error) ? TypedResults.Ok(new ListAnswer([.. rows.Select(ImpactAnswer.Of)])) : error.ToProblem(say);

    private static async Task<Results<Ok<AffectedAnswer>, ProblemHttpResult>> AffectedAsync(string key, ReadImpacts read, Say say, ClaimsPrincipal user, CancellationToken ct, string? at = null)
    {
        DateTime? moment = null;
        if (at is not null)
        {
            if (!new TimeInput(at, null).Read("at").TryGet(out var time, out var bad)) return bad.ToProblem(say);
            moment = time.At;
        }
        if (!(await read.HandleAsync(key, moment, user.ToActor(), ct)).TryGet(out var picture, out var error)) return error.ToProblem(say);
        var sum = picture.InTotal;
        return TypedResults.Ok(new AffectedAnswer(Count(picture.Now), Count(sum.Ever), Hours(sum.MemberHours), sum.HoursByCause.ToDictionary(h => h.Key.Label(), h => Hours(h.Value), StringComparer.Ordinal), sum.UnknownEnds, sum.Open));
    }

    private static async Task<Results<Ok<IReadOnlyList<PastAnswer>>, ProblemHttpResult>> OfAssetAsync(string asset, ReadImpacts read, FindAssets find, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!(await find.ByNameAsync(asset, user.ToActor(), ct)).TryGet(out var found, out var error)) return error.ToProblem(say);
        return (await read.OfAssetAsync(found.Id, user.ToActor(), ct)).TryGet(out var past, out error)
            ? TypedResults.Ok<IReadOnlyList<PastAnswer>>([.. past.Select(p => new PastAnswer(p.IncidentKey, p.IncidentTitle, ImpactAnswer.Of(p.Impact)))])
            : error.ToProblem(say);
    }

    private static bool TryWords(string? stateText, string? causeText, out ImpactState state, out ImpactCause cause, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out Error? error)
    {
        cause = default;
        error = !Labels.TryParse(stateText, out state) ? new Invalid("state", "Word.Unknown", stateText ?? "")
            : !Labels.TryParse(causeText, out cause) ? new Invalid("cause", "Word.Unknown", causeText ?? "")
            : null;
        return error is null;
    }

    private static CountAnswer Count(Affected.Count c) => new(c.Assets, c.Sites, c.Members, c.AllMembers, c.Share, c.ByCause.ToDictionary(m => m.Key.Label(), m => m.Value, StringComparer.Ordinal));

    private static HoursAnswer Hours(Affected.Hours h) => new(h.AtLeast.TotalHours, h.AtMost?.TotalHours, h.IsAbout);
}

/// <summary>An interval in which an asset was hit, in the API.</summary>
/// <param name="Asset">Its name, where it was read with the impact.</param>
/// <param name="To">Null while it is hit.</param>
/// <param name="BehindId">The asset with which it went down.</param>
/// <param name="Sequence">Of the timeline entry that recorded this revision.</param>
public sealed record ImpactAnswer(
    Guid ImpactId, int Revision, Guid AssetId, string? Asset, string? Member, string State, string Cause, TimeAnswer From, TimeAnswer? To, string Evidence, bool IsWithdrawn, Guid? BehindId,
    long Sequence, DateTime RecordedAt, string RecordedBy)
{
    public static ImpactAnswer Of(Impact i) => new(
        i.ImpactId, i.Revision, i.AssetId, i.Asset?.Name, i.Asset?.Member?.Name, i.State.Label(), i.Cause.Label(), TimeAnswer.Of(i.From)!, TimeAnswer.Of(i.To), i.Evidence, i.IsWithdrawn, i.BehindId,
        i.Sequence, i.RecordedAt, i.RecordedByName);
}
