using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;

namespace IncidentDesk.Import;

/// <summary>What a line of a timeline would change besides the log, offered to a person. Nothing of it is done unasked.</summary>
/// <param name="Id">Follows from the line and from what is proposed: the same for the same file in the same incident, always.</param>
/// <param name="EntryId">Of the entry that the line becomes.</param>
/// <param name="When">With the precision of the line.</param>
/// <param name="Text">The line's.</param>
/// <param name="Reasons">Why it is not plain; empty when it is.</param>
/// <param name="IsDone">It stands already, by an earlier import or otherwise.</param>
public sealed record ImportProposal(Guid Id, Guid EntryId, int Line, OccurrenceTime When, string Text, ProposedAct Act, IReadOnlyList<ProposalReason> Reasons, bool IsDone)
{
    /// <summary>Chosen until a person says otherwise.</summary>
    public bool IsPlain => Reasons.Count == 0;
}

/// <summary>What would be done.</summary>
/// <param name="Key">Its word in the API.</param>
public abstract record ProposedAct(string Key)
{
    public sealed record Reach(MilestoneKind Milestone) : ProposedAct("milestone." + Milestone.Label());

    /// <param name="Kind">Slug of a <see cref="MitigationKind"/>.</param>
    /// <param name="State">One of <see cref="MitigationStates.First"/>.</param>
    public sealed record PutUp(string Kind, string Title, MitigationState State) : ProposedAct("mitigation");

    /// <param name="MitigationId">One that stands, or the proposal that puts it up.</param>
    /// <param name="Via">A state through which the table of transitions leads, which nobody stated; or null.</param>
    public sealed record Move(Guid MitigationId, string Title, MitigationState To, MitigationState? Via) : ProposedAct("mitigation." + To.Label());

    public sealed record Hit(Guid AssetId, string Asset, ImpactState State, ImpactCause Cause) : ProposedAct("impact");

    public sealed record Back(Guid AssetId, string Asset) : ProposedAct("impact-ended");
}

/// <summary>Why a proposal is for a person to decide.</summary>
public enum ProposalReason
{
    /// <summary>The line's own time is in doubt.</summary>
    LineInDoubt,

    /// <summary>An attack is told of, but not that it was felt.</summary>
    NotSaidToBeFelt,

    /// <summary>Users said it, perhaps before those on duty knew.</summary>
    ReportedByUsers,
    MayNotBePublic,

    /// <summary>Another line may be the one, and the times do not tell.</summary>
    AnotherLine,

    /// <summary>Something is back, but not everything is said to be.</summary>
    NotSaidToBeAll,

    /// <summary>A later line tells of the attack.</summary>
    AttackWentOn,

    /// <summary>The line is about something else and only mentions it.</summary>
    SaidInPassing,

    /// <summary>The text names more than one kind of defence.</summary>
    KindUncertain,

    /// <summary>It may be a change of one that is up already.</summary>
    MayBeTheSame,
    CalledAnError,

    /// <summary>More than one defence was up.</summary>
    WhichOne,

    /// <summary>The move needs a verdict that nobody gave.</summary>
    NeedsVerdict,

    /// <summary>It needs another proposal that is itself in doubt.</summary>
    NeedsAnother,

    /// <summary>How badly it was hit, or why, is not said.</summary>
    ImpactUncertain,
}
