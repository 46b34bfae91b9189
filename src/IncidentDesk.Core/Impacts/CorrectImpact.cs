#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Impacts;

/// <summary>Corrects one interval by a new revision.</summary>
public sealed class CorrectImpact(IncidentWriter writer)
{
    /// <param name="Revision">The one that the person saw; a newer one is a conflict.</param>
    /// <param name="To">Null while it is hit.</param>
    public sealed record Command(
        string IncidentKey, Guid ImpactId, int Revision, ImpactState State, ImpactCause Cause, OccurrenceTime From, OccurrenceTime? To,
        string Evidence, bool IsWithdrawn = false, string? Reason = null);

    public Task<Result<Impact>> HandleAsync(Command command, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
