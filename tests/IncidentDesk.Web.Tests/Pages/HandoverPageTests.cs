using System.Net;
using AngleSharp.Dom;
using IncidentDesk.History;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Pages;

/// <summary>What changed since somebody left, and the note that hands it over, without script.</summary>
public sealed class HandoverPageTests
{
    [Theory, EngineData]
    public async Task The_note_tells_where_it_stands_and_is_filed_once_as_edited(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var ana = await desk.PersonAsync();
        var key = await ana.DeclareAsync();
        await ana.LogAsync(key, "we move the name servers tonight", "decision");
        var limit = Guid.CreateVersion7();
        (await ana.Api().PostAsync($"/api/v1/incidents/{key}/mitigations", new { id = limit, facts = new { title = "Rate limit per prefix", kind = "rate-limit" } })).Expect(HttpStatusCode.Created);
        (await ana.Api().PostAsync($"/api/v1/incidents/{key}/waves", new { id = Guid.CreateVersion7(), facts = new { vector = "udp-flood", from = new { at = "2026-01-02T10:00:00Z", precision = "exact" }, magnitude = 20e9, unit = "bps", magnitudeKind = "peak", measuredAt = "uplink", adaptedTo = limit } })).Expect(HttpStatusCode.Created);
        var browser = await ana.BrowserAsync();

        var page = await browser.PageAsync($"/incidents/{key}/handover");
        var note = page.QuerySelector("#note")!.TextContent;
        Assert.Contains("### What stands against it", note, StringComparison.Ordinal);
        Assert.Contains("Rate limit per prefix: Applied", note, StringComparison.Ordinal);
        Assert.Matches(@"Wave 1: UDP flood, about 20 Gbit/s, peak \(uplink\), since .*\. It goes around \+rate-limit", note);
        Assert.Contains("we move the name servers tonight (Ana Ruiz)", note, StringComparison.Ordinal);
        Assert.Contains("### Qué está en pie", (await browser.PageAsync($"/incidents/{key}/handover?lang=es")).QuerySelector("#note")!.TextContent, StringComparison.Ordinal);

        var entry = page.QuerySelector("[name='Input.EntryId']")!.GetAttribute("value")!;
        for (var times = 0; times < 2; times++)
            (await browser.SubmitAsync($"/incidents/{key}/handover", "form.handover", ("Input.EntryId", entry), ("Input.Body", "Watch the mail queue.\n\n### What is due\n- call the upstream at six"))).Expect(HttpStatusCode.Found);
        var filed = Assert.Single(await ana.RowsAsync(key), r => r.GetProperty("kind").GetString() == "handover");
        Assert.StartsWith("Watch the mail queue.", filed.GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Theory, EngineData]
    public async Task A_note_that_cannot_be_kept_says_so_and_keeps_what_was_written(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, observer) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer));
        var key = await ana.DeclareAsync();
        var page = Browser.Parse(await (await ana.BrowserAsync()).SubmitAsync($"/incidents/{key}/handover", "form.handover", ("Input.Body", "with a \u0001 in it")));
        Assert.NotNull(page.QuerySelector("[role=alert]"));
        Assert.Contains("in it", page.QuerySelector("#note")!.TextContent, StringComparison.Ordinal);

        var theirs = await observer.BrowserAsync();
        Assert.Null((await theirs.PageAsync($"/incidents/{key}/handover")).QuerySelector("form.handover button"));
        await theirs.SubmitAsync($"/incidents/{key}/handover", "form.handover", ("Input.Body", "mine"));
        Assert.DoesNotContain(await ana.RowsAsync(key), r => r.GetProperty("kind").GetString() == "handover");
    }

    [Theory, EngineData]
    public async Task Whoever_comes_back_is_told_what_changed_and_reads_it(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync());
        var key = await ana.DeclareAsync();
        var browser = await ben.BrowserAsync();
        Assert.Null((await browser.PageAsync($"/incidents/{key}")).QuerySelector(".notice.left"));
        await desk.Get<NoteVisit>().HandleAsync(new(key, DateTime.UtcNow.AddHours(-1)), ben.Actor, default);
        await ana.LogAsync(key, "the uplink is full");

        var notice = (await browser.PageAsync($"/incidents/{key}")).QuerySelector(".notice.left")!;
        Assert.Contains("2 changes since you left, 1 h 00 min ago.", notice.TextContent, StringComparison.Ordinal);
        var since = await browser.PageAsync(notice.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal(["Course of the incident 1", "Written in the log 1"], since.QuerySelectorAll("main section > h2").Select(h => h.TextContent.Trim()));
        Assert.Equal(2, since.QuerySelectorAll("ol.log li.e").Length);
        Assert.Contains(key, (await browser.PageAsync("/since?from=" + Uri.EscapeDataString(DateTime.UtcNow.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)))).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await browser.PageAsync($"/incidents/{key}/since?from=yesterday")).QuerySelector("[role=alert]"));
    }
}
