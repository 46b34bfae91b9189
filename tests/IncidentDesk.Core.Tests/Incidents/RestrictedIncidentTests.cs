using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Incidents;

/// <summary>Whoever is not named in a restricted incident cannot even tell that it exists.</summary>
public sealed class RestrictedIncidentTests
{
    [Theory, EngineData]
    public async Task A_stranger_does_not_find_or_count_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Stranger"));
        await desk.DeclareAsync(ana, "Open flood");
        await desk.DeclareAsync(ana, "Secret flood", restricted: true);
        var find = desk.Get<FindIncidents>();

        var found = (await find.HandleAsync(new("flood"), stranger, default)).Value;

        Assert.Equal("Open flood", Assert.Single(found.Incidents).Title);
        Assert.Equal(1, found.Total);
        Assert.Equal(1, (await find.OverviewAsync(stranger, default)).Value.OpenBySeverity[Severity.Sev2]);
        Assert.Equal(2, (await find.HandleAsync(new("flood"), ana, default)).Value.Total);
        Assert.Equal(2, (await find.OverviewAsync(ana, default)).Value.OpenBySeverity[Severity.Sev2]);
    }

    [Theory, EngineData]
    public async Task A_stranger_does_not_learn_of_a_year_that_has_only_restricted_ones(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Stranger"));
        var in2014 = OccurrenceTime.Exactly(new DateTime(2014, 8, 18, 0, 0, 0, DateTimeKind.Utc));
        await desk.Get<DeclareIncident>().HandleAsync(new("Secret flood", Severity.Sev1, in2014, IsRestricted: true), ana, default);

        Assert.Empty((await desk.Get<FindIncidents>().OverviewAsync(stranger, default)).Value.Years);
        Assert.Equal([2014], (await desk.Get<FindIncidents>().OverviewAsync(ana, default)).Value.Years);
    }

    [Theory, EngineData]
    public async Task Every_question_and_every_write_answers_a_stranger_as_if_it_did_not_exist(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Stranger"));
        var incident = await desk.DeclareAsync(ana, restricted: true);
        var entry = await desk.LogAsync(ana, incident, "between us");

        foreach (var (name, ask) in Questions(desk, entry))
        {
            foreach (var key in new[] { incident.Key, "INC-2026-999" })
            {
                var error = await ask(key, stranger);
                Assert.True(error is NotFound { Code: "Incident.NotFound", Args: [string asked] } && asked == key, $"{name} {key}: {error}");
            }
        }
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task Named_people_and_administrators_see_it_and_work_in_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, named) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Named"));
        var admin = await desk.PersonAsync(PersonRole.Administrator, "Root");
        var incident = await desk.DeclareAsync(ana, restricted: true);
        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 1, true, [named.PersonId]), ana, default);

        foreach (var person in new[] { ana, named, admin })
        {
            var entry = await desk.LogAsync(person, incident, "seen");
            foreach (var (name, ask) in Questions(desk, entry).Where(q => q.Name.StartsWith("read", StringComparison.Ordinal)))
                Assert.True(await ask(incident.Key, person) is null, name);
        }
    }

    [Theory, EngineData]
    public async Task Restricting_names_whoever_restricts_and_the_holders_of_roles(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, lead, other) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Lead"), await desk.PersonAsync(name: "Other"));
        var incident = await desk.DeclareAsync(ana);
        await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, lead.PersonId), ana, default);

        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 2, true, []), ana, default);

        var read = await desk.ReadAsync(incident, lead);
        Assert.True(read.IsRestricted);
        Assert.Equal(["Ana", "Lead"], read.NamedPeople.Select(n => n.Person!.DisplayName).Order());
        Refused.NotFound("Incident.NotFound", await desk.Get<FindIncidents>().ByKeyAsync(incident.Key, other, default));
        Assert.Equal(
            [new EntryChange.RestrictionChanged(true), new EntryChange.NamedPersonChanged("Ana", true), new EntryChange.NamedPersonChanged("Lead", true)],
            (await desk.RowsAsync(incident)).Skip(3).Select(e => e.Change).OrderBy(c => c is EntryChange.NamedPersonChanged named ? named.Name : ""));
    }

    [Theory, EngineData]
    public async Task Somebody_taken_off_the_list_no_longer_sees_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana, restricted: true);
        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 1, true, [ben.PersonId]), ana, default);
        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 2, true, []), ana, default);

        Refused.NotFound("Incident.NotFound", await desk.Get<FindIncidents>().ByKeyAsync(incident.Key, ben, default));
        Assert.Equal(new EntryChange.NamedPersonChanged("Ben", false), (await desk.RowsAsync(incident))[^1].Change);
    }

    [Theory, EngineData]
    public async Task Opened_again_it_is_everybodys(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer, "Stranger"));
        var incident = await desk.DeclareAsync(ana, restricted: true);

        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 1, false, []), ana, default);

        var read = await desk.ReadAsync(incident, stranger);
        Assert.False(read.IsRestricted);
        Assert.Empty(read.NamedPeople);
        Assert.Equal(new EntryChange.RestrictionChanged(false), (await desk.RowsAsync(incident))[^1].Change);
    }

    [Theory, EngineData]
    public async Task Naming_somebody_unknown_changes_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);

        Refused.Field("People", "Person.NotFound", await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 1, true, [Guid.NewGuid()]), ana, default));
        Assert.False((await desk.ReadAsync(incident, ana)).IsRestricted);
    }

    private static IEnumerable<(string Name, Func<string, Actor, Task<Error?>> Ask)> Questions(TestDesk desk, TimelineEntry entry)
    {
        var (read, none) = (desk.Get<ReadTimeline>(), TimelineFilter.None);
        yield return ("read incident", async (key, who) => (await desk.Get<FindIncidents>().ByKeyAsync(key, who, default)).Error);
        yield return ("read after", async (key, who) => (await read.AfterAsync(key, 0, 10, who, default)).Error);
        yield return ("read newest", async (key, who) => (await read.NewestAsync(key, none, 10, who, default)).Error);
        yield return ("read older", async (key, who) => (await read.OlderAsync(key, none, entry, 10, who, default)).Error);
        yield return ("read newer", async (key, who) => (await read.NewerAsync(key, none, entry, 10, who, default)).Error);
        yield return ("read around", async (key, who) => (await read.AroundAsync(key, none, entry.Sequence, 10, who, default)).Error);
        yield return ("read revisions", async (key, who) => (await read.RevisionsAsync(key, entry.Sequence, who, default)).Error);
        yield return ("read totals", async (key, who) => (await read.TotalsAsync(key, who, default)).Error);
        yield return ("read authors", async (key, who) => (await read.AuthorsAsync(key, who, default)).Error);
        yield return ("add", async (key, who) => (await desk.Get<AddEntry>().HandleAsync(new(key, Guid.CreateVersion7(), EntryKind.Note, "x"), who, default)).Error);
        yield return ("correct", async (key, who) => (await desk.Get<CorrectEntry>().HandleAsync(new(key, entry.Sequence, 1, Guid.CreateVersion7(), Body: "x"), who, default)).Error);
        yield return ("change", async (key, who) => (await desk.Get<ChangeIncident>().HandleAsync(new(key, 1, "x"), who, default)).Error);
        yield return ("assign", async (key, who) => (await desk.Get<AssignRole>().HandleAsync(new(key, IncidentRole.Lead, who.PersonId), who, default)).Error);
        yield return ("milestone", async (key, who) => (await desk.Get<SetMilestone>().HandleAsync(new(key, 1, MilestoneKind.Detected, OccurrenceTime.Exactly(desk.Now)), who, default)).Error);
        yield return ("restrict", async (key, who) => (await desk.Get<RestrictIncident>().HandleAsync(new(key, 1, false, []), who, default)).Error);
    }
}
