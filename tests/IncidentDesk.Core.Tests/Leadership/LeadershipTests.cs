using IncidentDesk.Attacks;
using IncidentDesk.Examples;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests.Leadership;

public sealed class LeadershipTests
{
    private static readonly string[] TwoZones = ["America/New_York", "America/Mexico_City"];

    [Theory, EngineData]
    public async Task The_figures_of_the_public_record_are_those_of_the_guide(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync(PersonRole.Administrator);
        await desk.Get<LoadExamples>().HandleAsync(ana, default);

        // 2014: about 10:00 to about 13:45 UTC for two targets, 424 others until 12:45 at most; "mitigated" is a bound, the public word a day.
        var in2014 = await ReadAsync(desk, Period.Year(2014), ana);
        var part = in2014.Now;
        Assert.Single(part.Incidents);
        Assert.Equal((new Duration(TimeSpan.FromMinutes(225), IsAbout: true), 1), (part.Durations[Figure.Resolve].Median!, part.Durations[Figure.Resolve].Known.Count));
        foreach (var figure in new[] { Figure.Detect, Figure.Acknowledge, Figure.FirstPublicWord, Figure.Mitigate })
            Assert.Equal((null, 0, 1, 0), (part.Durations[figure].Median, part.Durations[figure].Known.Count, part.Durations[figure].Unknown, part.Durations[figure].Crossed.Count));
        Assert.Equal((7.5, 1173.5, true), (part.Hours.All.AtLeast.TotalHours, part.Hours.All.AtMost!.Value.TotalHours, part.Hours.All.IsAbout));
        Assert.Equal((7.5, 7.5, 0, 1166), HoursOf(part.Hours));
        Assert.Equal((0, 99.4), (part.Hours.ShareBeside.OfCertain!.Value, Math.Round(part.Hours.ShareBeside.OfPossible!.Value * 100, 1)));
        Assert.Equal((426, 1, 0), (part.Hours.Members, part.Hours.Incidents, part.Hours.Open));
        Assert.Equal(["Member 001 (invented)", "Member 002 (invented)"], in2014.Targets!.Select(t => t.Name));
        // Monday, 18 August 2014, six in New York, five in Mexico City, which then had summer time.
        Assert.Equal((1, 1), (in2014.Beginnings[0].Counts[0][6], in2014.Beginnings[1].Counts[0][5]));

        // 2015: the campaign is known by the day, so nothing is measured from it, and of the two other attacks no more is known; twelve certain hours for each of 850 members, and nothing bounds when it began for them.
        var in2015 = await ReadAsync(desk, Period.Year(2015), ana);
        Assert.All(in2015.Now.Durations.Values, d => Assert.Equal((null, 0, 3), (d.Median, d.Known.Count, d.Unknown)));
        Assert.Equal((10_200, (TimeSpan?)null), (in2015.Now.Hours.All.AtLeast.TotalHours, in2015.Now.Hours.All.AtMost));
        Assert.Equal((0, 52, 10_200, null), HoursOf(in2015.Now.Hours));
        Assert.Equal((0, 2, 1), (in2015.Beginnings[0].Known, in2015.Beginnings[0].OnlyByDay, in2015.Beginnings[0].Unknown));
        Assert.Equal((Period.Year(2014), 1), (in2015.Before!.Period, in2015.Before.Incidents.Count));
        Assert.Equal("Member 850 (invented)", Assert.Single(in2015.Targets!).Name);

        var all = await ReadAsync(desk, Period.All, ana);
        Assert.Equal((8, null), (all.Now.Incidents.Count, all.Before));
        // 9 minutes and about 3 h 45 min; 2 minutes; 3 minutes.
        Assert.Equal((117, 225), (all.Now.Durations[Figure.Resolve].Median!.Span.TotalMinutes, all.Now.Durations[Figure.Resolve].Percentile90!.Span.TotalMinutes));
        Assert.Equal((2, 3), (all.Now.Durations[Figure.Detect].Median!.Span.TotalMinutes, all.Now.Durations[Figure.Mitigate].Median!.Span.TotalMinutes));
        Assert.Equal(10_207.5, all.Now.Hours.All.AtLeast.TotalHours);
        Assert.Equal([2016, 2025], new[] { all.Trends[0].Years[0].Year, all.Trends[0].Years[^1].Year });
    }

