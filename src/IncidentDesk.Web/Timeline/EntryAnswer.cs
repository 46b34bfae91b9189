using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Timeline;

/// <summary>A row of the log in the API and on the hub.</summary>
/// <param name="Entry">The sequence of the entry's first revision: equal to <paramref name="Sequence"/> unless this row corrects an earlier one.</param>
/// <param name="Author">Who wrote the first revision.</param>
/// <param name="Change">What the desk did, for the kinds that it writes itself.</param>
/// <param name="Source">Where an imported entry came from, in the file's own words.</param>
/// <param name="Links">The assets and mitigations that it names.</param>
public sealed record EntryAnswer(
    long Sequence,
    Guid EntryId,
    long Entry,
    int Revision,
    string Kind,
    string Body,
    TimeAnswer OccurredAt,
    DateTime RecordedAt,
    string Author,
    string Visibility,
    bool IsKeyEvent,
    EntryChange? Change,
    EntrySource? Source,
    string? RevisedBy,
    DateTime? RevisedAt,
    IReadOnlyList<EntryLink>? Links)
{
    public static EntryAnswer Of(TimelineEntry e) => new(
        e.Sequence, e.EntryId, e.RootSequence, e.Revision, e.Kind.Label(), e.Body, TimeAnswer.Of(e.When)!, e.RecordedAt, e.AuthorName,
        e.Visibility.Label(), e.IsKeyEvent, e.Change, e.Source, e.RevisedByName, e.RevisedAt, e.Links);
}
