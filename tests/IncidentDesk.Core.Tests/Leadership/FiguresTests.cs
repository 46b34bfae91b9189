using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests.Leadership;

/// <summary>Every figure on numbers that were reckoned by hand; the same stand in docs/guide/metrics.md.</summary>
public sealed class FiguresTests
{
    private static readonly DateTime Ten = new(2026, 3, 14, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Median_and_percentile_are_those_of_the_guide()
    {
        // 2, 4, 9 and 60 minutes: the middle lies between 4 and 9; nine in ten of four are all four.
        var four = Distribution.Of([.. new[] { 9, 60, 2, 4 }.Select(m => Detected(m))], Figure.Detect);
        Assert.Equal((new Duration(TimeSpan.FromMinutes(6.5), false), TimeSpan.FromMinutes(60)), (four.Median!, four.Percentile90!.Span));
        Assert.Equal([2, 4, 9, 60], four.Known.Select(m => m.Value!.Span.TotalMinutes));

        // 1 to 10 minutes: the ninth of ten; 1 to 11: the tenth.
        Assert.Equal((5.5, 9), MinutesOf(Enumerable.Range(1, 10)));
        Assert.Equal((6, 10), MinutesOf(Enumerable.Range(1, 11)));
        Assert.Equal((7, 7), MinutesOf([7]));
        Assert.Equal((null, null), MinutesOf([]));

        static (double? Median, double? Percentile) MinutesOf(IEnumerable<int> minutes) =>
            Distribution.Of(minutes.Select(m => Detected(m)), Figure.Detect) is var d ? (d.Median?.Span.TotalMinutes, d.Percentile90?.Span.TotalMinutes) : default;
    }

    [Theory]
    [InlineData(Precision.Exact, Precision.Exact, ValueState.Known, false)]
    [InlineData(Precision.About, Precision.Exact, ValueState.Known, true)]
    [InlineData(Precision.Exact, Precision.Hour, ValueState.Known, true)]
    [InlineData(Precision.Day, Precision.Exact, ValueState.Unknown, false)]
    [InlineData(Precision.Exact, Precision.Day, ValueState.Unknown, false)]
    [InlineData(Precision.Before, Precision.Exact, ValueState.Unknown, false)]
    [InlineData(Precision.Exact, Precision.After, ValueState.Unknown, false)]
    [InlineData(Precision.Exact, Precision.OrderOnly, ValueState.Unknown, false)]
    public void Only_ends_that_are_known_to_the_hour_make_a_duration(Precision from, Precision to, ValueState state, bool isAbout)
    {
        var measured = Measured.Of(Incident((MilestoneKind.ImpactStarted, Ten, from), (MilestoneKind.Detected, to == Precision.OrderOnly ? null : Ten.AddMinutes(5), to)), Figure.Detect);
        Assert.Equal((state, state == ValueState.Known ? new Duration(TimeSpan.FromMinutes(5), isAbout) : null), (measured.State, measured.Value));
    }

    [Fact]
    public void What_has_no_end_is_unknown_and_what_ends_before_it_starts_is_listed()
    {
        var distribution = Distribution.Of([Incident((MilestoneKind.ImpactStarted, Ten, Precision.Exact)), Detected(-5), Detected(0), Incident((MilestoneKind.Detected, Ten, Precision.Exact))], Figure.Detect);
        Assert.Equal((1, 2, 1), (distribution.Known.Count, distribution.Unknown, distribution.Crossed.Count));
        Assert.Equal(TimeSpan.Zero, distribution.Median!.Span);
        // A bound may say enough to be wrong, and a day may not.
        Assert.Equal(ValueState.Crossed, Measured.Of(Incident((MilestoneKind.ImpactStarted, Ten, Precision.After), (MilestoneKind.Detected, Ten.AddHours(-1), Precision.Before)), Figure.Detect).State);
        Assert.Equal(ValueState.Unknown, Measured.Of(Incident((MilestoneKind.ImpactStarted, Ten, Precision.Exact), (MilestoneKind.Detected, Ten.Date, Precision.Day)), Figure.Detect).State);
    }

    [Fact]
    public void A_trend_has_every_year_between_and_no_figure_where_nothing_is_known()
    {
        var trend = Trend.Of([Detected(10, year: 2023), Detected(20, year: 2023), Detected(4, year: 2025), Incident((MilestoneKind.ImpactStarted, Ten.AddYears(-1), Precision.Day))], Figure.Detect);
        Assert.Equal([(2023, 15.0, 2, 0), (2024, null, 0, 0), (2025, 4.0, 1, 1)], trend.Years.Select(y => (y.Year, y.Median?.Span.TotalMinutes, y.Known, y.Unknown)));
    }

    [Fact]
    public void Periods_stand_beside_the_one_before()
    {
        Assert.Equal(Period.Year(2014), Period.Year(2015).Before);
        Assert.Equal(new Period(new(2015, 7, 29), new(2015, 7, 30)), new Period(new(2015, 7, 31), new(2015, 8, 1)).Before);
        Assert.Null(Period.All.Before);
        Assert.Null(new Period(new(1, 1, 1), new(1, 12, 31)).Before);
        Assert.Equal((true, true, false), (Period.All.Contains(Ten), Period.Year(2026).Contains(Ten), Period.Year(2026).Contains(new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
    }

    [Fact]
    public void Beginnings_are_counted_in_the_zone_and_days_apart()
    {
        // 10:00 UTC of Saturday, 14 March 2026: six in New York, where summer time has begun, and four in Mexico City, which has none.
        IncidentFacts[] incidents = [Detected(1), Incident((MilestoneKind.ImpactStarted, Ten.Date, Precision.Day)), Incident(), Incident((MilestoneKind.ImpactStarted, Ten, Precision.Before))];
        var (newYork, mexico) = (Beginnings.Of(incidents, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")), Beginnings.Of(incidents, TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City")));
        Assert.Equal((1, 1, 1, 1, 2), (newYork.Counts[5][6], mexico.Counts[5][4], newYork.Known, newYork.OnlyByDay, newYork.Unknown));
        Assert.Equal((1, 1), (newYork.Counts.Sum(d => d.Sum()), mexico.Counts.Sum(d => d.Sum())));
    }

    [Fact]
    public void The_calendar_shows_months_and_of_a_long_time_years()
    {
        var months = Calendar.Of([Detected(1), Detected(1)], Period.Year(2026), Ten.AddMonths(2));
        Assert.Equal((false, "1 0 2:2 3 4 5:"), (months.IsByYear, $"{months.Columns[0].Start.Month} {months.Columns[0].Incidents.Count} 2:{months.Columns[2].Incidents.Count} {string.Join(' ', months.Columns.Skip(2).Select(c => c.Start.Month))}:"));
        var years = Calendar.Of([Detected(1, year: 2014), Detected(1)], Period.All, Ten);
        Assert.Equal((true, 13, 1, 0, 1), (years.IsByYear, years.Columns.Count, years.Columns[0].Incidents.Count, years.Columns[1].Incidents.Count, years.Columns[12].Incidents.Count));
    }

    [Fact]
    public void A_member_that_two_incidents_hit_at_once_loses_each_hour_once()
    {
        var member = Guid.NewGuid();
        ImpactFacts[] impacts = [Hit(member, ImpactCause.Targeted, 0, 2), Hit(member, ImpactCause.Collateral, 1, 4), Hit(Guid.NewGuid(), ImpactCause.Precaution, 0, 1)];
        var lost = LostHours.Of(impacts, Ten.AddHours(10));
        Assert.Equal((5, 5, 2, 3), (lost.All.AtLeast.TotalHours, lost.All.AtMost!.Value.TotalHours, lost.Members, lost.Incidents));
        Assert.Equal((2, 2, 1), (lost.ByCause[ImpactCause.Targeted].AtLeast.TotalHours, lost.ByCause[ImpactCause.Collateral].AtLeast.TotalHours, lost.ByCause[ImpactCause.Precaution].AtLeast.TotalHours));
        Assert.Equal((0.6, 0.6), (Math.Round(lost.ShareBeside.OfCertain!.Value, 6), Math.Round(lost.ShareBeside.OfPossible!.Value, 6)));
        Assert.Equal((null, null), LostHours.Of([], Ten).ShareBeside);
    }

    [Fact]
    public void Defences_tell_what_was_tried_how_fast_it_worked_and_how_long_it_held()
    {
        static DefenceFacts Defence(string kind, params (MitigationState State, int Minute)[] steps) =>
            new(Guid.NewGuid(), kind, kind, [.. steps.Select(s => (s.State, OccurrenceTime.Exactly(Ten.AddMinutes(s.Minute))))], [Guid.NewGuid()]);
        var adapted = Defence("cache", (MitigationState.Applied, 0), (MitigationState.Partial, 10), (MitigationState.AdaptedAround, 600));
        DefenceFacts[] all =
        [
            adapted, Defence("cache", (MitigationState.Applied, 0), (MitigationState.Effective, 30)), Defence("cache", (MitigationState.Requested, 0), (MitigationState.Denied, 5)),
            Defence("cache", (MitigationState.Proposed, 0), (MitigationState.Rejected, 5)), Defence("geo-block", (MitigationState.Applied, 0)),
        ];
        WaveSpan[] waves = [new(Guid.NewGuid(), 2, "http-get-flood", OccurrenceTime.Exactly(Ten.AddHours(9)), null, adapted.Id), new(Guid.NewGuid(), 3, "syn-flood", OccurrenceTime.Exactly(Ten.AddHours(11)), null, adapted.Id)];

        var kinds = DefenceKind.Of(FactQueries.Courses(all, waves));
        Assert.Equal(["cache", "geo-block"], kinds.Select(k => k.Kind));
        var cache = kinds[0];
        Assert.Equal((3, false, 2, 20.0, 2, 1, 9.0, 1), (cache.Tried, cache.IsFew, cache.Worked, cache.TakesEffect!.Span.TotalMinutes, cache.TakesEffectKnown, cache.Answered, cache.Held!.Span.TotalHours, cache.HeldKnown));
        Assert.Equal([(MitigationState.Denied, 1), (MitigationState.Effective, 1), (MitigationState.AdaptedAround, 1)], cache.Verdicts.OrderBy(v => v.Key).Select(v => (v.Key, v.Value)));
        Assert.Equal((1, true, 0, null), (kinds[1].Tried, kinds[1].IsFew, kinds[1].Verdicts.Count, kinds[1].TakesEffect));
    }

    [Fact]
    public void Cells_that_begin_like_a_formula_are_made_harmless()
    {
        var file = System.Text.Encoding.UTF8.GetString(FigureTable.Write([new(Figure.Incidents, Period.All, [new("INC-2026-001", "=HYPERLINK(\"x\")", Severity.Sev1, OccurrenceTime.Exactly(Ten), null, ValueState.Known)])]));
        Assert.Contains("\"'=HYPERLINK", file, StringComparison.Ordinal);
        Assert.Contains("incidents,INC-2026-001,SEV1,2026-03-14T10:00:00Z,exact,,,known,,,,,,", file, StringComparison.Ordinal);
    }

    private static ImpactFacts Hit(Guid member, ImpactCause cause, int fromHour, int toHour) => new(
        Guid.NewGuid(), new(Guid.NewGuid(), member, true, ImpactState.MajorOutage, cause, OccurrenceTime.Exactly(Ten.AddHours(fromHour)), OccurrenceTime.Exactly(Ten.AddHours(toHour)), Ten.AddHours(fromHour), Ten.AddHours(toHour)));

    private static IncidentFacts Detected(int minutes, int year = 2026) =>
        Incident((MilestoneKind.ImpactStarted, Ten.AddYears(year - 2026), Precision.Exact), (MilestoneKind.Detected, Ten.AddYears(year - 2026).AddMinutes(minutes), Precision.Exact));

    private static IncidentFacts Incident(params (MilestoneKind Kind, DateTime? At, Precision Precision)[] milestones)
    {
        var incident = new IncidentFacts(Guid.NewGuid(), "INC-2026-001", "Flood", Severity.Sev2, false, Ten);
        foreach (var (kind, at, precision) in milestones) incident.Set(kind, new(at, precision));
        return incident;
    }
}
