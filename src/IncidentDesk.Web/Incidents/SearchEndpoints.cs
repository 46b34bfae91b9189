using System.Security.Claims;
using IncidentDesk.History;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Incidents;

/// <summary>The search and the facets over HTTP.</summary>
public static class SearchEndpoints
{
    private const int SnippetLength = 200;

    /// <param name="IsHit">It is what was looked for.</param>
    public sealed record PieceAnswer(string Text, bool IsHit);

    /// <param name="Kind">title, entry, mitigation, wave, follow-up, attachment.</param>
    /// <param name="Sequence">Of the entry; null for the others.</param>
    /// <param name="Snippet">Pieces which together are the part of the text around the first hit.</param>
    /// <param name="Url">Of the page where it stands.</param>
    public sealed record HitAnswer(string Kind, Guid Id, long? Sequence, DateTime At, IReadOnlyList<PieceAnswer> Snippet, string Url);

    /// <param name="Count">How many texts of the incident hold what was looked for; not more than three of them are listed.</param>
    public sealed record MatchAnswer(IncidentAnswer Incident, int Count, IReadOnlyList<HitAnswer> Hits);

    public sealed record SearchAnswer(IReadOnlyList<MatchAnswer> Matches, int Total);

    /// <param name="Count">Null where the reader may not see who is hit how often.</param>
    public sealed record NamedAnswer(Guid Id, string Name, int? Count);

    /// <param name="Lead">Those with the most incidents, and those that are chosen; so are target and member for leadership and administrators, by name and uncounted for all others.</param>
    public sealed record FacetsAnswer(
        IReadOnlyDictionary<string, int> Status, IReadOnlyDictionary<string, int> Severity, IReadOnlyDictionary<int, int> Year, IReadOnlyDictionary<string, int> Tlp, IReadOnlyDictionary<string, int> Vector,
        IReadOnlyList<NamedAnswer> Lead, IReadOnlyList<NamedAnswer> Target, IReadOnlyList<NamedAnswer> Member);

    public static void MapSearch(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").WithTags("Incidents");
        api.MapGet("/search", SearchAsync).WithName("Search").WithSummary("Look through titles, entries, mitigations, waves, follow-ups and names of files; by incident, those with it in the title first.");
        api.MapGet("/facets", FacetsAsync).WithName("CountFacets").WithSummary("How many incidents each further choice would show, under the other choices and the text.");
    }

    private static async Task<Results<Ok<SearchAnswer>, ProblemHttpResult>> SearchAsync([AsParameters] IncidentQuery query, SearchIncidents search, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!query.Read().TryGet(out var question, out var error)) return error.ToProblem(say);
        return (await search.HandleAsync(question, user.ToActor(), ct)).TryGet(out var found, out error)
            ? TypedResults.Ok(new SearchAnswer([.. found.Matches.Select(m => new MatchAnswer(IncidentAnswer.Of(m.Incident), m.Count, [.. m.Hits.Select(h => Answer(h, m.Incident.Key, found.Text))]))], found.Total))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<FacetsAnswer>, ProblemHttpResult>> FacetsAsync([AsParameters] IncidentQuery query, CountFacets count, Say say, ClaimsPrincipal user, CancellationToken ct, string? targetText = null, string? memberText = null)
    {
        if (!query.Read().TryGet(out var question, out var error)) return error.ToProblem(say);
        return (await count.HandleAsync(question, targetText ?? "", memberText ?? "", user.ToActor(), ct)).TryGet(out var facets, out error)
            ? TypedResults.Ok(new FacetsAnswer(
                ByLabel(facets.Statuses), ByLabel(facets.Severities), facets.Years, ByLabel(facets.Tlps), facets.Vectors, Answer(facets.Leads), Answer(facets.Targets), Answer(facets.Members)))
            : error.ToProblem(say);
    }

    private static HitAnswer Answer(SearchIncidents.Hit hit, string key, SearchText text) => new(
        hit.Kind.Label(), hit.SourceId, hit.Kind == SearchKind.Entry ? hit.Number : null, hit.At, [.. Highlights.Snippet(hit.Text, text, SnippetLength).Select(p => new PieceAnswer(p.Text, p.IsHit))], Links.Hit(key, hit));

    private static Dictionary<string, int> ByLabel<T>(IReadOnlyDictionary<T, int> counts) where T : struct, Enum => counts.ToDictionary(c => c.Key.Label(), c => c.Value, StringComparer.Ordinal);

    private static NamedAnswer[] Answer(IReadOnlyList<CountFacets.Named> named) => [.. named.Select(n => new NamedAnswer(n.Id, n.Name, n.Count))];
}
