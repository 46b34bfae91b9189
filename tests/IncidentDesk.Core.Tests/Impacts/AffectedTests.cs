using IncidentDesk.Impacts;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests.Impacts;

/// <summary>Who is affected, computed by hand.</summary>
public sealed class AffectedTests
{
    private static readonly DateTime Ten = new(2014, 8, 18, 10, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Recorded = Ten.AddDays(1);

    [Fact]
    public void Of_the_attack_of_2014_the_numbers_are_those_of_the_press_release()
    {
        // "More than half" of 850 is 426 at least; about 06:00 to "by 08:45" Eastern; the two targets about an hour later.
        var intervals = Enumerable.Range(0, 424).Select(n => Site(n, ImpactState.MajorOutage, ImpactCause.Collateral, About(Ten), new(Ten.AddMinutes(165), Precision.Before)))
            .Concat(Enumerable.Range(424, 2).Select(n => Site(n, ImpactState.MajorOutage, ImpactCause.Targeted, About(Ten), About(Ten.AddMinutes(225))))).ToList();

        var at = Affected.At(intervals, 850, Ten.AddHours(1));
        Assert.Equal((426, 426, 850, 2, 424), (at.Members, at.Sites, at.AllMembers, at.ByCause[ImpactCause.Targeted], at.ByCause[ImpactCause.Collateral]));
        Assert.InRange(at.Share!.Value, 0.501, 0.502);
        Assert.Equal(2, Affected.At(intervals, 850, Ten.AddHours(3)).Members);
        Assert.Equal(0, Affected.At(intervals, 850, Ten.AddHours(4)).Members);

        var sum = Affected.InTotal(intervals, 850, Recorded);
        Assert.Equal((TimeSpan.FromHours(7.5), TimeSpan.FromHours((424 * 2.75) + 7.5), true), (sum.MemberHours.AtLeast, sum.MemberHours.AtMost!.Value, sum.MemberHours.IsAbout));
        Assert.Equal(TimeSpan.FromHours(7.5), sum.HoursByCause[ImpactCause.Targeted].AtLeast);
        Assert.Equal((426, 424, 0), (sum.Ever.Members, sum.UnknownEnds, sum.Open));

        Assert.Equal([(Ten, 426), (Ten.AddMinutes(165), 2), (Ten.AddMinutes(225), 0)], Affected.Course(intervals, 850, Recorded).Select(s => (s.Utc, s.Count.Members)));
    }

    [Fact]
    public void The_worst_state_wins_and_a_member_is_counted_once()
    {
        var intervals = new[]
        {
            Site(1, ImpactState.Degraded, ImpactCause.Targeted, Exactly(Ten), Exactly(Ten.AddHours(4))),
            Site(2, ImpactState.MajorOutage, ImpactCause.Collateral, Exactly(Ten.AddHours(1)), Exactly(Ten.AddHours(2)), member: 1),
            Site(1, ImpactState.Degraded, ImpactCause.Precaution, Exactly(Ten), Exactly(Ten.AddHours(5))),
        };
        var at = Affected.At(intervals, 10, Ten.AddMinutes(90));
        Assert.Equal((1, 2, 1), (at.Members, at.Sites, at.ByCause[ImpactCause.Collateral]));

        var sum = Affected.InTotal(intervals, 10, Recorded);
        Assert.Equal(TimeSpan.FromHours(5), sum.MemberHours.AtLeast);
        Assert.Equal([3, 1, 1], Enum.GetValues<ImpactCause>().Select(c => sum.HoursByCause[c].AtLeast.TotalHours));
    }

    [Fact]
    public void What_is_not_over_counts_up_to_now_and_a_gap_counts_for_nothing()
    {
        var intervals = new[] { Site(1, to: Exactly(Ten.AddHours(1))), Site(1, from: Exactly(Ten.AddHours(3))) };
        var sum = Affected.InTotal(intervals, 10, Ten.AddHours(5));
        Assert.Equal((TimeSpan.FromHours(3), TimeSpan.FromHours(3), 1), (sum.MemberHours.AtLeast, sum.MemberHours.AtMost!.Value, sum.Open));
        Assert.Equal([1, 0, 1], new[] { 0, 2, 4 }.Select(h => Affected.At(intervals, 10, Ten.AddHours(h)).Members));
        Assert.Equal([(Ten, 1), (Ten.AddHours(1), 0), (Ten.AddHours(3), 1)], Affected.Course(intervals, 10, Ten.AddHours(5)).Select(s => (s.Utc, s.Count.Members)));
    }

    [Theory]
    // from, to, at least, at most (hours; null: nothing bounds it); recorded at 20:00, over by 22:00
    [InlineData(Precision.Exact, 10, Precision.Exact, 12, 2.0, 2.0)]
    [InlineData(Precision.Hour, 10, Precision.About, 12, 2.0, 2.0)]
    [InlineData(Precision.Exact, 10, Precision.Before, 12, 0.0, 2.0)]
    [InlineData(Precision.Exact, 10, Precision.After, 12, 2.0, 12.0)]
    [InlineData(Precision.Before, 10, Precision.Exact, 12, 2.0, null)]
    [InlineData(Precision.After, 10, Precision.Exact, 21, 1.0, 11.0)]
    [InlineData(Precision.Day, 0, Precision.Day, 0, 0.0, 24.0)]
    [InlineData(Precision.Exact, 10, Precision.OrderOnly, 0, 0.0, 12.0)]
    [InlineData(Precision.OrderOnly, 0, Precision.Exact, 21, 1.0, null)]
    public void An_end_that_is_not_known_well_is_a_range_and_never_a_zero(Precision fromHow, int from, Precision toHow, int to, double atLeast, double? atMost)
    {
        OccurrenceTime Time(Precision how, int hour) => how == Precision.OrderOnly ? OccurrenceTime.OrderOnly : new(Ten.Date.AddHours(hour), how);
        var interval = Site(1, from: Time(fromHow, from), to: Time(toHow, to)) with { KnownFrom = Ten.Date.AddHours(20), KnownTo = Ten.Date.AddHours(22) };
        var hours = Affected.InTotal([interval], 10, Recorded).MemberHours;
        Assert.Equal((atLeast, atMost), (hours.AtLeast.TotalHours, hours.AtMost?.TotalHours));
    }

    [Fact]
    public void Without_members_on_record_there_is_no_share() => Assert.Null(Affected.At([], 0, Ten).Share);

    [Fact]
    public void The_course_says_the_same_as_counting_at_each_moment()
    {
        var random = new Random(20140818);
        var intervals = Enumerable.Range(0, 300).Select(n =>
        {
            var from = Ten.AddMinutes(random.Next(600));
            return Site(random.Next(60), (ImpactState)random.Next(3), (ImpactCause)random.Next(3), Exactly(from), random.Next(5) == 0 ? null : Exactly(from.AddMinutes(random.Next(1, 200))), member: random.Next(25));
        }).ToList();
        var now = Ten.AddHours(12);
        var course = Affected.Course(intervals, 40, now);
        for (var minute = 0; minute < 720; minute += 7)
        {
            var at = Ten.AddMinutes(minute).AddSeconds(30);
            var (counted, stepped) = (Affected.At(intervals, 40, at), course.LastOrDefault(s => s.Utc <= at)?.Count ?? Affected.At([], 40, at));
            Assert.Equal((counted.Assets, counted.Sites, counted.Members), (stepped.Assets, stepped.Sites, stepped.Members));
            Assert.All(counted.ByCause, c => Assert.Equal(c.Value, stepped.ByCause[c.Key]));
        }

        // Minute by minute against the sum over intervals.
        var minutes = Enumerable.Range(0, 720).Sum(m => Affected.At(intervals, 40, Ten.AddMinutes(m)).Members);
        Assert.Equal(minutes, Affected.InTotal(intervals, 40, now).MemberHours.AtLeast.TotalMinutes);
    }

    private static Affected.Interval Site(
        int site, ImpactState state = ImpactState.MajorOutage, ImpactCause cause = ImpactCause.Targeted, OccurrenceTime? from = null, OccurrenceTime? to = null, int? member = null) =>
        new(Id(site, 1), Id(member ?? site, 2), IsSite: true, state, cause, from ?? Exactly(Ten), to, Recorded, to is null ? null : Recorded);

    private static Guid Id(int number, byte sort) => new(number, 0, 0, sort, 0, 0, 0, 0, 0, 0, 0);

    private static OccurrenceTime Exactly(DateTime utc) => OccurrenceTime.Exactly(utc);

    private static OccurrenceTime About(DateTime utc) => new(utc, Precision.About);
}
