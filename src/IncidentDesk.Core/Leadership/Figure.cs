using System.Text.Json.Serialization;
using IncidentDesk.Incidents;

namespace IncidentDesk.Leadership;

/// <summary>What the leadership asks of the record. Each is one panel, one table of what is behind it, and one file.</summary>
public enum Figure
{
    [JsonStringEnumMemberName("incidents")] Incidents,
    [JsonStringEnumMemberName("member-hours")] MemberHours,

    /// <summary>Impact started to detected (TTD).</summary>
    [JsonStringEnumMemberName("detect")] Detect,

    /// <summary>Declared to acknowledged (TTA).</summary>
    [JsonStringEnumMemberName("acknowledge")] Acknowledge,

    /// <summary>Impact started to first public word.</summary>
    [JsonStringEnumMemberName("first-public-word")] FirstPublicWord,

    /// <summary>Impact started to mitigated (TTM).</summary>
    [JsonStringEnumMemberName("mitigate")] Mitigate,

    /// <summary>Impact started to resolved (TTR).</summary>
    [JsonStringEnumMemberName("resolve")] Resolve,

    /// <summary>At which hour and on which weekday the impact began.</summary>
    [JsonStringEnumMemberName("beginnings")] Beginnings,
    [JsonStringEnumMemberName("vectors")] Vectors,
    [JsonStringEnumMemberName("defences")] Defences,

    /// <summary>The members at whom attacks were aimed.</summary>
    [JsonStringEnumMemberName("targets")] Targets,
    [JsonStringEnumMemberName("follow-ups")] FollowUps,
}

public static class Figures
{
    /// <summary>Those that measure from one milestone to another.</summary>
    public static readonly IReadOnlyList<Figure> Durations = [Figure.Detect, Figure.Acknowledge, Figure.FirstPublicWord, Figure.Mitigate, Figure.Resolve];

    /// <summary>Null for a figure that is no duration.</summary>
    public static (MilestoneKind From, MilestoneKind To)? Ends(this Figure figure) => figure switch
    {
        Figure.Detect => (MilestoneKind.ImpactStarted, MilestoneKind.Detected),
        Figure.Acknowledge => (MilestoneKind.Declared, MilestoneKind.Acknowledged),
        Figure.FirstPublicWord => (MilestoneKind.ImpactStarted, MilestoneKind.FirstPublicWord),
        Figure.Mitigate => (MilestoneKind.ImpactStarted, MilestoneKind.Mitigated),
        Figure.Resolve => (MilestoneKind.ImpactStarted, MilestoneKind.Resolved),
        _ => null,
    };
}
