using IncidentDesk.Assets;
using IncidentDesk.Shared;

namespace IncidentDesk.Tests;

/// <summary>Small inventories for tests, put straight into the database.</summary>
internal static class Inventory
{
    public static async Task<Asset> AssetAsync(this TestDesk desk, string name, AssetKind kind = AssetKind.Server, Asset? on = null, Member? member = null, params AssetName[] names)
    {
        var asset = New(name, kind, on, member);
        asset.Names.AddRange(names);
        await using var db = await desk.OpenContextAsync();
        db.Assets.Add(asset);
        await db.SaveChangesAsync();
        return asset;
    }

    public static async Task<Member> MemberAsync(this TestDesk desk, string name)
    {
        var member = new Member { Id = Guid.CreateVersion7(), Name = name, FoldedName = Folding.Fold(name) };
        await using var db = await desk.OpenContextAsync();
        db.Members.Add(member);
        await db.SaveChangesAsync();
        return member;
    }

    /// <summary>An uplink, servers behind it, and sites on them in turn, each of a member of its own.</summary>
    public static async Task<(Asset Uplink, IReadOnlyList<Asset> Servers, IReadOnlyList<Asset> Sites)> NetworkAsync(this TestDesk desk, int servers, int sites)
    {
        var uplink = New("uplink-a", AssetKind.Uplink, null, null);
        var machines = Enumerable.Range(1, servers).Select(n => New($"web-{n:00}", AssetKind.Server, uplink, null)).ToList();
        var members = Enumerable.Range(1, sites).Select(n => new Member { Id = Guid.CreateVersion7(), Name = $"Member {n}", FoldedName = $"member {n}" }).ToList();
        var hosted = members.Select((m, n) => New($"site-{n + 1:0000}.example.org", AssetKind.MemberSite, machines[n % servers], m)).ToList();
        await using var db = await desk.OpenContextAsync();
        db.Members.AddRange(members);
        db.Assets.AddRange([uplink, .. machines, .. hosted]);
        await db.SaveChangesAsync();
        return (uplink, machines, hosted);
    }

    private static Asset New(string name, AssetKind kind, Asset? on, Member? member)
    {
        var asset = new Asset { Id = Guid.CreateVersion7(), Kind = kind, Name = name, FoldedName = Folding.Fold(name), MemberId = member?.Id };
        if (on is not null) asset.SitsOn.Add(new AssetLink { AssetId = asset.Id, OnId = on.Id });
        return asset;
    }
}
