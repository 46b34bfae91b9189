using IncidentDesk.History;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.History;

/// <summary>What changed since somebody left is what was written since, as it stands now.</summary>
public sealed class ReadChangesTests
{
    [Theory, EngineData]
    public async Task What_was_written_after_the_visit_is_grouped_and_what_came_before_is_not_there(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana);
        var before = await desk.LogAsync(ana, incident, "seen before");
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Get<NoteVisit>().HandleAsync(new(incident.Key, desk.Now), ben, default);
        desk.Clock.Advance(TimeSpan.FromHours(6));
        await desk.LogAsync(ana, incident, "the uplink is full", EntryKind.Observation);
        var wrong = await desk.LogAsync(ana, incident, "we move the site", EntryKind.Decision);
        await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, wrong.Sequence, 1, Guid.CreateVersion7(), Body: "we move the mail"), ana, default);
        await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, before.Sequence, 1, Guid.CreateVersion7(), Body: "seen before, mended"), ana, default);
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Severity: Severity.Sev1), ana, default);
        await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, null, MitigationState.Applied, new("Rate limit", "rate-limit")), ana, default);

        var changes = (await desk.Get<ReadChanges>().HandleAsync(incident.Key, null, ben, default)).Value;
        Assert.Equal(TestDesk.Noon.AddMinutes(1), changes.Since);
        Assert.Equal([ChangeGroup.Course, ChangeGroup.Decisions, ChangeGroup.Defence, ChangeGroup.Log], changes.Groups.Select(g => g.Name));
        Assert.Equal(["we move the mail"], changes.Groups[1].Entries.Select(e => e.Body));
        Assert.Equal(["the uplink is full", "seen before, mended"], changes.Groups[3].Entries.Select(e => e.Body));
        Assert.All(changes.Groups, g => Assert.Equal(g.Count, g.Entries.Count));
        Assert.Equal((5, 6), (changes.Count, (await desk.Get<ReadChanges>().HandleAsync(incident.Key, TestDesk.Noon.AddDays(-1), ben, default)).Value.Count));
        Assert.Equal(new ReadChanges.Visit(TestDesk.Noon.AddMinutes(1), 6), (await desk.Get<ReadChanges>().LastVisitAsync(incident.Key, ben, default)).Value);
        Assert.Null((await desk.Get<ReadChanges>().LastVisitAsync(incident.Key, ana, default)).Value);
    }

    [Theory, EngineData]
    public async Task Whoever_was_never_there_reads_all_and_a_visit_that_comes_late_changes_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var all = (await desk.Get<ReadChanges>().HandleAsync(incident.Key, null, ana, default)).Value;
        Assert.Equal(((DateTime?)null, 1), (all.Since, all.Count));

        await desk.Get<NoteVisit>().HandleAsync(new(incident.Key, desk.Now), ana, default);
        var late = (await desk.Get<NoteVisit>().HandleAsync(new(incident.Key, desk.Now.AddHours(-1)), ana, default)).Value;
        Assert.Equal((desk.Now, 1), (late.LeftAt, late.Sequence));
        Assert.Empty((await desk.Get<ReadChanges>().HandleAsync(incident.Key, null, ana, default)).Value.Groups);
    }

    [Theory, EngineData]
    public async Task The_overview_lists_what_changed_last_first_and_nothing_that_is_hidden(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var (one, two, quiet) = (await desk.DeclareAsync(ana, "One"), await desk.DeclareAsync(ana, "Two"), await desk.DeclareAsync(ana, "Quiet"));
        var hidden = await desk.DeclareAsync(ana, "Hidden", restricted: true);
        Assert.Null((await desk.Get<ReadChanges>().OverviewAsync(null, ben, default)).Value.Since);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Get<NoteVisit>().HandleAsync(new(one.Key, desk.Now), ben, default);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var incident in new[] { one, hidden, two, two }) await desk.LogAsync(ana, incident, "x");
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.LogAsync(ana, one, "y", EntryKind.Decision);

        var overview = (await desk.Get<ReadChanges>().OverviewAsync(null, ben, default)).Value;
        Assert.Equal(2, overview.Total);
        Assert.Equal([one.Key, two.Key], overview.Incidents.Select(c => c.Incident.Key));
        Assert.Equal(new Dictionary<ChangeGroup, int> { [ChangeGroup.Decisions] = 1, [ChangeGroup.Log] = 1 }, overview.Incidents[0].Counts);
        Assert.Equal(new Dictionary<ChangeGroup, int> { [ChangeGroup.Log] = 2 }, overview.Incidents[1].Counts);
        Assert.Equal(3, (await desk.Get<ReadChanges>().OverviewAsync(overview.Since, await desk.PersonAsync(PersonRole.Administrator), default)).Value.Total);
        Assert.DoesNotContain(quiet.Key, overview.Incidents.Select(c => c.Incident.Key));
    }

    [Fact]
    public void Every_kind_of_entry_has_its_group()
    {
        foreach (var kind in Enum.GetValues<EntryKind>()) Assert.True(Enum.IsDefined(ChangeGroups.Of(kind, isKeyEvent: false)));
        Assert.Equal(ChangeGroup.Decisions, ChangeGroups.Of(EntryKind.Observation, isKeyEvent: true));
        Assert.Equal(ChangeGroup.Communication, ChangeGroups.Of(EntryKind.Handover, isKeyEvent: false));
    }
}
