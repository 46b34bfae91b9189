using IncidentDesk.Assets;
using IncidentDesk.Impacts;

namespace IncidentDesk.Web.Impacts;

/// <summary>What is hit, in the order in which people read it: what was aimed at first, what fell with something else under that, what is over last.</summary>
/// <param name="Collateral">By what they went down with.</param>
/// <param name="Ended">Assets that are back; the last one first.</param>
public sealed record HitList(IReadOnlyList<HitList.Row> Targeted, IReadOnlyList<HitList.Bundle> Collateral, IReadOnlyList<HitList.Row> Precaution, IReadOnlyList<HitList.Row> Ended)
{
    /// <summary>One asset.</summary>
    /// <param name="Impact">The interval that counts: the worst state, among equal ones the cause that comes first.</param>
    /// <param name="Intervals">How many intervals of it are open, or were recorded when it is over.</param>
    /// <param name="Behind">How many other assets went down with it and are hit still.</param>
    public sealed record Row(Impact Impact, int Intervals, int Behind = 0)
    {
        public Asset Asset => Impact.Asset!;
    }

    /// <summary>Collateral of one asset, or an asset of its own.</summary>
    /// <param name="Head">What they went down with, or the asset itself when nothing is behind it.</param>
    /// <param name="Own">Its own interval, when that is collateral too.</param>
    /// <param name="Rows">The worst first.</param>
    /// <param name="Members">Whose sites and services they are.</param>
    public sealed record Bundle(Asset Head, Row? Own, IReadOnlyList<Row> Rows, int Sites, int Members)
    {
        public ImpactState Worst => Own is { Impact.State: var own } && (Rows.Count == 0 || own > Rows[0].Impact.State) ? own : Rows[0].Impact.State;
    }

    public static HitList Empty { get; } = new([], [], [], []);

    /// <summary>Assets that are hit now.</summary>
    public int Assets => Targeted.Count + Precaution.Count + CollateralAssets;

    public int CollateralAssets => Collateral.Sum(b => b.Rows.Count + (b.Own is null ? 0 : 1));

    /// <param name="impacts">The revision that stands of each interval, with asset.</param>
    public static HitList Of(IReadOnlyCollection<Impact> impacts)
    {
        var behind = impacts.Where(i => i.IsOpen && i.BehindId is not null).GroupBy(i => i.BehindId!.Value).ToDictionary(g => g.Key, g => g.Select(i => i.AssetId).Distinct().Count());
        var (open, ended) = (new List<Row>(), new List<Row>());
        foreach (var asset in impacts.GroupBy(i => i.AssetId))
        {
            var now = asset.Where(i => i.IsOpen).ToList();
            if (now.Count > 0) open.Add(new(now.OrderByDescending(i => i.State).ThenBy(i => i.Cause).ThenBy(i => i.RecordedAt).First(), now.Count, behind.GetValueOrDefault(asset.Key)));
            else ended.Add(new(asset.OrderByDescending(EndOf).First(), asset.Count()));
        }
        Row[] Worst(ImpactCause cause) => [.. open.Where(r => r.Impact.Cause == cause).OrderByDescending(r => r.Impact.State).ThenBy(r => r.Asset.FoldedName, StringComparer.Ordinal)];
        var collateral = Worst(ImpactCause.Collateral);
        return new(Worst(ImpactCause.Targeted), Bundles(collateral, Names(impacts)), Worst(ImpactCause.Precaution), [.. ended.OrderByDescending(r => EndOf(r.Impact)).ThenBy(r => r.Asset.FoldedName, StringComparer.Ordinal)]);
    }

    private static Bundle[] Bundles(Row[] collateral, Dictionary<Guid, Asset> assets)
    {
        // What it went down with has a name as long as that is marked here itself; without one it stands alone.
        Guid? HeadOf(Row row) => row.Impact.BehindId is { } head && head != row.Impact.AssetId && assets.ContainsKey(head) ? head : null;
        var under = collateral.Where(r => HeadOf(r) is not null).ToLookup(r => HeadOf(r)!.Value);
        var alone = collateral.Where(r => HeadOf(r) is null).ToDictionary(r => r.Impact.AssetId);
        return [.. under.Select(g => MakeBundle(assets[g.Key], alone.GetValueOrDefault(g.Key), [.. g]))
            .Concat(alone.Values.Where(r => !under.Contains(r.Impact.AssetId)).Select(r => MakeBundle(r.Asset, r, [])))
            .OrderByDescending(b => b.Rows.Count > 0).ThenByDescending(b => b.Worst).ThenByDescending(b => b.Rows.Count).ThenBy(b => b.Head.FoldedName, StringComparer.Ordinal)];
    }

    private static Bundle MakeBundle(Asset head, Row? own, Row[] rows) =>
        new(head, own, rows, rows.Count(r => r.Asset.Kind == AssetKind.MemberSite), rows.Select(r => r.Asset.MemberId).OfType<Guid>().Distinct().Count());

    private static Dictionary<Guid, Asset> Names(IEnumerable<Impact> impacts) => impacts.Select(i => i.Asset!).DistinctBy(a => a.Id).ToDictionary(a => a.Id);

    private static DateTime EndOf(Impact impact) => impact.ToAt ?? impact.RecordedAt;
}
