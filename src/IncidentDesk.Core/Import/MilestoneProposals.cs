using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Import;

/// <summary>The milestones that a timeline tells of: at most one line for each.</summary>
internal static class MilestoneProposals
{
    private sealed record Candidate(MilestoneKind Milestone, SourceLine Source, ProposalReason? Doubt)
    {
        public DateTime? At => Source.When.At;
    }

    public static IEnumerable<ImportProposal> Of(IReadOnlyList<SourceLine> lines, IReadOnlySet<MilestoneKind> standing)
    {
        var all = lines.SelectMany(Candidates).ToList();
        foreach (var kind in new[] { MilestoneKind.ImpactStarted, MilestoneKind.Detected, MilestoneKind.Acknowledged, MilestoneKind.FirstPublicWord })
        {
            if (Choose(all, kind, latest: false) is { } first) yield return Propose(first, all, standing, wentOn: false);
        }

        // What is called resolved counts before what is called a recovery.
        var called = all.Exists(c => c is { Milestone: MilestoneKind.Resolved, Source.Category: "resolved", At: not null });
        var ends = all.Where(c => c.Milestone != MilestoneKind.Resolved || !called || c.Source.Category == "resolved").ToList();
        var last = Choose(ends, MilestoneKind.Resolved, latest: true);
        if (last is not null) yield return Propose(last, ends, standing, WentOn(lines, last));

        // One line does not stand for both: a single recovery is the end.
        var earlier = all.Where(c => c.Milestone != MilestoneKind.Mitigated || c.Source != last?.Source).ToList();
        if (Choose(earlier, MilestoneKind.Mitigated, latest: false) is { } mitigated) yield return Propose(mitigated, earlier, standing, WentOn(lines, mitigated));
    }

    private static IEnumerable<Candidate> Candidates(SourceLine line)
    {
        Candidate New(MilestoneKind milestone, ProposalReason? doubt = null) => new(milestone, line, doubt);
        switch (line.Category)
        {
            case "attack": yield return New(MilestoneKind.ImpactStarted, SourcePhrases.IsFelt(line.Text) ? null : ProposalReason.NotSaidToBeFelt); break;
            case "impact": yield return New(MilestoneKind.ImpactStarted); break;
            case "mitigation-error" when SourcePhrases.IsFelt(line.Text): yield return New(MilestoneKind.ImpactStarted, ProposalReason.SaidInPassing); break;
            case "detection" or "alert": yield return New(MilestoneKind.Detected); break;
            case "report": yield return New(MilestoneKind.Detected, ProposalReason.ReportedByUsers); break;
            case "acknowledged": yield return New(MilestoneKind.Acknowledged); break;
            case "communication": yield return New(MilestoneKind.FirstPublicWord, SourcePhrases.IsPublic(line.Text) ? null : ProposalReason.MayNotBePublic); break;
            case "resolved": yield return New(MilestoneKind.Resolved); break;
            case "attack-ended": yield return New(MilestoneKind.Resolved, ProposalReason.SaidInPassing); break;
            case "recovery":
                var partly = SourcePhrases.IsAll(line.Text) ? (ProposalReason?)null : ProposalReason.NotSaidToBeAll;
                yield return New(MilestoneKind.Resolved, partly);
                yield return New(MilestoneKind.Mitigated, partly);
                break;
            case "mitigation" or "verification" or "mitigation-reverted" when SourcePhrases.IsMitigated(line.Text): yield return New(MilestoneKind.Mitigated, ProposalReason.SaidInPassing); break;
        }
    }

    private static Candidate? Choose(List<Candidate> candidates, MilestoneKind kind, bool latest)
    {
        var timed = candidates.Where(c => c.Milestone == kind && c.At is not null).ToList();
        return latest ? timed.MaxBy(c => c.At) : timed.MinBy(c => c.At);
    }

    private static ImportProposal Propose(Candidate chosen, List<Candidate> all, IReadOnlySet<MilestoneKind> standing, bool wentOn) => chosen.Source.Propose(
        new ProposedAct.Reach(chosen.Milestone),
        standing.Contains(chosen.Milestone),
        chosen.Doubt,
        all.Exists(c => c.Milestone == chosen.Milestone && c.Source != chosen.Source && MayBeIt(c.Source.When, chosen.Source.When)) ? ProposalReason.AnotherLine : null,
        wentOn ? ProposalReason.AttackWentOn : null);

    /// <summary>Whether the times leave open which of two comes first.</summary>
    private static bool MayBeIt(OccurrenceTime other, OccurrenceTime chosen) =>
        other.At is not { } at || ((other.Precision == Precision.Day || chosen.Precision == Precision.Day) && at.Date == chosen.At!.Value.Date);

    private static bool WentOn(IReadOnlyList<SourceLine> lines, Candidate end)
    {
        var isBehind = false;
        foreach (var line in lines)
        {
            if (isBehind && line.Category is "attack" or "attacker-adapts" or "impact" or "escalation" && (line.When.At is null || line.When.At > end.At)) return true;
            isBehind |= line == end.Source;
        }
        return false;
    }
}
