using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Audit;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Attacks;

public sealed class WaveTests
{
    private static readonly WaveFacts Flood = new("udp-flood");

    [Theory, EngineData]
    public async Task Its_life_stands_in_the_timeline_with_links_to_what_it_names(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (server, limit) = (await desk.AssetAsync("web-11"), await DefendAsync(desk, ana, incident));

        var began = new OccurrenceTime(desk.Now.AddMinutes(-20), Precision.About);
        var declared = (await DeclareAsync(desk, ana, incident, Flood with
        {
            From = began,
            Magnitude = 20e9,
            Unit = TrafficUnit.Bps,
            MagnitudeKind = MagnitudeKind.Peak,
            MeasuredAt = " uplink, inbound ",
            Countries = ["br", "VN", "BR"],
            Networks = ["AS64500 Example Net"],
            Sources = "198.51.100.7\n198.51.100.8",
            Targets = [server.Id],
            AdaptedTo = limit.Id,
            Defences = [limit.Id],
        })).Value;
        Assert.Equal((1, "udp-flood", began, "uplink, inbound", 1), (declared.Number, declared.Vector, declared.From, declared.MeasuredAt, declared.Version));
        desk.Clock.Advance(TimeSpan.FromMinutes(5));
        var edited = (await EditAsync(desk, ana, incident, declared, 1, WaveFacts.Of(declared) with { Vector = "SYN-flood", Signature = "window 1024\r\nttl 53", MeasuredAt = "balancer" })).Value;
        var ended = (await desk.Get<EndWave>().HandleAsync(new(incident.Key, declared.Id, 2, Reason: "graphs are flat"), ana, default)).Value;
        Assert.Equal((OccurrenceTime.Exactly(desk.Now), 3), (ended.To!, ended.Version));

        var rows = (await desk.RowsAsync(incident)).Where(r => r.Kind == EntryKind.Wave).ToList();
        Assert.All(rows, r => Assert.Equal([new EntryLink("web-11", AssetId: server.Id), new EntryLink(limit.Name, MitigationId: limit.Id)], r.Links!));
        Assert.Equal([new EntryChange.WaveDeclared(1, "udp-flood", began), new EntryChange.WaveEnded(1, "syn-flood", OccurrenceTime.Exactly(desk.Now))], rows.Where(r => r.Change is not EntryChange.WaveEdited).Select(r => r.Change));
        Assert.Equal(["Vector", "Magnitude", "Signature"], ((EntryChange.WaveEdited)rows[1].Change!).Fields);
        Assert.Equal((began.At, "graphs are flat"), (rows[0].OccurredAt, rows[2].Body));

        var read = Assert.Single((await desk.Get<FindWaves>().HandleAsync(incident.Key, ana, default)).Value);
        Assert.Equal(("syn-flood", "web-11", limit.Title, limit.Title, "BR VN"), (read.Vector, read.Targets.Single().Asset!.Name, read.AdaptedTo!.Title, read.Defences.Single().Mitigation!.Title, string.Join(' ', read.Countries)));
        Assert.Equal(new("198.51.100.0/24", 2), Assert.Single(read.Prefixes!));
        Assert.Equal("window 1024\nttl 53", read.Signature);
        Assert.Equal(edited.Id, Assert.Single((await desk.Get<LiveSituation>().ReadAsync(incident.Id, rows[^1].Sequence, default)).Waves).Id);
    }

