using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Incidents;

public sealed class MilestoneTests
{
    private static readonly OccurrenceTime First = new(TestDesk.Noon.AddHours(-2), Precision.Hour);
    private static readonly OccurrenceTime Better = OccurrenceTime.Exactly(TestDesk.Noon.AddMinutes(-95));

    [Theory, EngineData]
    public async Task A_milestone_is_set_corrected_and_made_unknown_again_with_an_entry_each_time(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var version = 1;

        foreach (var when in new[] { First, Better, null })
        {
            var answer = await desk.Get<SetMilestone>().HandleAsync(new(incident.Key, version++, MilestoneKind.Detected, when, "the graphs say so"), ana, default);
            Assert.Equal(version, answer.Value.Version);
            Assert.Equal(when, (await desk.ReadAsync(incident, ana)).When(MilestoneKind.Detected));
        }

        var rows = (await desk.RowsAsync(incident)).Skip(1).ToList();
        Assert.Equal(
            [
                new EntryChange.MilestoneChanged(MilestoneKind.Detected, null, First),
                new EntryChange.MilestoneChanged(MilestoneKind.Detected, First, Better),
                new EntryChange.MilestoneChanged(MilestoneKind.Detected, Better, null),
            ],
            rows.Select(e => e.Change));
        Assert.All(rows, e => Assert.Equal("the graphs say so", e.Body));
    }

    [Theory, EngineData]
    public async Task The_same_time_again_leaves_no_entry(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var command = new SetMilestone.Command(incident.Key, 1, MilestoneKind.Detected, First);
        await desk.Get<SetMilestone>().HandleAsync(command, ana, default);

        Assert.Equal(2, (await desk.Get<SetMilestone>().HandleAsync(command, ana, default)).Value.Version);
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task A_stale_version_and_a_time_to_come_are_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.Get<SetMilestone>().HandleAsync(new(incident.Key, 1, MilestoneKind.Detected, First), ana, default);

        var stale = await desk.Get<SetMilestone>().HandleAsync(new(incident.Key, 1, MilestoneKind.Detected, Better), ana, default);
        var future = await desk.Get<SetMilestone>().HandleAsync(new(incident.Key, 2, MilestoneKind.Detected, OccurrenceTime.Exactly(TestDesk.Noon.AddDays(1))), ana, default);

        Assert.Equal(First, Refused.Conflict<Incident, Incident>("Incident.Conflict", stale).When(MilestoneKind.Detected));
        Refused.Field("When", "Time.InFuture", future);
        Assert.Equal(First, (await desk.ReadAsync(incident, ana)).When(MilestoneKind.Detected));
    }
}
