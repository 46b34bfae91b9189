using System.Security.Claims;
using IncidentDesk.History;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.History;

/// <summary>What changed since the last visit or a moment, over HTTP.</summary>
public static class ChangesEndpoints
{
    /// <param name="Count">All of the group; <paramref name="Entries"/> holds the newest of them.</param>
    public sealed record GroupAnswer(string Group, int Count, IReadOnlyList<EntryAnswer> Entries);

    /// <param name="Since">UTC; null when the reader never was there, and all is new.</param>
    public sealed record ChangesAnswer(string Incident, DateTime? Since, long LastSequence, IReadOnlyList<GroupAnswer> Groups);

    public sealed record ChangedAnswer(IncidentAnswer Incident, IReadOnlyDictionary<string, int> Counts);

    /// <param name="Total">Incidents that changed; the list holds those that changed last.</param>
    public sealed record OverviewAnswer(DateTime? Since, int Total, IReadOnlyList<ChangedAnswer> Incidents);

    public static void MapChanges(this IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents/{key}/changes", OfIncidentAsync).WithTags("History").WithSummary("What was written in an incident since a moment (since=2026-03-14T12:00:00Z) or, without one, since the reader's last visit.");
        api.MapGet("/changes", OfAllAsync).WithTags("History").WithSummary("The incidents in which something was written since a moment or the reader's last visit, the last one first.");
    }

    private static async Task<Results<Ok<ChangesAnswer>, ProblemHttpResult>> OfIncidentAsync(string key, ReadChanges changes, Say say, ClaimsPrincipal user, CancellationToken ct, string? since = null)
    {
        if (!SinceMoment.Read(since, TimeZoneInfo.Utc).TryGet(out var from, out var error)) return error.ToProblem(say);
        return (await changes.HandleAsync(key, from, user.ToActor(), ct)).TryGet(out var found, out error)
            ? TypedResults.Ok(new ChangesAnswer(found.Incident.Key, found.Since, found.LastSequence, [.. found.Groups.Select(g => new GroupAnswer(g.Name.Label(), g.Count, [.. g.Entries.Select(EntryAnswer.Of)]))]))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<OverviewAnswer>, ProblemHttpResult>> OfAllAsync(ReadChanges changes, Say say, ClaimsPrincipal user, CancellationToken ct, string? since = null)
    {
        if (!SinceMoment.Read(since, TimeZoneInfo.Utc).TryGet(out var from, out var error)) return error.ToProblem(say);
        return (await changes.OverviewAsync(from, user.ToActor(), ct)).TryGet(out var found, out error)
            ? TypedResults.Ok(new OverviewAnswer(found.Since, found.Total, [.. found.Incidents.Select(c => new ChangedAnswer(IncidentAnswer.Of(c.Incident), c.Counts.ToDictionary(n => n.Key.Label(), n => n.Value, StringComparer.Ordinal)))]))
            : error.ToProblem(say);
    }
}
