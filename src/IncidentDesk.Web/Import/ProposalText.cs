using IncidentDesk.Import;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Import;

/// <summary>What an import offers, in the reader's words.</summary>
public static class ProposalText
{
    public static string Of(ProposedAct act, Say say) => act switch
    {
        ProposedAct.Reach a => say["Proposal.Milestone", say.Word(a.Milestone)],
        ProposedAct.PutUp a => say["Proposal.PutUp", a.Kind, say.Word(a.State), a.Title],
        ProposedAct.Move a => say["Proposal.Move", a.Title, say.Word(a.To)],
        ProposedAct.Hit a => say["Proposal.Hit", a.Asset, say.Word(a.State), say.Word(a.Cause)],
        ProposedAct.Back a => say["Proposal.Back", a.Asset],
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
    };

    /// <summary>The same for one line of output, with what is not plain about it.</summary>
    public static string WithReasons(ImportProposal proposal, Say say) =>
        Of(proposal.Act, say) + (proposal.IsPlain ? "" : $" ({string.Join("; ", proposal.Reasons.Select(say.Word))})");
}
