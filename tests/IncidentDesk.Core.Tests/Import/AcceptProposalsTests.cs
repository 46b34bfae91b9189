using System.Text;
using IncidentDesk.Impacts;
using IncidentDesk.Import;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Import;

public sealed class AcceptProposalsTests
{
    private static readonly byte[] File = Encoding.UTF8.GetBytes(Sample.Header + string.Join('\n',
        "2015-07-31T10:00:00Z,Attack on web-03: it is down,attack,,approx,",
        "2015-07-31T11:00:00Z,Site put behind Deflect,mitigation,https://example.org/a,minute,",
        ",Rate limit on the login page,mitigation,,order-only,",
        "2015-07-31T12:00:00Z,They go round what is behind Deflect,attacker-adapts,,minute,",
        "2015-07-31T13:00:00Z,All services back and web-03 too,recovery,,before,"));

    [Theory, EngineData]
    public async Task What_is_chosen_is_done_with_the_entries_and_the_same_again_adds_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var server = await desk.AssetAsync("web-03");

        var preview = (await RunAsync(desk, incident, ana, dryRun: true)).Value;
        Assert.Equal((5, 0, false), (preview.New, preview.Accepted, preview.Applied));
        Assert.Single(await desk.RowsAsync(incident));
        Guid[] all = [.. preview.Proposals.Select(p => p.Id)];
        Assert.Equal(7, all.Length);

        var done = (await RunAsync(desk, incident, ana, accept: all)).Value;
        Assert.Equal((5, 7, true), (done.New, done.Accepted, done.Applied));

        var read = await desk.ReadAsync(incident, ana);
        Assert.Equal(
            (new OccurrenceTime(Sample.Utc("2015-07-31T10:00Z"), Precision.About), new OccurrenceTime(Sample.Utc("2015-07-31T13:00Z"), Precision.Before)),
            (read.When(MilestoneKind.ImpactStarted), read.When(MilestoneKind.Resolved)));
        Assert.Equal(incident.Version + 2, read.Version);
        var mitigations = (await desk.Get<FindMitigations>().HandleAsync(new(IncidentKey: incident.Key), ana, default)).Value.Mitigations.ToDictionary(m => m.Name);
        var (proxy, limit) = (mitigations["reverse-proxy"], mitigations["rate-limit"]);
        Assert.Equal("Site put behind Deflect", proxy.Title);
        Assert.Equal([MitigationState.Applied, MitigationState.Partial, MitigationState.AdaptedAround], proxy.Steps.Select(s => s.State));
        Assert.Equal(("They go round what is behind Deflect", Sample.Utc("2015-07-31T12:00Z")), (proxy.Steps[2].Reason, proxy.Steps[2].At!.Value));
        Assert.Equal((MitigationState.Applied, Precision.OrderOnly), (limit.State, Assert.Single(limit.Steps).Precision));
        var impact = Assert.Single((await desk.Get<ReadImpacts>().HandleAsync(incident.Key, null, ana, default)).Value.Impacts);
        Assert.Equal(
            (server.Id, ImpactState.MajorOutage, ImpactCause.Targeted, new OccurrenceTime(Sample.Utc("2015-07-31T13:00Z"), Precision.Before)), (impact.AssetId, impact.State, impact.Cause, impact.To!));

