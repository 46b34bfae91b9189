#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Assets;

/// <summary>Finds assets by what people or machines call them.</summary>
public sealed class FindAssets(DeskDatabase database)
{
    /// <summary>Suggestions for what somebody types: names, aliases, host names and addresses that begin with or hold the text; best first, retired ones left out.</summary>
    public Task<Result<IReadOnlyList<Asset>>> SuggestAsync(string text, int take, Actor actor, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>All that sits on or behind an asset, over all levels, retired ones left out, each once, with its member.</summary>
    public Task<Result<IReadOnlyList<Asset>>> BehindAsync(Guid assetId, Actor actor, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>The assets of an alert or a pasted line: by name, alias, host name, address, or a network that holds the address.</summary>
    public Task<Result<IReadOnlyList<Asset>>> InTextAsync(string text, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
