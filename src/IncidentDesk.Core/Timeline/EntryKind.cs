using System.Text.Json.Serialization;

namespace IncidentDesk.Timeline;

/// <summary>What an entry of the timeline is. People write the first six; the desk writes the others itself.</summary>
public enum EntryKind
{
    [JsonStringEnumMemberName("note")] Note,
    [JsonStringEnumMemberName("observation")] Observation,
    [JsonStringEnumMemberName("action")] Action,
    [JsonStringEnumMemberName("decision")] Decision,
    [JsonStringEnumMemberName("communication")] Communication,
    [JsonStringEnumMemberName("handover")] Handover,
    /// <summary>Declaration, title, TLP and visibility.</summary>
    [JsonStringEnumMemberName("incident")] Incident,
    [JsonStringEnumMemberName("status")] Status,
    [JsonStringEnumMemberName("severity")] Severity,
    [JsonStringEnumMemberName("role")] Role,
    [JsonStringEnumMemberName("milestone")] Milestone,
    [JsonStringEnumMemberName("impact")] Impact,
    [JsonStringEnumMemberName("mitigation")] Mitigation,
    [JsonStringEnumMemberName("wave")] Wave,
    [JsonStringEnumMemberName("checklist")] Checklist,
    [JsonStringEnumMemberName("follow-up")] FollowUp,
    /// <summary>The postmortem and what leaves the house.</summary>
    [JsonStringEnumMemberName("postmortem")] Postmortem,
    [JsonStringEnumMemberName("alert")] Alert,
    [JsonStringEnumMemberName("import")] Import,
}

public static class EntryKinds
{
    /// <summary>True for the kinds that a person may choose.</summary>
    public static bool IsWrittenByPeople(this EntryKind kind) => kind <= EntryKind.Handover;
}
