using IncidentDesk.Data;
using IncidentDesk.Shared;

namespace IncidentDesk.Timeline;

/// <summary>An entry that has not yet got its number.</summary>
internal sealed record EntryDraft(EntryKind Kind, string Body, OccurrenceTime When)
{
    public Guid EntryId { get; init; } = Guid.CreateVersion7();
    public Visibility Visibility { get; init; }
    public bool IsKeyEvent { get; init; }
    public EntryChange? Change { get; init; }
    public EntrySource? Source { get; init; }
    public IReadOnlyList<EntryLink> Links { get; init; } = [];

    /// <summary>Where it stands when its own time does not say so: UTC.</summary>
    public DateTime? SortAt { get; init; }

    /// <summary>Where it stands among others of the same <see cref="SortAt"/> when its number does not say so.</summary>
    public double? Rank { get; init; }

    public TimelineEntry ToEntry(Guid incidentId, long sequence, DeskMember author, DateTime now) => new()
    {
        EntryId = EntryId,
        IncidentId = incidentId,
        Sequence = sequence,
        RootSequence = sequence,
        Revision = 1,
        OccurredAt = When.At,
        Precision = When.Precision,
        SortAt = SortAt ?? When.At ?? now,
        Rank = Rank ?? sequence,
        RecordedAt = now,
        AuthorId = author.AuthorId,
        AuthorName = author.Name,
        Kind = Kind,
        Body = Body,
        Visibility = Visibility,
        IsKeyEvent = IsKeyEvent,
        Change = Change,
        Source = Source,
        Links = Links.Count == 0 ? null : Links,
        SearchText = Folding.Fold($"{Body} {author.Name}"),
    };
}

/// <summary>A place in the course of events; see <see cref="TimelineEntry.SortAt"/> and <see cref="TimelineEntry.Rank"/>.</summary>
public sealed record Place(DateTime SortAt, double Rank);
