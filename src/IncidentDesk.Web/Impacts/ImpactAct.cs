using IncidentDesk.Impacts;

namespace IncidentDesk.Web.Impacts;

/// <summary>What a person wants with what is hit.</summary>
public enum ImpactWish { Mark, Back, Correct }

/// <summary>A wish and what it is about, as the person sees it; nothing when an asset is yet to be chosen.</summary>
public sealed record ImpactAct(ImpactWish Wish, HitList.Row? Row = null)
{
    public static ImpactAct Mark { get; } = new(ImpactWish.Mark);
}
