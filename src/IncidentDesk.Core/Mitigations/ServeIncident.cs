#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Mitigations;

/// <summary>Lets a mitigation serve another incident too, or no more.</summary>
public sealed class ServeIncident(IncidentWriter writer)
{
    public sealed record Command(Guid MitigationId, string IncidentKey, bool Serves);

    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
