using IncidentDesk.Timeline;
using IncidentDesk.Web.Timeline;
using Xunit;
using static IncidentDesk.Web.Tests.Components.Entries;

namespace IncidentDesk.Web.Tests.Components;

public sealed class TimelineWindowTests
{
    [Fact]
    public void New_rows_take_their_place_in_the_course_of_events()
    {
        var window = Window([Entry(1, 0), Entry(2, 20)]);
        window.Apply([Entry(3, 10), Entry(4, 30), Entry(5, -5), Entry(6, 10)], TimelineFilter.None);
        Assert.Equal([5L, 1, 3, 6, 2, 4], Sequences(window));
        Assert.Equal(6, window.LastSequence);
    }

    [Fact]
    public void A_row_that_is_known_is_not_applied_again()
    {
        var window = Window([Entry(1), Entry(2, 1)]);
        window.Apply([Entry(2, 1), Entry(3, 2)], TimelineFilter.None);
        window.Apply([Entry(3, 2)], TimelineFilter.None);
        Assert.Equal([1L, 2, 3], Sequences(window));
    }

    [Fact]
    public void A_revision_stands_instead_of_what_it_revises_at_its_own_time()
    {
        var window = Window([Entry(1, 0), Entry(2, 10), Entry(3, 20)]);
        window.Apply([Entry(4, 30, root: 2, revision: 2, body: "moved")], TimelineFilter.None);
        Assert.Equal([1L, 3, 2], window.Entries.Select(e => e.RootSequence));
        Assert.Equal("moved", window.Entries[^1].Body);
    }

    [Fact]
    public void A_revision_that_the_filter_does_not_want_goes_away_and_one_that_it_wants_comes()
    {
        var actions = new TimelineFilter([EntryKind.Action]);
        var window = Window([Entry(2, 10, kind: EntryKind.Action)], lastSequence: 3);
        window.Apply([Entry(4, 10, root: 2, revision: 2), Entry(5, 0, root: 3, revision: 2, kind: EntryKind.Action), Entry(6, 5)], actions);
        Assert.Equal([3L], window.Entries.Select(e => e.RootSequence));
        Assert.Equal(6, window.LastSequence);
    }

    [Fact]
    public void What_lies_beyond_an_end_that_has_more_is_left_to_be_read()
    {
        var window = Window([Entry(5, 0), Entry(6, 10)], hasOlder: true, hasNewer: true, lastSequence: 8);
        window.Apply([Entry(9, -1), Entry(10, 5), Entry(11, 20)], TimelineFilter.None);
        Assert.Equal([5L, 10, 6], Sequences(window));
        Assert.Equal(11, window.LastSequence);
    }

    [Fact]
    public void It_never_holds_more_than_its_capacity()
    {
        var window = Window([.. Enumerable.Range(1, 100).Select(i => Entry(i, i))]);
        window.Apply(Enumerable.Range(101, 400).Select(i => Entry(i, i)), TimelineFilter.None);
        Assert.Equal(TimelineWindow.Capacity, window.Entries.Count);
        Assert.Equal(500, window.Entries[^1].Sequence);
        Assert.True(window.HasOlder);
        Assert.False(window.HasNewer);
    }

    [Fact]
    public void Older_pages_push_the_newest_out_and_newer_ones_the_oldest()
    {
        var window = Window([.. Enumerable.Range(201, 300).Select(i => Entry(i, i))], hasOlder: true);
        window.AddOlder(new ReadTimeline.Page([.. Enumerable.Range(101, 100).Select(i => Entry(i, i))], true, true, 500));
        Assert.Equal((101L, 400L), (window.Entries[0].Sequence, window.Entries[^1].Sequence));
        Assert.True(window.HasNewer);
        window.AddNewer(new ReadTimeline.Page([.. Enumerable.Range(401, 100).Select(i => Entry(i, i))], true, false, 500));
        Assert.Equal((201L, 500L), (window.Entries[0].Sequence, window.Entries[^1].Sequence));
        Assert.True(window.HasOlder);
        Assert.False(window.HasNewer);
    }

    private static TimelineWindow Window(TimelineEntry[] entries, bool hasOlder = false, bool hasNewer = false, long? lastSequence = null)
    {
        var window = new TimelineWindow();
        window.Reset(new ReadTimeline.Page(entries, hasOlder, hasNewer, lastSequence ?? entries[^1].Sequence));
        return window;
    }

    private static IEnumerable<long> Sequences(TimelineWindow window) => window.Entries.Select(e => e.Sequence);
}
