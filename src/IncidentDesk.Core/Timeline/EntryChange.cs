using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentDesk.Checklists;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace IncidentDesk.Timeline;

/// <summary>What the desk itself did, so that each reader sees it in their own language. The body of the entry holds the person's reason.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Declared), "declared")]
[JsonDerivedType(typeof(StatusChanged), "status")]
[JsonDerivedType(typeof(SeverityChanged), "severity")]
[JsonDerivedType(typeof(TitleChanged), "title")]
[JsonDerivedType(typeof(TlpChanged), "tlp")]
[JsonDerivedType(typeof(RoleChanged), "role")]
[JsonDerivedType(typeof(MilestoneChanged), "milestone")]
[JsonDerivedType(typeof(RestrictionChanged), "restriction")]
[JsonDerivedType(typeof(NamedPersonChanged), "named-person")]
[JsonDerivedType(typeof(Imported), "import")]
[JsonDerivedType(typeof(ImpactMarked), "impact-marked")]
[JsonDerivedType(typeof(ImpactEnded), "impact-ended")]
[JsonDerivedType(typeof(ImpactCorrected), "impact-corrected")]
[JsonDerivedType(typeof(MitigationMoved), "mitigation-moved")]
[JsonDerivedType(typeof(MitigationJoined), "mitigation-joined")]
[JsonDerivedType(typeof(MitigationEdited), "mitigation-edited")]
[JsonDerivedType(typeof(MitigationReviewMoved), "mitigation-review-moved")]
[JsonDerivedType(typeof(MitigationOverdue), "mitigation-overdue")]
[JsonDerivedType(typeof(ChecklistAttached), "checklist-attached")]
[JsonDerivedType(typeof(ChecklistTicked), "checklist-ticked")]
[JsonDerivedType(typeof(WaveDeclared), "wave-declared")]
[JsonDerivedType(typeof(WaveEnded), "wave-ended")]
[JsonDerivedType(typeof(WaveEdited), "wave-edited")]
[JsonDerivedType(typeof(WaveWithdrawn), "wave-withdrawn")]
[JsonDerivedType(typeof(FollowUpMoved), "follow-up-moved")]
[JsonDerivedType(typeof(FollowUpEdited), "follow-up-edited")]
[JsonDerivedType(typeof(PostmortemMoved), "postmortem-moved")]
[JsonDerivedType(typeof(ReviewersNamed), "reviewers-named")]
[JsonDerivedType(typeof(PostmortemApproved), "postmortem-approved")]
[JsonDerivedType(typeof(SituationReported), "situation-reported")]
[JsonDerivedType(typeof(DocumentLeft), "document-left")]
[JsonDerivedType(typeof(LeakAccepted), "leak-accepted")]
public abstract record EntryChange
{
    public sealed record Declared(Severity Severity) : EntryChange;
    public sealed record StatusChanged(IncidentStatus From, IncidentStatus To) : EntryChange;
    public sealed record SeverityChanged(Severity From, Severity To) : EntryChange;
    public sealed record TitleChanged(string From, string To) : EntryChange;
    public sealed record TlpChanged(Tlp From, Tlp To) : EntryChange;

    /// <param name="From">The former holder's name, or null.</param>
    /// <param name="To">The new holder's name, or null when the role is free.</param>
    public sealed record RoleChanged(IncidentRole Role, string? From, string? To) : EntryChange;

    /// <param name="From">What was recorded before, or null.</param>
    /// <param name="To">What is recorded now, or null when it is unknown again.</param>
    public sealed record MilestoneChanged(MilestoneKind Milestone, OccurrenceTime? From, OccurrenceTime? To) : EntryChange;
    public sealed record RestrictionChanged(bool IsRestricted) : EntryChange;
    public sealed record NamedPersonChanged(string Name, bool MaySee) : EntryChange;

    /// <param name="Count">Entries that the file added.</param>
    public sealed record Imported(int Count) : EntryChange;

    /// <param name="Asset">Its name.</param>
    /// <param name="Others">How many assets behind it were marked with it as collateral.</param>
    public sealed record ImpactMarked(string Asset, int Others, ImpactState State, ImpactCause Cause, OccurrenceTime From) : EntryChange;

    /// <param name="Others">How many assets behind it are back with it.</param>
    /// <param name="To">Without a time when it is over and nobody knows since when.</param>
    public sealed record ImpactEnded(string Asset, int Others, OccurrenceTime To) : EntryChange;

    public sealed record ImpactCorrected(string Asset, ImpactFacts From, ImpactFacts To) : EntryChange;

    /// <summary>What a revision of an impact may change.</summary>
    /// <param name="End">Null while it is hit.</param>
    public sealed record ImpactFacts(ImpactState State, ImpactCause Cause, OccurrenceTime Start, OccurrenceTime? End, bool IsWithdrawn);

