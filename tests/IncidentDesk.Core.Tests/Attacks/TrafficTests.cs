using IncidentDesk.Attacks;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Attacks;

public sealed class TrafficTests
{
    private const string Uplink = "uplink, inbound";

    [Theory, EngineData]
    public async Task What_was_measured_is_read_back_by_place_and_unit_and_leaves_no_entry(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer, "Beto"));
        var incident = await desk.DeclareAsync(ana);

        var first = Assert.Single((await RecordAsync(desk, incident, ana, [(-3, 1e9), (-2, 41.2e9)])).Value);
        await RecordAsync(desk, incident, ana, [(-1, 7)], TrafficUnit.Pps);
        await RecordAsync(desk, incident, ana, [(-1, 5e9)], where: "Uplink, INBOUND");

        Assert.Equal((1, 2, "Ana", TestDesk.Noon.AddMinutes(-3), TestDesk.Noon.AddMinutes(-2), TestDesk.Noon), (first.Number, first.Samples, first.RecordedByName, first.FromAt, first.ToAt, first.RecordedAt));
        var series = (await desk.Get<ReadTraffic>().HandleAsync(incident.Key, null, null, 100, beto, default)).Value;
        Assert.Equal([(TrafficUnit.Bps, "Uplink, INBOUND", 3), (TrafficUnit.Pps, Uplink, 1)], series.Select(s => (s.Unit, s.MeasuredAt, s.Points.Count)));
        Assert.Equal([1e9, 41.2e9, 5e9], series[0].Points.Select(p => p.Most));
        Assert.Equal(5e9, series[0].Last!.Mean);
        var part = (await desk.Get<ReadTraffic>().HandleAsync(incident.Key, TestDesk.Noon.AddMinutes(-2), TestDesk.Noon.AddMinutes(-1), 100, beto, default)).Value;
        Assert.Equal(41.2e9, Assert.Single(Assert.Single(part).Points).Most);
        Assert.Equal([3, 2, 1], (await desk.Get<ReadTraffic>().BatchesAsync(incident.Key, beto, default)).Value.Select(b => b.Number));
        Assert.Single(await desk.RowsAsync(incident));
        Assert.Equal(1, (await desk.ReadAsync(incident, ana)).LastSequence);
    }

    [Theory, EngineData]
    public async Task Where_two_batches_speak_of_the_same_instant_the_later_stands_until_it_is_withdrawn(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await RecordAsync(desk, incident, ana, [(-2, 1), (-1, 2)]);
        var wrong = Assert.Single((await RecordAsync(desk, incident, ana, [(-1, 99)])).Value);
        var live = desk.Get<LiveTraffic>();
        Assert.Equal(99, Assert.Single(await live.ReadAsync(incident.Id, default)).Last!.Most);

        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var withdrawn = (await desk.Get<WithdrawTraffic>().HandleAsync(new(incident.Key, wrong.Id), ana, default)).Value;
        var again = (await desk.Get<WithdrawTraffic>().HandleAsync(new(incident.Key, wrong.Id), ana, default)).Value;

        Assert.Equal((TestDesk.Noon.AddMinutes(1), "Ana"), (withdrawn.WithdrawnAt, withdrawn.WithdrawnByName));
        Assert.Equal(withdrawn.WithdrawnAt, again.WithdrawnAt);
        Assert.Equal(2, Assert.Single(await live.ReadAsync(incident.Id, default)).Last!.Most);
        Assert.NotNull((await desk.Get<ReadTraffic>().BatchesAsync(incident.Key, ana, default)).Value[0].WithdrawnAt);
        Assert.Single(await desk.RowsAsync(incident));
    }

    [Theory, EngineData]
    public async Task The_same_batch_sent_several_times_at_once_is_kept_once_and_answered_alike(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var (incident, other) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana));
        var id = Guid.CreateVersion7();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RecordAsync(desk, incident, ana, [(-1, 5)], id: id))));

        Assert.All(answers, a => Assert.Equal((id, 1), (Assert.Single(a.Value).Id, a.Value[0].Number)));
        Assert.Equal(1, await desk.WithContextAsync(db => db.TrafficSamples.IgnoreQueryFilters().CountAsync()));
        Refused.Field("Id", "Traffic.IdTaken", await RecordAsync(desk, incident, ana, [(-2, 5)], id: id));
        Refused.Field("Id", "Traffic.IdTaken", await RecordAsync(desk, other, ana, [(-1, 5)], id: id));
        Refused.Field("Id", "Traffic.IdTaken", await RecordAsync(desk, incident, beto, [(-1, 5)], id: id));
        Refused.Field("Id", "Traffic.IdMissing", await RecordAsync(desk, incident, ana, [(-1, 5)], id: Guid.Empty));
    }

    [Theory, EngineData]
    public async Task Batches_that_come_at_once_get_numbers_without_a_gap(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);

        await Task.WhenAll(Enumerable.Range(1, 8).Select(n => Task.Run(() => RecordAsync(desk, incident, ana, [(-n, n)]))));

        Assert.Equal(Enumerable.Range(1, 8), (await desk.Get<ReadTraffic>().BatchesAsync(incident.Key, ana, default)).Value.Select(b => b.Number).Order());
    }

    [Theory, EngineData]
    public async Task What_is_no_measurement_is_refused_with_its_place_and_nothing_is_kept(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);

        foreach (var bad in new[] { -1, double.NaN, double.PositiveInfinity })
            Refused.Field("samples[1].value", "Traffic.NotAValue", await RecordAsync(desk, incident, ana, [(-1, 1), (-2, bad)]));
        Refused.Field("samples[1].at", "Traffic.TwiceAtOnce", await RecordAsync(desk, incident, ana, [(-1, 1), (-1, 1)]));
        Refused.Field("samples[0].at", "Time.InFuture", await RecordAsync(desk, incident, ana, [(6, 1)]));
        Refused.Field("Samples", "Traffic.Empty", await RecordAsync(desk, incident, ana, []));
        Refused.Field("Samples", "Traffic.TooMany", await RecordAsync(desk, incident, ana, [.. Enumerable.Range(0, TrafficBatch.MaxSamples + 1).Select(n => (-n, 1d))]));
        Refused.Field("MeasuredAt", "Text.TooLong", await RecordAsync(desk, incident, ana, [(-1, 1)], where: new string('x', AttackWave.MaxWhereLength + 1)));
        Assert.Empty((await desk.Get<ReadTraffic>().BatchesAsync(incident.Key, ana, default)).Value);
        Assert.Equal(TrafficBatch.MaxSamples, (await RecordAsync(desk, incident, ana, [.. Enumerable.Range(0, TrafficBatch.MaxSamples).Select(n => (-n, 1d))])).Value[0].Samples);
    }

    [Theory, EngineData]
    public async Task A_table_becomes_a_batch_for_each_place_and_unit_or_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var paste = desk.Get<PasteTraffic>();
        PasteTraffic.Command Of(string text, bool dryRun = false) => new(incident.Key, Guid.CreateVersion7(), System.Text.Encoding.UTF8.GetBytes(text), TrafficUnit.Bps, Uplink, dryRun);
        const string Good = "2026-03-14T11:00Z,1 G\n2026-03-14T11:01Z,2 G\n2026-03-14T11:00Z,3 k,pps\n";

        var preview = (await paste.HandleAsync(Of(Good, dryRun: true), ana, default)).Value;
        Assert.Equal((2, 0, 0), (preview.Series.Count, preview.Problems.Count, preview.Batches.Count));
        var bad = (await paste.HandleAsync(Of(Good + "2026-03-14T11:02Z,many\n"), ana, default)).Value;
        Assert.Equal([4], bad.Problems.Select(p => p.Line));
        Assert.Empty((await desk.Get<ReadTraffic>().BatchesAsync(incident.Key, ana, default)).Value);

        var command = Of(Good);
        var done = (await paste.HandleAsync(command, ana, default)).Value;
        var again = (await paste.HandleAsync(command, ana, default)).Value;

        Assert.Equal([(TrafficUnit.Bps, Uplink, 2), (TrafficUnit.Pps, Uplink, 1)], done.Batches.Select(b => (b.Unit, b.MeasuredAt, b.Samples)));
        Assert.Equal(done.Batches.Select(b => b.Id), again.Batches.Select(b => b.Id));
        Assert.Equal(2, (await desk.Get<ReadTraffic>().BatchesAsync(incident.Key, ana, default)).Value.Count);
    }

    [Theory, EngineData]
    public async Task Nobody_learns_of_measurements_that_they_may_not_see(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Stranger"));
        var (open, hidden) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        var secret = (await RecordAsync(desk, hidden, ana, [(-1, 5)])).Value[0];

        Refused.NotFound("Incident.NotFound", await RecordAsync(desk, hidden, stranger, [(-1, 5)], id: secret.Id));
        Refused.NotFound("Incident.NotFound", await desk.Get<ReadTraffic>().HandleAsync(hidden.Key, null, null, 10, stranger, default));
        Refused.NotFound("Incident.NotFound", await desk.Get<ReadTraffic>().BatchesAsync(hidden.Key, stranger, default));
        Refused.NotFound("Incident.NotFound", await desk.Get<WithdrawTraffic>().HandleAsync(new(hidden.Key, secret.Id), stranger, default));
        Refused.NotFound("Traffic.NotFound", await desk.Get<WithdrawTraffic>().HandleAsync(new(open.Key, secret.Id), stranger, default));
    }

    [Theory, EngineData]
    public async Task Whoever_watches_is_told_of_new_measurements(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var told = new TaskCompletionSource();
        using var watching = desk.Get<IncidentFeed>().Subscribe(TrafficBatch.FeedId(incident.Id), () => { told.TrySetResult(); return Task.CompletedTask; });

        await RecordAsync(desk, incident, ana, [(-1, 5)]);

        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, desk.Get<IncidentFeed>().Latest(TrafficBatch.FeedId(incident.Id)));
    }

    /// <param name="samples">Minutes after noon, and the value.</param>
    private static Task<Result<IReadOnlyList<TrafficBatch>>> RecordAsync(
        TestDesk desk, Incident incident, Actor actor, (int Minute, double Value)[] samples, TrafficUnit unit = TrafficUnit.Bps, string where = Uplink, Guid? id = null) =>
        desk.Get<RecordTraffic>().HandleAsync(new(incident.Key, id ?? Guid.CreateVersion7(), [new(unit, where, [.. samples.Select(s => new RecordTraffic.Sample(TestDesk.Noon.AddMinutes(s.Minute), s.Value))])]), actor, default);
}
