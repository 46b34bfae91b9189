using IncidentDesk.Checklists;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Checklists;

public sealed class ChecklistTests
{
    private static readonly ChecklistStep[] Steps = [new("Measure", "Mide"), new("Call the upstream", "Llama al proveedor"), new("Tell the members", "Avisa a los miembros")];

    [Theory, EngineData]
    public async Task A_new_desk_has_lists_for_five_sorts_of_attack_in_both_languages_with_their_sources(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var lists = (await desk.Get<FindChecklists>().HandleAsync(await desk.PersonAsync(PersonRole.Observer), default)).Value;
        Assert.Equal(["Volumetric attack", "Protocol attack (SYN flood, state exhaustion)", "Application-layer attack (HTTP)", "Mail under attack", "DNS under attack"], lists.Select(l => l.TitleEn));
        Assert.All(lists, l => Assert.InRange(l.Steps.Count, 5, 9));
        Assert.All(lists, l => Assert.NotEmpty(l.Source));

        // What the desk brings along passes the same checks as what administrators write.
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        foreach (var list in lists) Assert.Equal(1, (await desk.Get<KeepChecklists>().HandleAsync(new(list.Id, 1, list.TitleEn, list.TitleEs, list.Source, list.Steps), admin, default)).Value.Version);
    }

    [Theory, EngineData]
    public async Task Administrators_write_change_retire_and_bring_back(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        var id = Guid.CreateVersion7();
        Assert.Equal(1, (await KeepAsync(desk, id, 0, admin)).Value.Version);
        Assert.Equal(1, (await KeepAsync(desk, id, 0, admin)).Value.Version);
        Assert.Equal(2, (await KeepAsync(desk, id, 1, admin, title: "Other")).Value.Version);
        Assert.Equal("Other", Refused.Conflict<Checklist, Checklist>("Checklist.Conflict", await KeepAsync(desk, id, 1, admin, title: "Late")).TitleEn);

        Assert.Equal(desk.Now, (await KeepAsync(desk, id, 2, admin, isRetired: true)).Value.RetiredAt);
        Assert.DoesNotContain((await desk.Get<FindChecklists>().HandleAsync(admin, default)).Value, c => c.Id == id);
        Assert.Contains((await desk.Get<FindChecklists>().HandleAsync(admin, default, withRetired: true)).Value, c => c.Id == id);
        Assert.Null((await KeepAsync(desk, id, 3, admin)).Value.RetiredAt);
        foreach (var role in new[] { PersonRole.Responder, PersonRole.Leadership, PersonRole.Observer }) Refused.Forbidden("Desk.AdministratorsOnly", await KeepAsync(desk, id, 4, await desk.PersonAsync(role)));
    }

    [Theory, EngineData]
    public async Task A_list_needs_both_languages_and_a_step(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        Task<Result<Checklist>> Keep(string en, string es, params ChecklistStep[] steps) => desk.Get<KeepChecklists>().HandleAsync(new(Guid.CreateVersion7(), 0, en, es, null, steps), admin, default);
        Refused.Field("TitleEn", "Text.Empty", await Keep(" ", "Mía", Steps));
        Refused.Field("TitleEs", "Text.TooLong", await Keep("Mine", new string('x', Checklist.MaxTitleLength + 1), Steps));
        Refused.Field("Steps", "Checklist.NoSteps", await Keep("Mine", "Mía"));
        Refused.Field("Steps", "Checklist.TooManySteps", await Keep("Mine", "Mía", [.. Enumerable.Repeat(Steps[0], Checklist.MaxSteps + 1)]));
        Assert.Equal([(object)2], Refused.Field("Steps", "Checklist.StepInBothLanguages", await Keep("Mine", "Mía", Steps[0], new("Only English", " "))).Args);
        Refused.Field("Steps", "Text.TooLong", await Keep("Mine", "Mía", new ChecklistStep(new string('x', Checklist.MaxStepLength + 1), "x")));
        Refused.Field("Steps", "Text.ControlCharacter", await Keep("Mine", "Mía", new ChecklistStep("one\ntwo", "x")));
    }

