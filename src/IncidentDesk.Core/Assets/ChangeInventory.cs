using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Assets;

/// <summary>Adds and changes members and assets, retires them and brings them back.</summary>
public sealed class ChangeInventory(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    /// <summary>What the pages of the inventory watch.</summary>
    public static readonly Guid FeedId = new("0a55e700-0000-7000-8000-000000000001");

    /// <param name="AssetId">Made by the client; a new one makes a new asset.</param>
    /// <param name="Version">The one that the person saw; 0 for a new asset.</param>
    /// <param name="Kind">Of a new asset; an asset does not change its kind.</param>
    /// <param name="SitsOn">Ids of assets.</param>
    public sealed record AssetCommand(
        Guid AssetId, int Version, AssetKind Kind, string Name, string Service = "", Guid? MemberId = null, string Notes = "", bool IsInvented = false, bool IsRetired = false,
        IReadOnlyList<Guid>? SitsOn = null, IReadOnlyList<string>? Aliases = null, IReadOnlyList<string>? HostNames = null, IReadOnlyList<string>? Addresses = null);

    /// <param name="MemberId">Made by the client; a new one makes a new member.</param>
    /// <param name="Version">The one that the person saw; 0 for a new member.</param>
    public sealed record MemberCommand(Guid MemberId, int Version, string Name, IReadOnlyList<string>? Aliases = null, string Notes = "", bool IsInvented = false, bool IsRetired = false, bool MayBeNamed = false);

    /// <returns>The asset, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<Asset>> SaveAsync(AssetCommand command, Actor actor, CancellationToken ct) => WriteAsync<Asset>(actor, async db =>
    {
        if (command.AssetId == Guid.Empty) return new Invalid(nameof(command.AssetId), "Asset.IdMissing");
        if (!AssetRules.Name(nameof(command.Name), command.Name).TryGet(out var name, out var error)) return error;
        if (command.Service.Trim().Length > 0 && TextRules.Line(nameof(command.Service), command.Service, Asset.MaxServiceLength).Error is { } badService) return badService;
        if (!TextRules.OptionalLines(nameof(command.Notes), command.Notes, Asset.MaxNotesLength).TryGet(out var notes, out error)) return error;
        var names = new List<AssetName>();
        foreach (var (field, kind, texts) in new[] { (nameof(command.Aliases), AssetNameKind.Alias, command.Aliases), (nameof(command.HostNames), AssetNameKind.HostName, command.HostNames), (nameof(command.Addresses), AssetNameKind.Address, command.Addresses) })
        {
            foreach (var text in (texts ?? []).Where(t => t.Trim().Length > 0))
            {
                if (!AssetRules.Other(field, kind, text).TryGet(out var other, out error)) return error;
                if (!names.Exists(n => n.Kind == kind && n.Folded == other.Folded)) names.Add(other);
            }
        }

        var asset = await db.Assets.AsSplitQuery().Include(a => a.Names).Include(a => a.SitsOn).FirstOrDefaultAsync(a => a.Id == command.AssetId, ct);
        var folded = Folding.Fold(name);
        // A form that was sent twice.
        if (asset is not null && command.Version == 0 && asset.FoldedName == folded && asset.Version == 1) return asset;
        if (asset is not null && asset.Version != command.Version) return new Conflict("Asset.Conflict", asset);
        if (await db.Assets.AnyAsync(a => a.FoldedName == folded && a.Id != command.AssetId, ct)) return new Invalid(nameof(command.Name), "Asset.NameTaken", name);
        if (command.MemberId is { } memberId && !await db.Members.AnyAsync(m => m.Id == memberId, ct)) return new Invalid(nameof(command.MemberId), "Member.NotFound", memberId);

        var kindNow = asset?.Kind ?? command.Kind;
        var parents = (command.SitsOn ?? []).Distinct().ToList();
        var found = await db.Assets.AsNoTracking().Where(a => parents.Contains(a.Id)).ToListAsync(ct);
        if (found.Count != parents.Count) return new Invalid(nameof(command.SitsOn), "Asset.ParentUnknown", "?");
        if (found.Find(p => !AssetRules.MaySitOn(kindNow, p.Kind)) is { } odd) return new Invalid(nameof(command.SitsOn), "Asset.CannotSitOn", name, odd.Name);
        foreach (var parent in found)
            if (await AssetGraph.WouldCloseCircleAsync(db, command.AssetId, parent.Id, ct)) return new Invalid(nameof(command.SitsOn), "Asset.Circle", name, parent.Name);

        if (asset is null) db.Assets.Add(asset = new Asset { Id = command.AssetId, Kind = command.Kind, Name = name, FoldedName = folded });
        else asset.Version++;
        (asset.Name, asset.FoldedName, asset.Service, asset.MemberId, asset.Notes, asset.IsInvented) = (name, folded, command.Service.Trim(), command.MemberId, notes, command.IsInvented);
        asset.RetiredAt = command.IsRetired ? asset.RetiredAt ?? time.UtcNow() : null;
        asset.TakeNames(names);
        asset.TakeParents(parents);
        return asset;
    }, ct);

    /// <returns>The member, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<Member>> SaveAsync(MemberCommand command, Actor actor, CancellationToken ct) => WriteAsync<Member>(actor, async db =>
    {
        if (command.MemberId == Guid.Empty) return new Invalid(nameof(command.MemberId), "Asset.IdMissing");
        if (!TextRules.Line(nameof(command.Name), command.Name, Member.MaxNameLength).TryGet(out var name, out var error)) return error;
        if (!TextRules.OptionalLines(nameof(command.Notes), command.Notes, Member.MaxNotesLength).TryGet(out var notes, out error)) return error;
        var aliases = new List<string>();
        foreach (var text in (command.Aliases ?? []).Where(t => t.Trim().Length > 0))
        {
            if (!TextRules.Line(nameof(command.Aliases), text, Member.MaxNameLength).TryGet(out var alias, out error)) return error;
            if (!aliases.Contains(alias, StringComparer.OrdinalIgnoreCase)) aliases.Add(alias);
        }

        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == command.MemberId, ct);
        var folded = Folding.Fold(name);
        if (member is not null && command.Version == 0 && member.FoldedName == folded && member.Version == 1) return member;
        if (member is not null && member.Version != command.Version) return new Conflict("Member.Conflict", member);
        if (await db.Members.AnyAsync(m => m.FoldedName == folded && m.Id != command.MemberId, ct)) return new Invalid(nameof(command.Name), "Member.NameTaken", name);

        if (member is null) db.Members.Add(member = new Member { Id = command.MemberId, Name = name, FoldedName = folded });
        else member.Version++;
        (member.Name, member.FoldedName, member.Aliases, member.Notes, member.IsInvented, member.MayBeNamed) = (name, folded, aliases, notes, command.IsInvented, command.MayBeNamed);
        member.RetiredAt = command.IsRetired ? member.RetiredAt ?? time.UtcNow() : null;
        return member;
    }, ct);

    /// <summary>For somebody who may respond, one at a time: two who change the inventory must not close a circle together.</summary>
    private async Task<Result<T>> WriteAsync<T>(Actor actor, Func<DeskContext, Task<Result<T>>> change, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayRespond()) return new Forbidden("Inventory.MayNotChange");

        T value;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            await database.LockInventoryAsync(db, ct);
            if (!(await change(db)).TryGet(out value!, out error)) return error;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
        }
        feed.Publish(FeedId, time.UtcNow().Ticks);
        return value;
    }
}

internal static class AssetParts
{
    /// <summary>Replaces the other names; those that stay are left alone.</summary>
    public static void TakeNames(this Asset asset, IReadOnlyCollection<AssetName> names)
    {
        asset.Names.RemoveAll(had => !names.Any(n => n.Kind == had.Kind && n.Folded == had.Folded && n.Text == had.Text));
        asset.Names.AddRange(names.Where(n => !asset.Names.Exists(had => had.Kind == n.Kind && had.Folded == n.Folded))
            .Select(n => new AssetName { AssetId = asset.Id, Kind = n.Kind, Text = n.Text, Folded = n.Folded }));
    }

    public static void TakeParents(this Asset asset, IReadOnlyCollection<Guid> parents)
    {
        asset.SitsOn.RemoveAll(l => !parents.Contains(l.OnId));
        asset.SitsOn.AddRange(parents.Where(id => !asset.SitsOn.Exists(l => l.OnId == id)).Select(id => new AssetLink { AssetId = asset.Id, OnId = id }));
    }
}
