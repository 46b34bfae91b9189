using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.History;

/// <summary>What was written since somebody left, or since a moment.</summary>
public sealed class ReadChanges(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>Entries that are read of one incident; of more, the newest.</summary>
    public const int MaxEntries = 1_000;

    /// <summary>Incidents that are listed; of more, those that changed last.</summary>
    public const int MaxIncidents = 100;

    /// <param name="Count">All, also those that are not among <paramref name="Entries"/>.</param>
    /// <param name="Entries">As they stand, in the order of writing.</param>
    public sealed record Group(ChangeGroup Name, int Count, IReadOnlyList<TimelineEntry> Entries);

    /// <param name="Since">UTC; null when the reader never was there, and all is new.</param>
    /// <param name="Groups">Those in which something changed, in the order of <see cref="ChangeGroup"/>.</param>
    /// <param name="LastSequence">Of the log when it was read.</param>
    public sealed record Changes(Incident Incident, DateTime? Since, IReadOnlyList<Group> Groups, long LastSequence)
    {
        public int Count => Groups.Sum(g => g.Count);
    }

    /// <param name="Counts">By group, those in which something changed.</param>
    public sealed record Changed(Incident Incident, IReadOnlyDictionary<ChangeGroup, int> Counts);

    /// <param name="Since">UTC; null when the reader never was at an incident.</param>
    public sealed record Overview(DateTime? Since, IReadOnlyList<Changed> Incidents, int Total);

    /// <summary>The reader's last visit to an incident.</summary>
    /// <param name="Since">UTC, when they left.</param>
    /// <param name="Count">Rows of the log since then.</param>
    public sealed record Visit(DateTime Since, long Count);

    /// <returns>Null when they were never there.</returns>
    public async Task<Result<Visit?>> LastVisitAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        return await db.IncidentVisits.Where(v => v.PersonId == entered.Member.Id && v.IncidentId == entered.IncidentId)
            .Select(v => new Visit(v.LeftAt, v.Incident!.LastSequence - v.Sequence)).FirstOrDefaultAsync(ct);
    }

    /// <param name="since">UTC; null for the reader's last visit.</param>
    public async Task<Result<Changes>> HandleAsync(string incidentKey, DateTime? since, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var incident = await db.Incidents.AsNoTracking().WithAll().FirstAsync(i => i.Id == entered.IncidentId, ct);
        var visit = since is null ? await db.IncidentVisits.AsNoTracking().FirstOrDefaultAsync(v => v.PersonId == entered.Member.Id && v.IncidentId == incident.Id, ct) : null;
        var after = since is { } moment ? await VisitQueries.SequenceAtAsync(db, incident.Id, moment, ct) : visit?.Sequence ?? 0;

        var current = db.CurrentEntries(incident.Id).Where(e => e.Sequence > after);
        var counts = await current.GroupBy(e => new { e.Kind, e.IsKeyEvent }).Select(g => new { g.Key.Kind, g.Key.IsKeyEvent, Count = g.Count() }).ToListAsync(ct);
        var entries = await current.OrderByDescending(e => e.Sequence).Take(MaxEntries).ToListAsync(ct);
        var byGroup = entries.OrderBy(e => e.Sequence).ToLookup(e => ChangeGroups.Of(e.Kind, e.IsKeyEvent));
        var groups = counts.GroupBy(c => ChangeGroups.Of(c.Kind, c.IsKeyEvent)).OrderBy(g => g.Key).Select(g => new Group(g.Key, g.Sum(c => c.Count), [.. byGroup[g.Key]]));
        return new Changes(incident, since ?? visit?.LeftAt, [.. groups], incident.LastSequence);
    }

    /// <summary>All incidents that the reader may see and in which something was written, the last one first.</summary>
    /// <param name="since">UTC; null for when the reader left the incident that they saw last.</param>
    public async Task<Result<Overview>> OverviewAsync(DateTime? since, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        since ??= await db.IncidentVisits.Where(v => v.PersonId == member.Id).MaxAsync(v => (DateTime?)v.LeftAt, ct);
        if (since is not { } moment) return new Overview(null, [], 0);

        var changed = db.Incidents.AsNoTracking().Where(i => i.ChangedAt > moment);
        var total = await changed.CountAsync(ct);
        var incidents = await changed.OrderByDescending(i => i.ChangedAt).Take(MaxIncidents).WithAll().ToListAsync(ct);
        foreach (var incident in incidents) await reads.NoteAsync(member, incident.Key, incident.IsRestricted, ct);
        var ids = incidents.Select(i => i.Id).ToList();
        var counts = (await db.Entries.IgnoreQueryFilters().Where(e => ids.Contains(e.IncidentId) && (e.RevisedAt ?? e.RecordedAt) > moment)
            .Where(e => !db.Entries.IgnoreQueryFilters().Any(l => l.IncidentId == e.IncidentId && l.RootSequence == e.RootSequence && l.Revision > e.Revision))
            .GroupBy(e => new { e.IncidentId, e.Kind, e.IsKeyEvent }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).ToLookup(c => c.Key.IncidentId);
        return new Overview(since, [.. incidents.Select(i => new Changed(i, counts[i.Id].GroupBy(c => ChangeGroups.Of(c.Key.Kind, c.Key.IsKeyEvent)).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Count))))], total);
    }
}
