#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Mitigations;

/// <summary>Changes what is written down of a mitigation, the answer of an upstream among it.</summary>
public sealed class EditMitigation(IncidentWriter writer)
{
    public sealed record Command(Guid MitigationId, int Version, MitigationFacts Facts);

    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
