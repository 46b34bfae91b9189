using System.Text.RegularExpressions;
using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Timeline;

/// <summary>Files in the log.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class AttachmentTests(Chromium chromium, SharedDesks desks)
{
    private const string Gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

    // As a browser hands over what is in the clipboard, or is let go over the page.
    private const string Give = """
        (field, [type, name, text, base64]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], name, { type: "image/gif" }));
          if (text) data.setData("text/plain", text);
          field.dispatchEvent(type === "paste" ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """;

    [Theory]
    [InlineData(Engine.Sqlite, 1440)]
    [InlineData(Engine.Postgres, 390)]
    public async Task A_pasted_picture_is_seen_by_everybody_and_can_be_downloaded(Engine engine, int width) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(engine);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var ana = await desk.OpenAsync(session, desk.Ana, key, new Visitor { Width = width });
        var beto = await desk.OpenAsync(session, desk.Beto, key);

        await ana.Capture().FillAsync("the graph of 14:05");
        await ana.Capture().EvaluateAsync(Give, new[] { "paste", "image.gif", "", Gif });
        await Expect(ana.Capture()).ToHaveValueAsync(PictureBelow());
        // The file is there for all before anything is written about it.
        await Expect(beto.Locator("#files .count")).ToHaveTextAsync("1");
        await ana.Capture().PressAsync("Enter");

        var picture = beto.Row("the graph of 14:05").Locator("a.file > img");
        await Expect(picture).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Expect(picture).ToHaveAttributeAsync("alt", new Regex("^image-.*Z\\.gif$"));
        await beto.Locator(".files > summary").ClickAsync();
        await Expect(beto.Locator(".files li")).ToContainTextAsync("Ana");
        var download = await beto.RunAndWaitForDownloadAsync(() => beto.Locator(".files li a").ClickAsync());
        Assert.Matches("^image-.*Z\\.gif$", download.SuggestedFilename);
        Assert.Equal(Convert.FromBase64String(Gif), await File.ReadAllBytesAsync(await download.PathAsync()));
        await Accessibility.HasNoSeriousViolationAsync(beto);

        // A picture at the beginning of a line is no action.
        await beto.Locator(".files li button").ClickAsync();
        await Expect(beto.CaptureKind()).ToHaveTextAsync("Note");
        await beto.Capture().PressAsync("Enter");
        await Expect(ana.Rows().Last.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 1);
    });

    [Fact]
    public async Task Files_are_dropped_and_chosen_and_what_is_no_picture_is_a_link() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Ana, key);

        await page.Locator(".scroll").EvaluateAsync(Give, new[] { "drop", "graph.gif", "", Gif });
        await Expect(page.Capture()).ToHaveValueAsync(Picture());
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Attach a file" }).ClickAsync());
        await chooser.SetFilesAsync([
            new FilePayload { Name = "flows [1].csv", MimeType = "text/csv", Buffer = "utc,pps\n"u8.ToArray() },
            new FilePayload { Name = "page.html", MimeType = "image/png", Buffer = "<script>alert(1)</script>"u8.ToArray() },
        ]);
        await Expect(page.Capture()).ToHaveValueAsync(PictureAndLinks());
        await page.Capture().PressAsync("Enter");

        var row = page.Row("flows [1].csv");
        await Expect(row.Locator("img")).ToHaveCountAsync(1);
        await Expect(row.Locator("a.file:not(:has(img))")).ToHaveTextAsync(["flows [1].csv", "page.html"]);
        var download = await page.RunAndWaitForDownloadAsync(() => row.GetByText("page.html").ClickAsync());
        Assert.Equal("page.html", download.SuggestedFilename);
        Assert.EndsWith($"/incidents/{key}", page.Url, StringComparison.Ordinal);

        // Text that an office program copied comes with a picture of itself.
        await page.Capture().EvaluateAsync(Give, new[] { "paste", "image.gif", "a table", Gif });
        await Expect(page.Locator("#files .count")).ToHaveTextAsync("3");
    });

    [Fact]
    public async Task What_cannot_be_sent_says_why_and_is_tried_again_and_the_text_stays() => await chromium.TestAsync(async session =>
    {
        session.Expect("ERR_FAILED");
        session.Expect("422");
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Enlace saturado");
        var page = await desk.OpenAsync(session, desk.Carla, key, new Visitor { Locale = "es-MX" });
        var files = page.Locator("#capture-files");
        var failed = page.Locator(".upload.failed");
        await page.Capture().FillAsync("lo que vi");

        await page.RouteAsync("**/attachments?**", route => route.AbortAsync());
        await files.SetInputFilesAsync(new FilePayload { Name = "grafica.gif", MimeType = "image/gif", Buffer = Convert.FromBase64String(Gif) });
        await Expect(failed).ToContainTextAsync("grafica.gif no se adjuntó: el servidor no responde");
        await Expect(page.Capture()).ToHaveValueAsync("lo que vi");
        await page.UnrouteAsync("**/attachments?**");
        await failed.GetByRole(AriaRole.Button, new() { Name = "Intentar de nuevo" }).ClickAsync();
        await Expect(page.Capture()).ToHaveValueAsync(PictureBelow());
        await Expect(failed).ToHaveCountAsync(0);

        await files.SetInputFilesAsync([
            new FilePayload { Name = "noche.pcap", MimeType = "x/y", Buffer = new byte[(10 * 1024 * 1024) + 1] },
            new FilePayload { Name = "nada.txt", MimeType = "text/plain", Buffer = [] },
        ]);
        await Expect(failed).ToContainTextAsync(["pesa 10.1 MB y el máximo es 10 MB", "nada.txt: Este archivo está vacío."]);
        await Accessibility.HasNoSeriousViolationAsync(page);
        foreach (var name in new[] { "noche.pcap", "nada.txt" }) await page.GetByRole(AriaRole.Button, new() { Name = $"Descartar: {name}" }).ClickAsync();
        await Expect(failed).ToHaveCountAsync(0);
        await Expect(page.Capture()).ToHaveValueAsync(PictureBelow());
    });

    [Fact]
    public async Task A_picture_of_another_incident_is_only_its_words() => await chromium.TestAsync(async session =>
    {
        session.Expect("404");
        var desk = await desks.OnAsync(Engine.Sqlite);
        var (key, other) = (await desk.Ana.DeclareAsync("Uplink saturated"), await desk.Ana.DeclareAsync("Another"));
        var elsewhere = await desk.Ana.AttachAsync(other, "graph.gif", Convert.FromBase64String(Gif));
        var text = await desk.Ana.AttachAsync(key, "graph.gif", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray());
        await desk.Ana.LogAsync(key, $"![of another incident](attachment:{elsewhere}) ![no picture](attachment:{text})");
        var page = await desk.OpenAsync(session, desk.Beto, key);
        await Expect(page.Locator(".log .missing")).ToHaveTextAsync(["of another incident", "no picture"]);
        await Expect(page.Locator(".log img:visible")).ToHaveCountAsync(0);
    });

    [GeneratedRegex(@"^!\[[^\]]+\]\(attachment:[0-9a-f-]{36}\)$")]
    private static partial Regex Picture();

    [GeneratedRegex(@"^[^!]+\n!\[[^\]]+\]\(attachment:[0-9a-f-]{36}\)$")]
    private static partial Regex PictureBelow();

    [GeneratedRegex(@"^!\[graph\.gif\]\(attachment:[0-9a-f-]{36}\) \[flows \\\[1\\\]\.csv\]\(attachment:[0-9a-f-]{36}\) \[page\.html\]\(attachment:[0-9a-f-]{36}\) $")]
    private static partial Regex PictureAndLinks();
}
