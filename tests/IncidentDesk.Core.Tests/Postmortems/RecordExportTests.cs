using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

public sealed class RecordExportTests
{
    [Theory, EngineData]
    public async Task What_somebody_takes_for_the_team_stands_in_the_record_and_the_audit_trail_and_not_in_the_log(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var lucia = await desk.PersonAsync(PersonRole.Leadership, "Lucía");
        var incident = await desk.DeclareAsync(await desk.PersonAsync());
        var rows = (await desk.RowsAsync(incident)).Count;

        var kept = (await desk.Get<RecordExport>().HandleAsync(Command(incident.Key, Audience.Internal), lucia, default)).Value;

        var listed = (await desk.Get<ReadExports>().HandleAsync(incident.Key, lucia, default)).Value;
        Assert.Equal((kept.Id, "Lucía", TestDesk.Noon, "pdf", "es", 12L, "ab"), (Assert.Single(listed.Exports).Id, listed.Exports[0].ByName, listed.Exports[0].At, listed.Exports[0].Format, listed.Exports[0].Language, listed.Exports[0].Size, listed.Exports[0].Sha256));
        Assert.Equal((true, 1, null), (listed.MayExport, listed.All, listed.Language));
        Assert.Empty(listed.Documents);
        Assert.Equal(rows, (await desk.RowsAsync(incident)).Count);
        Assert.Contains("\"sha256\":\"ab\"", Assert.Single(await AuditAsync(desk)).After, StringComparison.Ordinal);
    }

    [Theory, EngineData]
    public async Task What_leaves_the_house_stands_in_the_log_too(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var lucia = await desk.PersonAsync(PersonRole.Leadership, "Lucía");
        var incident = await desk.DeclareAsync(await desk.PersonAsync());

        foreach (var audience in new[] { Audience.Members, Audience.Public, Audience.Evidence })
            Assert.True((await desk.Get<RecordExport>().HandleAsync(Command(incident.Key, audience), lucia, default)).Succeeded);

        var left = (await desk.RowsAsync(incident)).Where(r => r.Change is EntryChange.DocumentLeft).ToList();
        Assert.Equal([new EntryChange.DocumentLeft(DocumentKind.Postmortem, 2, Audience.Members, "pdf", "ab"), new(DocumentKind.Postmortem, 2, Audience.Public, "pdf", "ab"), new(DocumentKind.Postmortem, 2, Audience.Evidence, "pdf", "ab")], left.Select(r => r.Change).Cast<EntryChange.DocumentLeft>());
        Assert.All(left, r => Assert.Equal((EntryKind.Postmortem, "Lucía"), (r.Kind, r.AuthorName)));
        Assert.Equal(3, (await AuditAsync(desk)).Count);
    }

    [Theory, EngineData]
    public async Task Observers_and_those_who_do_not_see_the_incident_leave_no_trace(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto, olga) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"), await desk.PersonAsync(PersonRole.Observer, "Olga"));
        var (open, hidden) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));

        Assert.Equal("Document.MayNotExport", (await desk.Get<RecordExport>().HandleAsync(Command(open.Key, Audience.Internal), olga, default)).Error!.Code);
        Assert.IsType<NotFound>((await desk.Get<RecordExport>().HandleAsync(Command(hidden.Key, Audience.Members), beto, default)).Error);
        Assert.IsType<NotFound>((await desk.Get<ReadExports>().HandleAsync(hidden.Key, beto, default)).Error);

        Assert.Empty((await desk.Get<ReadExports>().HandleAsync(open.Key, ana, default)).Value.Exports);
        Assert.Empty((await desk.Get<ReadExports>().HandleAsync(hidden.Key, ana, default)).Value.Exports);
        Assert.Empty(await AuditAsync(desk));
    }

    private static RecordExport.Command Command(string key, Audience audience) => new(key, DocumentKind.Postmortem, 2, audience, "pdf", "es", 12, "ab");

    private static async Task<List<AuditEvent>> AuditAsync(TestDesk desk)
    {
        await using var db = await desk.Get<DeskDatabase>().OpenAsync(default);
        return await db.AuditEvents.AsNoTracking().Where(e => e.Kind == AuditKind.Exported).ToListAsync();
    }
}
