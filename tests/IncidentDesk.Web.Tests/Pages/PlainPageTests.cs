using System.Net;
using AngleSharp.Html.Dom;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Pages;

/// <summary>What the desk does for a browser without script or WebSocket.</summary>
public sealed class PlainPageTests
{
    [Theory]
    [InlineData("/css/desk.css", "text/css")]
    [InlineData("/js/desk.js", "text/javascript")]
    [InlineData("/icons.svg", "image/svg+xml")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    public async Task Static_files_come_with_their_type(string path, string type)
    {
        var file = (await (await WebDesk.SharedAsync()).Browser().GetAsync(path)).Expect(HttpStatusCode.OK);
        Assert.Equal(type, file.MediaType);
        Assert.NotEmpty(file.Text);
    }

    [Fact]
    public async Task Everything_that_a_page_loads_is_there()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var browser = await ana.BrowserAsync();
        var page = await browser.PageAsync($"/incidents/{await ana.DeclareAsync()}");
        var loaded = page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!).ToList();
        Assert.NotEmpty(loaded);
        foreach (var path in loaded) (await browser.GetAsync("/" + path.TrimStart('/'))).Expect(HttpStatusCode.OK);
        var symbols = (await browser.GetAsync("/icons.svg")).Text;
        Assert.All(page.QuerySelectorAll("use").Select(u => u.GetAttribute("href")!.Split('#')[1]).Distinct(), id => Assert.Contains($"id=\"{id}\"", symbols, StringComparison.Ordinal));
    }

    [Theory, EngineData]
    public async Task The_incident_and_its_log_are_there_without_script(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var key = await ana.DeclareAsync("Flood on the south ring");
        await ana.LogAsync(key, "Traffic **doubled**");
        var page = await (await ana.BrowserAsync()).PageAsync($"/incidents/{key}");
        Assert.Contains("Flood on the south ring", page.Title, StringComparison.Ordinal);
        Assert.Equal("doubled", page.QuerySelector("#e2 strong")!.TextContent);
        Assert.Equal("Ana Ruiz", page.QuerySelector("#e2 .by")!.TextContent);
        Assert.Contains(key, (await (await ana.BrowserAsync()).PageAsync("/")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EngineData]
    public async Task The_list_is_searched_and_narrowed_without_script_and_waits_for_no_counts(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var word = $"lagoon{Guid.NewGuid():N}";
        var key = await ana.DeclareAsync($"The {word}");
        var page = await (await ana.BrowserAsync()).PageAsync($"/?q={word}");
        Assert.Contains(key, page.QuerySelector("table.list")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(word, page.QuerySelector("form[role=search] input[name=q]")!.GetAttribute("value"));
        Assert.Single(page.QuerySelectorAll(".facet a[href*='severity=SEV2']"));
        Assert.Empty(page.QuerySelectorAll(".facet a .q, .grouprow .count"));
    }

    [Theory, EngineData]
    public async Task The_capture_form_logs_with_prefix_and_time_and_once(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        var form = (IHtmlFormElement)(await browser.PageAsync($"/incidents/{key}?tz=utc")).QuerySelector("#capture")!;
        var sent = (await browser.SubmitAsync($"/incidents/{key}", form, ("body", "! 2026-03-14 14:05 Null-routed 203.0.113.7"))).Expect(HttpStatusCode.Redirect);
        Assert.Equal($"/incidents/{key}?entry=2", sent.Location);
        (await browser.SubmitAsync($"/incidents/{key}", form, ("body", "! 2026-03-14 14:05 Null-routed 203.0.113.7"))).Expect(HttpStatusCode.Redirect);

        var row = (await ana.RowsAsync(key)).Skip(1).Single();
        Assert.Equal(("action", "Null-routed 203.0.113.7"), (row.GetProperty("kind").GetString(), row.GetProperty("body").GetString()));
        Assert.Equal("2026-03-14T14:05:00Z", row.GetProperty("occurredAt").GetProperty("at").GetString());
    }

    [Theory]
    [InlineData("2099-01-01 10:00 From the future")]
    [InlineData("! ")]
    public async Task What_the_capture_form_refuses_is_given_back(string typed)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync(language: "es");
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        var refused = (await browser.SubmitAsync($"/incidents/{key}", "#capture", ("body", typed))).Expect(HttpStatusCode.UnprocessableEntity);
        var page = Browser.Parse(refused);
        Assert.Equal(typed, ((IHtmlTextAreaElement)page.QuerySelector("textarea")!).Value);
        Assert.Equal("es", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(await ana.RowsAsync(key));
    }

    [Theory, EngineData]
    public async Task The_declare_form_sent_twice_declares_once(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync(zone: "America/Mexico_City");
        var browser = await ana.BrowserAsync();
        var form = (IHtmlFormElement)(await browser.PageAsync("/declare")).QuerySelector("main form")!;
        (string, string)[] typed = [("Input.Title", "Flood"), ("Input.Severity", "SEV1"), ("Input.At", "2026-03-14T08:05"), ("Input.Precision", "about")];
        var first = (await browser.SubmitAsync("/declare", form, typed)).Expect(HttpStatusCode.Redirect);
        var second = (await browser.SubmitAsync("/declare", form, typed)).Expect(HttpStatusCode.Redirect);
        Assert.Equal(first.Location, second.Location);

        var read = (await ana.Api().GetAsync("/api/v1" + new Uri(ana.Desk.Address, first.Location).AbsolutePath)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("2026-03-14T14:05:00Z", read.GetProperty("impactStartedAt").GetProperty("at").GetString());
        Assert.Equal("about", read.GetProperty("impactStartedAt").GetProperty("precision").GetString());
    }

    [Fact]
    public async Task A_declaration_that_is_refused_keeps_what_was_typed()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var browser = await ana.BrowserAsync();
        var refused = (await browser.SubmitAsync("/declare", "main form", ("Input.Title", "Flood of 2099"), ("Input.Severity", "SEV4"), ("Input.At", "2099-01-01T00:00"), ("Input.Precision", "exact"))).Expect(HttpStatusCode.OK);
        var page = Browser.Parse(refused);
        Assert.NotNull(page.QuerySelector(".notice.err"));
        Assert.Equal("Flood of 2099", ((IHtmlInputElement)page.QuerySelector("#title")!).Value);
        Assert.Equal("SEV4", page.QuerySelector("input[name='Input.Severity'][checked]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_pasted_timeline_is_previewed_and_then_applied_once()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        var at = $"/incidents/{key}/import";
        var preview = Browser.Parse((await browser.SubmitAsync(at, "main form", ("Input.Text", "## 2015-07-31\n- 14:05 DNS answers again\n- 13:00 Out of order\n"))).Expect(HttpStatusCode.OK));
        Assert.Equal(2, preview.QuerySelectorAll("table.preview tbody tr").Length);
        Assert.Single(await ana.RowsAsync(key));

        var apply = (IHtmlFormElement)preview.QuerySelector("main form")!;
        (await browser.SubmitAsync(at, apply)).Expect(HttpStatusCode.Redirect);
        Assert.Equal(4, (await ana.RowsAsync(key)).Count);
        await browser.SubmitAsync(at, apply);
        Assert.Equal(4, (await ana.RowsAsync(key)).Count);
    }

    [Theory, EngineData]
    public async Task Addresses_that_nobody_would_type_break_nothing(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        foreach (var path in new[]
        {
            "/?q=a%00b&status=x&severity=,,&year=2026&page=-7", $"/incidents/{key}?text=a%00b&kind=x,note&tz=moon&entry=999999", $"/incidents/{key}?text={new string('x', 4000)}", $"/incidents/{key}?entry=-1",
        })
            (await browser.GetAsync(path)).Expect(HttpStatusCode.OK);
        // To the last page that there is.
        (await browser.GetAsync("/?page=99999")).Expect(HttpStatusCode.Found);
        foreach (var path in new[] { "/incidents/INC-1999-001", "/incidents/%F0%9F%92%A5", "/nothing/here" }) (await browser.GetAsync(path)).Expect(HttpStatusCode.NotFound);
    }
}
