using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Examples;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Examples;

public sealed class LoadExamplesTests
{
    [Theory, EngineData]
    public async Task The_numbers_of_2014_agree_with_the_press_release(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        Assert.Equal(["INC-2014-001", "INC-2015-001", "INC-2018-001", "INC-2018-002", "INC-2025-001", "INC-2015-002", "INC-2015-003", "INC-2016-001"], (await desk.Get<LoadExamples>().HandleAsync(ana, default)).Value);

        // About 06:00 to "by 08:45" Eastern, the two targets about an hour later; "more than half" of 850.
        var began = new DateTime(2014, 8, 18, 10, 0, 0, DateTimeKind.Utc);
        var incident = (await desk.Get<FindIncidents>().ByKeyAsync("INC-2014-001", ana, default)).Value;
        Assert.Equal(
            (new(began, Precision.About), new(began.AddMinutes(165), Precision.Before), new(began.AddMinutes(225), Precision.About), null),
            (incident.When(MilestoneKind.ImpactStarted)!, incident.When(MilestoneKind.Mitigated)!, incident.When(MilestoneKind.Resolved)!, incident.When(MilestoneKind.Declared)));
        Assert.Equal((Precision.Day, IncidentStatus.Closed), (incident.When(MilestoneKind.FirstPublicWord)!.Precision, incident.Status));
        var then = (await ReadAsync(desk, "INC-2014-001", began.AddHours(1), ana)).Now;
        Assert.Equal((426, 426, 850, 2, 424), (then.Members, then.Sites, then.AllMembers, then.ByCause[ImpactCause.Targeted], then.ByCause[ImpactCause.Collateral]));
        Assert.Equal(2, (await ReadAsync(desk, "INC-2014-001", began.AddHours(3), ana)).Now.Members);
        Assert.Equal(0, (await ReadAsync(desk, "INC-2014-001", began.AddHours(4), ana)).Now.Members);
        var sum = (await ReadAsync(desk, "INC-2014-001", null, ana)).InTotal;
        Assert.Equal((426, 0, 7.5, 1173.5), (sum.Ever.Members, sum.Open, sum.MemberHours.AtLeast.TotalHours, sum.MemberHours.AtMost!.Value.TotalHours));
        // Which mitigations restored service was not published.
        Assert.Empty(await MitigationsAsync(desk, "INC-2014-001", ana));
    }

    [Theory, EngineData]
    public async Task Of_2015_and_the_others_what_is_known_stands_and_what_is_not_is_unknown(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await desk.Get<LoadExamples>().HandleAsync(ana, default);

        var incident = (await desk.Get<FindIncidents>().ByKeyAsync("INC-2015-001", ana, default)).Value;
        Assert.Equal((null, null, Precision.Day), (incident.When(MilestoneKind.Mitigated), incident.When(MilestoneKind.Resolved), incident.When(MilestoneKind.FirstPublicWord)!.Precision));
        var mitigations = await MitigationsAsync(desk, "INC-2015-001", ana);
        Assert.Equal(["capacity", "dns-relocate", "other", "reverse-proxy", "upstream-acl"], mitigations.Select(m => m.Kind).Order());
        Assert.All(mitigations.Where(m => m.Kind is "capacity" or "dns-relocate" or "upstream-acl"), m => Assert.Equal(Precision.OrderOnly, Assert.Single(m.Steps).Precision));
        var picture = await ReadAsync(desk, "INC-2015-001", new(2015, 7, 31, 12, 0, 0, DateTimeKind.Utc), ana);
        Assert.Equal((850, 6), (picture.Now.Members, picture.Impacts.Count(i => i.BehindId is null)));
        Assert.Equal(0, picture.InTotal.Open);
        Assert.Null(picture.Impacts.Single(i => i.Asset!.Name == "www.example.org").To!.At);

        async Task<string> StatesAsync(string key) => string.Join(' ', Assert.Single(await MitigationsAsync(desk, key, ana)).Steps.Select(s => s.State));
        Assert.Equal("Applied Partial AdaptedAround", await StatesAsync("INC-2018-001"));
        Assert.Equal("Applied", await StatesAsync("INC-2018-002"));
        Assert.Equal("Applied Harmful Reverted", await StatesAsync("INC-2025-001"));
        Assert.Equal(Precision.After, (await desk.Get<FindIncidents>().ByKeyAsync("INC-2018-001", ana, default)).Value.When(MilestoneKind.ImpactStarted)!.Precision);
    }

