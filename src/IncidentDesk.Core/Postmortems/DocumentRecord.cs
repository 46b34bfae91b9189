using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>A document with all that it refers to, without a word of any language but its authors': from it every format is made, for every audience, and as JSON it is one.</summary>
/// <remarks>All times are UTC. What is null is unknown, never zero.</remarks>
public sealed record DocumentRecord
{
    public const string FormatName = "incidentdesk-document";
    public const int CurrentVersion = 1;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
    };

    public string Format { get; init; } = FormatName;
    public int FormatVersion { get; init; } = CurrentVersion;
    public required DocumentKind Kind { get; init; }

    /// <summary>Of the frozen document; 0 for a draft.</summary>
    public int Number { get; init; }
    public required Audience Audience { get; init; }
    public required string Title { get; init; }

    /// <summary>Of the authors' text: <c>en</c> or <c>es</c>.</summary>
    public required string Language { get; init; }
    public PostmortemState State { get; init; }
    public required DateTime MadeAt { get; init; }

    /// <summary>Empty outside of the house.</summary>
    public string MadeByName { get; init; } = "";

    /// <summary>Of a situation report; null for none.</summary>
    public DateTime? NextDueAt { get; init; }

    /// <summary>Up to here the log was read.</summary>
    public long Sequence { get; init; }
    public required DocumentIncident Incident { get; init; }

    /// <summary>How many members the provider has.</summary>
    public int MemberCount { get; init; }

    /// <summary>In their order.</summary>
    public IReadOnlyList<DocumentSection> Sections { get; init; } = [];

    /// <summary>Those in the timeline and those that a section shows, in the course of events.</summary>
    public IReadOnlyList<DocumentEntry> Entries { get; init; } = [];
    public IReadOnlyList<DocumentMember> Members { get; init; } = [];
    public IReadOnlyList<DocumentAsset> Assets { get; init; } = [];
    public IReadOnlyList<DocumentPerson> People { get; init; } = [];
    public IReadOnlyList<DocumentImpact> Impacts { get; init; } = [];
    public IReadOnlyList<DocumentMitigation> Mitigations { get; init; } = [];
    public IReadOnlyList<DocumentWave> Waves { get; init; } = [];
    public IReadOnlyList<TrafficSeries> Traffic { get; init; } = [];
    public IReadOnlyList<DocumentFollowUp> FollowUps { get; init; } = [];
    public IReadOnlyList<DocumentFile> Files { get; init; } = [];

    /// <summary>Not outside of the house.</summary>
    public IReadOnlyList<DocumentReviewer> Reviewers { get; init; } = [];

    /// <summary>Not outside of the house.</summary>
    public IReadOnlyList<DocumentComment> Comments { get; init; } = [];

    /// <summary>Those that stand in the timeline; of a draft as evidence the whole log does.</summary>
    [JsonIgnore]
    public IEnumerable<DocumentEntry> Timeline => Audience == Audience.Evidence && Number == 0 ? Entries : Entries.Where(e => e.IsInTimeline);

    public DocumentAsset? Asset(Guid id) => Assets.FirstOrDefault(a => a.Id == id);
}

public sealed record DocumentIncident(string Key, string Title, Severity Severity, IncidentStatus Status, Tlp Tlp, string TimeZone, DateTime DeclaredAt, IReadOnlyList<DocumentMilestone> Milestones, IReadOnlyList<DocumentRole> Roles)
{
    public OccurrenceTime? When(MilestoneKind kind) => Milestones.FirstOrDefault(m => m.Kind == kind)?.Time;
}

public sealed record DocumentMilestone(MilestoneKind Kind, OccurrenceTime Time);

/// <param name="To">Null for the holder at the end.</param>
public sealed record DocumentRole(IncidentRole Role, string PersonName, DateTime From, DateTime? To);

/// <param name="TitleEn">For readers of English.</param>
/// <param name="Body">Markdown with <see cref="Fields"/>.</param>
public sealed record DocumentSection(Guid Id, SectionKind Kind, string TitleEn, string TitleEs, Visibility Visibility, string Body);

/// <param name="Sequence">Of its first revision in the log; outside of the house, its place in the document.</param>
/// <param name="AuthorName">Empty outside of the house.</param>
/// <param name="Body">Markdown; the authors' wording where they gave one.</param>
/// <param name="Change">What the desk did, for the entries that it writes itself.</param>
/// <param name="IsInTimeline">The authors want it in the timeline; see <see cref="DocumentRecord.Timeline"/>.</param>
public sealed record DocumentEntry(long Sequence, int Revision, OccurrenceTime When, DateTime SortAt, DateTime RecordedAt, string AuthorName, EntryKind Kind, string Body, Visibility Visibility, bool IsKeyEvent, bool IsInTimeline, EntryChange? Change)
{
    /// <summary>As it stands in the log, the oldest first: where the authors tell it otherwise its last revision, in evidence all of one that was revised. Null where there is nothing to add, and outside of the house.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DocumentRevision>? Revisions { get; init; }