    /// <param name="From">Null when it begins.</param>
    /// <param name="ReviewBy">UTC.</param>
    public sealed record MitigationMoved(string Name, string Title, MitigationState? From, MitigationState To, DateTime? ReviewBy) : EntryChange;

    /// <summary>A mitigation that stands already serves this incident too, or does so no more.</summary>
    public sealed record MitigationJoined(string Name, string Title, MitigationState State, bool Serves) : EntryChange;

    /// <param name="Fields">The names of what was changed: properties of <see cref="Mitigation"/>.</param>
    public sealed record MitigationEdited(string Name, string Title, IReadOnlyList<string> Fields) : EntryChange;

    /// <param name="From">UTC.</param>
    /// <param name="To">UTC.</param>
    public sealed record MitigationReviewMoved(string Name, string Title, DateTime? From, DateTime? To) : EntryChange;

    /// <param name="ReviewBy">UTC.</param>
    public sealed record MitigationOverdue(string Name, string Title, DateTime ReviewBy) : EntryChange;

    public sealed record ChecklistAttached(string TitleEn, string TitleEs, bool IsAttached) : EntryChange;

    public sealed record ChecklistTicked(string TitleEn, string TitleEs, ChecklistStep Step, bool IsDone) : EntryChange;

    /// <param name="Vector">Of an <see cref="Attacks.AttackVector"/>.</param>
    public sealed record WaveDeclared(int Number, string Vector, OccurrenceTime From) : EntryChange;

    /// <param name="To">Without a time when it is over and nobody knows since when.</param>
    public sealed record WaveEnded(int Number, string Vector, OccurrenceTime To) : EntryChange;

    /// <param name="Fields">The names of what was changed: properties of <see cref="Attacks.AttackWave"/>.</param>
    public sealed record WaveEdited(int Number, string Vector, IReadOnlyList<string> Fields) : EntryChange;
    public sealed record WaveWithdrawn(int Number, string Vector) : EntryChange;

    /// <param name="Owner">The name, or null for nobody.</param>
    /// <param name="From">Null when it begins.</param>
    public sealed record FollowUpMoved(string Action, string? Owner, DateOnly? DueOn, FollowUpState? From, FollowUpState To) : EntryChange;

    /// <param name="Fields">The names of what was changed: properties of <see cref="FollowUp"/>.</param>
    public sealed record FollowUpEdited(string Action, IReadOnlyList<string> Fields) : EntryChange;

    /// <param name="From">Null when it begins.</param>
    /// <param name="Number">Of the frozen document, when it became final; 0 otherwise.</param>
    /// <param name="Sha256">Of the frozen document; empty otherwise.</param>
    public sealed record PostmortemMoved(PostmortemState? From, PostmortemState To, int Number, string Sha256) : EntryChange;

    /// <param name="Names">All of them, as they were named now.</param>
    public sealed record ReviewersNamed(IReadOnlyList<string> Names) : EntryChange;
    public sealed record PostmortemApproved(string Name) : EntryChange;

    /// <param name="NextDueAt">UTC; null when no other is announced.</param>
    public sealed record SituationReported(int Number, Audience Audience, DateTime? NextDueAt, string Sha256) : EntryChange;

    /// <summary>A document was exported for an audience outside of the house, or the evidence was.</summary>
    /// <param name="Kind">Null for the evidence bundle.</param>
    /// <param name="Number">Of the frozen document; 0 for a draft.</param>
    public sealed record DocumentLeft(DocumentKind? Kind, int Number, Audience Audience, string Format, string Sha256) : EntryChange;

    /// <summary>Something that looked like a leak may be told; what it is stands in the list of the accepted ones, not in the log.</summary>
    public sealed record LeakAccepted(Audience Audience, NamedThing Thing) : EntryChange;
}

/// <summary>Where an imported entry came from, in the file's own words.</summary>
/// <param name="Precision">The file's word, which may say more than the desk's <see cref="Shared.Precision"/> (<c>derived</c>, <c>ambiguous-tz</c>).</param>
public sealed record EntrySource(string Category, string Url, string Precision, string StatedTime);

/// <summary>An asset or a mitigation that an entry names.</summary>
/// <param name="Name">As written in the entry, without <c>#</c> or <c>+</c>.</param>
public sealed record EntryLink(string Name, Guid? AssetId = null, Guid? MitigationId = null);

internal static class EntryJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ValueConverter<T?, string?> Converter<T>() where T : class => new(
        value => value == null ? null : JsonSerializer.Serialize(value, Options),
        json => json == null ? null : JsonSerializer.Deserialize<T>(json, Options));
}
