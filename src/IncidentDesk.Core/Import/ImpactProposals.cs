using IncidentDesk.Assets;
using IncidentDesk.Impacts;
using IncidentDesk.Shared;

namespace IncidentDesk.Import;

/// <summary>What a timeline says of assets of the inventory: hit, and back. Only what a line names.</summary>
internal static class ImpactProposals
{
    /// <summary>Whether a line can say that something was hit or is back.</summary>
    public static bool MayName(string category) => IsHit(category) || IsBack(category);

    public static IEnumerable<ImportProposal> Of(IReadOnlyList<SourceLine> lines, Standing standing)
    {
        var open = new Dictionary<Guid, OccurrenceTime>();
        foreach (var impact in standing.Impacts.Where(i => i.IsOpen)) open.TryAdd(impact.AssetId, impact.From);
        foreach (var line in lines.Where(l => MayName(l.Category)))
        {
            foreach (var asset in standing.Assets.In(line.Line.Body))
            {
                if (IsHit(line.Category))
                {
                    var key = $"impact.{asset.Id}";
                    var isDone = standing.ImpactIds.Contains(ImportIds.OfProposal(line.EntryId, key));
                    if (!isDone && !open.TryAdd(asset.Id, line.When)) continue;
                    open[asset.Id] = line.When;
                    yield return Hit(line, asset, key, isDone);
                }
                else
                {
                    var isDone = standing.Impacts.Any(i => i.AssetId == asset.Id && i.To == line.When);
                    if (!isDone && (!open.TryGetValue(asset.Id, out var from) || Ends.AreCrossed(from, line.When))) continue;
                    open.Remove(asset.Id);
                    yield return line.Propose(new ProposedAct.Back(asset.Id, asset.Name), $"impact-ended.{asset.Id}", isDone);
                }
            }
        }
    }

    private static bool IsHit(string category) => category is "attack" or "impact" or "attacker-adapts" or "escalation";

    private static bool IsBack(string category) => category is "recovery" or "resolved";

    private static ImportProposal Hit(SourceLine line, Asset asset, string key, bool isDone)
    {
        var text = line.Text;
        ImpactState? state = SourcePhrases.IsPartly(text) ? ImpactState.PartialOutage : SourcePhrases.IsDown(text) ? ImpactState.MajorOutage : SourcePhrases.IsSlow(text) ? ImpactState.Degraded : null;
        ImpactCause? cause = SourcePhrases.IsCollateral(text) ? ImpactCause.Collateral : SourcePhrases.IsTarget(text) ? ImpactCause.Targeted : null;
        return line.Propose(
            new ProposedAct.Hit(asset.Id, asset.Name, state ?? ImpactState.Degraded, cause ?? ImpactCause.Targeted), key, isDone,
            state is null || cause is null ? ProposalReason.ImpactUncertain : null);
    }
}
