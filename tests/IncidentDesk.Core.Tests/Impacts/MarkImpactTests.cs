using IncidentDesk.Assets;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Impacts;

public sealed class MarkImpactTests
{
    private static readonly OccurrenceTime Since = new(TestDesk.Noon.AddHours(-2), Precision.About);

    [Theory, EngineData]
    public async Task An_uplink_goes_down_with_all_behind_it_in_one_entry_and_comes_back_in_one(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (uplink, _, _) = await desk.NetworkAsync(2, 6);
        var behind = await BehindAsync(desk, uplink, ana);
        Assert.Equal(8, behind.Count);

        var marked = (await MarkAsync(desk, incident, uplink, ana, behind: behind, evidence: "the graph is flat")).Value;
        Assert.Equal(9, marked.Count);
        Assert.Equal((uplink.Id, ImpactCause.Targeted), (marked[0].AssetId, marked[0].Cause));
        Assert.All(marked.Skip(1), i => Assert.Equal((ImpactCause.Collateral, uplink.Id, Since), (i.Cause, i.BehindId!.Value, i.From)));

        var row = (await desk.RowsAsync(incident))[^1];
        Assert.Equal((EntryKind.Impact, "the graph is flat", Since), (row.Kind, row.Body, row.When));
        Assert.Equal(new EntryChange.ImpactMarked("uplink-a", 8, ImpactState.MajorOutage, ImpactCause.Targeted, Since), row.Change);
        Assert.Equal(new EntryLink("uplink-a", uplink.Id), Assert.Single(row.Links!));
        Assert.All(marked, i => Assert.Equal(row.Sequence, i.Sequence));

        var to = OccurrenceTime.Exactly(desk.Now);
        var ended = (await desk.Get<EndImpact>().HandleAsync(new(incident.Key, uplink.Id, to, Reason: "carrier says it is over"), ana, default)).Value;
        Assert.Equal(9, ended.Count);
        Assert.All(ended, i => Assert.Equal((2, to), (i.Revision, i.To)));
        Assert.Equal(new EntryChange.ImpactEnded("uplink-a", 8, to), (await desk.RowsAsync(incident))[^1].Change);
        Assert.Equal(3, (await desk.RowsAsync(incident)).Count);

        Assert.Empty((await desk.Get<EndImpact>().HandleAsync(new(incident.Key, uplink.Id), ana, default)).Value);
        Assert.Equal(3, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task What_sits_behind_something_else_that_is_down_does_not_come_back_with_the_first(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (uplink, servers, sites) = await desk.NetworkAsync(2, 6);
        var onServer = await BehindAsync(desk, servers[0], ana);
        await MarkAsync(desk, incident, uplink, ana, behind: [.. sites.Select(s => s.Id)]);
        await MarkAsync(desk, incident, servers[0], ana, behind: onServer);

        var back = (await desk.Get<EndImpact>().HandleAsync(new(incident.Key, uplink.Id), ana, default)).Value;
        Assert.Equal(4, back.Count);
        var open = (await desk.Get<ReadImpacts>().HandleAsync(incident.Key, null, ana, default)).Value;
        Assert.Equal(onServer.Append(servers[0].Id).Order(), open.Impacts.Where(i => i.IsOpen).Select(i => i.AssetId).Order());
        Assert.Equal(3, open.Now.Members);

        Assert.Equal(4, (await desk.Get<EndImpact>().HandleAsync(new(incident.Key, servers[0].Id), ana, default)).Value.Count);
        Assert.DoesNotContain((await desk.Get<ReadImpacts>().HandleAsync(incident.Key, null, ana, default)).Value.Impacts, i => i.IsOpen);
    }

    [Theory, EngineData]
    public async Task A_revision_does_not_take_back_since_when_something_is_known(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (_, _, sites) = await desk.NetworkAsync(1, 1);
        var marked = (await MarkAsync(desk, incident, sites[0], ana, from: OccurrenceTime.OrderOnly)).Value[0];
        var known = desk.Now;
        desk.Clock.Advance(TimeSpan.FromHours(3));
        await desk.Get<CorrectImpact>().HandleAsync(new(incident.Key, marked.ImpactId, 1, marked.State, marked.Cause, marked.From, null, "two graphs"), ana, default);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Get<EndImpact>().HandleAsync(new(incident.Key, sites[0].Id, OccurrenceTime.OrderOnly), ana, default);
        desk.Clock.Advance(TimeSpan.FromHours(5));
        var over = (await desk.Get<ReadImpacts>().RevisionsAsync(incident.Key, marked.ImpactId, ana, default)).Value[^1];
        await desk.Get<CorrectImpact>().HandleAsync(new(incident.Key, marked.ImpactId, 3, over.State, over.Cause, over.From, over.To, "three graphs"), ana, default);

        var during = (await desk.Get<ReadImpacts>().HandleAsync(incident.Key, known.AddHours(2), ana, default)).Value;
        Assert.Equal(1, during.Now.Members);
        Assert.Equal(0, (await desk.Get<ReadImpacts>().HandleAsync(incident.Key, known.AddHours(5), ana, default)).Value.Now.Members);
        // Down when marked at the latest, and over when it was marked so at the latest: 4 hours are possible, none is certain.
        Assert.Equal((TimeSpan.Zero, 1), (during.InTotal.MemberHours.AtLeast, during.InTotal.UnknownEnds));
    }

    [Theory, EngineData]
    public async Task The_same_mark_twice_is_answered_with_what_it_made(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (uplink, _, _) = await desk.NetworkAsync(1, 2);
        var (id, behind) = (Guid.CreateVersion7(), await BehindAsync(desk, uplink, ana));

        var first = (await MarkAsync(desk, incident, uplink, ana, id, behind: behind)).Value;
        var again = (await MarkAsync(desk, incident, uplink, ana, id, behind: behind)).Value;

        Assert.Equal(first.Select(i => i.RowId).Order(), again.Select(i => i.RowId).Order());
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
        var other = await desk.AssetAsync("web-99");
        Refused.Field("MarkId", "Impact.IdTaken", await MarkAsync(desk, incident, other, ana, id));
    }

    [Theory, EngineData]
    public async Task Two_people_who_mark_the_same_at_once_leave_one_impact_and_nobody_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => desk.PersonAsync(name: $"P{n}")));
        var incident = await desk.DeclareAsync(people[0]);
        var (uplink, _, _) = await desk.NetworkAsync(1, 5);
        var behind = await BehindAsync(desk, uplink, people[0]);

