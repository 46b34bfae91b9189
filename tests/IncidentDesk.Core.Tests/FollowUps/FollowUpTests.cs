using IncidentDesk.FollowUps;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.FollowUps;

public sealed class FollowUpTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TestDesk.Noon);

    [Theory, EngineData]
    public async Task A_follow_up_is_noted_changed_done_and_opened_again_and_the_log_says_so(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var incident = await desk.DeclareAsync(ana);
        var id = Guid.CreateVersion7();
        var command = new AddFollowUp.Command(id, incident.Key, new(" Second uplink ", beto.PersonId, Today.AddDays(7), "https://tracker.example.org/1"));

        var added = (await desk.Get<AddFollowUp>().HandleAsync(command, ana, default)).Value;
        Assert.Equal(added.Id, (await desk.Get<AddFollowUp>().HandleAsync(command, ana, default)).Value.Id);
        var edited = (await desk.Get<EditFollowUp>().HandleAsync(new(incident.Key, id, 1, new("Second uplink", ana.PersonId, null)), ana, default)).Value;
        var done = (await desk.Get<MoveFollowUp>().HandleAsync(new(incident.Key, id, 2, FollowUpState.Done, "Contract signed"), beto, default)).Value;
        var again = (await desk.Get<MoveFollowUp>().HandleAsync(new(incident.Key, id, 2, FollowUpState.Done, "Contract signed"), beto, default)).Value;
        var open = (await desk.Get<MoveFollowUp>().HandleAsync(new(incident.Key, id, 3, FollowUpState.Open, "It was not"), ana, default)).Value;

        Assert.Equal(("Second uplink", "Beto", FollowUpState.Open), (added.Action, added.Owner!.DisplayName, added.State));
        Assert.Equal(("Ana", 2), (edited.Owner!.DisplayName, edited.Version));
        Assert.Equal((FollowUpState.Done, "Contract signed", TestDesk.Noon, 3), (done.State, done.Outcome, done.ClosedAt, again.Version));
        Assert.Equal((FollowUpState.Open, "", null), (open.State, open.Outcome, open.ClosedAt));
        var rows = (await desk.RowsAsync(incident)).Where(r => r.Kind == EntryKind.FollowUp).ToList();
        Assert.Equal(
            [
                new EntryChange.FollowUpMoved("Second uplink", "Beto", Today.AddDays(7), null, FollowUpState.Open),
                new EntryChange.FollowUpMoved("Second uplink", "Ana", null, FollowUpState.Open, FollowUpState.Done),
                new EntryChange.FollowUpMoved("Second uplink", "Ana", null, FollowUpState.Done, FollowUpState.Open),
            ],
            rows.Select(r => r.Change).OfType<EntryChange.FollowUpMoved>());
        Assert.Equal(["Owner", "DueOn", "Tracker"], Assert.Single(rows.Select(r => r.Change).OfType<EntryChange.FollowUpEdited>()).Fields);
        Assert.Equal(["", "", "Contract signed", "It was not"], rows.Select(r => r.Body));
        Assert.Equal("Ana", Assert.Single((await desk.Get<LiveSituation>().ReadAsync(incident.Id, rows[^1].Sequence, default)).FollowUps).Owner!.DisplayName);
    }

    [Theory, EngineData]
    public async Task A_stale_version_is_a_conflict_that_shows_what_stands(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var id = await AddAsync(desk, incident, ana, "One");
        await desk.Get<EditFollowUp>().HandleAsync(new(incident.Key, id, 1, new("Two")), ana, default);

        var edit = Assert.IsType<Conflict>((await desk.Get<EditFollowUp>().HandleAsync(new(incident.Key, id, 1, new("Three")), ana, default)).Error);
        var move = Assert.IsType<Conflict>((await desk.Get<MoveFollowUp>().HandleAsync(new(incident.Key, id, 1, FollowUpState.Done), ana, default)).Error);

        Assert.All([edit, move], c => Assert.Equal("Two", Assert.IsType<FollowUp>(c.Current).Action));
    }

    [Theory, EngineData]
    public async Task What_does_not_fit_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Stranger"));
        var (incident, hidden) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        var id = await AddAsync(desk, incident, ana, "One");
        Task<Result<FollowUp>> Add(FollowUpFacts facts, Incident? to = null, Guid? other = null) => desk.Get<AddFollowUp>().HandleAsync(new(other ?? Guid.CreateVersion7(), (to ?? incident).Key, facts), ana, default);
        Task<Result<FollowUp>> Move(FollowUpState to, string? outcome = null, int version = 1) => desk.Get<MoveFollowUp>().HandleAsync(new(incident.Key, id, version, to, outcome), ana, default);

        Refused.Field("Action", "Text.Empty", await Add(new(" ")));
        Refused.Field("OwnerId", "Person.NotFound", await Add(new("x", Guid.NewGuid())));
        Refused.Field("OwnerId", "Incident.PersonMayNotSee", await Add(new("x", stranger.PersonId), hidden));
        foreach (var link in new[] { "javascript:alert(1)", "ftp://example.org", "tracker/1", "https://user:pass@example.org", "data:text/html,x" }) Refused.Field("Tracker", "FollowUp.NoLink", await Add(new("x", Tracker: link)));
        Refused.Field("Id", "FollowUp.IdMissing", await Add(new("x"), other: Guid.Empty));
        Refused.Field("Id", "FollowUp.IdTaken", await Add(new("One"), hidden, id));
        Refused.Field("Outcome", "FollowUp.ReasonMissing", await Move(FollowUpState.Dropped));
        Assert.True((await Move(FollowUpState.Dropped, "Too dear")).Succeeded);
        Refused.Field("To", "FollowUp.NoSuchMove", await Move(FollowUpState.Done, version: 2));
        Refused.NotFound("FollowUp.NotFound", await desk.Get<MoveFollowUp>().HandleAsync(new(hidden.Key, id, 2, FollowUpState.Open), ana, default));
        Refused.NotFound("Incident.NotFound", await desk.Get<FindFollowUps>().OfIncidentAsync(hidden.Key, stranger, default));
    }

    [Theory, EngineData]
    public async Task Open_ones_are_listed_by_date_and_only_those_that_one_may_see(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, stranger, lead) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Stranger"), await desk.PersonAsync(PersonRole.Leadership));
        var (incident, hidden) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        await AddAsync(desk, incident, ana, "some day");
        await AddAsync(desk, incident, ana, "next week", Today.AddDays(7), stranger);
        await AddAsync(desk, incident, ana, "overdue", Today.AddDays(-1), stranger);
        await AddAsync(desk, incident, ana, "today", Today, ana);
        await AddAsync(desk, hidden, ana, "secret", Today.AddDays(-9), ana);
        var done = await AddAsync(desk, incident, ana, "done", Today.AddDays(-9), ana);
        await desk.Get<MoveFollowUp>().HandleAsync(new(incident.Key, done, 1, FollowUpState.Done), ana, default);
        var find = desk.Get<FindFollowUps>();
        async Task<string[]> ListAsync(Actor who, Actor? owner = null, int take = 10) => [.. (await find.HandleAsync(new(owner?.PersonId, 0, take), who, default)).Value.FollowUps.Select(f => f.Action)];

        Assert.Equal(["secret", "overdue", "today", "next week", "some day"], await ListAsync(ana));
        Assert.Equal(["overdue", "today", "next week", "some day"], await ListAsync(lead));
        Assert.Equal(["overdue", "next week"], await ListAsync(ana, stranger));
        Assert.Equal(["overdue"], await ListAsync(stranger, take: 1));
        Assert.Equal(4, (await find.HandleAsync(new(Take: 1), stranger, default)).Value.Total);
        Assert.Equal(new FindFollowUps.Counts(2, 1), (await find.MineAsync(ana, default)).Value);
        Assert.Equal(new FindFollowUps.Counts(2, 1), (await find.MineAsync(stranger, default)).Value);
        Assert.Equal(6, (await find.OfIncidentAsync(incident.Key, lead, default)).Value.Count + 1);
    }

    [Theory]
    [InlineData("UTC", 12, false)]
    [InlineData("Pacific/Auckland", 12, true)]
    [InlineData("America/Mexico_City", 20, false)]
    public void It_is_overdue_when_its_day_is_over_where_the_incident_is(string zone, int hour, bool overdue) =>
        Assert.Equal(overdue, new FollowUp { Action = "x", DueOn = Today }.IsOverdue(zone, TestDesk.Noon.Date.AddHours(hour)));

    private static async Task<Guid> AddAsync(TestDesk desk, Incident incident, Actor actor, string action, DateOnly? due = null, Actor? owner = null) =>
        (await desk.Get<AddFollowUp>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, new(action, owner?.PersonId, due)), actor, default)).Value.Id;
}