        var rows = await desk.RowsAsync(incident);
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(r => r.Sequence));
        var lines = rows.Where(r => r.Source is not null).ToList();
        Assert.Equal(new EntryLink("reverse-proxy", MitigationId: proxy.Id), Assert.Single(lines[1].Links!));
        Assert.Equal(new EntryLink("web-03", server.Id), Assert.Single(lines[0].Links!));
        Assert.Equal(rows.Single(r => r.Change is EntryChange.ImpactEnded).Sequence, impact.Sequence);
        // What has no time stands where its line stands.
        Assert.Equal(lines[2].SortAt, rows.Single(r => r.Change is EntryChange.MitigationMoved { Name: "rate-limit" }).SortAt);

        var again = (await RunAsync(desk, incident, ana, accept: all)).Value;
        Assert.Equal((0, 0), (again.New, again.Accepted));
        Assert.Empty((await RunAsync(desk, incident, ana, dryRun: true)).Value.Proposals);
        Assert.Equal(rows.Count, (await desk.RowsAsync(incident)).Count);
        Assert.Equal(read.Version, (await desk.ReadAsync(incident, ana)).Version);
    }

    [Theory, EngineData]
    public async Task What_is_left_out_is_offered_again_and_can_be_chosen_later(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await RunAsync(desk, incident, ana);
        Assert.Null((await desk.ReadAsync(incident, ana)).When(MilestoneKind.ImpactStarted));

        var offered = (await RunAsync(desk, incident, ana, dryRun: true)).Value;
        Assert.Equal(0, offered.New);
        var plain = offered.Proposals.Where(p => p.IsPlain).Select(p => p.Id).ToList();
        var done = (await RunAsync(desk, incident, ana, accept: plain)).Value;
        Assert.Equal((0, plain.Count), (done.New, done.Accepted));
        Assert.Equal(["mitigation", "mitigation.adapted-around"], (await RunAsync(desk, incident, ana, dryRun: true)).Value.Proposals.Select(p => p.Act.Key).Order());
    }

    [Theory, EngineData]
    public async Task What_cannot_be_done_keeps_everything_out(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var offered = (await RunAsync(desk, incident, ana, dryRun: true)).Value.Proposals;
        var adapted = offered.Single(p => p.Act is ProposedAct.Move);

        var needs = Refused.Field("Accept", "Import.ProposalNeedsAnother", await RunAsync(desk, incident, ana, accept: [.. offered.Where(p => p.Act is not ProposedAct.PutUp).Select(p => p.Id)]));
        Assert.Equal([adapted.Line, "Site put behind Deflect"], needs.Args);
        Refused.Field("Accept", "Import.ProposalUnknown", await RunAsync(desk, incident, ana, accept: [Guid.NewGuid()]));

        Assert.Single(await desk.RowsAsync(incident));
        Assert.Null((await desk.ReadAsync(incident, ana)).When(MilestoneKind.ImpactStarted));
        Assert.Empty((await desk.Get<FindMitigations>().HandleAsync(new(), ana, default)).Value.Mitigations);
    }

    [Theory, EngineData]
    public async Task When_the_database_fails_half_way_nothing_is_kept(Engine engine)
    {
        var breaking = new BreakingInserts();
        await using var desk = await TestDesk.OpenAsync(engine, breaking);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        Guid[] all = [.. (await RunAsync(desk, incident, ana, dryRun: true)).Value.Proposals.Select(p => p.Id)];

        breaking.Break = true;
        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(desk, incident, ana, accept: all));
        breaking.Break = false;

        Assert.Single(await desk.RowsAsync(incident));
        Assert.Empty((await desk.Get<FindMitigations>().HandleAsync(new(), ana, default)).Value.Mitigations);
        Assert.Equal(all.Length, (await RunAsync(desk, incident, ana, accept: all)).Value.Accepted);
    }

    [Theory, EngineData]
    public async Task A_line_moves_what_was_up_before_it_and_nothing_that_came_later(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        async Task<Guid> UpAsync(string title, OccurrenceTime when)
        {
            var id = Guid.CreateVersion7();
            Assert.True((await desk.Get<AddMitigation>().HandleAsync(new(id, incident.Key, null, MitigationState.Applied, new MitigationFacts(title, "other"), when), ana, default)).Succeeded);
            return id;
        }
        var before = await UpAsync("Before", OccurrenceTime.Exactly(Sample.Utc("2015-07-31T09:00Z")));
        await UpAsync("Later", OccurrenceTime.Exactly(Sample.Utc("2015-07-31T11:00Z")));
        await UpAsync("Who knows when", OccurrenceTime.OrderOnly);

        var file = Encoding.UTF8.GetBytes(Sample.Header + "2015-07-31T10:00:00Z,Filter taken out,mitigation-reverted,,minute,");
        var import = desk.Get<ImportTimeline>();
        var offered = Assert.Single((await import.HandleAsync(new(incident.Key, file, TimelineFormat.Csv, DryRun: true), ana, default)).Value.Proposals);
        Assert.Equal((new ProposedAct.Move(before, "Before", MitigationState.Reverted, null), true), (offered.Act, offered.IsPlain));
        for (var time = 0; time < 2; time++)
            Assert.Equal(1 - time, (await import.HandleAsync(new(incident.Key, file, TimelineFormat.Csv, DryRun: false, [offered.Id]), ana, default)).Value.Accepted);
    }

    [Theory, EngineData]
    public async Task A_mitigation_that_serves_another_incident_too_is_not_moved(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var put = (await RunAsync(desk, incident, ana, dryRun: true)).Value.Proposals.First(p => p.Act is ProposedAct.PutUp);
        await RunAsync(desk, incident, ana, accept: [put.Id]);
        Assert.Contains((await RunAsync(desk, incident, ana, dryRun: true)).Value.Proposals, p => p.Act is ProposedAct.Move);

        var other = await desk.DeclareAsync(ana, "Another");
        Assert.True((await desk.Get<ServeIncident>().HandleAsync(new(put.Id, other.Key, Serves: true), ana, default)).Succeeded);
        Assert.DoesNotContain((await RunAsync(desk, incident, ana, dryRun: true)).Value.Proposals, p => p.Act is ProposedAct.Move { Title: "Site put behind Deflect" });
    }

    [Theory]
    [EngineData(PersonRole.Observer)]
    [EngineData(PersonRole.Leadership)]
    public async Task Only_responders_import(Engine engine, PersonRole role)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var incident = await desk.DeclareAsync(await desk.PersonAsync());
        var reader = await desk.PersonAsync(role, "Lee");

        Refused.Forbidden("Import.MayNotImport", await RunAsync(desk, incident, reader, dryRun: true));
        Refused.Forbidden("Import.MayNotImport", await RunAsync(desk, incident, reader, accept: [Guid.NewGuid()]));
        Assert.Single(await desk.RowsAsync(incident));
    }

    private static Task<Result<ImportTimeline.Outcome>> RunAsync(TestDesk desk, Incident incident, Actor actor, bool dryRun = false, IReadOnlyCollection<Guid>? accept = null) =>
        desk.Get<ImportTimeline>().HandleAsync(new(incident.Key, File, TimelineFormat.Csv, dryRun, accept), actor, default);
}
