using AngleSharp.Dom;
using Bunit;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Leadership;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class LeadershipTests : IAsyncDisposable
{
    private static readonly DateTime Noon = new(2026, 3, 14, 12, 0, 0, DateTimeKind.Utc);
    private static readonly LeadershipUrl Url = LeadershipUrl.Read(null, null, null, null, null, Noon);

    private readonly BunitContext _context = new();

    public LeadershipTests() => _context.Services.AddDeskLanguages();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void An_unknown_is_a_word_and_never_a_zero()
    {
        var panel = _context.Render<DurationsPanel>(p => p.Add(d => d.Url, Url).Add(d => d.Now, Durations()).Add(d => d.Before, Durations()));
        Assert.Equal(3 * Figures.Durations.Count, panel.FindAll(".dist em.unknown").Count);
        Assert.Empty(panel.FindAll(".dot, .med, .p90"));
        var hours = _context.Render<HoursPanel>(p => p.Add(h => h.Url, Url).Add(h => h.Hours, LostHours.Of([], Noon)));
        Assert.Equal("unknown", hours.Find("p em").TextContent);
        Assert.Empty(hours.FindAll("table"));
    }

    [Fact]
    public void Each_incident_is_a_dot_and_many_in_one_place_are_one()
    {
        var panel = _context.Render<DurationsPanel>(p => p.Add(d => d.Url, Url).Add(d => d.Now, Durations([.. Enumerable.Repeat(10, 500).Select(m => Detected(m)), Detected(600), Detected(-3)])));
        var dots = panel.FindAll(".dot");
        Assert.Equal(["500 incidents: 10 min", "INC-2026-001: 10 h 00 min"], dots.Select(d => d.GetAttribute("title")));
        Assert.Equal("left: 25%", dots[0].GetAttribute("style"));
        Assert.Equal("/incidents/INC-2026-001", panel.Find(".note.warn a").GetAttribute("href"));
        Assert.Equal(["Detect", "0", "500", "0", "1", "0", "0"], panel.FindAll(".twin tbody tr:first-child > *").Select(c => c.TextContent));
    }

    [Fact]
    public void The_calendar_has_a_square_for_each_or_bars_when_they_are_many_and_a_table_beside()
    {
        var few = Calendar([Detected(1), Detected(2)]);
        Assert.Equal(2, few.FindAll("a.sq.sev2").Count);
        Assert.Equal(["March 2026", "0", "2", "0", "0", "2"], few.FindAll(".twin tbody tr").Last().Children.Select(c => c.TextContent));
        var many = Calendar([.. Enumerable.Range(1, 9).Select(m => Detected(m))]);
        Assert.Equal("9", Assert.Single(many.FindAll(".sgm")).TextContent);
    }

    [Fact]
    public void Member_hours_show_what_is_certain_beside_what_is_possible()
    {
        Affected.Interval Hit(ImpactCause cause, OccurrenceTime from, OccurrenceTime to) => new(Guid.NewGuid(), Guid.NewGuid(), true, ImpactState.MajorOutage, cause, from, to, Noon, Noon);
        var panel = _context.Render<HoursPanel>(p => p.Add(h => h.Url, Url).Add(h => h.Hours, LostHours.Of(
        [
            new(Guid.NewGuid(), Hit(ImpactCause.Targeted, OccurrenceTime.Exactly(Noon.AddHours(-4)), OccurrenceTime.Exactly(Noon))),
            new(Guid.NewGuid(), Hit(ImpactCause.Collateral, new(Noon.AddHours(-3), Precision.Before), OccurrenceTime.Exactly(Noon))),
        ], Noon)));
        Assert.Equal(
            ["Collateral 3 unknown 43 % – ?", "Targeted 4 4 57 % – ?", "Precaution 0 0 0 % – ?", "Together 7 unknown"],
            panel.FindAll("tbody tr, tfoot tr").Select(r => string.Join(' ', r.Children.Select(c => c.TextContent.Trim()).Where(t => t.Length > 0))));
        Assert.Single(panel.FindAll(".may.open"));
    }

    [Fact]
    public void A_year_of_which_nothing_is_known_is_a_gap()
    {
        var panel = _context.Render<TrendPanel>(p => p.Add(t => t.Url, Url).Add(t => t.Trends, [Trend.Of([Detected(10, 2022), Detected(20, 2023), Detected(5, 2025)], Figure.Detect)]));
        Assert.Equal((3, 1), (panel.FindAll("circle").Count, panel.FindAll("line").Count));
        Assert.Equal("none", panel.FindAll("tbody td")[3].TextContent);
        Assert.Contains("longer than the year before", panel.FindAll("tbody td")[2].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, "/leadership", 2026)]
    [InlineData("last-year", null, null, "/leadership?period=last-year", 2025)]
    [InlineData("all", null, null, "/leadership?period=all", null)]
    [InlineData("nonsense", "nonsense", null, "/leadership", 2026)]
    [InlineData(null, "2015-07-30", "2015-08-20", "/leadership?from=2015-07-30&to=2015-08-20", 2015)]
    [InlineData(null, "2015-08-20", "2015-07-30", "/leadership?from=2015-07-30&to=2015-08-20", 2015)]
    public void The_period_stands_in_the_address(string? period, string? from, string? to, string address, int? year)
    {
        var url = LeadershipUrl.Read(period, from, to, "Nowhere/Land", null, Noon);
        Assert.Equal((address, year, LeadershipUrl.FirstZone), (url.ToUrl("/leadership"), url.Period.From?.Year, url.Zone));
        Assert.Contains("zone=UTC", LeadershipUrl.Read(period, from, to, "UTC", null, Noon).ToUrl("/leadership"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_escapes_what_it_is_given() =>
        Assert.Equal("&lt;b&gt; <a href=\"/x?a=1&amp;b=2\"><b>&lt;i&gt;</b></a> &amp;", LeadershipWords.Marked("<b> {0} {1}", ("<i>", "/x?a=1&b=2"), ("&", null)).Value);

    private IRenderedComponent<CalendarPanel> Calendar(IncidentFacts[] incidents) =>
        _context.Render<CalendarPanel>(p => p.Add(c => c.Url, Url).Add(c => c.Calendar, IncidentDesk.Leadership.Calendar.Of(incidents, Period.Year(2026), Noon)));

    private static Dictionary<Figure, Distribution> Durations(params IncidentFacts[] incidents) => Figures.Durations.ToDictionary(f => f, f => Distribution.Of(incidents, f));

    private static IncidentFacts Detected(int minutes, int year = 2026)
    {
        var began = Noon.AddYears(year - 2026);
        var incident = new IncidentFacts(Guid.NewGuid(), "INC-2026-001", "Flood", Severity.Sev2, false, began);
        foreach (var (kind, at) in new[] { (MilestoneKind.ImpactStarted, began), (MilestoneKind.Detected, began.AddMinutes(minutes)) }) incident.Set(kind, OccurrenceTime.Exactly(at));
        return incident;
    }
}
