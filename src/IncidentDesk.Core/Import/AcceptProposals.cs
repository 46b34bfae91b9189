using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Import;

/// <summary>Does what a person has chosen of the proposals, by the same rules as if they had done each by hand.</summary>
internal static class AcceptProposals
{
    /// <summary>Those of the chosen ones that do not stand already, or why the choice cannot be done.</summary>
    public static Result<IReadOnlyList<ImportProposal>> Choose(IReadOnlyList<ImportProposal> proposals, IReadOnlyCollection<Guid> accept, Standing standing)
    {
        var chosen = proposals.Where(p => accept.Contains(p.Id)).ToList();
        // What was offered is no more, for the incident has changed meanwhile.
        if (chosen.Count != accept.Distinct().Count()) return new Invalid("Accept", "Import.ProposalUnknown");
        chosen.RemoveAll(p => p.IsDone);
        var there = standing.Mitigations.Select(m => m.Id).Concat(chosen.Where(p => p.Act is ProposedAct.PutUp).Select(p => p.Id)).ToHashSet();
        var lacking = chosen.Find(p => p.Act is ProposedAct.Move move && !there.Contains(move.MitigationId));
        return lacking is null ? Result<IReadOnlyList<ImportProposal>>.Ok(chosen) : new Invalid("Accept", "Import.ProposalNeedsAnother", lacking.Line, ((ProposedAct.Move)lacking.Act).Title);
    }

    /// <summary>Does them, and lets the entries of their lines lead to the mitigations and assets.</summary>
    /// <param name="places">Where lines without a time stand, by the id of their entry. UTC.</param>
    public static async Task<Error?> DoAsync(IncidentWriter.Recording recording, string incidentKey, IReadOnlyList<ImportProposal> accepted, IReadOnlyDictionary<Guid, DateTime> places, CancellationToken ct)
    {
        foreach (var proposal in accepted)
        {
            var before = recording.Drafts.Count;
            if (!(await DoAsync(recording, incidentKey, proposal, ct)).TryGet(out var link, out var error)) return error;
            // The next one asks the database what stands.
            await recording.Db.SaveChangesAsync(ct);

            for (var n = before; n < recording.Drafts.Count; n++)
            {
                var (incidentId, draft) = recording.Drafts[n];
                if (draft.When.At is null) recording.Drafts[n] = (incidentId, draft with { SortAt = places[proposal.EntryId] });
            }
            // An entry that was imported earlier stays as it was written.
            var at = recording.Drafts.FindIndex(d => d.Draft.EntryId == proposal.EntryId);
            if (at < 0 || link is null) continue;
            var entry = recording.Drafts[at];
            if (!entry.Draft.Links.Contains(link)) recording.Drafts[at] = (entry.IncidentId, entry.Draft with { Links = [.. entry.Draft.Links, link] });
        }
        return null;
    }

    private static async Task<Result<EntryLink?>> DoAsync(IncidentWriter.Recording recording, string key, ImportProposal proposal, CancellationToken ct)
    {
        var evidence = SourceLine.Cut(proposal.Text, Impact.MaxEvidenceLength);
        switch (proposal.Act)
        {
            case ProposedAct.Reach reach:
                return await ReachAsync(recording, reach.Milestone, proposal.When, ct);

            case ProposedAct.PutUp put:
                var added = await AddMitigation.AddAsync(recording, new(proposal.Id, key, null, put.State, new MitigationFacts(put.Title, put.Kind), proposal.When), ct);
                return added.TryGet(out var mitigation, out var error) ? new EntryLink(mitigation.Name, MitigationId: mitigation.Id) : error;

            case ProposedAct.Move move:
                return await MoveAsync(recording, move, proposal, ct);

            case ProposedAct.Hit hit:
                var marked = await MarkImpact.MarkAsync(recording, new(proposal.Id, key, hit.AssetId, hit.State, hit.Cause, proposal.When, evidence), ct);
                return marked.Error is { } notMarked ? notMarked : new EntryLink(hit.Asset, hit.AssetId);

            case ProposedAct.Back back:
                var ended = await EndImpact.EndAsync(recording, new(key, back.AssetId, proposal.When, Reason: evidence), ct);
                return ended.Error is { } notEnded ? notEnded : new EntryLink(back.Asset, back.AssetId);

            default:
                throw new ArgumentOutOfRangeException(nameof(proposal), proposal.Act, null);
        }
    }

    private static async Task<Result<EntryLink?>> ReachAsync(IncidentWriter.Recording recording, MilestoneKind kind, OccurrenceTime when, CancellationToken ct)
    {
        var incidentId = recording.IncidentIds.Single();
        var incident = await recording.Db.Incidents.Include(i => i.Milestones).FirstAsync(i => i.Id == incidentId, ct);
        if (recording.Db.SetMilestone(incident, kind, when) is { } change)
        {
            incident.Version++;
            recording.Log(incidentId, new EntryDraft(EntryKind.Milestone, "", OccurrenceTime.Exactly(recording.Now)) { Change = change });
        }
        return (EntryLink?)null;
    }

    private static async Task<Result<EntryLink?>> MoveAsync(IncidentWriter.Recording recording, ProposedAct.Move move, ImportProposal proposal, CancellationToken ct)
    {
        var mitigation = await recording.Db.MitigationAsync(move.MitigationId, ct);
        foreach (var to in new[] { move.Via, move.To }.OfType<MitigationState>())
        {
            // By what stands, not by what was foreseen: of the proposals for one mitigation some may have been left out.
            if (to == move.Via && mitigation.State.Next().Contains(move.To)) continue;
            var moved = await MoveMitigation.MoveAsync(recording, new(mitigation.Id, mitigation.Version, to, proposal.When, DefenceProposals.Reason(proposal.Text)), ct);
            if (moved.Error is { } error) return error;
        }
        return new EntryLink(mitigation.Name, MitigationId: mitigation.Id);
    }
}
