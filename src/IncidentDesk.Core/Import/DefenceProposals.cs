using IncidentDesk.Mitigations;
using IncidentDesk.Shared;

namespace IncidentDesk.Import;

/// <summary>The defences that a timeline tells of, and what became of each.</summary>
internal sealed class DefenceProposals(Standing standing)
{
    /// <summary>A defence as it would stand if all that is proposed were done.</summary>
    /// <param name="Since">When it begins, for one that no line of the file puts up. A day or a bound is the moment that is written down.</param>
    private sealed record Defence(Guid Id, string Kind, string Title, bool IsPlain, OccurrenceTime? Since = null)
    {
        public MitigationState State { get; set; }

        /// <summary>Lines come in order, so what a line has put up is there; of others only the times can tell.</summary>
        public bool IsThereAt(OccurrenceTime when) => Since is null || when.At is null || Since.At <= when.At;
    }

    // One that serves other incidents too is not moved by this one's file.
    private readonly List<Defence> _up = [];
    private readonly Dictionary<Guid, Mitigation> _standing = standing.Mitigations.ToDictionary(m => m.Id);

    public IEnumerable<ImportProposal> Of(IReadOnlyList<SourceLine> lines)
    {
        var ofFile = lines.Select(l => ImportIds.OfProposal(l.EntryId, "mitigation")).ToHashSet();
        _up.AddRange(standing.Mitigations.Where(m => m.Incidents.Count == 1 && !ofFile.Contains(m.Id)).Select(m => new Defence(m.Id, m.Kind, m.Title, IsPlain: true, m.Steps[0].When) { State = m.State }));
        foreach (var line in lines)
        {
            foreach (var proposal in Of(line)) yield return proposal;
        }
    }

    private IEnumerable<ImportProposal> Of(SourceLine line)
    {
        switch (line.Category)
        {
            case "mitigation":
                if (PutUp(line) is { } put) yield return put;
                break;
            case "mitigation-error":
                if (PutUp(line, ProposalReason.CalledAnError) is { } error) yield return error;
                if (Move(line, MitigationState.Harmful) is { } harmful) yield return harmful;
                break;
            case "mitigation-effective" when Move(line, MitigationState.Effective) is { } effective: yield return effective; break;
            case "mitigation-reverted" when Move(line, MitigationState.Reverted) is { } reverted: yield return reverted; break;
            case "attacker-adapts" when Move(line, MitigationState.AdaptedAround) is { } adapted: yield return adapted; break;
        }
    }

    private ImportProposal? PutUp(SourceLine line, ProposalReason? doubt = null)
    {
        var named = SourcePhrases.DefencesIn(line.Text).Where(standing.Kinds.Contains).ToList();
        var kind = named.FirstOrDefault() ?? "other";
        if (!standing.Kinds.Contains(kind) || Title(line.Line.Body) is not { } title) return null;

        var state = SourcePhrases.AsksForIt(line.Text) ? MitigationState.Requested : MitigationState.Applied;
        var act = new ProposedAct.PutUp(kind, title, state);
        var proposal = line.Propose(
            act, _standing.ContainsKey(ImportIds.OfProposal(line.EntryId, act.Key)), doubt,
            named.Count > 1 ? ProposalReason.KindUncertain : null,
            SourcePhrases.ChangesIt(line.Text) && _up.Exists(d => d.State.IsInPlace()) ? ProposalReason.MayBeTheSame : null);
        if (!proposal.IsDone || _standing[proposal.Id].Incidents.Count == 1) _up.Add(new(proposal.Id, kind, title, proposal.IsPlain || proposal.IsDone) { State = state });
        return proposal;
    }

    private ImportProposal? Move(SourceLine line, MitigationState to)
    {
        var reason = Reason(line.Line.Body);
        // Asked first: what was done already may have left nothing that could be moved.
        if (standing.Mitigations.FirstOrDefault(m => m.Steps.Exists(s => s.State == to && s.When == line.When && s.Reason == reason)) is { } moved)
        {
            if (_up.Find(d => d.Id == moved.Id) is { } known) known.State = to;
            return line.Propose(new ProposedAct.Move(moved.Id, moved.Title, to, Via: null), isDone: true);
        }

        var could = _up.Where(d => d.State.IsInPlace() && d.IsThereAt(line.When) && (d.State.Next().Contains(to) || Via(d.State, to) is not null)).ToList();
        if (could.Count == 0) return null;
        var named = SourcePhrases.DefencesIn(line.Text);
        var ofKind = could.Where(d => named.Contains(d.Kind, StringComparer.Ordinal)).ToList();
        var defence = ofKind is [var only] ? only : could[^1];
        var via = Via(defence.State, to);
        defence.State = to;
        return line.Propose(
            new ProposedAct.Move(defence.Id, defence.Title, to, via), isDone: false,
            could.Count > 1 && ofKind.Count != 1 ? ProposalReason.WhichOne : null,
            via is null ? null : ProposalReason.NeedsVerdict,
            defence.IsPlain ? null : ProposalReason.NeedsAnother);
    }

    /// <summary>Attackers get round what works at least in part.</summary>
    private static MitigationState? Via(MitigationState from, MitigationState to) =>
        (from, to) is (MitigationState.Applied, MitigationState.AdaptedAround) ? MitigationState.Partial : null;

    /// <summary>What the step of a mitigation says of why.</summary>
    public static string Reason(string body) => SourceLine.Cut(body, Mitigation.MaxTextLength);

    /// <summary>The first line as far as it fits; null when it holds what a title may not.</summary>
    private static string? Title(string body)
    {
        var line = body.Split('\n')[0].Replace('\t', ' ').Trim();
        if (line.Length > Mitigation.MaxTitleLength)
        {
            var cut = line.LastIndexOf(' ', Mitigation.MaxTitleLength - 2);
            line = line[..(cut > 0 ? cut : Mitigation.MaxTitleLength - 2)] + " …";
        }
        return TextRules.Line("", line, Mitigation.MaxTitleLength).TryGet(out var title, out _) ? title : null;
    }
}
