#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Impacts;

/// <summary>Reads what was hit.</summary>
public sealed class ReadImpacts(DeskDatabase database)
{
    /// <param name="Impact">The revision that stands.</param>
    public sealed record Past(string IncidentKey, string IncidentTitle, Impact Impact);

    /// <summary>The history of an asset over all incidents that the actor may see, newest first.</summary>
    public Task<Result<IReadOnlyList<Past>>> OfAssetAsync(Guid assetId, Actor actor, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>All revisions of one interval, the first one first.</summary>
    public Task<Result<IReadOnlyList<Impact>>> RevisionsAsync(string incidentKey, Guid impactId, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