        var answers = await Task.WhenAll(people.Select(p => MarkAsync(desk, incident, uplink, p, behind: behind)));

        Assert.All(answers, a => Assert.True(a.Succeeded));
        Assert.Single(answers.Select(a => a.Value[0].ImpactId).Distinct());
        Assert.Equal(7, await desk.WithContextAsync(db => db.Impacts.IgnoreQueryFilters().CountAsync()));
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task Another_state_is_an_interval_of_its_own_and_the_worst_counts(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var server = await desk.AssetAsync("web-11");
        await MarkAsync(desk, incident, server, ana, state: ImpactState.Degraded);
        await MarkAsync(desk, incident, server, ana, state: ImpactState.MajorOutage);

        var picture = (await desk.Get<ReadImpacts>().HandleAsync(incident.Key, null, ana, default)).Value;
        Assert.Equal((2, 1), (picture.Impacts.Count, picture.Now.Assets));
    }

    [Theory, EngineData]
    public async Task What_is_hit_as_badly_already_is_left_as_it_is(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (uplink, servers, sites) = await desk.NetworkAsync(1, 3);
        await MarkAsync(desk, incident, sites[0], ana, state: ImpactState.MajorOutage);
        await MarkAsync(desk, incident, sites[1], ana, state: ImpactState.Degraded);

        var marked = (await MarkAsync(desk, incident, uplink, ana, state: ImpactState.PartialOutage, behind: await BehindAsync(desk, uplink, ana))).Value;
        Assert.Equal(new[] { servers[0].Id, sites[1].Id, sites[2].Id }.Order(), marked.Skip(1).Select(i => i.AssetId).Order());
    }

