using System.Text.Json.Serialization;

namespace IncidentDesk.Mitigations;

/// <summary>Who applies a mitigation.</summary>
public enum MitigationActor
{
    [JsonStringEnumMemberName("own")] Own,
    [JsonStringEnumMemberName("upstream")] Upstream,
    [JsonStringEnumMemberName("vendor")] Vendor,
    [JsonStringEnumMemberName("member")] Member,
}

/// <summary>Where a mitigation stands.</summary>
public enum MitigationState
{
    [JsonStringEnumMemberName("proposed")] Proposed,
    [JsonStringEnumMemberName("requested")] Requested,
    [JsonStringEnumMemberName("denied")] Denied,
    [JsonStringEnumMemberName("rejected")] Rejected,
    [JsonStringEnumMemberName("applied")] Applied,
    [JsonStringEnumMemberName("effective")] Effective,
    [JsonStringEnumMemberName("partial")] Partial,
    [JsonStringEnumMemberName("ineffective")] Ineffective,
    [JsonStringEnumMemberName("harmful")] Harmful,

    /// <summary>The attackers found a way around it.</summary>
    [JsonStringEnumMemberName("adapted-around")] AdaptedAround,
    [JsonStringEnumMemberName("reverted")] Reverted,
    [JsonStringEnumMemberName("expired")] Expired,
}

/// <summary>The one table of transitions.</summary>
public static class MitigationStates
{
    /// <summary>In which a mitigation may begin.</summary>
    public static readonly IReadOnlyList<MitigationState> First = [MitigationState.Proposed, MitigationState.Requested, MitigationState.Applied];

    public static IReadOnlyList<MitigationState> Next(this MitigationState state) => state switch
    {
        MitigationState.Proposed => [MitigationState.Applied, MitigationState.Rejected],
        MitigationState.Rejected => [],
        MitigationState.Requested => [MitigationState.Applied, MitigationState.Denied],
        MitigationState.Denied => [MitigationState.Requested],
        MitigationState.Applied => [MitigationState.Effective, MitigationState.Partial, MitigationState.Ineffective, MitigationState.Harmful, MitigationState.Reverted, MitigationState.Expired],
        MitigationState.Effective => [MitigationState.AdaptedAround, MitigationState.Reverted, MitigationState.Expired],
        MitigationState.Partial => [MitigationState.Effective, MitigationState.Ineffective, MitigationState.AdaptedAround, MitigationState.Reverted, MitigationState.Expired],
        MitigationState.Ineffective => [MitigationState.Reverted],
        MitigationState.Harmful => [MitigationState.Reverted],
        MitigationState.AdaptedAround => [MitigationState.Applied, MitigationState.Reverted],
        MitigationState.Reverted => [MitigationState.Applied],
        MitigationState.Expired => [MitigationState.Applied],
    };

    /// <summary>In place: it does something to the traffic, for good or bad.</summary>
    public static bool IsInPlace(this MitigationState state) => state is
        MitigationState.Applied or MitigationState.Effective or MitigationState.Partial or MitigationState.Ineffective or MitigationState.Harmful or MitigationState.AdaptedAround;

    /// <summary>In place, or it has been.</summary>
    public static bool WasInPlace(this MitigationState state) => state.IsInPlace() || state is MitigationState.Reverted or MitigationState.Expired;

    /// <summary>Judged to do what it is there for, wholly or in part.</summary>
    public static bool Works(this MitigationState state) => state is MitigationState.Effective or MitigationState.Partial;

    /// <summary>Asked for or in place: somebody still has to look after it.</summary>
    public static bool IsOpen(this MitigationState state) => state is MitigationState.Proposed or MitigationState.Requested || state.IsInPlace();

    /// <summary>What somebody said of how it works.</summary>
    public static bool IsVerdict(this MitigationState state) => state is
        MitigationState.Effective or MitigationState.Partial or MitigationState.Ineffective or MitigationState.Harmful or MitigationState.AdaptedAround;
}
