#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Mitigations;

/// <summary>Moves a mitigation to another state: applies, judges, reverts it.</summary>
public sealed class MoveMitigation(IncidentWriter writer)
{
    /// <param name="Version">The one that the person saw; a newer one is a conflict.</param>
    /// <param name="To">One of <see cref="MitigationStates.Next"/> of the present state.</param>
    /// <param name="Reason">Why; needed for a verdict.</param>
    /// <param name="ReviewBy">UTC, of the next look; null leaves it.</param>
    public sealed record Command(Guid MitigationId, int Version, MitigationState To, OccurrenceTime? When = null, string? Reason = null, DateTime? ReviewBy = null);

    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
