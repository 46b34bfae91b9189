using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>The one way in which an incident changes: under its row's lock, state and timeline in one transaction, told after the commit.</summary>
public sealed class IncidentWriter(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    /// <summary>One change under way.</summary>
    /// <param name="Incident">As it is now, locked, with milestones, roles and named people.</param>
    internal sealed record Write(DeskContext Db, DeskMember Member, Incident Incident, DateTime Now)
    {
        public List<EntryDraft> Drafts { get; } = [];

        public void Log(EntryKind kind, EntryChange change, string? reason = null, OccurrenceTime? when = null) =>
            Drafts.Add(new EntryDraft(kind, reason ?? "", when ?? OccurrenceTime.Exactly(Now)) { Change = change });

        public void SetMilestone(MilestoneKind kind, OccurrenceTime? to, string? reason = null)
        {
            var milestone = Incident.Milestones.Find(m => m.Kind == kind);
            var from = milestone?.Time;
            if (from == to) return;
            if (to is null) Db.Milestones.Remove(milestone!);
            else if (milestone is null) Incident.Milestones.Add(new Milestone { IncidentId = Incident.Id, Kind = kind, At = to.At, Precision = to.Precision });
            else (milestone.At, milestone.Precision) = (to.At, to.Precision);
            Log(EntryKind.Milestone, new EntryChange.MilestoneChanged(kind, from, to), reason);
        }
    }

    /// <summary>Runs <paramref name="change"/> for somebody who may respond and keeps what it did together with the entries that it logged, or nothing.</summary>
    /// <param name="version">The version that the person saw, or null when the change does not depend on it.</param>
    internal async Task<Result<Incident>> WriteAsync(string key, int? version, Actor actor, Func<Write, Task<Error?>> change, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;

        var id = await db.Incidents.Where(i => i.Key == key).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(ct);
        if (id is null) return new NotFound("Incident.NotFound", key);

        if (!member.Role.MayRespond()) return new Forbidden("Incident.MayNotChange");

        var now = time.UtcNow();
        Incident incident;
        long last;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            await database.ReserveSequencesAsync(db, id.Value, 0, now, ct);
            var found = await db.Incidents.Include(i => i.Milestones).Include(i => i.Roles).Include(i => i.NamedPeople).ThenInclude(n => n.Person)
                .AsSplitQuery().FirstOrDefaultAsync(i => i.Id == id, ct);
            // Restricted while we waited for the lock.
            if (found is null) return new NotFound("Incident.NotFound", key);
            incident = found;

            var write = new Write(db, member, incident, now);
            error = await change(write);
            if (error is null && write.Drafts.Count == 0) return incident;

            if (version is not null && version != incident.Version) return new Conflict("Incident.Conflict", await ReadAgainAsync(db, key, ct));

            if (error is not null) return error;

            incident.Version++;
            last = await AppendAsync(db, incident.Id, write.Drafts, member, now, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
            incident.LastSequence = last;
        }
        feed.Publish(incident.Id, last);
        return incident;
    }

    private static Task<Incident> ReadAgainAsync(DeskContext db, string key, CancellationToken ct) =>
        db.Incidents.AsNoTracking().WithAll().FirstAsync(i => i.Key == key, ct);

    /// <summary>Numbers the drafts and adds them to the context. The caller saves and commits.</summary>
    /// <returns>The last number.</returns>
    internal async Task<long> AppendAsync(DeskContext db, Guid incidentId, IReadOnlyList<EntryDraft> drafts, DeskMember author, DateTime now, CancellationToken ct)
    {
        var sequence = await database.ReserveSequencesAsync(db, incidentId, drafts.Count, now, ct);
        foreach (var draft in drafts) db.Entries.Add(draft.ToEntry(incidentId, sequence++, author, now));
        return sequence - 1;
    }
}
