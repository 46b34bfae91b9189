using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.FollowUps;

/// <summary>Says that a follow-up is done or dropped, or opens it again.</summary>
public sealed class MoveFollowUp(IncidentWriter writer)
{
    /// <param name="Version">The one that the person saw; a newer one is a conflict.</param>
    /// <param name="Outcome">What came of it; why, when it is dropped.</param>
    public sealed record Command(string IncidentKey, Guid Id, int Version, FollowUpState To, string? Outcome = null);

    /// <returns>The follow-up, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<FollowUp>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<FollowUp>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (!TextRules.OptionalLines(nameof(command.Outcome), command.Outcome, FollowUp.MaxReasonLength).TryGet(out var outcome, out var error)) return error;
        if (await db.FollowUpAsync(incidentId, command.Id, ct) is not { } followUp) return new NotFound("FollowUp.NotFound", command.Id);
        // The same was done already, by this person's first attempt or by somebody else, and nothing more is said.
        if (followUp.State == command.To && (outcome.Length == 0 || outcome == followUp.Outcome)) return followUp;
        if (followUp.Version != command.Version) return new Conflict("FollowUp.Conflict", followUp);
        if (followUp.State == command.To || (followUp.State != FollowUpState.Open && command.To != FollowUpState.Open)) return new Invalid(nameof(command.To), "FollowUp.NoSuchMove", followUp.State, command.To);
        if (command.To == FollowUpState.Dropped && outcome.Length == 0) return new Invalid(nameof(command.Outcome), "FollowUp.ReasonMissing");

        var from = followUp.State;
        var isOpen = command.To == FollowUpState.Open;
        (followUp.State, followUp.Outcome, followUp.ClosedAt) = (command.To, isOpen ? "" : outcome, isOpen ? null : recording.Now);
        followUp.Version++;
        recording.Log(incidentId, FollowUpQueries.Draft(new EntryChange.FollowUpMoved(followUp.Action, followUp.Owner?.DisplayName, followUp.DueOn, from, command.To), recording.Now, outcome));
        return followUp;
    }, ct);
}
