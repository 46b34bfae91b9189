using System.Net;
using AngleSharp.Dom;
using IncidentDesk.Audit;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Audit;

public sealed class AuditPageTests
{
    [Theory, EngineData]
    public async Task The_page_shows_who_did_what_with_before_and_after_and_finds_it(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (root, eva) = (await desk.PersonAsync(PersonRole.Administrator, $"Root {Guid.NewGuid():N}"), await desk.PersonAsync(PersonRole.Observer, $"Eva {Guid.NewGuid():N}"));
        await desk.Get<ManagePeople>().ChangeAsync(eva.Id, PersonRole.Responder, false, root.Actor, default);
        await desk.Get<ManagePeople>().NewLinkAsync(eva.Id, root.Actor, default);
        var browser = await root.BrowserAsync();

        var rows = (await browser.PageAsync($"/audit?q={Uri.EscapeDataString(eva.Name)}&kind=RoleChanged&person={root.Id}&from=2020-01-01T00:00")).QuerySelectorAll("table.audit tbody tr");
        var row = Assert.Single(rows);
        Assert.Equal((root.Name, "Role changed", eva.Name), (row.QuerySelector(".by")!.TextContent.Trim(), row.QuerySelector(".ttl")!.TextContent, row.QuerySelector(".t .sub")!.TextContent));
        Assert.Equal(("Before: Observer", "Now: Responder"), (row.QuerySelector("del")!.TextContent, row.QuerySelector("ins")!.TextContent));
        Assert.EndsWith("UTC", row.QuerySelector("time")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(3, (await browser.PageAsync($"/audit?person={eva.Id}&kind=nonsense&from=nonsense")).QuerySelectorAll("table.audit tbody tr").Length);
        Assert.NotNull((await browser.PageAsync("/audit?q=nobody-has-this-name")).QuerySelector(".empty"));
        Assert.Equal("/audit", (await browser.PageAsync("/people")).QuerySelector(".pagehead a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_page_leads_to_older_lines()
    {
        await using var desk = await WebDesk.StartAsync();
        var root = await desk.PersonAsync(PersonRole.Administrator);
        for (var i = 0; i < 101; i++) await desk.Get<ManagePeople>().NewLinkAsync(root.Id, root.Actor, default);
        var browser = await root.BrowserAsync();
        var first = await browser.PageAsync("/audit?kind=LinkMade");
        Assert.Equal(100, first.QuerySelectorAll("table.audit tbody tr").Length);
        var second = await browser.PageAsync(first.QuerySelector(".pager a")!.GetAttribute("href")!);
        Assert.Equal(1, second.QuerySelectorAll("table.audit tbody tr").Length);
    }

    [Fact]
    public async Task What_changed_is_said_in_the_readers_language()
    {
        var desk = await WebDesk.SharedAsync();
        var root = await desk.PersonAsync(PersonRole.Administrator, language: "es");
        var slug = $"k{Guid.NewGuid():N}"[..20];
        foreach (var name in new[] { "One", "Two" }) (await root.Api().PutAsync($"/api/v1/mitigation-kinds/{slug}", new { nameEn = name, nameEs = "Uno", actor = "own" })).Expect(HttpStatusCode.OK);
        var rows = (await (await root.BrowserAsync()).PageAsync($"/audit?q={slug}")).QuerySelectorAll("table.audit tbody tr");
        Assert.Equal(["Ajuste cambiado", "Ajuste cambiado"], rows.Select(r => r.QuerySelector(".ttl")!.TextContent));
        Assert.Equal(("Nombre en inglés", "Antes: One", "Ahora: Two"), (rows[0].QuerySelector(".lab")!.TextContent, rows[0].QuerySelector("del")!.TextContent, rows[0].QuerySelector("ins")!.TextContent));
    }

    [Theory, EngineData]
    public async Task The_api_pages_and_exports_and_says_what_it_cannot_read(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (root, eva) = (await desk.PersonAsync(PersonRole.Administrator), await desk.PersonAsync(PersonRole.Observer, $"=Eva {Guid.NewGuid():N}"));
        for (var i = 0; i < 3; i++) await desk.Get<ManagePeople>().NewLinkAsync(eva.Id, root.Actor, default);
        var api = root.Api();

        var page = (await api.GetAsync($"/api/v1/audit?person={eva.Id}&kind=LinkMade&take=2")).Expect(HttpStatusCode.OK).Json;
        Assert.True(page.GetProperty("hasOlder").GetBoolean());
        var last = page.GetProperty("events")[1].GetProperty("id").GetInt64();
        page = (await api.GetAsync($"/api/v1/audit?person={eva.Id}&kind=LinkMade&take=2&before={last}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(1, page.GetProperty("events").GetArrayLength());

        var csv = (await api.GetAsync($"/api/v1/audit/export?format=csv&person={eva.Id}&kind=LinkMade")).Expect(HttpStatusCode.OK);
        Assert.Equal("text/csv", csv.MediaType);
        Assert.Contains(".csv", csv.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Equal(4, csv.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(",'=Eva", csv.Text, StringComparison.Ordinal);
        var json = (await api.GetAsync($"/api/v1/audit/export?format=json&kind=LinkMade&person={eva.Id}")).Expect(HttpStatusCode.OK);
        Assert.Equal(3, json.Json.GetProperty("events").GetArrayLength());

        foreach (var wrong in new[] { "kind=x", "person=x", "from=x", "to=x" })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.GetAsync("/api/v1/audit?" + wrong)).Status);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.GetAsync("/api/v1/audit/export?" + wrong)).Status);
        }
        (await api.GetAsync("/api/v1/audit/export?format=xml")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
    }

    [Theory, EngineData]
    public async Task Reading_a_restricted_incident_by_page_and_api_is_one_line(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (owner, root) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        var key = await owner.DeclareAsync("Between us", restricted: true);
        await (await root.BrowserAsync()).PageAsync($"/incidents/{key}");
        await root.Api().GetAsync($"/api/v1/incidents/{key}/timeline");
        var reads = (await root.Api().GetAsync($"/api/v1/audit?q={key}&kind={AuditKind.RestrictedRead}")).Json.GetProperty("events").EnumerateArray();
        Assert.Equal([root.Id], reads.Select(e => e.GetProperty("actorId").GetGuid()));
    }
}
