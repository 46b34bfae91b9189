using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.FollowUps;

/// <summary>Notes what somebody is to do after an incident.</summary>
public sealed class AddFollowUp(IncidentWriter writer)
{
    public const int MaxOfIncident = 200;

    /// <param name="Id">Made by the client; the same again is answered with what it made first.</param>
    public sealed record Command(Guid Id, string IncidentKey, FollowUpFacts Facts);

    public Task<Result<FollowUp>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<FollowUp>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (command.Id == Guid.Empty) return new Invalid(nameof(command.Id), "FollowUp.IdMissing");
        if (await db.FollowUps.IgnoreQueryFilters().AsNoTracking().Include(f => f.Owner).FirstOrDefaultAsync(f => f.Id == command.Id, ct) is { } earlier)
            return earlier.IncidentId == incidentId && (earlier.Action == command.Facts.Action.Trim() || earlier.Version > 1) ? earlier : new Invalid(nameof(command.Id), "FollowUp.IdTaken");

        if (!(await command.Facts.CheckAsync(db, incidentId, null, ct)).TryGet(out var facts, out var error)) return error;
        if (await db.FollowUps.CountAsync(f => f.IncidentId == incidentId, ct) >= MaxOfIncident) return new Invalid(null, "FollowUp.TooMany", MaxOfIncident);

        var owner = facts.OwnerId is { } id ? await db.Users.FirstAsync(p => p.Id == id, ct) : null;
        var followUp = new FollowUp { Id = command.Id, IncidentId = incidentId, Action = facts.Action, OwnerId = facts.OwnerId, Owner = owner, DueOn = facts.DueOn, Tracker = facts.Tracker, CreatedAt = recording.Now };
        db.FollowUps.Add(followUp);
        recording.Log(incidentId, FollowUpQueries.Draft(new EntryChange.FollowUpMoved(facts.Action, owner?.DisplayName, facts.DueOn, null, FollowUpState.Open), recording.Now));
        return followUp;
    }, ct);
}
