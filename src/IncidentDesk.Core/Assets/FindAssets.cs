using System.Net;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Assets;

/// <summary>Finds assets by what people or machines call them.</summary>
public sealed class FindAssets(DeskDatabase database)
{
    /// <summary>Suggestions for what somebody types: names, aliases, host names and addresses that begin with or hold the text; best first, retired ones left out.</summary>
    public async Task<Result<IReadOnlyList<Asset>>> SuggestAsync(string text, int take, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var folded = Folding.Fold(text.Trim());
        var found = db.Assets.AsNoTracking().Include(a => a.Member).Where(a => a.RetiredAt == null);
        if (folded.Length > 0) found = found.Where(a => a.FoldedName.Contains(folded) || a.Names.Any(n => n.Folded.Contains(folded)));
        return Result<IReadOnlyList<Asset>>.Ok(await found
            .OrderBy(a => a.FoldedName == folded ? 0 : a.FoldedName.StartsWith(folded) ? 1 : a.Names.Any(n => n.Folded.StartsWith(folded)) ? 2 : 3)
            .ThenBy(a => a.Kind == AssetKind.Uplink ? 0 : a.Kind == AssetKind.Server ? 1 : a.Kind == AssetKind.Service ? 2 : 3)
            .ThenBy(a => a.FoldedName).Take(take).ToListAsync(ct));
    }

    /// <summary>One asset by its id or name, retired or not, with its member, names and what it sits on.</summary>
    public async Task<Result<Asset>> ByNameAsync(string nameOrId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var (folded, id) = (Folding.Fold(nameOrId.Trim()), Guid.TryParse(nameOrId, out var given) ? given : Guid.Empty);
        var asset = await db.Assets.AsNoTracking().AsSplitQuery().Include(a => a.Member).Include(a => a.Names).Include(a => a.SitsOn).ThenInclude(l => l.On)
            .FirstOrDefaultAsync(a => a.FoldedName == folded || a.Id == id, ct);
        return asset is null ? new NotFound("Asset.NotFound", nameOrId) : asset;
    }

    /// <summary>All that sits on or behind an asset, over all levels, retired ones left out, each once, with its member.</summary>
    public async Task<Result<IReadOnlyList<Asset>>> BehindAsync(Guid assetId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var ids = await AssetGraph.BehindAsync(db, assetId, ct);
        return Result<IReadOnlyList<Asset>>.Ok(await db.Assets.AsNoTrackingWithIdentityResolution().Include(a => a.Member).Where(a => ids.Contains(a.Id)).OrderBy(a => a.FoldedName).ToListAsync(ct));
    }

    /// <summary>The assets of an alert or a pasted line: by name, alias, host name, address, or a network that holds the address.</summary>
    public async Task<Result<IReadOnlyList<Asset>>> InTextAsync(string text, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var (looked, addresses) = AssetWords.Of(text);
        var ids = await db.AssetNames.Where(n => looked.Contains(n.Folded)).Select(n => n.AssetId).ToListAsync(ct);
        if (addresses.Count > 0)
        {
            var networks = await db.AssetNames.Where(n => n.Kind == AssetNameKind.Address && n.Folded.Contains("/")).Select(n => new { n.AssetId, n.Folded }).ToListAsync(ct);
            ids.AddRange(networks.Where(n => IPNetwork.TryParse(n.Folded, out var network) && addresses.Any(network.Contains)).Select(n => n.AssetId));
        }
        return Result<IReadOnlyList<Asset>>.Ok(await db.Assets.AsNoTracking().Include(a => a.Member)
            .Where(a => a.RetiredAt == null && (looked.Contains(a.FoldedName) || ids.Contains(a.Id))).OrderBy(a => a.FoldedName).ToListAsync(ct));
    }
}
