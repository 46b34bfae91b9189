using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests.Incidents;

public sealed class FindIncidentsTests
{
    [Theory, EngineData]
    public async Task Open_ones_come_first_and_the_worst_of_them_before_the_newest(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        foreach (var (title, severity, status) in new[]
        {
            ("open 2, older", Severity.Sev2, IncidentStatus.Mitigating),
            ("open 1", Severity.Sev1, IncidentStatus.Mitigating),
            ("resolved 1", Severity.Sev1, IncidentStatus.Resolved),
            ("open 2, newer", Severity.Sev2, IncidentStatus.Monitoring),
            ("resolved 3", Severity.Sev3, IncidentStatus.Resolved),
            ("closed 1", Severity.Sev1, IncidentStatus.Closed),
            ("open 4", Severity.Sev4, IncidentStatus.Investigating),
        })
        {
            var incident = (await desk.Get<DeclareIncident>().HandleAsync(new(title, severity), ana, default)).Value;
            await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Status: status), ana, default);
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var found = (await desk.Get<FindIncidents>().HandleAsync(new(), ana, default)).Value;

        Assert.Equal(["open 1", "open 2, newer", "open 2, older", "open 4", "resolved 3", "resolved 1", "closed 1"], found.Incidents.Select(i => i.Title));
    }

    [Theory]
    [EngineData("flood", "Flood ÑANDÚ 100%")]
    [EngineData("ÑANDÚ", "Flood ÑANDÚ 100%")]
    [EngineData("nand", "Flood ÑANDÚ 100%")]
    [EngineData(" 100% ", "Flood ÑANDÚ 100%")]
    [EngineData("uplink full", "reflection_a")]
    [EngineData("1__%", null)]
    [EngineData("\\", null)]
    [EngineData("-flood", null)]
    [EngineData("inc-2026-002", "reflection_a")]
    [EngineData("reflection_a", "reflection_a")]
    [EngineData("nul\0byte", null)]
    public async Task Text_is_looked_for_in_all_that_stands_in_an_incident(Engine engine, string text, string? title)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        foreach (var each in new[] { "Flood ÑANDÚ 100%", "reflection_a", "reflectionXb" })
        {
            var incident = await desk.DeclareAsync(ana, each);
            if (each == "reflection_a") await desk.LogAsync(ana, incident, "the uplink is full");
        }

        var found = (await desk.Get<FindIncidents>().HandleAsync(new(text), ana, default)).Value;

        Assert.Equal(title is null ? [] : [title], found.Incidents.Select(i => i.Title));
        Assert.Equal(found.Incidents.Count, found.Total);
    }

    [Theory, EngineData]
    public async Task Filters_narrow_together_and_pages_share_one_total(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        for (var i = 0; i < 6; i++)
        {
            var since = OccurrenceTime.Exactly(new DateTime(i < 4 ? 2026 : 2015, 1, 2, 0, 0, 0, DateTimeKind.Utc));
            var incident = (await desk.Get<DeclareIncident>().HandleAsync(new($"Flood {i}", i % 2 == 0 ? Severity.Sev1 : Severity.Sev3, since), ana, default)).Value;
            if (i is 0 or 1) await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, ben.PersonId), ana, default);
            if (i is 1) await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, ana.PersonId), ana, default);
            if (i is 2) await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Status: IncidentStatus.Closed), ana, default);
        }
        async Task<FindIncidents.Found> FindAsync(IncidentQuestion question) => (await desk.Get<FindIncidents>().HandleAsync(question, ana, default)).Value;
        async Task<string> NumbersAsync(IncidentQuestion question) => string.Concat((await FindAsync(question)).Incidents.Select(i => i.Title[^1]).Order());

        Assert.Equal("024", await NumbersAsync(new(Severities: [Severity.Sev1])));
        Assert.Equal("01345", await NumbersAsync(new(Statuses: [IncidentStatus.Investigating, IncidentStatus.Mitigating])));
        Assert.Equal("45", await NumbersAsync(new(Years: [2015])));
        Assert.Equal("0", await NumbersAsync(new(Leads: [ben.PersonId])));
        Assert.Equal("0", await NumbersAsync(new(Severities: [Severity.Sev1], Statuses: [IncidentStatus.Investigating], Years: [2026])));

        FindIncidents.Found[] pages = [await FindAsync(new(Take: 4)), await FindAsync(new(Skip: 4, Take: 4))];
        Assert.All(pages, p => Assert.Equal(6, p.Total));
        Assert.Equal(6, pages.SelectMany(p => p.Incidents).Select(i => i.Id).Distinct().Count());
    }
}
