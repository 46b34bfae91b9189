using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Import;

/// <summary>The words by which timelines name kinds and precisions, and what the desk makes of them.</summary>
internal static class SourceWords
{
    /// <summary>The kind for a category; null for one that the desk does not know. Never a kind that the desk itself writes.</summary>
    public static EntryKind? KindOf(string category) => Fold(category) switch
    {
        // an alert in another's timeline is what somebody saw; the desk's own kind is kept for machines that speak to it.
        // "recovery" and "attack-ended" are seen, not done, though something done may have led to them
        "observation" or "attack" or "attacker-adapts" or "attack-ended" or "impact" or "detection" or "alert" or "report"
            or "evidence" or "diagnosis" or "verification" or "recovery" or "resolved" or "closed" or "threat" => EntryKind.Observation,
        "action" or "mitigation" or "mitigation-effective" or "mitigation-reverted" or "mitigation-error"
            or "escalation" or "coordination" or "acknowledged" => EntryKind.Action,
        "decision" => EntryKind.Decision,
        "communication" => EntryKind.Communication,
        "handover" => EntryKind.Handover,
        "note" or "context" or "postmortem" or "review" or "" => EntryKind.Note,
        _ => null,
    };

    /// <summary>The precision for a word and the doubt that the word itself carries; null for a word that the desk does not know.</summary>
    public static (Precision Precision, ImportDoubt? Doubt)? PrecisionOf(string word) => Fold(word) switch
    {
        "minute" or "exact" => (Precision.Exact, null),
        "approx" or "about" or "circa" => (Precision.About, null),
        "hour" => (Precision.Hour, null),
        "day" => (Precision.Day, null),
        "before" => (Precision.Before, null),
        "after" => (Precision.After, null),
        "derived" => (Precision.About, ImportDoubt.Derived),
        "ambiguous-tz" => (Precision.About, ImportDoubt.ZoneUncertain),
        "order-only" => (Precision.OrderOnly, ImportDoubt.NoTime),
        _ => null,
    };

    public static string Fold(string word) => word.Trim().ToLowerInvariant().Replace('_', '-').Replace(' ', '-');
}
