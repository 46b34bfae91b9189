using System.Security.Claims;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Postmortems;

/// <summary>How an incident is told outside of the house, over HTTP.</summary>
public static class RedactionEndpoints
{
    public sealed record TermRequest(string? Text, string? Replacement);

    public sealed record TermAnswer(Guid Id, string Text, string Replacement)
    {
        public static TermAnswer Of(RedactionTerm term) => new(term.Id, term.Text, term.Replacement);
    }

    /// <param name="Audience"><c>members</c> or <c>public</c>.</param>
    /// <param name="Thing">As in the list of findings.</param>
    public sealed record AcceptRequest(string? Audience, string? Thing, string? Text, string? Reason);

    public sealed record AcceptedAnswer(string Audience, string Thing, string Text, string Reason, DateTime At, string By)
    {
        public static AcceptedAnswer Of(AcceptedLeak l) => new(l.Audience.Label(), l.Thing.Label(), l.Subject, l.Reason, l.At, l.ByName);
    }

    /// <param name="Pseudonym">In the reader's language.</param>
    public sealed record PseudonymAnswer(string Thing, int Number, string Pseudonym, string Name);

    /// <param name="Terms">Null for those who may not respond; so are <paramref name="Pseudonyms"/>.</param>
    public sealed record RedactionAnswer(IReadOnlyList<TermAnswer>? Terms, IReadOnlyList<PseudonymAnswer>? Pseudonyms, IReadOnlyList<AcceptedAnswer> Accepted);

    /// <param name="Where">The part of the document, as <c>section/Impact</c> or <c>entry/3</c>.</param>
    public sealed record LeakAnswer(string Thing, string Text, string Where)
    {
        public static LeakAnswer Of(Leak leak) => new(leak.Thing.Label(), leak.Text, leak.Where);
    }

    public sealed record FindingsAnswer(IReadOnlyList<LeakAnswer> Open, IReadOnlyList<LeakAnswer> Accepted);

    public static void MapRedaction(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/incidents/{key}/postmortem").WithTags("Postmortems");
        api.MapGet("/redaction", ReadAsync).WithName("ReadRedaction").WithSummary("Own terms, pseudonyms in use, and findings that were accepted.");
        api.MapPut("/redaction/terms/{id:guid}", KeepAsync).WithName("KeepRedactionTerm").WithSummary("Keep a word that is not told outside, and what stands in its place.");
        api.MapDelete("/redaction/terms/{id:guid}", RemoveAsync).WithName("RemoveRedactionTerm").WithSummary("Take such a word out of the list.");
        api.MapGet("/findings", FindingsAsync).WithName("CheckLeaks").WithSummary("What still looks like a leak in the document for an audience.");
        api.MapPost("/findings/accept", AcceptAsync).WithName("AcceptLeak").WithSummary("Decide that a finding may be told to an audience.");
    }

    private static async Task<Results<Ok<RedactionAnswer>, ProblemHttpResult>> ReadAsync(string key, ReadRedaction read, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await read.HandleAsync(key, user.ToActor(), ct)).TryGet(out var decided, out var error)
            ? TypedResults.Ok(new RedactionAnswer(decided.Terms?.Select(TermAnswer.Of).ToList(), decided.Pseudonyms?.Select(p => new PseudonymAnswer(p.Thing.Label(), p.Number, p.Name(say), p.Name)).ToList(), [.. decided.Accepted.Select(AcceptedAnswer.Of)]))
            : error.ToProblem(say);

    private static async Task<Results<Ok<TermAnswer>, ProblemHttpResult>> KeepAsync(string key, Guid id, TermRequest request, KeepTerms keep, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await keep.SaveAsync(new(key, id, request.Text, request.Replacement), user.ToActor(), ct)).TryGet(out var term, out var error) ? TypedResults.Ok(TermAnswer.Of(term)) : error.ToProblem(say);

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string key, Guid id, KeepTerms keep, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await keep.RemoveAsync(key, id, user.ToActor(), ct)).TryGet(out _, out var error) ? TypedResults.NoContent() : error.ToProblem(say);

    private static async Task<Results<Ok<FindingsAnswer>, ProblemHttpResult>> FindingsAsync(string key, CheckLeaks check, Say say, ClaimsPrincipal user, CancellationToken ct, string audience = "public", string kind = "postmortem", int? number = null)
    {
        if (!Labels.TryParse<Audience>(audience, out var whom)) return new Invalid("audience", "Word.Unknown", audience).ToProblem(say);
        if (!Labels.TryParse<DocumentKind>(kind, out var what)) return new Invalid("kind", "Word.Unknown", kind).ToProblem(say);
        return (await check.HandleAsync(key, new DocumentSource(what, number), whom, user.ToActor(), ct)).TryGet(out var report, out var error)
            ? TypedResults.Ok(new FindingsAnswer([.. report.Open.Select(LeakAnswer.Of)], [.. report.Accepted.Select(LeakAnswer.Of)]))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<AcceptedAnswer>, ProblemHttpResult>> AcceptAsync(string key, AcceptRequest request, AcceptLeak accept, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<Audience>(request.Audience, out var audience)) return new Invalid("audience", "Word.Unknown", request.Audience ?? "").ToProblem(say);
        if (!Labels.TryParse<NamedThing>(request.Thing, out var thing)) return new Invalid("thing", "Word.Unknown", request.Thing ?? "").ToProblem(say);
        return (await accept.HandleAsync(new(key, audience, thing, request.Text, request.Reason), user.ToActor(), ct)).TryGet(out var accepted, out var error) ? TypedResults.Ok(AcceptedAnswer.Of(accepted)) : error.ToProblem(say);
    }
}