    [Theory, EngineData]
    public async Task Waves_overlap_and_number_themselves_and_a_repeat_is_answered_with_the_first(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var (incident, other) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, "another"));
        var id = Guid.CreateVersion7();
        var first = (await DeclareAsync(desk, ana, incident, Flood, id)).Value;
        Assert.Equal(1, (await DeclareAsync(desk, ana, incident, Flood, id)).Value.Number);
        Refused.Field("WaveId", "Wave.IdTaken", await DeclareAsync(desk, ana, other, Flood, id));
        var both = await Task.WhenAll(DeclareAsync(desk, ana, incident, Flood), DeclareAsync(desk, ben, incident, Flood));
        Assert.Equal([2, 3], both.Select(b => b.Value.Number).Order());
        Assert.Equal(1, (await DeclareAsync(desk, ana, other, Flood)).Value.Number);

        // One that was over when it was told of is two entries.
        await DeclareAsync(desk, ana, incident, Flood with { From = OccurrenceTime.OrderOnly, To = OccurrenceTime.OrderOnly });
        Assert.Equal(5, (await desk.RowsAsync(incident)).Count(r => r.Kind == EntryKind.Wave));
        Assert.Equal(first.Id, id);
    }

    [Theory, EngineData]
    public async Task Who_saw_an_older_one_is_told_what_stands(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana);
        var wave = (await DeclareAsync(desk, ana, incident, Flood)).Value;
        await EditAsync(desk, ana, incident, wave, 1, WaveFacts.Of(wave) with { Notes = "of Ana" });

        Assert.Equal("of Ana", Refused.Conflict<AttackWave, AttackWave>("Wave.Conflict", await EditAsync(desk, ben, incident, wave, 1, WaveFacts.Of(wave) with { Notes = "of Ben" })).Notes);
        Refused.Conflict<AttackWave, AttackWave>("Wave.Conflict", await desk.Get<EndWave>().HandleAsync(new(incident.Key, wave.Id, 1), ben, default));
        Refused.Conflict<AttackWave, AttackWave>("Wave.Conflict", await desk.Get<WithdrawWave>().HandleAsync(new(incident.Key, wave.Id, 1), ben, default));
        // The same again is no conflict and writes nothing.
        Assert.True((await EditAsync(desk, ana, incident, wave, 1, WaveFacts.Of(wave) with { Notes = "of Ana" })).Succeeded);
        Assert.True((await desk.Get<EndWave>().HandleAsync(new(incident.Key, wave.Id, 2), ana, default)).Succeeded);
        Assert.True((await desk.Get<EndWave>().HandleAsync(new(incident.Key, wave.Id, 2), ana, default)).Succeeded);
        Assert.Equal(3, (await desk.RowsAsync(incident)).Count(r => r.Kind == EntryKind.Wave));
    }

    [Theory, EngineData]
    public async Task One_declared_by_mistake_counts_for_nothing_and_stays_in_the_record(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var wave = (await DeclareAsync(desk, ana, incident, Flood)).Value;
        await desk.Get<WithdrawWave>().HandleAsync(new(incident.Key, wave.Id, 1, "it was a backup"), ana, default);
        Assert.True((await desk.Get<WithdrawWave>().HandleAsync(new(incident.Key, wave.Id, 1), ana, default)).Succeeded);

        Assert.Empty((await desk.Get<FindWaves>().HandleAsync(incident.Key, ana, default)).Value);
        Assert.True(Assert.Single((await desk.Get<FindWaves>().HandleAsync(incident.Key, ana, default, withWithdrawn: true)).Value).IsWithdrawn);
        Assert.True((await desk.Get<FindWaves>().ByIdAsync(incident.Key, wave.Id, ana, default)).Value.IsWithdrawn);
        var rows = await desk.RowsAsync(incident);
        Assert.Equal(("it was a backup", new EntryChange.WaveWithdrawn(1, "udp-flood")), (rows[^1].Body, (EntryChange.WaveWithdrawn)rows[^1].Change!));
        Assert.Empty((await desk.Get<LiveSituation>().ReadAsync(incident.Id, rows[^1].Sequence, default)).Waves);
        Refused.Field(null, "Wave.IsWithdrawn", await EditAsync(desk, ana, incident, wave, 2, Flood with { Notes = "x" }));
        Assert.Equal(2, (await DeclareAsync(desk, ana, incident, Flood)).Value.Number);
    }

    [Theory, EngineData]
    public async Task What_cannot_be_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, other) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, "another"));
        var (elsewhere, shared) = (await DefendAsync(desk, ana, other), await DefendAsync(desk, ana, other));
        await desk.Get<ServeIncident>().HandleAsync(new(shared.Id, incident.Key, Serves: true), ana, default);
        Task<Result<AttackWave>> With(WaveFacts facts) => DeclareAsync(desk, ana, incident, facts);

        Refused.Field("Vector", "Wave.VectorUnknown", await With(new("no-such")));
        Refused.Field("Countries", "Wave.CountryUnknown", await With(Flood with { Countries = ["UK"] }));
        Refused.Field("To", "Wave.EndsBeforeStart", await With(Flood with { From = OccurrenceTime.Exactly(desk.Now), To = OccurrenceTime.Exactly(desk.Now.AddMinutes(-1)) }));
        Refused.Field("From", "Time.InFuture", await With(Flood with { From = OccurrenceTime.Exactly(desk.Now.AddHours(1)) }));
        Refused.Field("Unit", "Wave.UnitMissing", await With(Flood with { Magnitude = 1, MeasuredAt = "x" }));
        Refused.Field("MeasuredAt", "Wave.PlaceMissing", await With(Flood with { Magnitude = 1, Unit = TrafficUnit.Pps }));
        foreach (var magnitude in new[] { -1, double.NaN, double.PositiveInfinity }) Refused.Field("Magnitude", "Wave.MagnitudeForm", await With(Flood with { Magnitude = magnitude, Unit = TrafficUnit.Pps, MeasuredAt = "x" }));
        Refused.Field("Targets", "Wave.TargetUnknown", await With(Flood with { Targets = [Guid.NewGuid()] }));
        Refused.Field("AdaptedTo", "Wave.DefenceUnknown", await With(Flood with { AdaptedTo = elsewhere.Id }));
        Refused.Field("Defences", "Wave.DefenceUnknown", await With(Flood with { Defences = [elsewhere.Id] }));
        Refused.Field("Prefixes", "Wave.PrefixForm", await With(Flood with { Prefixes = [new("198.51.100.7/24", 1)] }));
        Refused.Field("Sources", "Text.TooLong", await With(Flood with { Sources = new('x', SourceAddresses.MaxTextLength + 1) }));
        Refused.Field("WaveId", "Wave.IdMissing", await DeclareAsync(desk, ana, incident, Flood, Guid.Empty));
        Refused.NotFound("Wave.NotFound", await desk.Get<EndWave>().HandleAsync(new(incident.Key, Guid.NewGuid(), 1), ana, default));

        // A day that is not over yet, bounds, and a defence that serves two incidents are fine.
        var wave = (await With(Flood with { From = new(desk.Now.Date, Precision.Day), To = new(desk.Now.AddMinutes(-1), Precision.After), AdaptedTo = shared.Id, Defences = [shared.Id] })).Value;
        // It was up against the wave also when it serves the incident no more.
        await desk.Get<ServeIncident>().HandleAsync(new(shared.Id, incident.Key, Serves: false), ana, default);
        Assert.True((await EditAsync(desk, ana, incident, wave, 1, WaveFacts.Of(wave) with { Notes = "x" })).Succeeded);
        Refused.Field("To", "Wave.EndsBeforeStart", await desk.Get<EndWave>().HandleAsync(new(incident.Key, wave.Id, 2, OccurrenceTime.Exactly(desk.Now.AddDays(-2))), ana, default));
    }

    [Theory, EngineData]
    public async Task Our_own_addresses_among_the_sources_are_told_with_the_name_of_the_asset(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync(PersonRole.Observer);
        await desk.AssetAsync("web-11", names: new AssetName { Kind = AssetNameKind.Address, Text = "192.0.2.11", Folded = "192.0.2.11" });
        await desk.AssetAsync("ns-range", names: new AssetName { Kind = AssetNameKind.Address, Text = "2001:db8:5::/48", Folded = "2001:db8:5::/48" });

        var preview = (await desk.Get<FoldSources>().HandleAsync("203.0.113.9.53 > 192.0.2.11.80\nnothing\n2001:db8:5::1", ana, default)).Value;
        Assert.Equal([("192.0.2.11", "web-11"), ("2001:db8:5::1", "ns-range")], preview.Own.Select(o => (o.Address, o.Asset)));
        Assert.Equal((3, 3, 2), (preview.Sources.Addresses, preview.Sources.Prefixes.Count, Assert.Single(preview.Sources.LinesWithout)));
    }

    [Theory, EngineData]
    public async Task Of_a_restricted_incident_a_stranger_learns_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana, restricted: true);
        var wave = (await DeclareAsync(desk, ana, incident, Flood)).Value;

        Refused.NotFound("Incident.NotFound", await desk.Get<FindWaves>().HandleAsync(incident.Key, ben, default));
        Refused.NotFound("Incident.NotFound", await desk.Get<EndWave>().HandleAsync(new(incident.Key, wave.Id, 1), ben, default));
        await desk.Get<FindWaves>().HandleAsync(incident.Key, ana, default);
        Assert.Equal(1, await desk.WithContextAsync(db => db.AuditEvents.CountAsync(e => e.SubjectId == incident.Key && e.Kind == AuditKind.RestrictedRead)));
    }

    private static Task<Result<AttackWave>> DeclareAsync(TestDesk desk, Actor actor, Incident incident, WaveFacts facts, Guid? id = null) =>
        desk.Get<DeclareWave>().HandleAsync(new(id ?? Guid.CreateVersion7(), incident.Key, facts), actor, default);

    private static Task<Result<AttackWave>> EditAsync(TestDesk desk, Actor actor, Incident incident, AttackWave wave, int version, WaveFacts facts) =>
        desk.Get<EditWave>().HandleAsync(new(incident.Key, wave.Id, version, facts), actor, default);

    private static async Task<Mitigation> DefendAsync(TestDesk desk, Actor actor, Incident incident) =>
        (await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, null, MitigationState.Applied, new("Limit", "rate-limit")), actor, default)).Value;
}