    [Theory, EngineData]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_kept(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (uplink, servers, _) = await desk.NetworkAsync(1, 1);
        var stranger = await desk.AssetAsync("mail-1");
        await desk.SqlAsync($"""UPDATE "Assets" SET "RetiredAt" = {desk.Now} WHERE "Id" = {stranger.Id}""");

        Refused.Field("AssetId", "Asset.Retired", await MarkAsync(desk, incident, stranger, ana));
        Refused.Field("Behind", "Impact.NotBehind", await MarkAsync(desk, incident, servers[0], ana, behind: [uplink.Id]));
        Refused.Field("From", "Time.InFuture", await MarkAsync(desk, incident, uplink, ana, from: OccurrenceTime.Exactly(desk.Now.AddHours(1))));
        Refused.Field("Evidence", "Text.ControlCharacter", await MarkAsync(desk, incident, uplink, ana, evidence: "a\0b"));
        Refused.NotFound("Asset.NotFound", await desk.Get<MarkImpact>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, Guid.NewGuid(), ImpactState.Degraded, ImpactCause.Targeted), ana, default));
        Refused.Forbidden("Incident.MayNotChange", await MarkAsync(desk, incident, uplink, await desk.PersonAsync(PersonRole.Leadership)));

        await MarkAsync(desk, incident, uplink, ana, from: OccurrenceTime.Exactly(desk.Now.AddMinutes(-10)));
        Refused.Field("To", "Impact.EndsBeforeStart", await desk.Get<EndImpact>().HandleAsync(new(incident.Key, uplink.Id, OccurrenceTime.Exactly(desk.Now.AddMinutes(-20))), ana, default));
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task A_correction_is_a_revision_and_a_stale_one_shows_what_stands(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var incident = await desk.DeclareAsync(ana);
        var server = await desk.AssetAsync("web-11");
        var impact = (await MarkAsync(desk, incident, server, ana)).Value[0];
        CorrectImpact.Command Correct(int revision, ImpactState state, bool withdrawn = false) =>
            new(incident.Key, impact.ImpactId, revision, state, ImpactCause.Collateral, Since, null, "seen in the log", withdrawn, "it was the neighbour");

        var corrected = (await desk.Get<CorrectImpact>().HandleAsync(Correct(1, ImpactState.Degraded), ana, default)).Value;
        Assert.Equal((2, ImpactState.Degraded), (corrected.Revision, corrected.State));
        Assert.Equal(ImpactState.Degraded, Refused.Conflict<Impact, Impact>("Impact.Conflict", await desk.Get<CorrectImpact>().HandleAsync(Correct(1, ImpactState.PartialOutage), beto, default)).State);
        // The same correction by somebody else has been made already.
        Assert.Equal(2, (await desk.Get<CorrectImpact>().HandleAsync(Correct(1, ImpactState.Degraded), beto, default)).Value.Revision);

        var row = (await desk.RowsAsync(incident))[^1];
        Assert.Equal("it was the neighbour", row.Body);
        Assert.Equal((ImpactState.MajorOutage, ImpactState.Degraded), (Assert.IsType<EntryChange.ImpactCorrected>(row.Change).From.State, ((EntryChange.ImpactCorrected)row.Change!).To.State));

        await desk.Get<CorrectImpact>().HandleAsync(Correct(2, ImpactState.Degraded, withdrawn: true), ana, default);
        Assert.Empty((await desk.Get<ReadImpacts>().HandleAsync(incident.Key, null, ana, default)).Value.Impacts);
        Assert.Equal([1, 2, 3], (await desk.Get<ReadImpacts>().RevisionsAsync(incident.Key, impact.ImpactId, beto, default)).Value.Select(i => i.Revision));
    }

    [Theory, EngineData]
    public async Task Rows_are_never_changed_or_deleted(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await MarkAsync(desk, await desk.DeclareAsync(ana), await desk.AssetAsync("web-11"), ana);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => desk.SqlAsync($"""UPDATE "Impacts" SET "Evidence" = 'x'"""));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => desk.SqlAsync($"""DELETE FROM "Impacts" """));
    }

    [Theory, EngineData]
    public async Task The_history_of_an_asset_shows_only_incidents_that_the_reader_may_see(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var server = await desk.AssetAsync("web-11");
        var (open, closed) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        await MarkAsync(desk, open, server, ana);
        await MarkAsync(desk, closed, server, ana);

        Assert.Equal(2, (await desk.Get<ReadImpacts>().OfAssetAsync(server.Id, ana, default)).Value.Count);
        Assert.Equal(open.Key, Assert.Single((await desk.Get<ReadImpacts>().OfAssetAsync(server.Id, beto, default)).Value).IncidentKey);
        Refused.NotFound("Incident.NotFound", await desk.Get<ReadImpacts>().HandleAsync(closed.Key, null, beto, default));
        Refused.NotFound("Incident.NotFound", await MarkAsync(desk, closed, server, beto));
    }

    private static async Task<IReadOnlyList<Guid>> BehindAsync(TestDesk desk, Asset asset, Actor actor) =>
        [.. (await desk.Get<FindAssets>().BehindAsync(asset.Id, actor, default)).Value.Select(a => a.Id)];

    private static Task<Result<IReadOnlyList<Impact>>> MarkAsync(
        TestDesk desk, Incident incident, Asset asset, Actor actor, Guid? id = null, ImpactState state = ImpactState.MajorOutage, OccurrenceTime? from = null, string? evidence = null, IReadOnlyList<Guid>? behind = null) =>
        desk.Get<MarkImpact>().HandleAsync(new(id ?? Guid.CreateVersion7(), incident.Key, asset.Id, state, ImpactCause.Targeted, from ?? Since, evidence, behind), actor, default);
}
