#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Impacts;

/// <summary>Marks an asset as hit, and with it what sits behind it.</summary>
public sealed class MarkImpact(IncidentWriter writer)
{
    /// <param name="MarkId">Made by the client; becomes the <see cref="Impact.ImpactId"/> of the asset itself. The same again is answered with what it made first.</param>
    /// <param name="From">Null for now by the desk's clock.</param>
    /// <param name="Behind">Assets behind it that go down with it, marked as collateral with <paramref name="BehindState"/>. Those that are marked as badly hit already are left as they are.</param>
    public sealed record Command(
        Guid MarkId, string IncidentKey, Guid AssetId, ImpactState State, ImpactCause Cause, OccurrenceTime? From = null, string? Evidence = null,
        IReadOnlyList<Guid>? Behind = null, ImpactState? BehindState = null);

    /// <returns>The impacts that were made, the asset first.</returns>
    public Task<Result<IReadOnlyList<Impact>>> HandleAsync(Command command, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
