#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Impacts;

/// <summary>Marks an asset as back: ends its open impacts in the incident, and those of what went down with it.</summary>
public sealed class EndImpact(IncidentWriter writer)
{
    /// <param name="To">Null for now by the desk's clock; <see cref="Precision.OrderOnly"/> when it is over and nobody knows since when.</param>
    /// <param name="WithBehind">Also what was marked together with it.</param>
    public sealed record Command(string IncidentKey, Guid AssetId, OccurrenceTime? To = null, bool WithBehind = true, string? Reason = null);

    /// <returns>The revisions that end them; none when nothing was open.</returns>
    public Task<Result<IReadOnlyList<Impact>>> HandleAsync(Command command, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
