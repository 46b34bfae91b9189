using System.Net;
using IncidentDesk.Assets;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>Shows what is made of pasted source addresses before they are kept, and which of them are our own.</summary>
public sealed class FoldSources(DeskDatabase database)
{
    /// <param name="Own">Addresses that belong to the inventory: a packet capture names both ends, and attackers forge ours.</param>
    public sealed record Preview(SourceAddresses Sources, IReadOnlyList<OwnAddress> Own);

    /// <param name="Asset">Its name.</param>
    public sealed record OwnAddress(string Address, string Asset);

    /// <param name="text">At most <see cref="SourceAddresses.MaxTextLength"/> characters.</param>
    public async Task<Result<Preview>> HandleAsync(string text, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        if (text.Length > SourceAddresses.MaxTextLength) return new Invalid("Text", "Text.TooLong", text.Length, SourceAddresses.MaxTextLength);
        var sources = SourceAddresses.Fold(text);
        var names = await db.Assets.AsNoTracking().Where(a => a.RetiredAt == null)
            .SelectMany(a => a.Names.Where(n => n.Kind == AssetNameKind.Address), (a, n) => new { Asset = a.Name, n.Folded }).ToListAsync(ct);
        var single = names.Where(n => !n.Folded.Contains('/', StringComparison.Ordinal)).ToLookup(n => n.Folded, n => n.Asset, StringComparer.Ordinal);
        var networks = names.Where(n => n.Folded.Contains('/', StringComparison.Ordinal)).Select(n => (Network: IPNetwork.Parse(n.Folded), n.Asset)).ToList();
        return new Preview(sources,
        [
            .. sources.All.SelectMany(address => single[address.ToString()].Concat(networks.Where(n => n.Network.Contains(address)).Select(n => n.Asset)).Select(asset => new OwnAddress(address.ToString(), asset))),
        ]);
    }
}
