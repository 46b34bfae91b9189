using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.Postmortems;

/// <summary>A postmortem in the API, as its authors work on it.</summary>
/// <param name="Changes">Raised by every change of it or of anything in it.</param>
/// <param name="Changed">How much changed in the log of what it shows, since its authors looked.</param>
/// <param name="Sections">Those that stand, in their order.</param>
public sealed record PostmortemAnswer(
    Guid Id, string Title, string State, string Language, DateTime CreatedAt, string CreatedBy, int Version, long Changes, int? Changed, IReadOnlyList<SectionAnswer> Sections, IReadOnlyList<SectionAnswer> Removed,
    IReadOnlyList<PostmortemAnswer.ReviewerAnswer> Reviewers, IReadOnlyList<CommentAnswer> Comments, IReadOnlyList<PostmortemAnswer.EntryChoiceAnswer> Entries, IReadOnlyList<PostmortemAnswer.FileChoiceAnswer> Files, IReadOnlyList<string> Series)
{
    /// <param name="ApprovedAt">Null while it is not approved.</param>
    public sealed record ReviewerAnswer(Guid Id, string Name, DateTime AskedAt, DateTime? ApprovedAt, string Note);

    /// <param name="Visibility">Null for that of the entry itself.</param>
    /// <param name="Wording">Empty for the entry's own.</param>
    public sealed record EntryChoiceAnswer(long Entry, bool IsInTimeline, string? Visibility, string Wording);

    public sealed record FileChoiceAnswer(Guid File, string Visibility, string Caption);

    public static PostmortemAnswer Of(ReadPostmortem.Document d) => Of(d.Postmortem) with
    {
        Changed = d.ChangedCount,
        Removed = [.. d.Removed.Select(SectionAnswer.Of)],
        Comments = [.. d.Comments.Select(CommentAnswer.Of)],
        Entries = [.. d.ChosenEntries.OrderBy(e => e.Sequence).Select(e => new EntryChoiceAnswer(e.Sequence, e.IsInTimeline, e.Visibility?.Label(), e.Wording))],
        Files = [.. d.ChosenFiles.OrderBy(f => f.AttachmentId).Select(f => new FileChoiceAnswer(f.AttachmentId, f.Visibility.Label(), f.Caption))],
        Series = d.Series,
    };

    /// <summary>What hangs on it is left out, as far as it was not read.</summary>
    public static PostmortemAnswer Of(Postmortem p) => new(
        p.Id, p.Title, p.State.Label(), p.Language, p.CreatedAt, p.CreatedByName, p.Version, p.Changes, null, [.. p.Sections.Select(SectionAnswer.Of)], [],
        [.. p.Reviewers.OrderBy(r => r.AskedAt).Select(r => new ReviewerAnswer(r.PersonId, r.PersonName, r.AskedAt, r.ApprovedAt, r.Note))], [], [], [], []);
}

/// <summary>A section of a postmortem in the API.</summary>
/// <param name="Body">Markdown with fields: <c>{{timeline}}</c>, <c>{{entry 42}}</c>.</param>
public sealed record SectionAnswer(Guid Id, string Kind, string TitleEn, string TitleEs, string GuidanceEn, string GuidanceEs, string Visibility, string Body, DateTime EditedAt, string EditedBy, DateTime? RemovedAt, int Version)
{
    public static SectionAnswer Of(PostmortemSection s) => new(s.Id, s.Kind.Label(), s.TitleEn, s.TitleEs, s.GuidanceEn, s.GuidanceEs, s.Visibility.Label(), s.Body, s.EditedAt, s.EditedByName, s.RemovedAt, s.Version);
}

/// <param name="From">When it was begun.</param>
/// <param name="To">Of the latest change in it.</param>
public sealed record RevisionAnswer(int Number, string TitleEn, string TitleEs, string Visibility, string Body, DateTime From, DateTime To, string By)
{
    public static RevisionAnswer Of(SectionRevision r) => new(r.Number, r.TitleEn, r.TitleEs, r.Visibility.Label(), r.Body, r.FromAt, r.ToAt, r.ByName);
}

/// <param name="ReplyTo">The comment that began the thread.</param>
public sealed record CommentAnswer(Guid Id, Guid? SectionId, Guid? ReplyTo, bool IsQuestion, string Body, DateTime At, string By, DateTime? ResolvedAt, string? ResolvedBy)
{
    public static CommentAnswer Of(PostmortemComment c) => new(c.Id, c.SectionId, c.ReplyToId, c.IsQuestion, c.Body, c.At, c.ByName, c.ResolvedAt, c.ResolvedByName);
}

/// <param name="Sequence">Up to here; to be given back when all has been seen.</param>
public sealed record ReferencedChangesAnswer(IReadOnlyList<ReferencedChangesAnswer.ChangeAnswer> Changes, long Sequence)
{
    /// <param name="Before">Of a corrected entry, as the authors saw it.</param>
    public sealed record ChangeAnswer(EntryAnswer Entry, EntryAnswer? Before);

    public static ReferencedChangesAnswer Of(ReadReferencedChanges.Changes c) => new([.. c.All.Select(x => new ChangeAnswer(EntryAnswer.Of(x.Entry), x.Before is { } was ? EntryAnswer.Of(was) : null))], c.Sequence);
}

/// <summary>A template of postmortems in the API.</summary>
public sealed record PostmortemTemplateAnswer(Guid Id, string NameEn, string NameEs, IReadOnlyList<PostmortemTemplateAnswer.Section> Sections, bool IsRetired, int Version)
{
    public sealed record Section(string Kind, string TitleEn, string TitleEs, string GuidanceEn, string GuidanceEs, string Visibility, string Body);

    public static PostmortemTemplateAnswer Of(PostmortemTemplate t) => new(
        t.Id, t.NameEn, t.NameEs, [.. t.Sections.Select(s => new Section(s.Kind.Label(), s.TitleEn, s.TitleEs, s.GuidanceEn, s.GuidanceEs, s.Visibility.Label(), s.Body))], t.RetiredAt is not null, t.Version);
}
