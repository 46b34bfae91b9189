using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Assets;

/// <summary>Reads the inventory as a tree, as a table and as a file.</summary>
public sealed class ReadInventory(DeskDatabase database, TimeProvider time)
{
    public const int MaxPage = 200;

    /// <param name="Kind">Null for all.</param>
    /// <param name="MemberId">Null for all.</param>
    public sealed record Query(string Text = "", AssetKind? Kind = null, Guid? MemberId = null, bool WithRetired = false, int Skip = 0, int Take = MaxPage);

    /// <param name="Assets">With member, names and what they sit on.</param>
    public sealed record Page(IReadOnlyList<Asset> Assets, int Total);

    /// <param name="Behind">How many assets sit directly on it.</param>
    public sealed record Node(Asset Asset, int Behind);

    /// <param name="Sites">In use.</param>
    public sealed record MemberRow(Member Member, int Sites);

    public sealed record MemberPage(IReadOnlyList<MemberRow> Members, int Total);

    public sealed record Totals(int Members, int Uplinks, int Servers, int Services, int Sites, int Retired);

    public async Task<Result<Page>> HandleAsync(Query query, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var found = db.Assets.AsNoTracking();
        if (!query.WithRetired) found = found.Where(a => a.RetiredAt == null);
        if (query.Kind is { } kind) found = found.Where(a => a.Kind == kind);
        if (query.MemberId is { } member) found = found.Where(a => a.MemberId == member);
        if (Folding.Fold(query.Text.Trim()) is { Length: > 0 } text)
            found = found.Where(a => a.FoldedName.Contains(text) || a.Names.Any(n => n.Folded.Contains(text)) || a.Member!.FoldedName.Contains(text));
        var total = await found.CountAsync(ct);
        var page = await found.OrderBy(a => a.Kind == AssetKind.Uplink ? 0 : a.Kind == AssetKind.Server ? 1 : a.Kind == AssetKind.Service ? 2 : 3).ThenBy(a => a.FoldedName)
            .Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, MaxPage)).AsSplitQuery().Include(a => a.Member).Include(a => a.Names).Include(a => a.SitsOn).ThenInclude(l => l.On).ToListAsync(ct);
        return new Page(page, total);
    }

    /// <summary>What sits directly on an asset, or what sits on nothing when null; retired ones left out.</summary>
    public async Task<Result<IReadOnlyList<Node>>> LevelAsync(Guid? onId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var level = db.Assets.AsNoTracking().Where(a => a.RetiredAt == null);
        level = onId is { } id ? level.Where(a => a.SitsOn.Any(l => l.OnId == id)) : level.Where(a => !a.SitsOn.Any(l => l.On!.RetiredAt == null));
        var found = await level.Include(a => a.Member).OrderBy(a => a.Kind == AssetKind.Uplink ? 0 : a.Kind == AssetKind.Server ? 1 : a.Kind == AssetKind.Service ? 2 : 3).ThenBy(a => a.FoldedName)
            .Select(a => new { Asset = a, a.Member, Behind = db.AssetLinks.Count(l => l.OnId == a.Id && db.Assets.Any(b => b.Id == l.AssetId && b.RetiredAt == null)) }).ToListAsync(ct);
        foreach (var node in found) node.Asset.Member = node.Member;
        return Result<IReadOnlyList<Node>>.Ok([.. found.Select(n => new Node(n.Asset, n.Behind))]);
    }

    public async Task<Result<Totals>> TotalsAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var kinds = await db.Assets.Where(a => a.RetiredAt == null).GroupBy(a => a.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        int Of(AssetKind kind) => kinds.GetValueOrDefault(kind);
        return new Totals(
            await db.Members.CountAsync(m => m.RetiredAt == null, ct), Of(AssetKind.Uplink), Of(AssetKind.Server), Of(AssetKind.Service), Of(AssetKind.MemberSite),
            await db.Assets.CountAsync(a => a.RetiredAt != null, ct) + await db.Members.CountAsync(m => m.RetiredAt != null, ct));
    }

    public async Task<Result<MemberPage>> MembersAsync(string text, bool withRetired, int skip, int take, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var found = db.Members.AsNoTracking();
        if (!withRetired) found = found.Where(m => m.RetiredAt == null);
        if (Folding.Fold(text.Trim()) is { Length: > 0 } folded) found = found.Where(m => m.FoldedName.Contains(folded));
        var total = await found.CountAsync(ct);
        var page = await found.OrderBy(m => m.FoldedName).Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, MaxPage))
            .Select(m => new MemberRow(m, db.Assets.Count(a => a.MemberId == m.Id && a.Kind == AssetKind.MemberSite && a.RetiredAt == null))).ToListAsync(ct);
        return new MemberPage(page, total);
    }

    /// <param name="nameOrId">Its id or its name.</param>
    public async Task<Result<Member>> MemberAsync(string nameOrId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var (id, folded) = (Guid.TryParse(nameOrId, out var given) ? given : Guid.Empty, Folding.Fold(nameOrId.Trim()));
        var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id || m.FoldedName == folded, ct);
        return member is null ? new NotFound("Member.NotFound", nameOrId) : member;
    }

    /// <summary>The whole inventory, retired ones included, as a file that <see cref="ImportInventory"/> reads back without a change. The audit trail keeps who took it.</summary>
    public async Task<Result<byte[]>> ExportAsync(InventoryFormat format, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var members = await db.Members.AsNoTracking().OrderBy(m => m.FoldedName).ToListAsync(ct);
        var assets = await db.Assets.AsNoTracking().AsSplitQuery().Include(a => a.Member).Include(a => a.Names).Include(a => a.SitsOn).ThenInclude(l => l.On).OrderBy(a => a.FoldedName).ToListAsync(ct);
        IEnumerable<InventoryRow> rows =
        [
            .. members.Select(m => new InventoryRow(0, "member", m.Name, "", [], m.Aliases, [], [], "", m.Notes, m.IsInvented, m.RetiredAt is not null, m.MayBeNamed)),
            .. assets.OrderBy(a => a.Kind).Select(a => new InventoryRow(
                0, InventoryPlan.Word(a.Kind), a.Name, a.Member?.Name ?? "", [.. a.SitsOn.Select(l => l.On!.Name).Order(StringComparer.Ordinal)], Names(a, AssetNameKind.Alias), Names(a, AssetNameKind.HostName),
                Names(a, AssetNameKind.Address), a.Service, a.Notes, a.IsInvented, a.RetiredAt is not null)),
        ];
        await using var transaction = await database.BeginWriteAsync(db, ct);
        db.Audit(time.UtcNow(), member, AuditKind.Exported, "inventory", "inventory", after: AuditJson.Of(new { Format = format, Rows = members.Count + assets.Count }));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return InventoryFile.Write(rows, format);
    }

    private static IReadOnlyList<string> Names(Asset asset, AssetNameKind kind) => [.. asset.Names.Where(n => n.Kind == kind).Select(n => n.Text).Order(StringComparer.Ordinal)];
}