    [Theory, EngineData]
    public async Task Each_tick_is_one_entry_and_a_second_one_changes_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var incident = await desk.DeclareAsync(ana);
        var list = await ListAsync(desk);
        var attached = (await AttachAsync(desk, incident, list, ana)).Value;
        Assert.Equal(attached.Id, (await AttachAsync(desk, incident, list, beto)).Value.Id);

        await TickAsync(desk, incident, attached, 1, ana);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var tick = Assert.Single((await TickAsync(desk, incident, attached, 1, beto)).Value.Ticks);
        Assert.Equal(("Ana", TestDesk.Noon), (tick.ByName, tick.TickedAt));
        Assert.Empty((await TickAsync(desk, incident, attached, 1, beto, isDone: false)).Value.Ticks);
        await TickAsync(desk, incident, attached, 1, beto, isDone: false);
        await TickAsync(desk, incident, attached, 2, beto);

        var rows = (await desk.RowsAsync(incident)).Skip(1).ToList();
        Assert.All(rows, r => Assert.Equal(EntryKind.Checklist, r.Kind));
        Assert.Equal(
            [
                new EntryChange.ChecklistAttached("Mine", "Mía", true), new EntryChange.ChecklistTicked("Mine", "Mía", Steps[1], true), new EntryChange.ChecklistTicked("Mine", "Mía", Steps[1], false), new EntryChange.ChecklistTicked("Mine", "Mía", Steps[2], true),
            ], rows.Select(r => r.Change!));
        var read = Assert.Single((await desk.Get<FindChecklists>().OfIncidentAsync(incident.Key, await desk.PersonAsync(PersonRole.Observer), default)).Value);
        Assert.Equal([(2, "Beto")], read.Ticks.Select(t => (t.Step, t.ByName)));
        Refused.Field("Step", "Checklist.NoSuchStep", await TickAsync(desk, incident, attached, 3, ana));
        Refused.Field("Step", "Checklist.NoSuchStep", await TickAsync(desk, incident, attached, -1, ana));
    }

    [Theory, EngineData]
    public async Task Who_do_the_same_at_once_do_it_once(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var people = new[] { await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"), await desk.PersonAsync(name: "Carla") };
        var incident = await desk.DeclareAsync(people[0]);
        var list = await ListAsync(desk);
        var attached = await Task.WhenAll(people.Select(p => AttachAsync(desk, incident, list, p)));
        Assert.Single(attached.Select(a => a.Value.Id).Distinct());
        var ticked = await Task.WhenAll(people.Select(p => TickAsync(desk, incident, attached[0].Value, 0, p)));
        Assert.Single(ticked.Select(t => Assert.Single(t.Value.Ticks).ByName).Distinct());
        Assert.Equal(3, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task An_attached_list_stays_as_it_was_and_a_retired_one_is_attached_no_more(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, admin) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        var (incident, other) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana));
        var list = await ListAsync(desk);
        var attached = (await AttachAsync(desk, incident, list, ana)).Value;
        await desk.Get<KeepChecklists>().HandleAsync(new(list.Id, 1, "Changed", "Cambiada", null, [Steps[0]], IsRetired: true), admin, default);

        Assert.Equal(attached.Id, (await AttachAsync(desk, incident, list, ana)).Value.Id);
        Assert.Equal(("Mine", 3), ((await TickAsync(desk, incident, attached, 2, ana)).Value.TitleEn, attached.Steps.Count));
        Refused.Field("ChecklistId", "Checklist.Retired", await AttachAsync(desk, other, list, ana));
        Refused.NotFound("Checklist.NotFound", await desk.Get<AttachChecklist>().HandleAsync(new(other.Key, Guid.CreateVersion7()), ana, default));
        Assert.Single(await desk.RowsAsync(other));
    }

    [Theory, EngineData]
    public async Task What_is_taken_off_can_be_attached_anew_and_begins_anew(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, other) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana));
        var list = await ListAsync(desk);
        var attached = (await AttachAsync(desk, incident, list, ana)).Value;
        await TickAsync(desk, incident, attached, 0, ana);
        Refused.NotFound("Checklist.NotAttached", await DetachAsync(desk, other, attached, ana));
        Refused.NotFound("Checklist.NotAttached", await TickAsync(desk, other, attached, 0, ana));
        await DetachAsync(desk, incident, attached, ana);
        Assert.Equal(desk.Now, (await DetachAsync(desk, incident, attached, ana)).Value.DetachedAt);
        Refused.NotFound("Checklist.NotAttached", await TickAsync(desk, incident, attached, 1, ana));
        Assert.Equal(4, (await desk.RowsAsync(incident)).Count);
        Assert.Empty((await AttachAsync(desk, incident, list, ana)).Value.Ticks);
    }

    [Theory, EngineData]
    public async Task Who_may_not_see_or_not_respond_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var (open, closed) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        var list = await ListAsync(desk);
        var (inOpen, inClosed) = ((await AttachAsync(desk, open, list, ana)).Value, (await AttachAsync(desk, closed, list, ana)).Value);
        Refused.NotFound("Incident.NotFound", await AttachAsync(desk, closed, list, beto));
        Refused.NotFound("Incident.NotFound", await TickAsync(desk, closed, inClosed, 0, beto));
        Refused.NotFound("Incident.NotFound", await DetachAsync(desk, closed, inClosed, beto));
        Refused.NotFound("Incident.NotFound", await desk.Get<FindChecklists>().OfIncidentAsync(closed.Key, beto, default));
        // Nor by way of an incident that they see.
        Refused.NotFound("Checklist.NotAttached", await TickAsync(desk, open, inClosed, 0, beto));
        foreach (var role in new[] { PersonRole.Observer, PersonRole.Leadership })
        {
            var reader = await desk.PersonAsync(role);
            Refused.Forbidden("Incident.MayNotChange", await AttachAsync(desk, open, list, reader));
            Refused.Forbidden("Incident.MayNotChange", await TickAsync(desk, open, inOpen, 0, reader));
            Refused.Forbidden("Incident.MayNotChange", await DetachAsync(desk, open, inOpen, reader));
        }
        Assert.Equal(2, (await desk.RowsAsync(open)).Count);
    }

    [Theory, EngineData]
    public async Task Without_its_entry_a_tick_is_not_kept(Engine engine)
    {
        var breaking = new BreakingInserts();
        await using var desk = await TestDesk.OpenAsync(engine, breaking);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var attached = (await AttachAsync(desk, incident, await ListAsync(desk), ana)).Value;
        breaking.Break = true;
        await Assert.ThrowsAnyAsync<Exception>(() => TickAsync(desk, incident, attached, 0, ana));
        Assert.Empty(await desk.WithContextAsync(db => db.Set<ChecklistTick>().ToListAsync()));
    }

    private static Task<Result<Checklist>> KeepAsync(TestDesk desk, Guid id, int version, Actor admin, string title = "Mine", bool isRetired = false) =>
        desk.Get<KeepChecklists>().HandleAsync(new(id, version, title, "Mía", "RFC 4732", Steps, isRetired), admin, default);

    private static async Task<Checklist> ListAsync(TestDesk desk) => (await KeepAsync(desk, Guid.CreateVersion7(), 0, await desk.PersonAsync(PersonRole.Administrator))).Value;

    private static Task<Result<IncidentChecklist>> AttachAsync(TestDesk desk, Incident incident, Checklist list, Actor actor) => desk.Get<AttachChecklist>().HandleAsync(new(incident.Key, list.Id), actor, default);

    private static Task<Result<IncidentChecklist>> DetachAsync(TestDesk desk, Incident incident, IncidentChecklist attached, Actor actor) => desk.Get<DetachChecklist>().HandleAsync(new(incident.Key, attached.Id), actor, default);

    private static Task<Result<IncidentChecklist>> TickAsync(TestDesk desk, Incident incident, IncidentChecklist attached, int step, Actor actor, bool isDone = true) =>
        desk.Get<TickStep>().HandleAsync(new(incident.Key, attached.Id, step, isDone), actor, default);
}
