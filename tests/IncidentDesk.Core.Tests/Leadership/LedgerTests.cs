using System.Text;
using IncidentDesk.Assets;
using IncidentDesk.Audit;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Leadership;

public sealed class LedgerTests
{
    [Theory, EngineData]
    public async Task A_member_sees_what_hit_its_sites_and_nothing_of_others(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, eva) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer, "Eva"));
        var (_, servers, sites) = await desk.NetworkAsync(1, 3);
        var (mine, other) = (sites[0], sites[1]);
        var second = await desk.AssetAsync("=second.example.org", AssetKind.MemberSite, servers[0]);
        await desk.SqlAsync($"UPDATE \"Assets\" SET \"MemberId\" = {mine.MemberId} WHERE \"Id\" = {second.Id}");
        var open = await desk.DeclareAsync(ana, "Flood against Member 2");
        var hidden = await desk.DeclareAsync(ana, "Between us", restricted: true);
        var mark = desk.Get<MarkImpact>();
        foreach (var (incident, asset, cause) in new[] { (open, mine, ImpactCause.Collateral), (open, second, ImpactCause.Collateral), (open, other, ImpactCause.Targeted), (hidden, mine, ImpactCause.Targeted) })
            Assert.True((await mark.HandleAsync(new(Guid.CreateVersion7(), incident.Key, asset.Id, ImpactState.MajorOutage, cause), ana, default)).Succeeded);
        desk.Clock.Advance(TimeSpan.FromHours(3));
        await desk.Get<EndImpact>().HandleAsync(new(open.Key, mine.Id), ana, default);
        desk.Clock.Advance(TimeSpan.FromHours(1));

        var ledger = (await desk.Get<ReadLedger>().HandleAsync(mine.MemberId!.Value, ana, default)).Value;
        Assert.Equal([("=second.example.org", 4.0, false), ("site-0001.example.org", 3.0, true)], ledger.Rows.Select(r => (r.Site, r.Hours.AtLeast.TotalHours, r.To is not null)));
        var year = Assert.Single(ledger.Years);
        // Two sites of one member at once are one member.
        Assert.Equal((2026, 1, 4.0, 4.0), (year.Number, year.Incidents, year.All.AtLeast.TotalHours, year.ByCause[ImpactCause.Collateral].AtLeast.TotalHours));
        Assert.Equal(hidden.Key, Assert.Single(ledger.LeftOut).IncidentKey);
        Assert.Equal(1, await desk.WithContextAsync(db => db.AuditEvents.CountAsync(e => e.Kind == AuditKind.RestrictedRead && e.ActorId == ana.PersonId && e.SubjectId == hidden.Key)));

        var csv = Encoding.UTF8.GetString(ledger.ToCsv());
        Assert.Contains("'=second.example.org", csv, StringComparison.Ordinal);
        Assert.Contains($"{open.Key},SEV2,site-0001.example.org,MajorOutage,Collateral,2026-03-14T12:00:00Z,exact,2026-03-14T15:00:00Z,exact,180,180,", csv, StringComparison.Ordinal);
        foreach (var foreign in new[] { hidden.Key, "Flood", "Member 2", other.Name, "Between us" }) Assert.DoesNotContain(foreign, csv, StringComparison.Ordinal);

        Assert.Empty((await desk.Get<ReadLedger>().HandleAsync(mine.MemberId.Value, eva, default)).Value.LeftOut);
        Assert.Equal("Member.NotFound", (await desk.Get<ReadLedger>().HandleAsync(Guid.Empty, eva, default)).Error!.Code);
    }

    [Theory, EngineData]
    public async Task A_file_that_is_taken_out_stands_in_the_audit_trail(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, eva) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Eva"));
        var site = (await desk.NetworkAsync(1, 1)).Sites[0];
        var incident = await desk.DeclareAsync(ana);
        await desk.Get<MarkImpact>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, site.Id, ImpactState.Degraded, ImpactCause.Targeted), ana, default);
        var export = desk.Get<ExportFigures>();

        Assert.StartsWith("figure,", Encoding.UTF8.GetString((await export.HandleAsync(Figure.Targets, Period.Year(2026), eva, default)).Value), StringComparison.Ordinal);
        Assert.True((await export.HandleAsync(null, Period.All, ana, default)).Succeeded);
        Assert.StartsWith("incident,", Encoding.UTF8.GetString((await export.LedgerAsync(site.MemberId!.Value, eva, default)).Value), StringComparison.Ordinal);
        // What was refused left nothing.
        Assert.Equal("Leadership.TargetsHidden", (await export.HandleAsync(Figure.Targets, Period.All, ana, default)).Error!.Code);
        Assert.Equal("Member.NotFound", (await export.LedgerAsync(Guid.Empty, eva, default)).Error!.Code);

        var lines = await desk.WithContextAsync(db => db.AuditEvents.Where(e => e.Kind == AuditKind.Exported).OrderBy(e => e.Id).ToListAsync());
        Assert.Equal(["Eva", "Ana", "Eva"], lines.Select(l => l.ActorName));
        Assert.Equal(("leadership", """{"format":"Csv","figure":"targets","from":"2026-01-01","to":"2026-12-31","rows":1}"""), (lines[0].SubjectId, lines[0].After));
        Assert.Contains("\"figure\":\"all\",\"from\":null", lines[1].After, StringComparison.Ordinal);
        Assert.Equal((site.MemberId!.Value.ToString(), """{"format":"Csv","rows":1}"""), (lines[2].SubjectId, lines[2].After));
    }

    [Theory, EngineData]
    public async Task The_ledger_counts_what_is_certain_and_what_is_possible_by_the_standing_revision(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var site = (await desk.NetworkAsync(1, 1)).Sites[0];
        var incident = await desk.DeclareAsync(ana);
        var id = Guid.CreateVersion7();
        await desk.Get<MarkImpact>().HandleAsync(new(id, incident.Key, site.Id, ImpactState.Degraded, ImpactCause.Targeted), ana, default);
        desk.Clock.Advance(TimeSpan.FromHours(6));
        // From about 8:00 to before 14:00: nothing certain, six hours at most.
        var impact = (await desk.WithContextAsync(db => db.Impacts.IgnoreQueryFilters().AsNoTracking().SingleAsync()));
        Assert.True((await desk.Get<CorrectImpact>().HandleAsync(new(
            incident.Key, impact.ImpactId, 1, ImpactState.MajorOutage, ImpactCause.Precaution, new(TestDesk.Noon.AddHours(-4), Precision.About), new(TestDesk.Noon.AddHours(2), Precision.Before), ""), ana, default)).Succeeded);
        var row = Assert.Single((await desk.Get<ReadLedger>().HandleAsync(site.MemberId!.Value, ana, default)).Value.Rows);
        Assert.Equal((ImpactCause.Precaution, TimeSpan.Zero, TimeSpan.FromHours(6), true), (row.Cause, row.Hours.AtLeast, row.Hours.AtMost, row.Hours.IsAbout));
    }
}