    /// <summary>Its last revision in the log, where the authors tell it otherwise.</summary>
    [JsonIgnore]
    public DocumentRevision? ToldOtherwise => Revisions is [.., var last] && (last.Body != Body || last.Visibility != Visibility) ? last : null;
}

/// <param name="RevisedAt">Null in the first.</param>
public sealed record DocumentRevision(OccurrenceTime When, DateTime SortAt, EntryKind Kind, string Body, Visibility Visibility, bool IsKeyEvent, DateTime? RevisedAt, string? RevisedByName);

/// <param name="MayBeNamed">It agreed to be named outside.</param>
public sealed record DocumentMember(Guid Id, string Name, IReadOnlyList<string> Aliases, bool MayBeNamed, bool IsInvented);

public sealed record DocumentAsset(Guid Id, AssetKind Kind, string Name, string Service, Guid? MemberId, IReadOnlyList<DocumentAssetName> Names, bool IsInvented);

public sealed record DocumentAssetName(AssetNameKind Kind, string Text);

/// <summary>Somebody who is named anywhere in the document.</summary>
public sealed record DocumentPerson(Guid Id, string Name);

/// <param name="To">Null while it is hit.</param>
/// <param name="KnownFrom">See <see cref="Impact.KnownFrom"/>.</param>
/// <param name="KnownTo">See <see cref="Impact.KnownTo"/>.</param>
public sealed record DocumentImpact(Guid Id, Guid AssetId, ImpactState State, ImpactCause Cause, OccurrenceTime From, OccurrenceTime? To, DateTime KnownFrom, DateTime KnownTo, string Evidence);

/// <param name="Kind">Of a <see cref="MitigationKind"/>, with its names.</param>
/// <param name="Scope">Ids of assets.</param>
public sealed record DocumentMitigation(
    Guid Id, string Name, string Title, string Kind, string KindEn, string KindEs, MitigationActor Actor, MitigationState State, string AppliedBy, string Command, string Revert, string ExpectedEffect, string SideEffects,
    string VerdictReason, DateTime? AskedAt, string AskedWhom, string Ticket, DateTime? AnsweredAt, string Answer, DateTime CreatedAt, IReadOnlyList<Guid> Scope, IReadOnlyList<DocumentStep> Steps);

public sealed record DocumentStep(int Number, MitigationState State, OccurrenceTime When, DateTime RecordedAt, string ByName, string Reason);

/// <param name="AdaptedTo">Id of the mitigation that it answers.</param>
/// <param name="Targets">Ids of assets.</param>
/// <param name="Defences">Ids of mitigations.</param>
public sealed record DocumentWave(
    Guid Id, int Number, string Vector, OccurrenceTime From, OccurrenceTime? To, double? Magnitude, TrafficUnit? Unit, MagnitudeKind? MagnitudeKind, string MeasuredAt, string Signature, string Notes,
    IReadOnlyList<string> Countries, IReadOnlyList<string> Networks, IReadOnlyList<SourcePrefix> Prefixes, Guid? AdaptedTo, IReadOnlyList<Guid> Targets, IReadOnlyList<Guid> Defences, DateTime CreatedAt);

/// <param name="DueOn">In the incident's zone.</param>
public sealed record DocumentFollowUp(Guid Id, string Action, string? OwnerName, DateOnly? DueOn, FollowUpState State, string Outcome, string Tracker);

/// <param name="Sha256">Of the content as it stands on the desk, in lower-case hexadecimal; empty outside of the house.</param>
/// <param name="Caption">What is to be seen in it.</param>
public sealed record DocumentFile(Guid Id, string FileName, string MediaType, long Size, string Sha256, Visibility Visibility, string Caption, DateTime AddedAt);

/// <param name="ApprovedAt">Null while it is not approved.</param>
public sealed record DocumentReviewer(string Name, DateTime AskedAt, DateTime? ApprovedAt, string Note);

public sealed record DocumentComment(Guid Id, Guid? SectionId, Guid? ReplyToId, bool IsQuestion, string Body, DateTime At, string ByName, DateTime? ResolvedAt, string? ResolvedByName);
