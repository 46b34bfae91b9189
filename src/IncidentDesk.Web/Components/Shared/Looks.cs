using IncidentDesk.Attacks;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Web.Components.Shared;

/// <summary>Icon and style class of each word of the vocabulary. A meaning has a shape first, then a hue.</summary>
public static class Looks
{
    public static string Class(this IncidentStatus status) => "st-" + Short(status);

    public static string Icon(this IncidentStatus status) => "st-" + Short(status);

    public static string Class(this Severity severity) => severity.Label().ToLowerInvariant();

    public static string Class(this Tlp tlp) => tlp switch
    {
        Tlp.Red => "red",
        Tlp.AmberStrict => "amber-strict",
        Tlp.Amber => "amber",
        Tlp.Green => "green",
        Tlp.Clear => "clear",
    };

    public static string Class(this EntryKind kind) => kind.IsWrittenByPeople() ? "k-" + kind.Label() : "sys k-system";

    public static string Icon(this EntryKind kind) => kind switch
    {
        EntryKind.Note => "note",
        EntryKind.Observation => "observation",
        EntryKind.Action => "action",
        EntryKind.Decision => "decision",
        EntryKind.Communication => "communication",
        EntryKind.Handover => "handover",
        EntryKind.Incident => "flag",
        EntryKind.Status => "status",
        EntryKind.Severity => "severity",
        EntryKind.Role => "role",
        EntryKind.Milestone => "milestone",
        EntryKind.Impact => "impact",
        EntryKind.Mitigation => "shield",
        EntryKind.Wave => "wave",
        EntryKind.Checklist => "checklist",
        EntryKind.FollowUp => "follow-up",
        EntryKind.Postmortem => "postmortem",
        EntryKind.Alert => "alert",
        EntryKind.Import => "import",
    };

    public static string Class(this ImpactState state) => state switch
    {
        ImpactState.Degraded => "im-deg",
        ImpactState.PartialOutage => "im-par",
        ImpactState.MajorOutage => "im-maj",
    };

    /// <remarks>Class and icon have the same name.</remarks>
    public static string Icon(this ImpactState state) => state.Class();

    public static string Icon(this ImpactCause cause) => cause switch
    {
        ImpactCause.Targeted => "targeted",
        ImpactCause.Collateral => "collateral",
        ImpactCause.Precaution => "precaution",
    };

    public static string Class(this MitigationState state) => state == MitigationState.AdaptedAround ? "m-adapted" : "m-" + state.Label();

    /// <remarks>Class and icon have the same name.</remarks>
    public static string Icon(this MitigationState state) => state.Class();

    /// <summary>For example <c>wv-volumetric</c>; icon of the same name.</summary>
    public static string Class(this VectorFamily family) => "wv-" + family.Label();

    public static string Icon(this FollowUpState state) => state switch
    {
        FollowUpState.Open => "fu-open",
        FollowUpState.Done => "fu-done",
        FollowUpState.Dropped => "fu-dropped",
    };

    /// <summary>Two letters for the round badge of a person.</summary>
    public static string Initials(string name)
    {
        var words = name.Split([' ', '-', '.', '_'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => "?",
            1 => FirstLetters(words[0], 2),
            _ => FirstLetters(words[0], 1) + FirstLetters(words[^1], 1),
        };
    }

    private static string FirstLetters(string word, int count) =>
        string.Concat(word.EnumerateRunes().Take(count)).ToUpperInvariant();

    private static string Short(IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating => "inv",
        IncidentStatus.Mitigating => "mit",
        IncidentStatus.Monitoring => "mon",
        IncidentStatus.Resolved => "res",
        IncidentStatus.Closed => "clo",
    };
}
