using System.Text.Json;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Mitigations;

public sealed class MitigationTests
{
    private static readonly MitigationFacts Limit = new("Rate limit 20 r/s per /24", "rate-limit") { Command = "nft add …", Revert = "nft delete set inet edge rl" };

    [Fact]
    public void The_table_of_transitions_and_the_kinds_are_those_of_the_vocabulary()
    {
        using var vocabulary = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "vocab", "mitigations.json")));
        var states = vocabulary.RootElement.GetProperty("states").EnumerateArray().ToDictionary(s => s.GetProperty("slug").GetString()!, s => s.GetProperty("next").EnumerateArray().Select(n => n.GetString()!).Order().ToList());
        Assert.Equal(states.Keys.Order(), Enum.GetValues<MitigationState>().Select(s => s.Label()).Order());
        foreach (var state in Enum.GetValues<MitigationState>()) Assert.Equal(states[state.Label()], state.Next().Select(n => n.Label()).Order());
    }

    [Theory, EngineData]
    public async Task Its_life_from_the_template_to_the_revert_stands_in_the_timeline(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var server = await desk.AssetAsync("web-11");

        var added = (await AddAsync(desk, incident, ana, Limit with { Scope = [server.Id], ReviewBy = desk.Now.AddMinutes(30) })).Value;
        Assert.Equal(("rate-limit", MitigationState.Applied, MitigationActor.Own), (added.Name, added.State, added.Actor));
        var moved = (await MoveAsync(desk, added, 1, MitigationState.Partial, ana, "search still answers")).Value;
        Assert.Equal(("search still answers", 2), (moved.VerdictReason, moved.Version));
        var extended = (await desk.Get<ExtendReview>().HandleAsync(new(added.Id, 2, desk.Now.AddHours(2)), ana, default)).Value;
        Assert.Equal(desk.Now.AddHours(2), extended.ReviewBy);
        var edited = (await desk.Get<EditMitigation>().HandleAsync(new(added.Id, 3, MitigationFacts.Of(extended) with { SideEffects = "RSS readers are slow" }), ana, default)).Value;
        var reverted = (await MoveAsync(desk, added, edited.Version, MitigationState.Reverted, ana)).Value;
        Assert.Null(reverted.ReviewBy);

        var rows = (await desk.RowsAsync(incident)).Skip(1).ToList();
        Assert.All(rows, r => Assert.Equal((EntryKind.Mitigation, new EntryLink("rate-limit", MitigationId: added.Id)), (r.Kind, r.Links!.Single())));
        Assert.Equal(
            [
                typeof(EntryChange.MitigationMoved), typeof(EntryChange.MitigationMoved), typeof(EntryChange.MitigationReviewMoved), typeof(EntryChange.MitigationEdited), typeof(EntryChange.MitigationMoved),
            ], rows.Select(r => r.Change!.GetType()));
        Assert.Equal(["SideEffects"], ((EntryChange.MitigationEdited)rows[3].Change!).Fields);
        var read = (await desk.Get<FindMitigations>().ByIdAsync("RATE-LIMIT", ana, default)).Value;
        Assert.Equal([MitigationState.Applied, MitigationState.Partial, MitigationState.Reverted], read.Steps.Select(s => s.State));
        Assert.Equal("web-11", Assert.Single(read.Scope).Asset!.Name);
    }

    [Theory, EngineData]
    public async Task A_second_verdict_with_words_of_its_own_is_a_conflict_and_a_repeat_is_not(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana);
        var added = (await AddAsync(desk, incident, ana, Limit)).Value;
        await MoveAsync(desk, added, 1, MitigationState.Effective, ana, "load is down");

        Assert.True((await MoveAsync(desk, added, 1, MitigationState.Effective, ana, "load is down")).Succeeded);
        Assert.True((await MoveAsync(desk, added, 1, MitigationState.Effective, ben)).Succeeded);
        var refused = await MoveAsync(desk, added, 1, MitigationState.Effective, ben, "but feeds are slow");
        Assert.Equal("load is down", ((Mitigation)Assert.IsType<Conflict>(refused.Error).Current).VerdictReason);
        Assert.Equal(3, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task A_verdict_does_not_undo_an_expiry_that_is_due(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var added = (await AddAsync(desk, incident, ana, Limit with { ExpiresAt = desk.Now.AddMinutes(5) })).Value;
        desk.Clock.Advance(TimeSpan.FromMinutes(6));
        await MoveAsync(desk, added, 1, MitigationState.Effective, ana);

        await RunAsync(desk);
        var read = (await desk.Get<FindMitigations>().ByIdAsync(added.Name, ana, default)).Value;
        Assert.Equal([MitigationState.Applied, MitigationState.Effective, MitigationState.Expired], read.Steps.Select(s => s.State));
    }

    [Theory, EngineData]
    public async Task Two_incidents_that_put_up_the_same_at_once_each_get_their_own(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incidents = new List<Incident>();
        for (var n = 0; n < 6; n++) incidents.Add(await desk.DeclareAsync(ana));

        var answers = await Task.WhenAll(incidents.Select(i => AddAsync(desk, i, ana, Limit)));
        Assert.All(answers, a => Assert.True(a.Succeeded));
        Assert.Equal(6, answers.Select(a => a.Value.Name).Distinct().Count());
    }

    [Theory, EngineData]
    public async Task An_upstream_is_asked_and_its_answer_is_kept(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var asked = (await AddAsync(desk, incident, ana, new MitigationFacts("ACL on UDP/53", "upstream-acl") { AskedWhom = "NOC", Ticket = "UP-48213" }, MitigationState.Requested)).Value;
        Assert.Equal((MitigationActor.Upstream, desk.Now), (asked.Actor, asked.AskedAt!.Value));

        desk.Clock.Advance(TimeSpan.FromHours(2));
        var denied = (await MoveAsync(desk, asked, 1, MitigationState.Denied, ana, "no ACLs for customers")).Value;
        Assert.Equal(desk.Now, denied.AnsweredAt);
        var again = (await MoveAsync(desk, asked, 2, MitigationState.Requested, ana)).Value;
        Assert.Null(again.AnsweredAt);
        Assert.Equal(4, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task What_the_table_does_not_know_is_refused_and_so_is_a_stale_version(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var incident = await desk.DeclareAsync(ana);
        var added = (await AddAsync(desk, incident, ana, Limit)).Value;

        Refused.Field("To", "Mitigation.NoSuchMove", await MoveAsync(desk, added, 1, MitigationState.Denied, ana));
        await MoveAsync(desk, added, 1, MitigationState.Effective, ana);
        Assert.Equal(MitigationState.Effective, Refused.Conflict<Mitigation, Mitigation>("Mitigation.Conflict", await MoveAsync(desk, added, 1, MitigationState.Harmful, beto)).State);
        // Both said the same: nobody is refused and it is written once.
        Assert.Equal(MitigationState.Effective, (await MoveAsync(desk, added, 1, MitigationState.Effective, beto)).Value.State);
        Assert.Equal(3, (await desk.RowsAsync(incident)).Count);
        Refused.Forbidden("Incident.MayNotChange", await MoveAsync(desk, added, 2, MitigationState.Reverted, await desk.PersonAsync(PersonRole.Observer)));
    }

    [Theory, EngineData]
    public async Task The_same_request_twice_puts_up_one_and_names_do_not_meet(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var id = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AddAsync(desk, incident, ana, Limit, id: id)));
        Assert.All(answers, a => Assert.Equal("rate-limit", a.Value.Name));
        Assert.Equal("rate-limit-2", (await AddAsync(desk, incident, ana, Limit)).Value.Name);
        Refused.Field("Name", "Mitigation.NameTaken", await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, "Rate-Limit", MitigationState.Applied, Limit), ana, default));
        Refused.Field("Name", "Mitigation.NameForm", await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, "two words", MitigationState.Applied, Limit), ana, default));
        Assert.Equal(3, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task It_may_serve_several_incidents_and_is_written_into_each_also_those_that_the_actor_may_not_see(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var (open, closed) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        var added = (await AddAsync(desk, open, ana, Limit)).Value;
        var hidden = (await AddAsync(desk, closed, ana, Limit)).Value;

        await desk.Get<ServeIncident>().HandleAsync(new(added.Id, closed.Key, Serves: true), ana, default);
        Assert.Equal([open.Key], (await desk.Get<FindMitigations>().ByIdAsync(added.Name, beto, default)).Value.Incidents.Select(i => i.Incident!.Key));
        await MoveAsync(desk, added, 2, MitigationState.Ineffective, beto);
        Assert.IsType<EntryChange.MitigationMoved>((await desk.RowsAsync(closed))[^1].Change);
        Assert.IsType<EntryChange.MitigationMoved>((await desk.RowsAsync(open))[^1].Change);

        Refused.NotFound("Mitigation.NotFound", await desk.Get<FindMitigations>().ByIdAsync(hidden.Name, beto, default));
        Refused.NotFound("Mitigation.NotFound", await MoveAsync(desk, hidden, 1, MitigationState.Reverted, beto));
        Assert.Equal(1, (await desk.Get<FindMitigations>().HandleAsync(new(), beto, default)).Value.Total);
        Refused.Field("IncidentKey", "Mitigation.LastIncident", await desk.Get<ServeIncident>().HandleAsync(new(hidden.Id, closed.Key, Serves: false), ana, default));
    }

    [Theory, EngineData]
    public async Task An_overdue_review_is_reminded_of_once_and_what_expires_ends_by_itself(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await AddAsync(desk, incident, ana, Limit with { ReviewBy = desk.Now.AddMinutes(30), ExpiresAt = desk.Now.AddHours(1) });
        var node = desk.AnotherNode();
        node.Clock.SetUtcNow(desk.Clock.GetUtcNow());
        await using (node)
        {
            foreach (var d in new[] { desk, node }) d.Clock.Advance(TimeSpan.FromMinutes(31));
            for (var round = 0; round < 3; round++) await Task.WhenAll(RunAsync(desk), RunAsync(node));
            Assert.Single((await desk.RowsAsync(incident)).Select(r => r.Change).OfType<EntryChange.MitigationOverdue>());

            foreach (var d in new[] { desk, node }) d.Clock.Advance(TimeSpan.FromMinutes(31));
            for (var round = 0; round < 3; round++) await Task.WhenAll(RunAsync(desk), RunAsync(node));
        }
        var row = (await desk.RowsAsync(incident))[^1];
        Assert.Equal((4L, (Guid?)null, MitigationState.Expired), (row.Sequence, row.AuthorId, Assert.IsType<EntryChange.MitigationMoved>(row.Change).To));
        Assert.Equal(TestDesk.Noon.AddHours(1), row.OccurredAt);
    }

    [Theory, EngineData]
    public async Task What_cannot_be_kept_is_refused_by_its_field(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        foreach (var (field, code, facts) in new[]
        {
            ("Title", "Text.Empty", Limit with { Title = " " }),
            ("Kind", "Mitigation.KindUnknown", Limit with { Kind = "magic" }),
            ("Command", "Text.ControlCharacter", Limit with { Command = "a\0b" }),
            ("ReviewBy", "Mitigation.TimeIsPast", Limit with { ReviewBy = desk.Now.AddMinutes(-1) }),
            ("Scope", "Mitigation.ScopeUnknown", Limit with { Scope = [Guid.NewGuid()] }),
            ("AnsweredAt", "Mitigation.AnsweredBeforeAsked", Limit with { AskedAt = desk.Now, AnsweredAt = desk.Now.AddHours(-1) }),
        })
            Refused.Field(field, code, await AddAsync(desk, incident, ana, facts));
        Refused.Field("State", "Mitigation.NoFirstState", await AddAsync(desk, incident, ana, Limit, MitigationState.Effective));
        Assert.Single(await desk.RowsAsync(incident));
    }

    [Theory, EngineData]
    public async Task Administrators_keep_kinds_and_templates(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, admin) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        var kinds = desk.Get<KeepMitigationKinds>();
        Refused.Forbidden("Desk.AdministratorsOnly", await kinds.HandleAsync(new("sinkhole", "Sinkhole", "Sumidero", MitigationActor.Own, false), ana, default));
        Refused.Field("Slug", "Mitigation.SlugForm", await kinds.HandleAsync(new("Sink hole", "Sinkhole", "Sumidero", MitigationActor.Own, false), admin, default));
        await kinds.HandleAsync(new("sinkhole", "Sinkhole", "Sumidero", MitigationActor.Own, SacrificesTarget: true), admin, default);
        Assert.Contains((await desk.Get<FindMitigations>().KindsAsync(ana, default)).Value, k => k is { Slug: "sinkhole", SacrificesTarget: true });
        await kinds.HandleAsync(new("sinkhole", "Sinkhole", "Sumidero", MitigationActor.Own, SacrificesTarget: true, IsRetired: true), admin, default);
        Assert.DoesNotContain((await desk.Get<FindMitigations>().KindsAsync(ana, default)).Value, k => k.Slug == "sinkhole");

        var (id, templates) = (Guid.CreateVersion7(), desk.Get<KeepTemplates>());
        Refused.Forbidden("Desk.AdministratorsOnly", await templates.HandleAsync(new(id, 0, Limit, 30), ana, default));
        Assert.True((await templates.HandleAsync(new(id, 0, Limit, 30), admin, default)).Succeeded);
        Refused.Conflict<MitigationTemplate, MitigationTemplate>("Mitigation.TemplateConflict", await templates.HandleAsync(new(id, 9, Limit, 60), admin, default));
        var facts = MitigationFacts.From(Assert.Single((await desk.Get<FindMitigations>().TemplatesAsync(ana, default)).Value), desk.Now);
        Assert.Equal((Limit.Command, desk.Now.AddMinutes(30)), (facts.Command, facts.ReviewBy!.Value));
    }

    private static Task RunAsync(TestDesk desk) => desk.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<MitigationClock>().Single().RunAsync(default);

    private static Task<Result<Mitigation>> AddAsync(TestDesk desk, Incident incident, Actor actor, MitigationFacts facts, MitigationState state = MitigationState.Applied, Guid? id = null) =>
        desk.Get<AddMitigation>().HandleAsync(new(id ?? Guid.CreateVersion7(), incident.Key, null, state, facts), actor, default);

    private static Task<Result<Mitigation>> MoveAsync(TestDesk desk, Mitigation mitigation, int version, MitigationState to, Actor actor, string? reason = null) =>
        desk.Get<MoveMitigation>().HandleAsync(new(mitigation.Id, version, to, Reason: reason), actor, default);
}
