#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Mitigations;

/// <summary>Moves the time by which somebody has to look at a mitigation again.</summary>
public sealed class ExtendReview(IncidentWriter writer)
{
    /// <param name="ReviewBy">UTC; null for never.</param>
    public sealed record Command(Guid MitigationId, int Version, DateTime? ReviewBy);

    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
