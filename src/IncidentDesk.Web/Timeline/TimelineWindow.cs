using IncidentDesk.Timeline;

namespace IncidentDesk.Web.Timeline;

/// <summary>The stretch of the course of events that a page holds: never more than <see cref="Capacity"/> entries, however long the log is.</summary>
public sealed class TimelineWindow
{
    public const int Capacity = 300;

    private List<TimelineEntry> _entries = [];

    /// <summary>In the course of events.</summary>
    public IReadOnlyList<TimelineEntry> Entries => _entries;
    public bool HasOlder { get; private set; }
    public bool HasNewer { get; private set; }

    /// <summary>The log's number up to which pushes have been applied.</summary>
    public long LastSequence { get; private set; }

    public void Reset(ReadTimeline.Page page)
    {
        _entries = [.. page.Entries];
        (HasOlder, HasNewer, LastSequence) = (page.HasOlder, page.HasNewer, page.LastSequence);
    }

    /// <summary>Puts a page that was read before the first entry in front; the newest ones make room.</summary>
    public void AddOlder(ReadTimeline.Page page)
    {
        DropWhatMoved(page);
        _entries.InsertRange(0, page.Entries);
        HasOlder = page.HasOlder;
        AskAgainFrom(page);
        if (_entries.Count <= Capacity) return;
        _entries.RemoveRange(Capacity, _entries.Count - Capacity);
        HasNewer = true;
    }

    /// <summary>Puts a page that was read after the last entry behind; the oldest ones make room.</summary>
    public void AddNewer(ReadTimeline.Page page)
    {
        DropWhatMoved(page);
        _entries.AddRange(page.Entries);
        HasNewer = page.HasNewer;
        AskAgainFrom(page);
        DropOldest();
    }

    /// <summary>Applies rows of the log that were written since: new entries at their place, revisions instead of what they revise.</summary>
    public void Apply(IEnumerable<TimelineEntry> rows, TimelineFilter filter)
    {
        foreach (var row in rows)
        {
            if (row.Sequence <= LastSequence) continue;
            LastSequence = row.Sequence;
            // A page that was read while the row was being written may have it already, or a later revision.
            var known = _entries.FindIndex(e => e.RootSequence == row.RootSequence);
            if (known >= 0 && _entries[known].Revision >= row.Revision) continue;
            if (known >= 0) _entries.RemoveAt(known);
            if (filter.Matches(row)) Insert(row);
        }
        if (!HasNewer) DropOldest();
    }

    private void Insert(TimelineEntry row)
    {
        var place = _entries.Count;
        while (place > 0 && Compare(_entries[place - 1], row) > 0) place--;
        // What lies beyond an end that has more is read when the reader goes there.
        if (place == 0 && HasOlder) return;
        if (place == _entries.Count && HasNewer) return;
        _entries.Insert(place, row);
    }

    /// <summary>A row that came by push while the page was read may have been left out as lying beyond its end; what is here already is known as such.</summary>
    private void AskAgainFrom(ReadTimeline.Page page) => LastSequence = Math.Min(LastSequence, page.LastSequence);

    /// <summary>A revision may have moved an entry from here into the page.</summary>
    private void DropWhatMoved(ReadTimeline.Page page)
    {
        var moved = page.Entries.Select(e => e.RootSequence).ToHashSet();
        _entries.RemoveAll(e => moved.Contains(e.RootSequence));
    }

    private void DropOldest()
    {
        if (_entries.Count <= Capacity) return;
        _entries.RemoveRange(0, _entries.Count - Capacity);
        HasOlder = true;
    }

    private static int Compare(TimelineEntry a, TimelineEntry b)
    {
        var bySort = a.SortAt.CompareTo(b.SortAt);
        if (bySort != 0) return bySort;
        var byRank = a.Rank.CompareTo(b.Rank);
        return byRank != 0 ? byRank : a.RootSequence.CompareTo(b.RootSequence);
    }
}
