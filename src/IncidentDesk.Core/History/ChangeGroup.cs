using System.Text.Json.Serialization;
using IncidentDesk.Timeline;

namespace IncidentDesk.History;

/// <summary>Under which heading somebody who comes back reads what changed.</summary>
public enum ChangeGroup
{
    /// <summary>Status, severity, roles, milestones and what else the incident says of itself.</summary>
    [JsonStringEnumMemberName("course")] Course,

    /// <summary>Decisions and key events.</summary>
    [JsonStringEnumMemberName("decisions")] Decisions,

    /// <summary>What they did and what was hit.</summary>
    [JsonStringEnumMemberName("attack")] Attack,

    /// <summary>What we did against it.</summary>
    [JsonStringEnumMemberName("defence")] Defence,

    /// <summary>Handovers and what was said to others.</summary>
    [JsonStringEnumMemberName("communication")] Communication,

    /// <summary>The rest of what people wrote down.</summary>
    [JsonStringEnumMemberName("log")] Log,

    /// <summary>Follow-ups and imports.</summary>
    [JsonStringEnumMemberName("other")] Other,
}

public static class ChangeGroups
{
    public static ChangeGroup Of(EntryKind kind, bool isKeyEvent) => kind switch
    {
        EntryKind.Incident or EntryKind.Status or EntryKind.Severity or EntryKind.Role or EntryKind.Milestone => ChangeGroup.Course,
        EntryKind.Impact or EntryKind.Wave or EntryKind.Alert => ChangeGroup.Attack,
        EntryKind.Mitigation or EntryKind.Checklist => ChangeGroup.Defence,
        EntryKind.FollowUp or EntryKind.Postmortem or EntryKind.Import => ChangeGroup.Other,
        EntryKind.Decision => ChangeGroup.Decisions,
        EntryKind.Communication or EntryKind.Handover => isKeyEvent ? ChangeGroup.Decisions : ChangeGroup.Communication,
        EntryKind.Note or EntryKind.Observation or EntryKind.Action => isKeyEvent ? ChangeGroup.Decisions : ChangeGroup.Log,
    };
}
