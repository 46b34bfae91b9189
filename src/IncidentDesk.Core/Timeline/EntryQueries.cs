using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Timeline;

internal static class EntryQueries
{
    /// <summary>The newest revision of each entry of the incident.</summary>
    /// <remarks>The caller has found the incident through the context's filter, so the filter need not run again for each row.</remarks>
    public static IQueryable<TimelineEntry> CurrentEntries(this DeskContext db, Guid incidentId) => db.Entries.AsNoTracking().IgnoreQueryFilters()
        .Where(e => e.IncidentId == incidentId
            && !db.Entries.Any(later => later.IncidentId == incidentId && later.RootSequence == e.RootSequence && later.Revision > e.Revision));

    public static IOrderedQueryable<TimelineEntry> InCourse(this IQueryable<TimelineEntry> entries) =>
        entries.OrderBy(e => e.SortAt).ThenBy(e => e.Rank).ThenBy(e => e.RootSequence);

    public static IOrderedQueryable<TimelineEntry> AgainstCourse(this IQueryable<TimelineEntry> entries) =>
        entries.OrderByDescending(e => e.SortAt).ThenByDescending(e => e.Rank).ThenByDescending(e => e.RootSequence);

    /// <summary>Strictly before the place in the course of events.</summary>
    public static IQueryable<TimelineEntry> Before(this IQueryable<TimelineEntry> entries, TimelineEntry place) => entries.Where(e =>
        e.SortAt < place.SortAt || (e.SortAt == place.SortAt && (e.Rank < place.Rank || (e.Rank == place.Rank && e.RootSequence < place.RootSequence))));

    /// <summary>Strictly after the place in the course of events.</summary>
    public static IQueryable<TimelineEntry> After(this IQueryable<TimelineEntry> entries, TimelineEntry place) => entries.Where(e =>
        e.SortAt > place.SortAt || (e.SortAt == place.SortAt && (e.Rank > place.Rank || (e.Rank == place.Rank && e.RootSequence > place.RootSequence))));

    /// <summary>The place right behind an entry, before whatever follows it now.</summary>
    /// <returns>Null when there is no entry of that number.</returns>
    public static async Task<Place?> PlaceAfterAsync(this DeskContext db, Guid incidentId, long sequence, CancellationToken ct)
    {
        var before = await db.CurrentEntries(incidentId).FirstOrDefaultAsync(e => e.RootSequence == sequence, ct);
        if (before is null) return null;
        var next = await db.CurrentEntries(incidentId).After(before).InCourse().FirstOrDefaultAsync(ct);
        if (next?.SortAt != before.SortAt) return new Place(before.SortAt, before.Rank + 0.5);

        // After some fifty halvings no number is left between the two. Then the newer entry shares the rank of the one that it
        // follows: its higher number puts it behind that one, and the rank keeps it before the next.
        var between = (before.Rank + next.Rank) / 2;
        return new Place(before.SortAt, between < next.Rank ? between : before.Rank);
    }
}
