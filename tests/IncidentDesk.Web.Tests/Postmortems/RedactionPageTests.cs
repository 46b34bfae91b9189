using System.Net;
using IncidentDesk.People;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Postmortems;

/// <summary>What still looks like a leak, on the page without script and over the API.</summary>
public sealed class RedactionPageTests
{
    private const string Body = "web-of-nube moved off 198.51.100.7 to backup.provider.coop, says status.provider.coop";

    [Theory, EngineData]
    public async Task Findings_are_accepted_or_replaced_on_the_page(Engine engine)
    {
        var (ana, key) = await SceneAsync(engine);
        var (browser, path) = (await ana.BrowserAsync(), $"/incidents/{key}/postmortem/redaction");
        var page = await browser.PageAsync(path);
        Assert.Equal(["backup.provider.coop", "status.provider.coop"], page.QuerySelectorAll("#open-title ~ table .ttl").Select(t => t.TextContent));
        Assert.StartsWith($"/incidents/{key}/postmortem/preview?audience=public", page.QuerySelector("a[href*=preview]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("203.0.113.x", page.QuerySelector("#pseudonyms-title ~ .tall table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("198.51.100.7", page.QuerySelector("#pseudonyms-title ~ .tall table")!.TextContent, StringComparison.Ordinal);

        (await browser.SubmitAsync(path, "form:has([name='Form.Reason'])", ("Form.Reason", "It is on our page anyway"))).Expect(HttpStatusCode.Redirect);
        page = await browser.PageAsync(path);
        Assert.Equal(["status.provider.coop"], page.QuerySelectorAll("#open-title ~ table .ttl").Select(t => t.TextContent));
        Assert.Contains("It is on our page anyway", page.QuerySelector("#accepted-title ~ table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await browser.PageAsync(path + "?audience=members")).QuerySelectorAll("#open-title ~ table .ttl").Length);

        (await browser.SubmitAsync(path, "form:has([name='Form.Replacement'])", ("Form.Replacement", "our status page"))).Expect(HttpStatusCode.Redirect);
        page = await browser.PageAsync(path);
        Assert.NotNull(page.QuerySelector("#open-title ~ .empty"));
        Assert.Contains("our status page", page.QuerySelector("#terms-title ~ table")!.TextContent, StringComparison.Ordinal);
        (await browser.SubmitAsync(path, ".termform", ("Form.Text", "STATUS.provider.coop"), ("Form.Replacement", "x"))).Expect(HttpStatusCode.OK);
        (await browser.SubmitAsync(path, "#terms-title ~ table form")).Expect(HttpStatusCode.Redirect);
        Assert.Single((await browser.PageAsync(path)).QuerySelectorAll("#open-title ~ table .ttl"));
    }

    [Theory, EngineData]
    public async Task Who_does_not_respond_sees_findings_and_cannot_read_backwards(Engine engine)
    {
        var (ana, key) = await SceneAsync(engine);
        var observer = await ana.Desk.PersonAsync(PersonRole.Observer);
        await ana.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/findings?audience=public");
        var page = await (await observer.BrowserAsync()).PageAsync($"/incidents/{key}/postmortem/redaction");
        Assert.Equal(2, page.QuerySelectorAll("#open-title ~ table .ttl").Length);
        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.DoesNotContain("198.51.100.7", page.Body!.TextContent, StringComparison.Ordinal);
        var answer = (await observer.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/redaction")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("pseudonyms").ValueKind);
    }

    [Theory, EngineData]
    public async Task The_api_lists_accepts_and_replaces(Engine engine)
    {
        var (ana, key) = await SceneAsync(engine);
        var (api, at) = (ana.Api(), $"/api/v1/incidents/{key}/postmortem");
        async Task<string[]> OpenAsync(string audience) => [.. (await api.GetAsync($"{at}/findings?audience={audience}")).Expect(HttpStatusCode.OK).Json.GetProperty("open").EnumerateArray().Select(l => $"{l.GetProperty("thing").GetString()} {l.GetProperty("text").GetString()} {l.GetProperty("where").GetString()}")];
        Assert.Equal(["host-name backup.provider.coop section/Impact", "host-name status.provider.coop section/Impact"], await OpenAsync("public"));
        Assert.Empty(await OpenAsync("internal"));
        (await api.GetAsync($"{at}/findings?audience=nobody")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
        (await api.PostAsync($"{at}/findings/accept", new { audience = "public", thing = "host-name", text = "backup.provider.coop", reason = "x" })).Expect(HttpStatusCode.OK);
        (await api.PutAsync($"{at}/redaction/terms/{Guid.CreateVersion7()}", new { text = "Status.Provider.coop", replacement = "a page" })).Expect(HttpStatusCode.OK);
        Assert.Empty(await OpenAsync("public"));
        var decided = (await api.GetAsync($"{at}/redaction")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("backup.provider.coop", decided.GetProperty("accepted")[0].GetProperty("text").GetString());
        Assert.Contains(decided.GetProperty("pseudonyms").EnumerateArray(), p => p.GetProperty("pseudonym").GetString() == "Server A");
    }

    [Fact]
    public async Task Without_a_document_the_page_says_so_and_takes_terms()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        var (browser, path) = (await ana.BrowserAsync(), $"/incidents/{key}/postmortem/redaction");
        Assert.Contains("There is no postmortem yet", (await browser.PageAsync(path)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        (await browser.SubmitAsync(path, ".termform", ("Form.Text", "the vault"), ("Form.Replacement", "a room"))).Expect(HttpStatusCode.Redirect);
        Assert.Contains("the vault", (await browser.PageAsync(path)).QuerySelector("#terms-title ~ table")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<(Somebody Ana, string Key)> SceneAsync(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var key = await ana.DeclareAsync("Flood");
        await ana.Api().PostAsync("/api/v1/assets", new { kind = "Server", name = "web-of-nube" });
        await ana.PostmortemAsync(key, ("Impact", Body, Visibility.Public));
        return (ana, key);
    }
}
