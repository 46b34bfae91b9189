using IncidentDesk.Attacks;
using IncidentDesk.Audit;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Attacks;

public sealed class PrecedentTests
{
    [Theory, EngineData]
    public async Task It_says_what_was_tried_what_came_of_it_and_how_soon_the_attackers_adapted(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (first, second) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana));
        var wave = await WaveAsync(desk, first, 1);
        var quick = await TryAsync(desk, first, ana, "rate-limit", [wave], (MitigationState.Effective, 10), (MitigationState.AdaptedAround, 40));
        var slow = await TryAsync(desk, second, ana, "rate-limit", [await WaveAsync(desk, second, 1)], (MitigationState.Partial, 20), (MitigationState.Ineffective, 30));
        await TryAsync(desk, second, ana, "rtbh", [await WaveAsync(desk, second, 2)]);
        await WaveAsync(desk, first, 2, "syn-flood", adaptedTo: quick, minute: 35);
        // No tie to a wave, another vector, withdrawn: no precedent.
        await TryAsync(desk, second, ana, "geo-block", []);
        await TryAsync(desk, second, ana, "geo-block", [await WaveAsync(desk, second, 3, "syn-flood")]);
        await WithdrawAsync(desk, await TieAsync(desk, second, ana, 4));

        var found = (await desk.Get<FindPrecedents>().HandleAsync("udp-flood", null, ana, default)).Value;

        Assert.Equal(("udp-flood", 2), (found.Vector, found.Incidents));
        Assert.Equal(["rate-limit", "rtbh"], found.Kinds.Select(k => k.Kind));
        var limit = found.Kinds[0];
        Assert.Equal((2, 0, 0), (limit.Tried, limit.Denied, limit.WithoutVerdict));
        Assert.Equal([(MitigationState.Ineffective, 1), (MitigationState.AdaptedAround, 1)], limit.Verdicts.OrderBy(v => v.Key).Select(v => (v.Key, v.Value)));
        Assert.Equal(new Precedents.Median(TimeSpan.FromMinutes(15), 2, false), limit.UntilItWorked);
        Assert.Equal(new Precedents.Median(TimeSpan.FromMinutes(35), 1, false), limit.UntilTheyAdapted);
        Assert.Equal([(second.Key, MitigationState.Ineffective, "because Ineffective"), (first.Key, MitigationState.AdaptedAround, "because AdaptedAround")], limit.Latest.Select(e => (e.IncidentKey, e.Verdict!.Value, e.Reason)));
        Assert.Equal((1, 1, null, null), (found.Kinds[1].Tried, found.Kinds[1].WithoutVerdict, found.Kinds[1].UntilItWorked, found.Kinds[1].UntilTheyAdapted));
        Assert.NotEqual(quick, slow);
    }

    [Theory, EngineData]
    public async Task The_incident_in_which_one_is_and_those_that_one_may_not_see_are_left_out(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Stranger"));
        var (mine, hidden) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        await TryAsync(desk, mine, ana, "rate-limit", [await WaveAsync(desk, mine, 1)], (MitigationState.Effective, 5));
        await TryAsync(desk, hidden, ana, "rtbh", [await WaveAsync(desk, hidden, 1)], (MitigationState.Effective, 5));
        var find = desk.Get<FindPrecedents>();

        Assert.Equal(["rtbh"], (await find.HandleAsync("udp-flood", mine.Key, ana, default)).Value.Kinds.Select(k => k.Kind));
        Assert.Equal(["rate-limit"], (await find.HandleAsync("udp-flood", null, stranger, default)).Value.Kinds.Select(k => k.Kind));
        Assert.Empty((await find.HandleAsync("udp-flood", mine.Key, stranger, default)).Value.Kinds);
        Assert.Equal(1, await desk.WithContextAsync(db => db.AuditEvents.CountAsync(e => e.Kind == AuditKind.RestrictedRead)));
        Refused.NotFound("Precedents.VectorUnknown", await find.HandleAsync("no-such-vector", null, ana, default));
    }

    [Theory, EngineData]
    public async Task A_mitigation_is_tied_to_waves_of_its_own_incident_only(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, other) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana));
        var (wave, foreign, withdrawn) = (await WaveAsync(desk, incident, 1), await WaveAsync(desk, other, 1), await WaveAsync(desk, incident, 2));
        await WithdrawAsync(desk, withdrawn);
        var add = desk.Get<AddMitigation>();
        AddMitigation.Command Against(params Guid[] waves) => new(Guid.CreateVersion7(), incident.Key, null, MitigationState.Applied, new("Limit", "rate-limit"), Against: waves);

        foreach (var bad in new[] { foreign, withdrawn, Guid.NewGuid() }) Refused.Field("Against", "Mitigation.WaveUnknown", await add.HandleAsync(Against(wave, bad), ana, default));
        var mitigation = (await add.HandleAsync(Against(wave, wave), ana, default)).Value;

        var tie = Assert.Single(await desk.WithContextAsync(db => db.WaveDefences.IgnoreQueryFilters().ToListAsync()));
        Assert.Equal((wave, mitigation.Id), (tie.WaveId, tie.MitigationId));
    }

    private static async Task<Guid> TieAsync(TestDesk desk, Incident incident, Actor actor, int number)
    {
        var wave = await WaveAsync(desk, incident, number);
        await TryAsync(desk, incident, actor, "scrubbing", [wave], (MitigationState.Effective, 1));
        return wave;
    }

    private static Task<int> WithdrawAsync(TestDesk desk, Guid wave) => desk.WithContextAsync(db => db.AttackWaves.IgnoreQueryFilters().Where(w => w.Id == wave).ExecuteUpdateAsync(w => w.SetProperty(x => x.IsWithdrawn, true)));

    /// <param name="verdicts">Minutes after it was applied.</param>
    private static async Task<Guid> TryAsync(TestDesk desk, Incident incident, Actor actor, string kind, Guid[] waves, params (MitigationState State, int Minute)[] verdicts)
    {
        var start = desk.Now.AddHours(-2);
        var mitigation = (await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, null, MitigationState.Applied, new("Try", kind), OccurrenceTime.Exactly(start), Against: waves), actor, default)).Value;
        foreach (var (state, minute) in verdicts)
            mitigation = (await desk.Get<MoveMitigation>().HandleAsync(new(mitigation.Id, mitigation.Version, state, OccurrenceTime.Exactly(start.AddMinutes(minute)), $"because {state}"), actor, default)).Value;
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        return mitigation.Id;
    }

    private static Task<Guid> WaveAsync(TestDesk desk, Incident incident, int number, string vector = "udp-flood", Guid? adaptedTo = null, int minute = 0) => desk.WithContextAsync(async db =>
    {
        var wave = new AttackWave
        {
            Id = Guid.CreateVersion7(),
            IncidentId = incident.Id,
            Number = number,
            Vector = vector,
            FromAt = TestDesk.Noon.AddHours(-2).AddMinutes(minute),
            AdaptedToId = adaptedTo,
            CreatedAt = desk.Now,
            CreatedByName = "Ana",
        };
        db.AttackWaves.Add(wave);
        await db.SaveChangesAsync();
        return wave.Id;
    });
}
