using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Incidents;

public sealed class AssignRoleTests
{
    [Theory, EngineData]
    public async Task A_role_has_one_holder_and_a_history(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana);

        foreach (var holder in new Guid?[] { ana.PersonId, ben.PersonId, null })
        {
            Assert.True((await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Scribe, holder), ana, default)).Succeeded);
            Assert.Equal(holder, (await desk.ReadAsync(incident, ana)).Holder(IncidentRole.Scribe)?.PersonId);
            desk.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        var history = (await desk.ReadAsync(incident, ana)).Roles.OrderBy(r => r.StartedAt);
        Assert.Equal(
            [("Ana", TestDesk.Noon, TestDesk.Noon.AddMinutes(10)), ("Ben", TestDesk.Noon.AddMinutes(10), TestDesk.Noon.AddMinutes(20))],
            history.Select(r => (r.PersonName, r.StartedAt, r.EndedAt!.Value)));
        Assert.Equal(
            [new EntryChange.RoleChanged(IncidentRole.Scribe, null, "Ana"), new EntryChange.RoleChanged(IncidentRole.Scribe, "Ana", "Ben"), new EntryChange.RoleChanged(IncidentRole.Scribe, "Ben", null)],
            (await desk.RowsAsync(incident)).Skip(1).Select(e => e.Change));
    }

    [Theory, EngineData]
    public async Task Giving_a_role_to_its_holder_leaves_no_entry(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Scribe, ana.PersonId), ana, default);

        Assert.True((await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Scribe, ana.PersonId), ana, default)).Succeeded);
        Assert.True((await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Operations, null), ana, default)).Succeeded);
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task The_first_lead_acknowledges_and_later_ones_do_not(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana);
        await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Scribe, ana.PersonId), ana, default);
        Assert.Null((await desk.ReadAsync(incident, ana)).When(MilestoneKind.Acknowledged));

        desk.Clock.Advance(TimeSpan.FromMinutes(4));
        await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, ana.PersonId), ana, default);
        desk.Clock.Advance(TimeSpan.FromMinutes(4));
        await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, ben.PersonId), ana, default);

        var read = await desk.ReadAsync(incident, ana);
        Assert.Equal("Ben", read.Holder(IncidentRole.Lead)!.PersonName);
        Assert.Equal(OccurrenceTime.Exactly(TestDesk.Noon.AddMinutes(4)), read.When(MilestoneKind.Acknowledged));
        Assert.Single(await desk.RowsAsync(incident), e => e.Kind == EntryKind.Milestone);
    }

    [Theory, EngineData]
    public async Task Of_several_who_take_a_role_at_once_one_holds_it_in_the_end(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var people = new List<Actor>();
        for (var i = 0; i < 4; i++) people.Add(await desk.PersonAsync(name: $"Person {i}"));
        var incident = await desk.DeclareAsync(people[0]);

        var answers = await Task.WhenAll(people.Select(p => Task.Run(() => desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, p.PersonId), p, default))));

        Assert.All(answers, a => Assert.True(a.Succeeded));
        var roles = (await desk.ReadAsync(incident, people[0])).Roles;
        Assert.Equal(4, roles.Count);
        Assert.Single(roles, r => r.EndedAt is null);
    }

    [Theory, EngineData]
    public async Task Nobody_unknown_disabled_or_shut_out_gets_a_role(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var gone = await desk.PersonAsync(name: "Gone", disabled: true);
        var admin = await desk.PersonAsync(PersonRole.Administrator, "Root");
        var incident = await desk.DeclareAsync(ana, restricted: true);
        Task<Result<Incident>> GiveAsync(Guid to) => desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, to), ana, default);

        Refused.Field("PersonId", "Person.NotFound", await GiveAsync(Guid.NewGuid()));
        Refused.Field("PersonId", "Person.NotFound", await GiveAsync(gone.PersonId));
        Refused.Field("PersonId", "Incident.PersonMayNotSee", await GiveAsync(ben.PersonId));
        Assert.True((await GiveAsync(admin.PersonId)).Succeeded);
    }
}
