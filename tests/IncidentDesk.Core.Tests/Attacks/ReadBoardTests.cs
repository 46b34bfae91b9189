using IncidentDesk.Attacks;
using IncidentDesk.Audit;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Attacks;

public sealed class ReadBoardTests
{
    [Theory, EngineData]
    public async Task The_board_is_read_with_all_that_it_is_drawn_from(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var defence = (await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, null, MitigationState.Applied, new("Rate limit", "rate-limit")), ana, default)).Value;
        await WaveAsync(desk, incident, 1, desk.Now.AddHours(-3), defence.Id);
        await SampleAsync(desk, incident, ana, 1, 20e9);
        await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), EntryKind.Note, "all back", null, null, IsKeyEvent: true), ana, default);

        var facts = (await desk.Get<ReadBoard>().HandleAsync(incident.Key, ana, default)).Value;
        var board = facts.Board(desk.Now);
        Assert.Equal((1, defence.Id, "all back", 20e9), (board.Waves.Single().Wave.Number, board.Defences.Single().Mitigation.Id, board.Marks.Single().Event.Text, board.Traffic.Single().Points.Single().Mean));
        Assert.Equal([1], board.Defences[0].Against);
    }

    [Theory, EngineData]
    public async Task An_open_board_is_read_again_only_where_something_changed(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var read = desk.Get<ReadBoard>();
        var first = (await read.HandleAsync(incident.Key, ana, default)).Value;

        await desk.LogAsync(ana, incident, "only a line");
        var second = (await read.AgainAsync(first, ana, default)).Value;
        Assert.Same(first.Situation, second.Situation);
        Assert.Same(first.Traffic, second.Traffic);

        await desk.Get<DeclareWave>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, new WaveFacts("udp-flood") { From = OccurrenceTime.Exactly(desk.Now.AddMinutes(-5)) }), ana, default);
        await SampleAsync(desk, incident, ana, 1, 5);
        desk.Get<IncidentFeed>().Publish(TrafficBatch.FeedId(incident.Id), 1);
        var third = (await read.AgainAsync(second, ana, default)).Value;
        Assert.Equal((1, 1), (third.Situation.Waves.Count, third.Traffic.Count));
    }

    [Theory, EngineData]
    public async Task Who_loses_the_incident_loses_its_open_board_and_reads_of_a_restricted_one_are_noted(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var incident = await desk.DeclareAsync(ana);
        var open = (await desk.Get<ReadBoard>().HandleAsync(incident.Key, beto, default)).Value;
        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 1, true, []), ana, default);

        Assert.IsType<NotFound>((await desk.Get<ReadBoard>().AgainAsync(open, beto, default)).Error);
        Assert.IsType<NotFound>((await desk.Get<ReadBoard>().HandleAsync(incident.Key, beto, default)).Error);
        Assert.True((await desk.Get<ReadBoard>().HandleAsync(incident.Key, ana, default)).Succeeded);
        Assert.Equal(1, await desk.WithContextAsync(db => db.AuditEvents.CountAsync(e => e.Kind == AuditKind.RestrictedRead && e.SubjectId == incident.Key)));
    }

    private static async Task WaveAsync(TestDesk desk, Incident incident, int number, DateTime from, Guid against)
    {
        await using var db = await desk.OpenContextAsync();
        var wave = new AttackWave { Id = Guid.CreateVersion7(), IncidentId = incident.Id, Number = number, Vector = "udp-flood", FromAt = from, CreatedAt = desk.Now, CreatedByName = "Ana" };
        wave.Defences.Add(new WaveDefence { WaveId = wave.Id, MitigationId = against });
        db.AttackWaves.Add(wave);
        await db.SaveChangesAsync();
    }

    private static async Task SampleAsync(TestDesk desk, Incident incident, Actor by, int number, double value)
    {
        await using var db = await desk.OpenContextAsync();
        var batch = new TrafficBatch
        {
            Id = Guid.CreateVersion7(),
            IncidentId = incident.Id,
            Number = number,
            Unit = TrafficUnit.Bps,
            MeasuredAt = "uplink",
            FoldedMeasuredAt = "uplink",
            Samples = 1,
            FromAt = desk.Now,
            ToAt = desk.Now,
            RecordedAt = desk.Now,
            RecordedById = by.PersonId,
            RecordedByName = "Ana",
        };
        db.TrafficBatches.Add(batch);
        db.TrafficSamples.Add(new TrafficSample { BatchId = batch.Id, At = desk.Now, Value = value });
        await db.SaveChangesAsync();
    }
}
