using System.Text;
using System.Text.Json;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests.Audit;

public sealed class ReadAuditTests
{
    [Theory, EngineData]
    public async Task Lines_are_found_by_text_kind_person_and_time_newest_first(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (root, eva) = (await desk.PersonAsync(PersonRole.Administrator, "Root"), await desk.PersonAsync(PersonRole.Administrator, "Éva 100%"));
        await WriteAsync(desk, root, AuditKind.LinkMade, eva.PersonId.ToString(), "Éva 100%");
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync(desk, eva, AuditKind.SettingChanged, "rate-limit", "Rate limit");
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync(desk, root, AuditKind.SettingChanged, "waf-rule", "WAF rule");

        async Task<string> FoundAsync(ReadAudit.Query query) => string.Join(',', (await desk.Get<ReadAudit>().HandleAsync(query, root, default)).Value.Events.Select(e => e.Subject));
        Assert.Equal("WAF rule,Rate limit,Éva 100%", await FoundAsync(new()));
        Assert.Equal("Rate limit,Éva 100%", await FoundAsync(new("ÉVA")));
        Assert.Equal("Rate limit,Éva 100%", await FoundAsync(new("0%")));
        Assert.Equal("WAF rule", await FoundAsync(new("waf-")));
        Assert.Equal("", await FoundAsync(new("a\0b")));
        Assert.Equal("WAF rule,Rate limit", await FoundAsync(new(Kind: AuditKind.SettingChanged)));
        Assert.Equal("Rate limit,Éva 100%", await FoundAsync(new(PersonId: eva.PersonId)));
        Assert.Equal("Rate limit", await FoundAsync(new(From: TestDesk.Noon.AddHours(1), To: TestDesk.Noon.AddHours(2))));
    }

    [Theory, EngineData]
    public async Task Pages_follow_each_other_without_gap_or_repeat(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var root = await desk.PersonAsync(PersonRole.Administrator);
        for (var i = 1; i <= 5; i++) await WriteAsync(desk, root, AuditKind.LinkMade, null, $"{i}");
        var read = desk.Get<ReadAudit>();

        var (pages, before) = (new List<string>(), (long?)null);
        for (var more = true; more;)
        {
            var page = (await read.HandleAsync(new(BeforeId: before, Take: 2), root, default)).Value;
            pages.Add(string.Concat(page.Events.Select(e => e.Subject)));
            (before, more) = (page.Events[^1].Id, page.HasOlder);
        }
        Assert.Equal(["54", "32", "1"], pages);
    }

    [Theory, EngineData]
    public async Task An_export_holds_what_was_searched_for_and_no_formulas_and_is_itself_on_record(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var root = await desk.PersonAsync(PersonRole.Administrator, "=HYPERLINK(1)");
        string[] risky = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "of, \"several\"\nlines"];
        foreach (var subject in risky) await WriteAsync(desk, root, AuditKind.LinkMade, null, subject);
        await WriteAsync(desk, root, AuditKind.KeysRotated, null, "not asked for");

        var csv = await FileAsync(desk, new(Kind: AuditKind.LinkMade), AuditFormat.Csv, root);
        Assert.StartsWith("id,at_utc,actor,actor_id,kind,subject,subject_id,before,after,address", csv, StringComparison.Ordinal);
        using var reader = CsvHelper.CsvReader.FromText(csv, new CsvHelper.CsvReaderOptions { HasHeader = true });
        var rows = new List<string[]>();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        Assert.Equal(risky.Reverse().Select(r => r.StartsWith("of", StringComparison.Ordinal) ? r : "'" + r), rows.Select(r => r[5]));
        Assert.All(rows, r => Assert.Equal("'=HYPERLINK(1)", r[2]));

        var json = JsonDocument.Parse(await FileAsync(desk, new(Kind: AuditKind.LinkMade), AuditFormat.Json, root)).RootElement;
        Assert.Equal(risky.Reverse(), json.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("subject").GetString()));
        Assert.False(json.GetProperty("is_cut").GetBoolean());

        var exports = (await desk.TrailAsync()).Where(e => e.Kind == AuditKind.Exported);
        Assert.Equal(["""{"format":"Csv","rows":8,"isCut":false}""", """{"format":"Json","rows":8,"isCut":false}"""], exports.Select(e => e.After));
    }

    [Theory, EngineData]
    public async Task A_file_that_is_cut_says_so(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var root = await desk.PersonAsync(PersonRole.Administrator);
        for (var i = 1; i <= 5; i++) await WriteAsync(desk, root, AuditKind.LinkMade, null, $"subject {i}");

        var csv = await FileAsync(desk, new(Kind: AuditKind.LinkMade), AuditFormat.Csv, root, max: 3);
        Assert.Contains("subject 3", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("subject 2", csv, StringComparison.Ordinal);
        Assert.StartsWith("Cut after 3 lines", csv.TrimEnd().Split('\n')[^1].TrimStart('"'), StringComparison.Ordinal);

        var json = JsonDocument.Parse(await FileAsync(desk, new(Kind: AuditKind.LinkMade), AuditFormat.Json, root, max: 3)).RootElement;
        Assert.True(json.GetProperty("is_cut").GetBoolean());
        Assert.StartsWith("Cut after 3 lines", json.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, json.GetProperty("events").GetArrayLength());
    }

    private static async Task<string> FileAsync(TestDesk desk, ReadAudit.Query query, AuditFormat format, Actor actor, int max = ExportAudit.MaxRows)
    {
        var export = (await desk.Get<ExportAudit>().HandleAsync(query, format, max, actor, default)).Value;
        using var file = new MemoryStream();
        await export.WriteAsync(file, default);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static Task<int> WriteAsync(TestDesk desk, Actor actor, AuditKind kind, string? subjectId, string subject) => desk.WithContextAsync(async db =>
    {
        var member = (await db.EnterAsync(actor, default)).Value;
        db.Audit(desk.Now, member, kind, subjectId, subject);
        return await db.SaveChangesAsync();
    });
}