    [Theory, EngineData]
    public async Task A_restricted_incident_counts_for_those_who_may_see_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, eva) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Eva"));
        var site = (await desk.NetworkAsync(1, 2)).Sites[0];
        var open = await desk.DeclareAsync(ana, "Open flood");
        var hidden = await desk.DeclareAsync(ana, "Between us", restricted: true);
        foreach (var incident in new[] { open, hidden })
            Assert.True((await desk.Get<MarkImpact>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, site.Id, ImpactState.MajorOutage, ImpactCause.Targeted), ana, default)).Succeeded);
        await using (var db = await desk.OpenContextAsync())
        {
            db.FollowUps.AddRange(FollowUp(open, "Second upstream", new(2026, 3, 5)), FollowUp(open, "Template", null), FollowUp(open, "Later", new(2026, 4, 1)), FollowUp(hidden, "Between us", new(2026, 3, 1)));
            await db.SaveChangesAsync();
        }
        desk.Clock.Advance(TimeSpan.FromHours(2));

        var hers = await ReadAsync(desk, Period.Year(2026), eva);
        Assert.Equal((1, 2.0, 1), (hers.Now.Incidents.Count, hers.Now.Hours.All.AtLeast.TotalHours, hers.Now.Hours.Open));
        Assert.Equal([("Second upstream", 9), ("Later", 0), ("Template", 0)], hers.FollowUps.Select(f => (f.Action, f.DaysOverdue)));
        Assert.Single(Assert.Single(hers.Targets!).Incidents);
        Assert.Null((await ReadAsync(desk, Period.Year(2026), await desk.PersonAsync(PersonRole.Observer))).Targets);
        // Both hit the same member in the same hours.
        var his = await ReadAsync(desk, Period.Year(2026), ana);
        Assert.Equal((2, 2.0, 2, 4), (his.Now.Incidents.Count, his.Now.Hours.All.AtLeast.TotalHours, his.Now.Hours.Open, his.FollowUps.Count));

        foreach (var figure in Enum.GetValues<Figure>())
        {
            var table = (await desk.Get<ReadFigure>().HandleAsync(figure, Period.Year(2026), eva, default)).Value;
            Assert.DoesNotContain(hidden.Key, table.Rows.Select(r => r.IncidentKey));
        }
        Assert.Equal("Leadership.TargetsHidden", (await desk.Get<ReadFigure>().HandleAsync(Figure.Targets, Period.All, ana, default)).Error!.Code);
        Assert.DoesNotContain(Figure.Targets, (await desk.Get<ReadFigure>().AllAsync(Period.All, ana, default)).Value.Select(t => t.Figure));
    }

    [Theory, EngineData]
    public async Task The_table_behind_a_figure_has_its_values(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync(PersonRole.Administrator);
        await desk.Get<LoadExamples>().HandleAsync(ana, default);
        var read = desk.Get<ReadFigure>();

        var resolve = (await read.HandleAsync(Figure.Resolve, Period.All, ana, default)).Value.Rows;
        Assert.Equal([("INC-2014-001", 225.0), ("INC-2018-002", 9.0)], resolve.Where(r => r.State == ValueState.Known).Select(r => (r.IncidentKey, r.AtLeast!.Value.TotalMinutes)));
        Assert.Equal(6, resolve.Count(r => r.State == ValueState.Unknown && r.AtLeast is null));
        var hours = (await read.HandleAsync(Figure.MemberHours, Period.Year(2014), ana, default)).Value.Rows;
        Assert.Equal([("Targeted", 7.5, 7.5), ("Collateral", 0, 1166)], hours.Select(r => (r.What, r.AtLeast!.Value.TotalHours, r.AtMost!.Value.TotalHours)));
        var defences = (await read.HandleAsync(Figure.Defences, Period.Year(2025), ana, default)).Value.Rows;
        Assert.Equal(("INC-2025-001", "harmful", ValueState.Unknown), (Assert.Single(defences).IncidentKey, defences[0].Detail, defences[0].State));
        Assert.Equal("Leadership.PeriodReversed", (await read.HandleAsync(Figure.Resolve, new(new(2015, 1, 1), new(2014, 1, 1)), ana, default)).Error!.Code);
    }

    [Theory, EngineData]
    public async Task Waves_are_counted_by_year_and_answer_the_defence_that_they_adapted_to(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var id = Guid.CreateVersion7();
        Assert.True((await desk.Get<AddMitigation>().HandleAsync(new(id, incident.Key, null, MitigationState.Applied, new MitigationFacts("Limit", "rate-limit")), ana, default)).Succeeded);
        await using (var db = await desk.OpenContextAsync())
        {
            db.AttackWaves.AddRange(Wave(incident, 1, "syn-flood", 0, null), Wave(incident, 2, "http-get-flood", 4, id), Wave(incident, 3, "syn-flood", 5, null, isWithdrawn: true));
            await db.SaveChangesAsync();
        }
        var overview = await ReadAsync(desk, Period.Year(2026), ana);
        Assert.Equal([("http-get-flood", 1, 1), ("syn-flood", 1, 1)], overview.Vectors.Rows.Select(r => (r.Vector, r.Incidents.Single(), r.Waves)));
        Assert.Equal(("rate-limit", 1, 4.0), (overview.Defences[0].Kind, overview.Defences[0].Answered, overview.Defences[0].Held!.Span.TotalHours));
    }

    private static async Task<ReadLeadership.Overview> ReadAsync(TestDesk desk, Period period, Actor actor) => (await desk.Get<ReadLeadership>().HandleAsync(new(period, TwoZones), actor, default)).Value;

    private static (double TargetedLeast, double? TargetedMost, double CollateralLeast, double? CollateralMost) HoursOf(LostHours hours) => (
        hours.ByCause[ImpactCause.Targeted].AtLeast.TotalHours, hours.ByCause[ImpactCause.Targeted].AtMost?.TotalHours,
        hours.ByCause[ImpactCause.Collateral].AtLeast.TotalHours, hours.ByCause[ImpactCause.Collateral].AtMost?.TotalHours);

    private static FollowUp FollowUp(Incident incident, string action, DateOnly? due) => new() { Id = Guid.CreateVersion7(), IncidentId = incident.Id, Action = action, DueOn = due, CreatedAt = TestDesk.Noon };

    private static AttackWave Wave(Incident incident, int number, string vector, int hour, Guid? answers, bool isWithdrawn = false) => new()
    {
        Id = Guid.CreateVersion7(),
        IncidentId = incident.Id,
        Number = number,
        Vector = vector,
        FromAt = TestDesk.Noon.AddHours(hour),
        FromPrecision = Precision.Exact,
        AdaptedToId = answers,
        IsWithdrawn = isWithdrawn,
        CreatedAt = TestDesk.Noon,
        CreatedByName = "Ana",
    };
}
