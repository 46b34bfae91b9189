using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Incidents;

public sealed class ChangeIncidentTests
{
    [Theory, EngineData]
    public async Task Each_changed_field_has_its_entry_with_the_reason(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana, "Flood");

        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, "Flood on DNS", Severity.Sev1, IncidentStatus.Mitigating, Tlp.Red, "second site hit"), ana, default);

        var changed = await desk.ReadAsync(incident, ana);
        Assert.Equal(("Flood on DNS", Severity.Sev1, IncidentStatus.Mitigating, Tlp.Red, 2, 5L), (changed.Title, changed.Severity, changed.Status, changed.Tlp, changed.Version, changed.LastSequence));
        var rows = (await desk.RowsAsync(incident)).Skip(1).ToList();
        Assert.Equal(
            [
                new EntryChange.TitleChanged("Flood", "Flood on DNS"),
                new EntryChange.SeverityChanged(Severity.Sev2, Severity.Sev1),
                new EntryChange.TlpChanged(Tlp.Amber, Tlp.Red),
                new EntryChange.StatusChanged(IncidentStatus.Investigating, IncidentStatus.Mitigating),
            ],
            rows.Select(e => e.Change));
        Assert.Equal([EntryKind.Incident, EntryKind.Severity, EntryKind.Incident, EntryKind.Status], rows.Select(e => e.Kind));
        Assert.All(rows, e => Assert.Equal("second site hit", e.Body));
    }

    [Theory, EngineData]
    public async Task What_already_is_as_asked_leaves_no_entry(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var command = new ChangeIncident.Command(incident.Key, 1, Severity: Severity.Sev1);

        var first = await desk.Get<ChangeIncident>().HandleAsync(command, ana, default);
        var repeated = await desk.Get<ChangeIncident>().HandleAsync(command, ana, default);

        Assert.Equal((2, 2), (first.Value.Version, repeated.Value.Version));
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
        Assert.Equal(2, (await desk.ReadAsync(incident, ana)).LastSequence);
    }

    [Theory, EngineData]
    public async Task A_stale_version_is_a_conflict_that_holds_what_stands_now(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana, "Flood");
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, "Flood on DNS"), ana, default);

        var refused = await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, "Flood on the web", Severity.Sev1), ben, default);

        Assert.Equal(("Flood on DNS", Severity.Sev2, 2), Shown(Refused.Conflict<Incident, Incident>("Incident.Conflict", refused)));
        Assert.Equal(("Flood on DNS", Severity.Sev2, 2), Shown(await desk.ReadAsync(incident, ana)));
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task Of_changes_at_once_on_the_same_version_one_is_kept_and_the_others_are_conflicts(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana, "Flood");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            Task.Run(() => desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, $"Flood {i}"), ana, default))));

        var kept = Assert.Single(answers, a => a.Succeeded).Value;
        Assert.All(answers.Where(a => !a.Succeeded), a => Assert.Equal(kept.Title, Refused.Conflict<Incident, Incident>("Incident.Conflict", a).Title));
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task A_field_that_is_not_acceptable_keeps_all_the_others_as_they_were(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana, "Flood");
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Status: IncidentStatus.Resolved), ana, default);
        Task<Result<Incident>> ChangeAsync(ChangeIncident.Command command) => desk.Get<ChangeIncident>().HandleAsync(command, ana, default);

        Refused.Field("Title", "Text.ControlCharacter", await ChangeAsync(new(incident.Key, 2, "a\0b", Severity.Sev4)));
        Refused.Field("OccurredAt", "Time.InFuture", await ChangeAsync(new(incident.Key, 2, Status: IncidentStatus.Closed, OccurredAt: OccurrenceTime.Exactly(TestDesk.Noon.AddHours(1)))));
        Refused.Field("Reason", "Text.TooLong", await ChangeAsync(new(incident.Key, 2, Severity: Severity.Sev4, Reason: new string('x', 20_001))));
        Refused.Field("Reason", "Incident.BackNeedsReason", await ChangeAsync(new(incident.Key, 2, "Flood again", Severity.Sev1, IncidentStatus.Mitigating, Reason: "  ")));

        Assert.Equal(("Flood", Severity.Sev2, 2), Shown(await desk.ReadAsync(incident, ana)));
        Assert.Equal(3, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task The_status_goes_back_with_a_reason(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Status: IncidentStatus.Closed), ana, default);

        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 2, Status: IncidentStatus.Investigating, Reason: "it came back"), ana, default);

        Assert.Equal(IncidentStatus.Investigating, (await desk.ReadAsync(incident, ana)).Status);
        var entry = (await desk.RowsAsync(incident))[^1];
        Assert.Equal((new EntryChange.StatusChanged(IncidentStatus.Closed, IncidentStatus.Investigating), "it came back"), (entry.Change, entry.Body));
    }

    [Theory, EngineData]
    public async Task Monitoring_says_mitigated_and_resolved_says_resolved(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var held = new OccurrenceTime(TestDesk.Noon.AddMinutes(-30), Precision.About);

        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Status: IncidentStatus.Monitoring, OccurredAt: held), ana, default);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 2, Status: IncidentStatus.Resolved), ana, default);

        var resolved = await desk.ReadAsync(incident, ana);
        Assert.Equal(held, resolved.When(MilestoneKind.Mitigated));
        Assert.Equal(OccurrenceTime.Exactly(TestDesk.Noon.AddHours(1)), resolved.When(MilestoneKind.Resolved));
        var rows = await desk.RowsAsync(incident);
        Assert.Equal([EntryKind.Incident, EntryKind.Status, EntryKind.Milestone, EntryKind.Status, EntryKind.Milestone], rows.Select(e => e.Kind));
        Assert.Equal(held, rows[1].When);
        Assert.Equal(new EntryChange.MilestoneChanged(MilestoneKind.Mitigated, null, held), rows[2].Change);
    }

    [Theory, EngineData]
    public async Task A_milestone_that_is_recorded_survives_the_status(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Status: IncidentStatus.Monitoring), ana, default);
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 2, Status: IncidentStatus.Mitigating, Reason: "leaks"), ana, default);
        desk.Clock.Advance(TimeSpan.FromHours(2));

        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 3, Status: IncidentStatus.Monitoring), ana, default);

        Assert.Equal(OccurrenceTime.Exactly(TestDesk.Noon), (await desk.ReadAsync(incident, ana)).When(MilestoneKind.Mitigated));
    }

    [Theory, EngineData]
    public async Task That_it_is_resolved_or_closed_does_not_invent_earlier_milestones(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (resolved, closed) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana));

        await desk.Get<ChangeIncident>().HandleAsync(new(resolved.Key, 1, Status: IncidentStatus.Resolved), ana, default);
        await desk.Get<ChangeIncident>().HandleAsync(new(closed.Key, 1, Status: IncidentStatus.Closed), ana, default);

        Assert.Null((await desk.ReadAsync(resolved, ana)).When(MilestoneKind.Mitigated));
        Assert.Null((await desk.ReadAsync(closed, ana)).When(MilestoneKind.Resolved));
    }

    [Theory, EngineData]
    public async Task A_write_that_fails_half_way_leaves_neither_state_nor_entry(Engine engine)
    {
        var breaking = new BreakingInserts();
        await using var desk = await TestDesk.OpenAsync(engine, breaking);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana, "Flood");

        breaking.Break = true;
        await Assert.ThrowsAnyAsync<Exception>(() => desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, "Flood on DNS", Severity.Sev1), ana, default));
        breaking.Break = false;

        var after = await desk.ReadAsync(incident, ana);
        Assert.Equal((("Flood", Severity.Sev2, 1), 1), (Shown(after), after.LastSequence));
        Assert.Equal(2, (await desk.LogAsync(ana, incident, "the next number is free")).Sequence);
    }

    private static (string Title, Severity Severity, int Version) Shown(Incident incident) => (incident.Title, incident.Severity, incident.Version);
}
