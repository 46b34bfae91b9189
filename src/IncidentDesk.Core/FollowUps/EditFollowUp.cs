using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.FollowUps;

/// <summary>Changes what is to be done, who does it, by when, or where it is tracked.</summary>
public sealed class EditFollowUp(IncidentWriter writer)
{
    /// <param name="Version">The one that the person saw; a newer one is a conflict.</param>
    public sealed record Command(string IncidentKey, Guid Id, int Version, FollowUpFacts Facts);

    /// <returns>The follow-up, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<FollowUp>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<FollowUp>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (await db.FollowUpAsync(incidentId, command.Id, ct) is not { } followUp) return new NotFound("FollowUp.NotFound", command.Id);
        if (!(await command.Facts.CheckAsync(db, incidentId, followUp, ct)).TryGet(out var facts, out var error)) return error;
        var changed = FollowUpFacts.Differences(FollowUpFacts.Of(followUp), facts);
        if (changed.Count == 0) return followUp;
        if (followUp.Version != command.Version) return new Conflict("FollowUp.Conflict", followUp);

        // The new owner comes with it.
        if (facts.OwnerId is { } owner) await db.Users.FirstAsync(p => p.Id == owner, ct);
        (followUp.Action, followUp.OwnerId, followUp.DueOn, followUp.Tracker) = (facts.Action, facts.OwnerId, facts.DueOn, facts.Tracker);
        followUp.Version++;
        recording.Log(incidentId, FollowUpQueries.Draft(new EntryChange.FollowUpEdited(facts.Action, changed), recording.Now));
        return followUp;
    }, ct);
}
