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
    // Of several who collide one always gets through, so that as many attempts as there may be people are enough.
    private const int MaxAttempts = 10;

    /// <summary>One change under way.</summary>
    /// <param name="Incident">As it is now, locked, with milestones, roles and named people.</param>
    internal sealed record Write(DeskContext Db, DeskMember Member, Incident Incident, DateTime Now)
    {
        public List<EntryDraft> Drafts { get; } = [];

        public void Log(EntryKind kind, EntryChange change, string? reason = null, OccurrenceTime? when = null) =>
            Drafts.Add(new EntryDraft(kind, reason ?? "", when ?? OccurrenceTime.Exactly(Now)) { Change = change });

        public void SetMilestone(MilestoneKind kind, OccurrenceTime? to, string? reason = null)
        {
            if (Db.SetMilestone(Incident, kind, to) is { } change) Log(EntryKind.Milestone, change, reason);
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

    /// <summary>A change under way of what hangs on one incident or several.</summary>
    /// <param name="Next">The next number in the log of each incident when it began; all are locked.</param>
    internal sealed record Recording(DeskContext Db, DeskMember Member, DateTime Now, IReadOnlyDictionary<Guid, long> Next)
    {
        public List<(Guid IncidentId, EntryDraft Draft)> Drafts { get; } = [];

        public IEnumerable<Guid> IncidentIds => Next.Keys;

        /// <summary>The number that the next entry will have.</summary>
        public long NextOf(Guid incidentId) => Next[incidentId] + Drafts.Count(d => d.IncidentId == incidentId);

        /// <returns>The number that the entry will have.</returns>
        public long Log(Guid incidentId, EntryDraft draft)
        {
            Drafts.Add((incidentId, draft));
            return NextOf(incidentId) - 1;
        }

        /// <summary>Writes the same entry into each of the incidents.</summary>
        public void LogInEach(Func<EntryDraft> draft)
        {
            foreach (var id in IncidentIds) Log(id, draft());
        }
    }

    /// <summary>Changes what hangs on incidents (impacts, mitigations, checklists), each with its own version, and keeps it with the entries that it logged, or nothing.</summary>
    /// <param name="actor">Null for the desk itself.</param>
    /// <param name="which">Which incidents it concerns, by what the actor may see; asked again behind the locks.</param>
    /// <param name="change">When it logs nothing, nothing is kept.</param>
    /// <param name="may">Whose role allows it; those who may respond when null.</param>
    internal async Task<Result<T>> RecordAsync<T>(
        Actor? actor, Func<DeskContext, Task<Result<IReadOnlyList<Guid>>>> which, Func<Recording, Task<Result<T>>> change, CancellationToken ct, Func<PersonRole, bool>? may = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await database.OpenAsync(ct);
            Error? error;
            if (actor is null) db.EnterAsDesk();
            var member = DeskMember.Desk;
            if (actor is not null && !(await db.EnterAsync(actor, ct)).TryGet(out member, out error)) return error;

            if (!(await which(db)).TryGet(out var found, out error)) return error;
            if (!(may ?? PersonRoles.MayRespond)(member.Role)) return new Forbidden("Incident.MayNotChange");

            var now = time.UtcNow();
            // Always in the same order, so that two who lock several never wait for each other.
            Guid[] ids = [.. found.Distinct().Order()];
            var told = new List<(Guid IncidentId, long Last)>();
            T value;
            await using (var transaction = await database.BeginWriteAsync(db, ct))
            {
                var next = new Dictionary<Guid, long>();
                foreach (var id in ids) next[id] = await database.ReserveSequencesAsync(db, id, 0, now, ct);
                // Another incident came to it, or one was restricted, while we waited.
                if (!(await which(db)).TryGet(out var again, out error)) return error;
                if (!again.Distinct().Order().SequenceEqual(ids)) continue;

                var recording = new Recording(db, member, now, next);
                try
                {
                    if (!(await change(recording)).TryGet(out value!, out error)) return error;
                    if (recording.Drafts.Count == 0) return value;

                    foreach (var drafts in recording.Drafts.GroupBy(d => d.IncidentId))
                        told.Add((drafts.Key, await AppendAsync(db, drafts.Key, [.. drafts.Select(d => d.Draft)], member, now, ct)));
                    await db.SaveChangesAsync(ct);
                }
                catch (DbUpdateException) when (attempt < MaxAttempts)
                {
                    // Something that hangs on several incidents was changed by way of another one meanwhile: on what stands now, the change says by itself what is wrong.
                    continue;
                }
                await transaction.CommitAsync();
            }
            foreach (var (id, last) in told) feed.Publish(id, last);
            return value;
        }
    }

    /// <summary>The one incident of a key, for <see cref="RecordAsync"/>.</summary>
    internal static Func<DeskContext, Task<Result<IReadOnlyList<Guid>>>> Of(string key, CancellationToken ct) => async db =>
        await db.Incidents.Where(i => i.Key == key).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(ct) is { } id
            ? Result<IReadOnlyList<Guid>>.Ok([id])
            : new NotFound("Incident.NotFound", key);

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
