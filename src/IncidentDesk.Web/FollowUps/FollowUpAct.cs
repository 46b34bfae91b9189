using IncidentDesk.FollowUps;

namespace IncidentDesk.Web.FollowUps;

/// <summary>What a person wants with a follow-up, as they see it.</summary>
/// <param name="FollowUp">Null for a new one.</param>
/// <param name="To">The state to which it is to be moved; null to write it down.</param>
public sealed record FollowUpAct(FollowUp? FollowUp = null, FollowUpState? To = null);
