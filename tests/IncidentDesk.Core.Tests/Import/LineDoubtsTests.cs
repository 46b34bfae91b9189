using IncidentDesk.Import;
using Xunit;

namespace IncidentDesk.Tests.Import;

public sealed class LineDoubtsTests
{
    [Fact]
    public void Earlier_than_the_timed_line_before_is_out_of_order() => AssertDoubts(
        ImportDoubt.OutOfOrder, [3],
        "2015-07-31T18:00Z,a,attack,,minute,",
        ",b,attack,,order-only,",
        "2015-07-31T17:59Z,c,attack,,minute,",
        "2015-07-31T17:59Z,d,attack,,minute,");

    [Fact]
    public void A_day_is_out_of_order_only_behind_another_day() => AssertDoubts(
        ImportDoubt.OutOfOrder, [4],
        "2015-07-31T18:00Z,a,attack,,minute,",
        "2015-07-31,b,attack,,day,",
        "2015-08-01T09:00Z,c,attack,,minute,",
        "2015-07-31,d,attack,,day,");

    [Fact]
    public void Later_than_the_desks_clock_is_in_the_future() => AssertDoubts(
        ImportDoubt.InFuture, [3, 5],
        "2026-11-22T12:00Z,a,attack,,minute,",
        "2026-11-22T12:05Z,b,attack,,minute,",
        "2026-11-22T12:06Z,c,attack,,minute,",
        "2026-11-22,d,attack,,day,",
        "2026-11-23,e,attack,,day,");

    [Fact]
    public void The_same_event_at_two_times_contradicts_itself() => AssertDoubts(
        ImportDoubt.Contradicts, [1, 3],
        "2015-07-31T18:00Z,All systems  back,attack,,minute,",
        "2015-07-31T18:00Z,other,attack,,minute,",
        "2015-07-31T18:30Z,all Systems back,recovery,,approx,");

    [Fact]
    public void The_same_event_at_one_time_or_on_its_day_or_without_time_is_no_contradiction() => AssertDoubts(
        ImportDoubt.Contradicts, [],
        "2015-07-31T18:00Z,back,attack,,minute,",
        "2015-07-31T18:00Z,back,attack,,approx,",
        "2015-07-31,back,attack,,day,",
        ",back,attack,,order-only,");

    [Fact]
    public void The_same_event_on_two_days_contradicts_itself() => AssertDoubts(
        ImportDoubt.Contradicts, [1, 2],
        "2015-07-31T18:00Z,back,attack,,minute,",
        "2015-08-01,back,attack,,day,");

    [Fact]
    public void A_line_keeps_all_its_doubts()
    {
        var file = Sample.Rows("2026-11-25T12:00Z,a,attack,,minute,", "2026-11-24 12:00,b,weather,,derived,");

        Assert.Equal(
            [ImportDoubt.OutOfOrder, ImportDoubt.ZoneUncertain, ImportDoubt.Derived, ImportDoubt.CategoryUnknown, ImportDoubt.InFuture],
            file.Lines[1].Doubts);
    }

    private static void AssertDoubts(ImportDoubt doubt, int[] rows, params string[] csv)
    {
        var file = Sample.Rows(csv);
        Assert.Empty(file.Problems);
        Assert.Equal(rows, file.Lines.Where(line => line.Doubts.Contains(doubt)).Select(line => line.Line - 1));
    }
}