    [Theory, EngineData]
    public async Task The_waves_say_what_the_record_says_and_no_more(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await desk.Get<LoadExamples>().HandleAsync(ana, default);
        async Task<IReadOnlyList<AttackWave>> WavesAsync(string key) => (await desk.Get<FindWaves>().HandleAsync(key, ana, default)).Value;

        var campaign = await WavesAsync("INC-2015-001");
        Assert.Equal("unknown unknown unknown unknown unknown", string.Join(' ', campaign.Select(w => w.Vector)));
        Assert.Equal("Day Before About OrderOnly OrderOnly", string.Join(' ', campaign.Select(w => w.FromPrecision)));
        Assert.Equal("2", string.Join(' ', campaign.Where(w => w.AdaptedTo?.Kind == "reverse-proxy").Select(w => w.Number)));
        Assert.Equal("2", string.Join(' ', campaign.Where(w => w.AdaptedToId is not null).Select(w => w.Number)));
        Assert.All(campaign.SelectMany(w => w.Targets), t => Assert.True(t.Asset!.IsInvented));
        Assert.Equal("1 1 1 3 0", string.Join(' ', campaign.Select(w => w.Targets.Count)));
        Assert.Equal(20e9, Assert.Single(campaign, w => w.Magnitude is not null).Magnitude);

        Assert.Equal("unknown infrastructure-ip", string.Join(' ', (await WavesAsync("INC-2018-001")).Select(w => w.Vector)));
        Assert.NotNull((await WavesAsync("INC-2018-001"))[1].AdaptedTo);
        Assert.Equal(("memcached-amplification", 1.35e12, 1), Assert.Single((await WavesAsync("INC-2018-002")).Select(w => (w.Vector, w.Magnitude!.Value, w.Defences.Count))));
        Assert.Equal("unknown unknown upstream", string.Join(' ', (await WavesAsync("INC-2015-002")).Select(w => w.Vector)));
        Assert.Single((await WavesAsync("INC-2015-002"))[2].Defences);
        Assert.Equal("Day Day Day Day Day OrderOnly OrderOnly", string.Join(' ', (await WavesAsync("INC-2015-003")).Select(w => w.FromPrecision)));
        Assert.Equal([620e9, 555e9], (await WavesAsync("INC-2016-001")).Select(w => w.Magnitude!.Value));
        foreach (var key in new[] { "INC-2015-001", "INC-2015-002", "INC-2015-003", "INC-2016-001", "INC-2018-001", "INC-2018-002" })
            Assert.All(await WavesAsync(key), w => Assert.True(w.Notes.Length > 0 && w.To is not null));
    }

    [Theory, EngineData]
    public async Task Loading_again_adds_nothing_and_completes_what_an_earlier_desk_had(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var load = desk.Get<LoadExamples>();
        // As examples were before: declared, and closed without anything else.
        var old = (await desk.Get<DeclareIncident>().HandleAsync(
            new("DoS against two members' web sites saturates upstream link", Severity.Sev1, new(new DateTime(2014, 8, 18, 10, 0, 0, DateTimeKind.Utc), Precision.About), IncidentId: new("01478a4e-0818-7000-8000-000000002014")), ana, default)).Value;
        await desk.Get<ChangeIncident>().HandleAsync(new(old.Key, old.Version, Status: IncidentStatus.Closed), ana, default);

        Assert.True((await load.HandleAsync(ana, default)).Succeeded);
        Assert.NotNull((await desk.ReadAsync(old, ana)).When(MilestoneKind.Resolved));
        Assert.Equal(427, (await ReadAsync(desk, old.Key, null, ana)).InTotal.Ever.Assets);
        var before = await CountAsync(desk);
        Assert.True((await load.HandleAsync(ana, default)).Succeeded);
        Assert.Equal(before, await CountAsync(desk));
    }

    [Theory, EngineData]
    public async Task Every_name_of_the_inventory_is_marked_as_invented_and_a_desk_with_members_of_its_own_gets_none(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await desk.Get<LoadExamples>().HandleAsync(ana, default);
        await using (var db = await desk.OpenContextAsync())
        {
            Assert.Equal((850, 850), (await db.Members.CountAsync(m => m.IsInvented), await db.Assets.CountAsync(a => a.IsInvented && a.Kind == AssetKind.MemberSite)));
            Assert.Equal((0, 0), (await db.Members.CountAsync(m => !m.IsInvented), await db.Assets.CountAsync(a => !a.IsInvented || !a.Name.EndsWith(".example.org"))));
            Assert.Equal((1, 45), (await db.Assets.CountAsync(a => a.Kind == AssetKind.Uplink), await db.Assets.CountAsync(a => a.Kind == AssetKind.Server)));
        }

        await using var real = await TestDesk.OpenAsync(engine);
        var ben = await real.PersonAsync();
        await real.MemberAsync("A member of theirs");
        Assert.Equal(8, (await real.Get<LoadExamples>().HandleAsync(ben, default)).Value.Count);
        Assert.Equal(1, await real.WithContextAsync(db => db.Members.CountAsync()));
        Assert.Equal(0, await real.WithContextAsync(db => db.Impacts.IgnoreQueryFilters().CountAsync()));
    }

    private static async Task<ReadImpacts.Picture> ReadAsync(TestDesk desk, string key, DateTime? at, Actor actor) => (await desk.Get<ReadImpacts>().HandleAsync(key, at, actor, default)).Value;

    private static async Task<IReadOnlyList<Mitigation>> MitigationsAsync(TestDesk desk, string key, Actor actor) =>
        (await desk.Get<FindMitigations>().HandleAsync(new(IncidentKey: key), actor, default)).Value.Mitigations;

    private static Task<(int, int, int, int, int, int)> CountAsync(TestDesk desk) => desk.WithContextAsync(async db => (
        await db.Entries.IgnoreQueryFilters().CountAsync(), await db.Impacts.IgnoreQueryFilters().CountAsync(), await db.Mitigations.IgnoreQueryFilters().CountAsync(),
        await db.AttackWaves.IgnoreQueryFilters().CountAsync(), await db.Assets.CountAsync(), await db.Incidents.IgnoreQueryFilters().SumAsync(i => i.Version)));
}
