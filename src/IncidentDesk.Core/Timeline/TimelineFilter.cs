using IncidentDesk.Shared;

namespace IncidentDesk.Timeline;

/// <summary>Which entries a reader wants to see.</summary>
/// <param name="Kinds">None for all.</param>
/// <param name="Author">Null for all.</param>
/// <param name="Text">Words in the body or the author's name, case and accents folded; empty for all.</param>
/// <param name="KeyEventsOnly">Only entries marked as key events.</param>
/// <param name="WithoutDesk">Leave out what the desk writes itself.</param>
public sealed record TimelineFilter(
    IReadOnlyList<EntryKind> Kinds,
    Guid? Author = null,
    string Text = "",
    bool KeyEventsOnly = false,
    bool WithoutDesk = false)
{
    public static TimelineFilter None { get; } = new([]);

    public bool IsNone => Kinds.Count == 0 && Author is null && Text.Length == 0 && !KeyEventsOnly && !WithoutDesk;

    /// <summary>The text folded: empty for all, null when no entry can hold it.</summary>
    private string? Needle => TextRules.OptionalLines(nameof(Text), Text, TimelineEntry.MaxBodyLength).TryGet(out var text, out _) ? Folding.Fold(text) : null;

    /// <summary>The same test for a row that a push brought.</summary>
    public bool Matches(TimelineEntry entry) =>
        (Kinds.Count == 0 || Kinds.Contains(entry.Kind))
        && (Author is null || entry.AuthorId == Author)
        && (Text.Length == 0 || (Needle is { } needle && entry.SearchText.Contains(needle, StringComparison.Ordinal)))
        && (!KeyEventsOnly || entry.IsKeyEvent)
        && (!WithoutDesk || entry.Kind.IsWrittenByPeople());

    internal IQueryable<TimelineEntry> Apply(IQueryable<TimelineEntry> entries)
    {
        if (Kinds.Count > 0)
        {
            var kinds = Kinds.ToArray();
            entries = entries.Where(e => kinds.Contains(e.Kind));
        }
        if (Author is { } author) entries = entries.Where(e => e.AuthorId == author);
        if (Text.Length > 0)
        {
            // PostgreSQL would not even take a NUL.
            var needle = Needle;
            entries = needle is null ? entries.Where(_ => false) : entries.Where(e => e.SearchText.Contains(needle));
        }
        if (KeyEventsOnly) entries = entries.Where(e => e.IsKeyEvent);
        if (WithoutDesk)
        {
            var written = Enum.GetValues<EntryKind>().Where(k => k.IsWrittenByPeople()).ToArray();
            entries = entries.Where(e => written.Contains(e.Kind));
        }
        return entries;
    }
}
