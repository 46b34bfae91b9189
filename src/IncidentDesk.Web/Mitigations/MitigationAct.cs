using IncidentDesk.Mitigations;

namespace IncidentDesk.Web.Mitigations;

/// <summary>What a person wants with a defence.</summary>
public enum MitigationWish { Add, Move, Extend, Answer, Join, Leave }

/// <summary>A wish and what it is about, as the person sees it.</summary>
/// <param name="To">The state to which it is to be moved.</param>
public sealed record MitigationAct(MitigationWish Wish, Mitigation? Mitigation = null, MitigationState? To = null)
{
    public static MitigationAct Add { get; } = new(MitigationWish.Add);
    public static MitigationAct Join { get; } = new(MitigationWish.Join);
}
