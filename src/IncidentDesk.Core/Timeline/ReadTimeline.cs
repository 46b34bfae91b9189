using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Timeline;

/// <summary>Reads an incident's log: by number for machines and pushes, by the course of events for people.</summary>
public sealed class ReadTimeline(DeskDatabase database, RestrictedReads reads)
{
    public const int MaxPage = 500;

    /// <summary>A stretch of the course of events.</summary>
    /// <param name="LastSequence">The log's newest number when it was read: what is newer comes by <see cref="AfterAsync"/>.</param>
    public sealed record Page(IReadOnlyList<TimelineEntry> Entries, bool HasOlder, bool HasNewer, long LastSequence);

    /// <summary>The newest rows of the log after a number, in the order in which they were written.</summary>
    public async Task<Result<Page>> AfterAsync(string incidentKey, long after, int limit, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await FindAsync(db, incidentKey, actor, ct)).TryGet(out var incident, out var error)) return error;

        var take = Math.Clamp(limit, 1, MaxPage);
        var rows = await RowsAfterAsync(db, incident.Id, after, take, ct);
        return new Page(rows, after > 0, rows.Count == take && rows[^1].Sequence < incident.LastSequence, incident.LastSequence);
    }

    /// <summary>The newest entries of the course of events.</summary>
    public Task<Result<Page>> NewestAsync(string incidentKey, TimelineFilter filter, int take, Actor actor, CancellationToken ct) =>
        ReadAsync(incidentKey, filter, actor, async (entries, _) =>
        {
            var rows = await entries.AgainstCourse().Take(take + 1).ToListAsync(ct);
            var hasOlder = rows.Count > take;
            if (hasOlder) rows.RemoveAt(take);
            rows.Reverse();
            return (rows, hasOlder, false);
        }, ct);

    /// <summary>Entries before one that the reader has.</summary>
    public Task<Result<Page>> OlderAsync(string incidentKey, TimelineFilter filter, TimelineEntry than, int take, Actor actor, CancellationToken ct) =>
        ReadAsync(incidentKey, filter, actor, async (entries, _) =>
        {
            var rows = await entries.Before(than).AgainstCourse().Take(take + 1).ToListAsync(ct);
            var hasOlder = rows.Count > take;
            if (hasOlder) rows.RemoveAt(take);
            rows.Reverse();
            return (rows, hasOlder, true);
        }, ct);

    /// <summary>Entries behind one that the reader has.</summary>
    public Task<Result<Page>> NewerAsync(string incidentKey, TimelineFilter filter, TimelineEntry than, int take, Actor actor, CancellationToken ct) =>
        ReadAsync(incidentKey, filter, actor, async (entries, _) =>
        {
            var rows = await entries.After(than).InCourse().Take(take + 1).ToListAsync(ct);
            var hasNewer = rows.Count > take;
            if (hasNewer) rows.RemoveAt(take);
            return (rows, true, hasNewer);
        }, ct);

    /// <summary>Entries around one, for a link to it; the newest when it is not there.</summary>
    public async Task<Result<Page>> AroundAsync(string incidentKey, TimelineFilter filter, long sequence, int take, Actor actor, CancellationToken ct)
    {
        TimelineEntry? middle = null;
        var around = await ReadAsync(incidentKey, filter, actor, async (entries, all) =>
        {
            middle = await all.FirstOrDefaultAsync(e => e.RootSequence == sequence, ct);
            if (middle is null) return ([], false, false);
            var older = await entries.Before(middle).AgainstCourse().Take((take / 2) + 1).ToListAsync(ct);
            var newer = await entries.After(middle).InCourse().Take((take / 2) + 1).ToListAsync(ct);
            var (hasOlder, hasNewer) = (older.Count > take / 2, newer.Count > take / 2);
            if (hasOlder) older.RemoveAt(older.Count - 1);
            if (hasNewer) newer.RemoveAt(newer.Count - 1);
            older.Reverse();
            return ([.. older, middle, .. newer], hasOlder, hasNewer);
        }, ct);
        return around.Succeeded && middle is null ? await NewestAsync(incidentKey, filter, take, actor, ct) : around;
    }

    /// <summary>All revisions of one entry, oldest first.</summary>
    public async Task<Result<IReadOnlyList<TimelineEntry>>> RevisionsAsync(string incidentKey, long sequence, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await FindAsync(db, incidentKey, actor, ct)).TryGet(out var incident, out var error)) return error;
        var revisions = await db.Entries.AsNoTracking().Where(e => e.IncidentId == incident.Id && e.RootSequence == sequence).OrderBy(e => e.Revision).ToListAsync(ct);
        return revisions.Count == 0 ? new NotFound("Entry.NotFound", sequence) : Result<IReadOnlyList<TimelineEntry>>.Ok(revisions);
    }

    /// <summary>How many entries the log has (revisions not counted), and how many of them are key events.</summary>
    public sealed record Totals(long Entries, int KeyEvents);

    public sealed record Author(Guid Id, string Name);

    public async Task<Result<Totals>> TotalsAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await FindAsync(db, incidentKey, actor, ct)).TryGet(out var incident, out var error)) return error;
        return (await CountAsync(db, incident.Id, ct)).Totals;
    }

    /// <summary>An entry that somebody marked as one that matters.</summary>
    /// <param name="Sequence">Of its first revision.</param>
    /// <param name="SortAt">UTC, its place in the course of events.</param>
    /// <param name="Text">The beginning of its body.</param>
    public sealed record KeyEvent(long Sequence, DateTime SortAt, OccurrenceTime When, string Text)
    {
        private const int MaxText = 120;

        internal static KeyEvent Of(TimelineEntry e) => Of(e.RootSequence, e.SortAt, e.When, e.Body);

        internal static KeyEvent Of(long sequence, DateTime sortAt, OccurrenceTime when, string body) => new(sequence, sortAt, when, Begin(body));

        private static string Begin(string body)
        {
            // A mark has no room for emphasis.
            var line = body.Split('\n', 2)[0].Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
            return line.Length <= MaxText ? line : string.Concat(line.AsSpan(0, MaxText - 1).TrimEnd(), "…");
        }
    }

    /// <summary>The key events in the course of events, the newest two hundred of them.</summary>
    internal static async Task<IReadOnlyList<KeyEvent>> KeyEventsAsync(DeskContext db, Guid incidentId, CancellationToken ct)
    {
        var rows = await db.CurrentEntries(incidentId).Where(e => e.IsKeyEvent).AgainstCourse().Take(200).ToListAsync(ct);
        rows.Reverse();
        return [.. rows.Select(KeyEvent.Of)];
    }

    /// <summary>The last entry that stands at or before a moment, or the first one of all.</summary>
    /// <param name="utc">UTC.</param>
    /// <returns>The number of its first revision; null when the log is empty.</returns>
    public async Task<Result<long?>> AtAsync(string incidentKey, DateTime utc, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await FindAsync(db, incidentKey, actor, ct)).TryGet(out var incident, out var error)) return error;
        var all = db.CurrentEntries(incident.Id);
        return await all.Where(e => e.SortAt <= utc).AgainstCourse().Select(e => (long?)e.RootSequence).FirstOrDefaultAsync(ct)
            ?? await all.InCourse().Select(e => (long?)e.RootSequence).FirstOrDefaultAsync(ct);
    }

    /// <returns>The counts, and the log's newest number of the same moment.</returns>
    internal static async Task<(Totals Totals, long LastSequence)> CountAsync(DeskContext db, Guid incidentId, CancellationToken ct)
    {
        var current = db.CurrentEntries(incidentId);
        var counted = await db.Incidents.AsNoTracking().IgnoreQueryFilters().Where(i => i.Id == incidentId)
            .Select(i => new { i.LastSequence, Revisions = db.Entries.Count(e => e.IncidentId == incidentId && e.Revision > 1), KeyEvents = current.Count(e => e.IsKeyEvent) })
            .FirstAsync(ct);
        return (new Totals(counted.LastSequence - counted.Revisions, counted.KeyEvents), counted.LastSequence);
    }

    /// <summary>Who wrote in the log, by name.</summary>
    public async Task<Result<IReadOnlyList<Author>>> AuthorsAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await FindAsync(db, incidentKey, actor, ct)).TryGet(out var incident, out var error)) return error;
        return Result<IReadOnlyList<Author>>.Ok([.. (await AuthorsAsync(db, incident.Id, ct)).OrderBy(a => a.Name, StringComparer.CurrentCulture)]);
    }

    /// <remarks>It reads the whole log: once for all who watch, not for each page.</remarks>
    internal static async Task<IReadOnlyList<Author>> AuthorsAsync(DeskContext db, Guid incidentId, CancellationToken ct)
    {
        var authors = await db.Entries.IgnoreQueryFilters().Where(e => e.IncidentId == incidentId && e.AuthorId != null)
            .Select(e => new { e.AuthorId, e.AuthorName }).Distinct().ToListAsync(ct);
        return [.. authors.GroupBy(a => a.AuthorId!.Value, a => a.AuthorName).Select(a => new Author(a.Key, a.Last()))];
    }

    internal static Task<List<TimelineEntry>> RowsAfterAsync(DeskContext db, Guid incidentId, long after, int take, CancellationToken ct) =>
        db.Entries.AsNoTracking().IgnoreQueryFilters().Where(e => e.IncidentId == incidentId && e.Sequence > after).OrderBy(e => e.Sequence).Take(take).ToListAsync(ct);

    private async Task<Result<Page>> ReadAsync(
        string incidentKey, TimelineFilter filter, Actor actor,
        Func<IQueryable<TimelineEntry>, IQueryable<TimelineEntry>, Task<(List<TimelineEntry> Rows, bool HasOlder, bool HasNewer)>> read, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await FindAsync(db, incidentKey, actor, ct)).TryGet(out var incident, out var error)) return error;
        var all = db.CurrentEntries(incident.Id);
        var (rows, hasOlder, hasNewer) = await read(filter.Apply(all), all);
        return new Page(rows, hasOlder, hasNewer, incident.LastSequence);
    }

    private sealed record Found(Guid Id, long LastSequence, bool IsRestricted);

    private async Task<Result<Found>> FindAsync(DeskContext db, string key, Actor actor, CancellationToken ct)
    {
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var found = await db.Incidents.AsNoTracking().Where(i => i.Key == key).Select(i => new Found(i.Id, i.LastSequence, i.IsRestricted)).FirstOrDefaultAsync(ct);
        if (found is null) return new NotFound("Incident.NotFound", key);
        await reads.NoteAsync(member, key, found.IsRestricted, ct);
        return found;
    }
}
