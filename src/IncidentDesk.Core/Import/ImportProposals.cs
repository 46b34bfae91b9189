namespace IncidentDesk.Import;

/// <summary>What the categories of a timeline offer to a person: milestones, defences, impacts. Without a clock or a database.</summary>
internal static class ImportProposals
{
    /// <summary>More than these are not offered.</summary>
    public const int Most = 200;

    /// <summary>In the order in which they would be done.</summary>
    public static IReadOnlyList<ImportProposal> Of(IReadOnlyList<ImportLine> lines, IReadOnlyList<Guid> entryIds, Standing standing, DateTime now)
    {
        var inOrder = SourceLine.InOrder(lines, entryIds, now);
        return
        [
            .. MilestoneProposals.Of(inOrder, standing.Milestones)
                .Concat(new DefenceProposals(standing).Of(inOrder))
                .Concat(ImpactProposals.Of(inOrder, standing)).Take(Most),
        ];
    }
}
