using System.Security.Claims;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Postmortems;

/// <summary>Review and freezing of postmortems over HTTP.</summary>
public static class ReviewEndpoints
{
    /// <param name="People">Ids, all of them.</param>
    public sealed record NameRequest(int? Version, IReadOnlyList<Guid>? People);

    /// <param name="To">in-review or draft; it becomes final by <c>/final</c>.</param>
    /// <param name="Reason">Needed for every move back.</param>
    public sealed record MoveRequest(int? Version, string? To, string? Reason);

    /// <param name="Changes">Of the text that was read.</param>
    public sealed record ApproveRequest(long? Changes, string? Note);

    public sealed record FinishRequest(int? Version);

    /// <param name="Postmortem">Null when none was begun.</param>
    public sealed record StateAnswer(ReviewAnswer? Postmortem, IReadOnlyList<FrozenAnswer> Documents);

    /// <param name="Sha256">Kept with the document.</param>
    /// <param name="Found">That of what stands there now.</param>
    /// <param name="Logged">That in the append-only log; null for none.</param>
    public sealed record VerificationAnswer(bool IsSound, string Sha256, string Found, string? Logged);

    public static void MapReview(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/incidents/{key}").WithTags("Review");
        api.MapGet("/postmortem/review", ReadAsync).WithName("ReadReview").WithSummary("How far the postmortem has come, and the incident's frozen documents with their hashes.");
        api.MapPut("/postmortem/reviewers", NameAsync).WithName("NameReviewers").WithSummary("Say who is asked to review it: all of them.");
        api.MapPost("/postmortem/state", MoveAsync).WithName("MovePostmortem").WithSummary("Hand it in for review, send it back, or open a final one again.");
        api.MapPost("/postmortem/approval", ApproveAsync).WithName("ApprovePostmortem").WithSummary("A reviewer approves the text that they read. A newer text is a conflict.");
        api.MapPost("/postmortem/final", FinishAsync).WithName("FinishPostmortem").WithSummary("Make it final: frozen as it is, with a number and a SHA-256.");
        api.MapGet("/postmortem/{number:int}/verification", (string key, int number, VerifyDocument verify, Say say, ClaimsPrincipal user, CancellationToken ct) => VerifyAsync(key, new(DocumentKind.Postmortem, number), verify, say, user, ct))
            .WithName("VerifyPostmortem").WithSummary("Whether a frozen postmortem is still what was frozen.");
        api.MapGet("/reports/{number:int}/verification", (string key, int number, VerifyDocument verify, Say say, ClaimsPrincipal user, CancellationToken ct) => VerifyAsync(key, new(DocumentKind.SituationReport, number), verify, say, user, ct))
            .WithName("VerifySituationReport").WithSummary("Whether a situation report is still what was frozen.");
        endpoints.MapGet("/postmortems", ListAsync).WithTags("Review").WithName("ListPostmortems").WithSummary("Incidents that are over and have none, drafts, those in review (yours first) and final ones.");
    }

    private static async Task<Results<Ok<FindPostmortems.Found>, ProblemHttpResult>> ListAsync(FindPostmortems find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await find.HandleAsync(user.ToActor(), ct)).TryGet(out var found, out var error) ? TypedResults.Ok(found) : error.ToProblem(say);

    private static async Task<Results<Ok<StateAnswer>, ProblemHttpResult>> ReadAsync(string key, FindDocuments find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await find.HandleAsync(key, user.ToActor(), ct)).TryGet(out var found, out var error)
            ? TypedResults.Ok(new StateAnswer(found.Postmortem is { } p ? ReviewAnswer.Of(p) : null, [.. found.Documents.Select(FrozenAnswer.Of)]))
            : error.ToProblem(say);

    private static async Task<Results<Ok<ReviewAnswer>, ProblemHttpResult>> NameAsync(string key, NameRequest request, NameReviewers name, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        return Answer(await name.HandleAsync(new(key, version, request.People ?? []), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<ReviewAnswer>, ProblemHttpResult>> MoveAsync(string key, MoveRequest request, MovePostmortem move, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        if (!Labels.TryParse<PostmortemState>(request.To, out var to)) return new Invalid("to", "Word.Unknown", request.To ?? "").ToProblem(say);
        return Answer(await move.HandleAsync(new(key, version, to, request.Reason), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<ReviewAnswer>, ProblemHttpResult>> ApproveAsync(string key, ApproveRequest request, ApprovePostmortem approve, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Changes is not { } changes) return new Invalid("changes", "Postmortem.ChangesMissing").ToProblem(say);
        return Answer(await approve.HandleAsync(new(key, changes, request.Note), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<FrozenAnswer>, ProblemHttpResult>> FinishAsync(string key, FinishRequest request, FinishPostmortem finish, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        return (await finish.HandleAsync(new(key, version), user.ToActor(), ct)).TryGet(out var frozen, out var error) ? TypedResults.Ok(FrozenAnswer.Of(frozen)) : error.ToProblem(say);
    }

    private static async Task<Results<Ok<VerificationAnswer>, ProblemHttpResult>> VerifyAsync(string key, DocumentSource source, VerifyDocument verify, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await verify.HandleAsync(key, source, user.ToActor(), ct)).TryGet(out var v, out var error) ? TypedResults.Ok(new VerificationAnswer(v.IsSound, v.Recorded, v.Found, v.Logged)) : error.ToProblem(say);

    private static Results<Ok<ReviewAnswer>, ProblemHttpResult> Answer(Result<Postmortem> result, Say say) => result.TryGet(out var postmortem, out var error) ? TypedResults.Ok(ReviewAnswer.Of(postmortem)) : error.ToProblem(say);
}
