using IncidentDesk.Attacks;

namespace IncidentDesk.Web.Attacks;

/// <summary>What a person wants with a wave.</summary>
public enum WaveWish { Declare, Edit, End, Withdraw }

/// <summary>A wish and what it is about, as the person sees it.</summary>
public sealed record WaveAct(WaveWish Wish, AttackWave? Wave = null)
{
    public static WaveAct Declare { get; } = new(WaveWish.Declare);
}
