using System.Text.Json.Serialization;

namespace IncidentDesk.Incidents;

/// <summary>Where the response stands. Forward in this order; any move back is allowed and needs a reason.</summary>
public enum IncidentStatus { Investigating, Mitigating, Monitoring, Resolved, Closed }

/// <summary>1 is the worst: most members down, or the provider itself is the target.</summary>
public enum Severity
{
    [JsonStringEnumMemberName("SEV1")] Sev1,
    [JsonStringEnumMemberName("SEV2")] Sev2,
    [JsonStringEnumMemberName("SEV3")] Sev3,
    [JsonStringEnumMemberName("SEV4")] Sev4,
}

/// <summary>Traffic Light Protocol 2.0 (FIRST). Labels are not translated.</summary>
public enum Tlp
{
    [JsonStringEnumMemberName("TLP:RED")] Red,
    [JsonStringEnumMemberName("TLP:AMBER+STRICT")] AmberStrict,
    [JsonStringEnumMemberName("TLP:AMBER")] Amber,
    [JsonStringEnumMemberName("TLP:GREEN")] Green,
    [JsonStringEnumMemberName("TLP:CLEAR")] Clear,
}

/// <summary>Points of an incident's course between which the metrics are measured.</summary>
public enum MilestoneKind
{
    [JsonStringEnumMemberName("impact-started")] ImpactStarted,
    [JsonStringEnumMemberName("detected")] Detected,
    [JsonStringEnumMemberName("declared")] Declared,
    [JsonStringEnumMemberName("acknowledged")] Acknowledged,
    [JsonStringEnumMemberName("mitigated")] Mitigated,
    [JsonStringEnumMemberName("resolved")] Resolved,
    [JsonStringEnumMemberName("first-public-word")] FirstPublicWord,
}

/// <summary>What one person at a time does in an incident.</summary>
public enum IncidentRole
{
    /// <summary>The incident lead: decides and keeps the whole picture.</summary>
    [JsonStringEnumMemberName("lead")] Lead,
    [JsonStringEnumMemberName("operations")] Operations,
    [JsonStringEnumMemberName("communications")] Communications,

    /// <summary>Talks to upstream providers and vendors.</summary>
    [JsonStringEnumMemberName("upstream-liaison")] UpstreamLiaison,

    /// <summary>Keeps the log.</summary>
    [JsonStringEnumMemberName("scribe")] Scribe,
}
