using System.Security.Claims;
using IncidentDesk.Attacks;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Attacks;

/// <summary>What worked before, over HTTP.</summary>
public static class PrecedentEndpoints
{
    /// <param name="Minutes">The median.</param>
    /// <param name="Of">How many spans are known.</param>
    public sealed record MedianAnswer(double Minutes, int Of, bool IsAbout);

    /// <param name="Verdict">Null when nobody gave one.</param>
    public sealed record ExampleAnswer(string Incident, string Name, string Title, string State, string? Verdict, string Reason);

    /// <param name="Tried">How many mitigations were applied at least once.</param>
    /// <param name="Verdicts">The last one of each that was applied.</param>
    /// <param name="UntilItWorked">From applied to the first verdict effective or partial.</param>
    /// <param name="UntilTheyAdapted">From applied to the wave that answers it.</param>
    public sealed record KindAnswer(
        string Kind, string NameEn, string NameEs, int Tried, int Denied, IReadOnlyDictionary<string, int> Verdicts, int WithoutVerdict, MedianAnswer? UntilItWorked, MedianAnswer? UntilTheyAdapted, IReadOnlyList<ExampleAnswer> Latest);

    public sealed record PrecedentsAnswer(string Vector, int Incidents, IReadOnlyList<KindAnswer> Kinds);

    public static void MapPrecedents(this IEndpointRouteBuilder api) => api.MapGet("/attack-vectors/{slug}/precedents", FindAsync).WithName("FindPrecedents").WithTags("Waves")
        .WithSummary("What was put up against a vector in incidents that you may see, and what came of it; without the incident of that key.");

    private static async Task<Results<Ok<PrecedentsAnswer>, ProblemHttpResult>> FindAsync(string slug, FindPrecedents find, Say say, ClaimsPrincipal user, CancellationToken ct, string? without = null) =>
        (await find.HandleAsync(slug, without, user.ToActor(), ct)).TryGet(out var found, out var error)
            ? TypedResults.Ok(new PrecedentsAnswer(found.Vector, found.Incidents, [.. found.Kinds.Select(Of)]))
            : error.ToProblem(say);

    private static KindAnswer Of(IncidentDesk.Attacks.Precedents.OfKind k) => new(
        k.Kind, k.NameEn, k.NameEs, k.Tried, k.Denied, k.Verdicts.ToDictionary(v => v.Key.Label(), v => v.Value, StringComparer.Ordinal), k.WithoutVerdict, Of(k.UntilItWorked), Of(k.UntilTheyAdapted),
        [.. k.Latest.Select(e => new ExampleAnswer(e.IncidentKey, e.Name, e.Title, e.State.Label(), e.Verdict?.Label(), e.Reason))]);

    private static MedianAnswer? Of(IncidentDesk.Attacks.Precedents.Median? m) => m is null ? null : new(m.Span.TotalMinutes, m.Of, m.IsAbout);
}
