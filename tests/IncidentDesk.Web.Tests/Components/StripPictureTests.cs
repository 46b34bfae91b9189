using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Incidents;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class StripPictureTests
{
    private static readonly DateTime Noon = new(2015, 8, 4, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Nothing_known_makes_no_picture() =>
        Assert.Null(StripPicture.Whole(Open(), Situation(), [], Noon));

    [Fact]
    public void The_whole_of_an_open_incident_ends_now_with_a_little_room()
    {
        var (from, to) = StripPicture.Whole(Open(), Situation(Moved(0, MitigationState.Applied, Noon.AddHours(-50))), [], Noon)!.Value;
        Assert.Equal((Noon.AddHours(-51), Noon.AddHours(1)), (from, to));
    }

    [Fact]
    public void The_whole_of_a_closed_incident_ends_with_the_last_thing_known()
    {
        var closed = Open();
        closed.Status = IncidentStatus.Closed;
        var (_, to) = StripPicture.Whole(closed, Situation(Moved(0, MitigationState.Applied, Noon.AddDays(-100), (MitigationState.Reverted, Noon.AddDays(-90)))), [], Noon)!.Value;
        Assert.InRange(to, Noon.AddDays(-90), Noon.AddDays(-89));
    }

    [Fact]
    public void A_mitigation_is_a_bar_for_each_state_and_ends_when_it_is_reverted()
    {
        var picture = Picture(Noon.AddHours(-10), Noon, Moved(0, MitigationState.Applied, Noon.AddHours(-10), (MitigationState.Effective, Noon.AddHours(-5)), (MitigationState.Reverted, Noon.AddHours(-1))));
        Assert.Equal([(MitigationState.Applied, 0.0, 50.0), (MitigationState.Effective, 50.0, 40.0)], picture.Bars.Select(b => (b.State, Math.Round(b.Left, 3), Math.Round(b.Width, 3))));
    }

    [Fact]
    public void Mitigations_that_overlap_take_rows_of_their_own_and_a_free_row_is_used_again()
    {
        var picture = Picture(
            Noon.AddHours(-10), Noon,
            Moved(0, MitigationState.Applied, Noon.AddHours(-9), (MitigationState.Reverted, Noon.AddHours(-6))),
            Moved(1, MitigationState.Applied, Noon.AddHours(-8)),
            Moved(2, MitigationState.Applied, Noon.AddHours(-5)));
        Assert.Equal([0, 1, 0], picture.Bars.OrderBy(b => b.From).Select(b => b.Lane));
        Assert.Equal((2, 0), (picture.Lanes, picture.Hidden));
    }

    [Fact]
    public void What_finds_no_row_is_counted()
    {
        var picture = Picture(Noon.AddHours(-10), Noon, [.. Enumerable.Range(0, 9).Select(n => Moved(n, MitigationState.Applied, Noon.AddHours(-9)))]);
        Assert.Equal((StripPicture.MostLanes, 3), (picture.Lanes, picture.Hidden));
    }

    [Fact]
    public void A_thousand_steps_become_few_points_and_the_highest_is_kept()
    {
        Affected.Step[] course = [.. Enumerable.Range(0, 100_000).Select(n => new Affected.Step(Noon.AddHours(-10).AddMilliseconds(n * 300), Count(n == 51_234 ? 90 : n % 3)))];
        var picture = StripPicture.Of(Open(), Situation(), course, [], Noon.AddHours(-10), Noon, TimeZoneInfo.Utc, Noon);
        Assert.InRange(picture.Course.Count, 100, 1_100);
        Assert.Equal(90, picture.Course.Max(p => p.Height));
    }

    [Fact]
    public void The_course_begins_with_what_was_before_the_range()
    {
        var picture = StripPicture.Of(Open(), Situation(), [new(Noon.AddDays(-3), Count(40)), new(Noon.AddHours(-5), Count(0))], [], Noon.AddHours(-10), Noon, TimeZoneInfo.Utc, Noon);
        Assert.Equal([(0.0, 40.0), (50.0, 0.0)], picture.Course.Select(p => (Math.Round(p.At, 3), Math.Round(p.Height, 3))));
    }

    [Theory]
    [InlineData(2, 9)]
    [InlineData(24, 9)]
    [InlineData(24 * 30, 9)]
    [InlineData(24 * 3650, 11)]
    public void The_axis_has_a_few_round_ticks_in_the_zone_of_the_reader(int hours, int most)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City");
        var picture = StripPicture.Of(Open(), Situation(), [], [], Noon.AddHours(-hours), Noon, zone, Noon);
        Assert.InRange(picture.Ticks.Count, 2, most);
        Assert.All(picture.Ticks.Where(t => t.IsDay), t => Assert.Equal(TimeSpan.Zero, TimeZoneInfo.ConvertTimeFromUtc(t.Utc, zone).TimeOfDay));
    }

    [Fact]
    public void Only_key_events_of_the_range_are_marked()
    {
        ReadTimeline.KeyEvent[] events = [new(1, Noon.AddDays(-2), OccurrenceTime.Exactly(Noon.AddDays(-2)), "before"), new(2, Noon.AddHours(-5), OccurrenceTime.Exactly(Noon.AddHours(-5)), "within")];
        var picture = StripPicture.Of(Open(), Situation(), [], events, Noon.AddHours(-10), Noon, TimeZoneInfo.Utc, Noon);
        Assert.Equal(("within", 50.0), (Assert.Single(picture.Marks).Event.Text, picture.Marks[0].At));
    }

    private static StripPicture Picture(DateTime from, DateTime to, params Mitigation[] mitigations) =>
        StripPicture.Of(Open(), Situation(mitigations), [], [], from, to, TimeZoneInfo.Utc, Noon);

    private static Incident Open() => new() { Key = "INC-2015-001", Title = "Flood", TimeZone = "UTC", Status = IncidentStatus.Mitigating };

    private static Situation Situation(params Mitigation[] mitigations) => new(1, [], mitigations, [], [], [], [], 100);

    private static Affected.Count Count(int members) => new(members, members, members, 100, new Dictionary<ImpactCause, int>());

    private static Mitigation Moved(int number, MitigationState first, DateTime at, params (MitigationState State, DateTime At)[] later)
    {
        var mitigation = new Mitigation { Id = Guid.NewGuid(), Name = $"m-{number}", FoldedName = $"m-{number}", Title = $"M {number}", Kind = "other" };
        mitigation.Steps.AddRange(later.Prepend((State: first, At: at)).Select((s, n) => new MitigationStep { Number = n + 1, State = s.State, At = s.At, RecordedAt = s.At, ByName = "AK" }));
        return mitigation;
    }
}
