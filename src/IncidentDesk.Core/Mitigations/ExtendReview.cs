using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Mitigations;

/// <summary>Moves the time by which somebody has to look at a mitigation again.</summary>
public sealed class ExtendReview(IncidentWriter writer)
{
    /// <param name="ReviewBy">UTC; null for never.</param>
    public sealed record Command(Guid MitigationId, int Version, DateTime? ReviewBy);

    /// <returns>The mitigation, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<Mitigation>(actor, MitigationQueries.IncidentsOf(command.MitigationId, ct), async recording =>
    {
        var mitigation = await recording.Db.MitigationAsync(command.MitigationId, ct);
        if (mitigation.ReviewBy == command.ReviewBy) return mitigation;
        if (mitigation.Version != command.Version) return new Conflict("Mitigation.Conflict", mitigation);
        if (command.ReviewBy is { } review && review <= recording.Now) return new Invalid(nameof(command.ReviewBy), "Mitigation.TimeIsPast", review);

        var change = new EntryChange.MitigationReviewMoved(mitigation.Name, mitigation.Title, mitigation.ReviewBy, command.ReviewBy);
        mitigation.ReviewBy = command.ReviewBy;
        mitigation.Version++;
        recording.LogInEach(() => MitigationQueries.Draft(mitigation, change, OccurrenceTime.Exactly(recording.Now)));
        return mitigation;
    }, ct);
}
