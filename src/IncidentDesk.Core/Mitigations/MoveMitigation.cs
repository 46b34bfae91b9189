using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Mitigations;

/// <summary>Moves a mitigation to another state: applies, judges, reverts it.</summary>
public sealed class MoveMitigation(IncidentWriter writer)
{
    /// <param name="Version">The one that the person saw; a newer one is a conflict.</param>
    /// <param name="To">One of <see cref="MitigationStates.Next"/> of the present state.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="ReviewBy">UTC, of the next look; null leaves it.</param>
    public sealed record Command(Guid MitigationId, int Version, MitigationState To, OccurrenceTime? When = null, string? Reason = null, DateTime? ReviewBy = null);

    /// <returns>The mitigation, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) =>
        writer.RecordAsync(actor, MitigationQueries.IncidentsOf(command.MitigationId, ct), recording => MoveAsync(recording, command, ct), ct);

    internal static async Task<Result<Mitigation>> MoveAsync(IncidentWriter.Recording recording, Command command, CancellationToken ct)
    {
        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, Mitigation.MaxTextLength).TryGet(out var reason, out var error)) return error;
        if (!TimeRules.Check(nameof(command.When), command.When ?? OccurrenceTime.Exactly(recording.Now), recording.Now).TryGet(out var when, out error)) return error;

        var mitigation = await recording.Db.MitigationAsync(command.MitigationId, ct);
        // The same was done already, by this person's first attempt or by somebody else: nothing to write, unless this person had more to say.
        if (mitigation.State == command.To && mitigation.Version != command.Version && IsKept(mitigation, command, reason, recording.Member)) return mitigation;
        if (mitigation.Version != command.Version) return new Conflict("Mitigation.Conflict", mitigation);
        if (!mitigation.State.Next().Contains(command.To)) return new Invalid(nameof(command.To), "Mitigation.NoSuchMove", mitigation.State, command.To);
        if (command.ReviewBy is { } review && review <= recording.Now) return new Invalid(nameof(command.ReviewBy), "Mitigation.TimeIsPast", review);

        var from = mitigation.State;
        if (from == MitigationState.Requested) mitigation.AnsweredAt ??= when.At;
        if (command.To == MitigationState.Requested) (mitigation.AskedAt, mitigation.AnsweredAt) = (when.At ?? recording.Now, null);
        if (command.To.IsVerdict()) mitigation.VerdictReason = reason;
        if (command.To == MitigationState.Applied) mitigation.VerdictReason = "";
        if (command.ReviewBy is not null) mitigation.ReviewBy = command.ReviewBy;
        // What is gone need not be looked at, and what is put up again does not end at a time that has passed.
        if (!command.To.IsOpen()) mitigation.ReviewBy = null;
        if (command.To == MitigationState.Applied && mitigation.ExpiresAt <= recording.Now) mitigation.ExpiresAt = null;
        mitigation.Version++;
        recording.Move(mitigation, from, command.To, when, reason);
        return mitigation;
    }

    private static bool IsKept(Mitigation mitigation, Command command, string reason, DeskMember member)
    {
        var last = mitigation.Steps.MaxBy(s => s.Number);
        var isMine = last?.ById == member.AuthorId && last?.Reason == reason;
        return isMine || (reason.Length == 0 && command.When is null && (command.ReviewBy is null || command.ReviewBy == mitigation.ReviewBy));
    }
}
