using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using IncidentDesk.People;
using IncidentDesk.Web.Import;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class HeaderTests
{
    [Fact]
    public async Task Every_answer_carries_the_headers_that_protect_the_reader()
    {
        var desk = await WebDesk.SharedAsync();
        var ana = await desk.PersonAsync();
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        Answer[] answers =
        [
            await browser.GetAsync("/"), await browser.GetAsync($"/incidents/{key}"), await browser.GetAsync("/nothing-here"), await desk.Browser().GetAsync("/signin"), await desk.Browser().GetAsync("/"),
            await browser.GetAsync("/css/desk.css"), await browser.GetAsync("/icons.svg"), await browser.GetAsync("/_framework/blazor.web.js"), await browser.GetAsync("/healthz"),
            await ana.Api().GetAsync("/api/v1/incidents"), await ana.Api().GetAsync("/api/v1/incidents/INC-1999-001"), await desk.Program(null).GetAsync("/api/v1/incidents"),
            // An error clears what was to be answered; the headers must survive it.
            await ana.Api().PostTextAsync("/api/v1/incidents", "{", "application/json"),
        ];
        foreach (var answer in answers)
        {
            var what = $"{answer.Message.RequestMessage!.RequestUri} {answer.Status}";
            Assert.True(answer.Header("X-Content-Type-Options") == "nosniff", what);
            Assert.True(answer.Header("Referrer-Policy") == "same-origin", what);
            Assert.True(answer.Header("Cross-Origin-Opener-Policy") == "same-origin", what);
            Assert.True(answer.Header("Cross-Origin-Resource-Policy") == "same-origin", what);
            Assert.Contains("geolocation=()", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
            Assert.True(answer.Header("Strict-Transport-Security").Length == 0, what);
            Assert.Contains("default-src 'self'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.True(answer.Header("Server").Length == 0, what);
        }
    }

    [Fact]
    public async Task Over_https_browsers_are_told_to_stay_there()
    {
        await using var desk = await WebDesk.StartAsync(settings: "Desk:TrustedProxies=127.0.0.1");
        var answer = await desk.Browser().SendAsync(HttpMethod.Get, "/signin", null, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "192.0.2.1"));
        Assert.Equal("max-age=31536000", answer.Header("Strict-Transport-Security"));
        Assert.Empty((await desk.Browser().GetAsync("/signin")).Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task No_page_asks_another_host_for_anything_or_carries_script_of_its_own()
    {
        var desk = await WebDesk.SharedAsync();
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        var key = await admin.DeclareAsync("![x](https://evil.example/x.png)");
        await admin.LogAsync(key, "![pixel](https://evil.example/p.png) <img src=https://evil.example/q.png> [page](https://example.org/)");
        var browser = await admin.BrowserAsync();
        foreach (var path in new[] { "/", $"/incidents/{key}", $"/incidents/{key}/import", "/declare", "/people", "/account", "/not-found", "/signin", "/setup", "/welcome" })
        {
            var page = await browser.PageAsync(path);
            foreach (var element in page.QuerySelectorAll("[src], link[href], use[href], form[action], [srcset], [background], object, embed, iframe"))
            {
                foreach (var name in new[] { "src", "href", "action", "srcset", "background", "data" })
                {
                    if (element.GetAttribute(name) is { } address) Assert.False(address.Contains("//", StringComparison.Ordinal) || address.Contains(':', StringComparison.Ordinal), $"{path}: {element.OuterHtml}");
                }
            }
            Assert.All(page.QuerySelectorAll("script"), s => Assert.True(s.HasAttribute("src") || s.GetAttribute("type") is "importmap" or "application/json", s.OuterHtml));
            Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
            Assert.Empty(page.QuerySelectorAll("style, img"));
        }
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_write_with_the_session()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        var own = ana.Desk.Address.GetLeftPart(UriPartial.Authority);

        (await PostAsync(own)).Expect(HttpStatusCode.Created);
        foreach (var origin in new[] { "https://evil.example", "null", "http://127.0.0.1:1", own + ".evil.example" }) (await PostAsync(origin)).Expect(HttpStatusCode.Forbidden);
        (await browser.SendAsync(HttpMethod.Get, "/hubs/incidents", null, ("Origin", "https://evil.example"))).Expect(HttpStatusCode.Forbidden);
        (await browser.SendAsync(HttpMethod.Post, "/_blazor/negotiate", null, ("Origin", "https://evil.example"))).Expect(HttpStatusCode.Forbidden);
        (await browser.SendAsync(HttpMethod.Post, "/signout", null, ("Origin", "https://evil.example"))).Expect(HttpStatusCode.Forbidden);
        Assert.Equal(2, (await ana.RowsAsync(key)).Count);

        Task<Answer> PostAsync(string origin) => browser.SendAsync(
            HttpMethod.Post, $"/api/v1/incidents/{key}/timeline", System.Net.Http.Json.JsonContent.Create(new { entryId = Guid.CreateVersion7(), body = "x" }), ("Origin", origin));
    }

    [Fact]
    public async Task A_page_that_was_opened_for_somebody_else_writes_nothing()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync());
        var key = await ana.DeclareAsync();
        var browser = await ben.BrowserAsync();
        (await PostAsync(ana.Id)).Expect(HttpStatusCode.Unauthorized);
        Assert.Single(await ana.RowsAsync(key));
        (await PostAsync(ben.Id)).Expect(HttpStatusCode.Created);

        Task<Answer> PostAsync(Guid person) => browser.SendAsync(
            HttpMethod.Post, $"/api/v1/incidents/{key}/timeline", System.Net.Http.Json.JsonContent.Create(new { entryId = Guid.CreateVersion7(), body = "x" }), ("Desk-Person", person.ToString()));
    }

    [Fact]
    public async Task A_file_above_the_limit_is_refused_on_the_page_too()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync(language: "es");
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        var form = (await browser.PageAsync($"/incidents/{key}/import")).QuerySelector("form[enctype]")!;
        using var body = new MultipartFormDataContent();
        foreach (var field in form.QuerySelectorAll("input[type=hidden]")) body.Add(new StringContent(field.GetAttribute("value") ?? ""), field.GetAttribute("name")!);
        var file = new ByteArrayContent(new byte[ImportForms.MaxRequestBytes + 1]);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
        body.Add(file, "Input.File", "million.csv");
        var refused = (await browser.SendAsync(HttpMethod.Post, $"/incidents/{key}/import", body)).Expect(HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("demasiado grande", refused.Text, StringComparison.Ordinal);
        Assert.Single(await ana.RowsAsync(key));
    }
}
