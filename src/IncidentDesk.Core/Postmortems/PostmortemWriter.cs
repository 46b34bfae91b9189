using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>The one way in which what stands in a postmortem changes: under the locks of the incident's row and its own, never once it is final, told after the commit. Nothing of it stands in the log.</summary>
public sealed class PostmortemWriter(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    /// <summary>One change under way.</summary>
    /// <param name="Postmortem">As it is now, locked, without its sections.</param>
    internal sealed record Write(DeskContext Db, DeskMember Member, Postmortem Postmortem, DateTime Now)
    {
        /// <summary>Tracked, removed ones with them, in their order.</summary>
        public Task<List<PostmortemSection>> SectionsAsync(CancellationToken ct) =>
            Db.PostmortemSections.Where(s => s.PostmortemId == Postmortem.Id).OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(ct);

        /// <returns>Tracked; or <c>Postmortem.SectionNotFound</c>, <c>Postmortem.SectionRemoved</c>.</returns>
        public async Task<Result<PostmortemSection>> SectionAsync(Guid id, CancellationToken ct)
        {
            var section = await Db.PostmortemSections.FirstOrDefaultAsync(s => s.Id == id && s.PostmortemId == Postmortem.Id, ct);
            if (section is null) return new NotFound("Postmortem.SectionNotFound");
            return section.RemovedAt is null ? section : new Invalid(null, "Postmortem.SectionRemoved");
        }
    }

    /// <summary>Somebody who may respond writes.</summary>
    internal Task<Result<T>> WriteAsync<T>(string incidentKey, Actor actor, Func<Write, Task<Result<T>>> change, CancellationToken ct) =>
        RunAsync(incidentKey, actor, (_, member) => Task.FromResult(member.Role.MayRespond()), keepsApprovals: false, change, ct);

    /// <summary>Those who write, leadership and reviewers say what they think.</summary>
    internal Task<Result<T>> CommentAsync<T>(string incidentKey, Actor actor, Func<Write, Task<Result<T>>> change, CancellationToken ct) =>
        RunAsync(incidentKey, actor, async (db, member) => member.Role.MayRespond() || member.Role == PersonRole.Leadership
            || await db.PostmortemReviewers.AnyAsync(r => r.PersonId == member.Id && r.Postmortem!.Incident!.Key == incidentKey, ct), keepsApprovals: true, change, ct);

    private async Task<Result<T>> RunAsync<T>(string incidentKey, Actor actor, Func<DeskContext, DeskMember, Task<bool>> may, bool keepsApprovals, Func<Write, Task<Result<T>>> change, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        var (member, incidentId) = entered;
        if (!await may(db, member)) return new Forbidden("Postmortem.MayNotWrite");

        var now = time.UtcNow();
        Postmortem? postmortem;
        T value;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            // Whoever makes it final holds the incident's row too.
            await database.ReserveSequencesAsync(db, incidentId, 0, now, ct);
            // Restricted while we waited for the lock.
            if (!await db.Incidents.AnyAsync(i => i.Id == incidentId, ct)) return new NotFound("Incident.NotFound", incidentKey);
            postmortem = await db.Postmortems.Include(p => p.Reviewers).FirstOrDefaultAsync(p => p.IncidentId == incidentId, ct);
            if (postmortem is null) return new NotFound("Postmortem.NotFound");
            if (postmortem.State == PostmortemState.Final) return new Invalid(null, "Postmortem.IsFinal");

            if (!(await change(new Write(db, member, postmortem, now))).TryGet(out value!, out error)) return error;
            if (!db.ChangeTracker.HasChanges()) return value;

            // What is said about a text does not change it.
            postmortem.RaiseChanges(keepsApprovals);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
        }
        feed.Publish(Postmortem.FeedId(incidentId), postmortem.Changes);
        return value;
    }
}
