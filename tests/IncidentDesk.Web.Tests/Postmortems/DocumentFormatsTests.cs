using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using IncidentDesk.Postmortems;
using IncidentDesk.Web.Postmortems.Documents;
using SkiaSharp;
using Xunit;
using static IncidentDesk.Web.Tests.Postmortems.Records;

namespace IncidentDesk.Web.Tests.Postmortems;

public sealed class DocumentFormatsTests
{
    private static readonly TimeZoneInfo Mexico = TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City");

    [Theory]
    [InlineData("en", false)]
    [InlineData("es", true)]
    public async Task Every_format_says_the_same_in_the_same_order_with_the_same_times(string language, bool hasPicture)
    {
        var document = await LayOutAsync(Everything(), language, Mexico, hasPicture ? Png : null);
        var html = Spoken.Html(await TextAsync(to => HtmlWriter.WriteAsync(document, to, default)));
        var markdown = Spoken.Markdown(await ZippedAsync(document));
        var docx = Spoken.Docx(await DocxAsync(document));

        Assert.True(Spoken.Words(html).Count > 400);
        Assert.Equal(Spoken.Words(html), Spoken.Words(markdown));
        Assert.Equal(Spoken.Words(html), Spoken.Words(docx));
        Assert.True(Spoken.Times(html).Count > 30);
        Assert.Contains(Spoken.Times(html), t => t.EndsWith("06:00 −06:00", StringComparison.Ordinal));
        Assert.Equal(Spoken.Times(html), Spoken.Times(markdown));
        Assert.Equal(Spoken.Times(html), Spoken.Times(docx));
    }

    [Fact]
    public async Task Html_needs_nothing_else_and_does_nothing()
    {
        var text = await TextAsync(async to => await HtmlWriter.WriteAsync(await LayOutAsync(Everything(), "es", picture: Png), to, default));
        var page = new HtmlParser().ParseDocument(text);

        Assert.Empty(page.QuerySelectorAll("script, link, iframe, object, embed, form, base"));
        Assert.All(page.QuerySelectorAll("[src]"), e => Assert.StartsWith("data:image/", e.GetAttribute("src"), StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("a[href]"), e => Assert.Matches("^(https?|mailto):", e.GetAttribute("href")!));
        Assert.All(page.All.SelectMany(e => e.Attributes), a => Assert.False(a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.QuerySelectorAll("img"), e => Assert.NotEmpty(e.GetAttribute("alt")!));
        Assert.Equal(("es", "en"), (page.DocumentElement.GetAttribute("lang"), page.QuerySelector("h1")!.GetAttribute("lang")));
        Assert.Contains("<script>alert(1)</script>", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("{{facts}} stays", page.Body.TextContent, StringComparison.Ordinal);
        // A section's open code ends with the section.
        Assert.Contains(page.QuerySelectorAll("h2"), h => h.TextContent == "Tablero");
        Assert.Equal(["H1", "H2"], page.QuerySelectorAll("h1, h2").Select(h => h.TagName).Distinct());
        Assert.Contains("@page", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_unknown_is_said_with_its_reason_and_never_as_a_figure()
    {
        var text = Spoken.Html(await TextAsync(async to => await HtmlWriter.WriteAsync(await LayOutAsync(Everything()), to, default)));

        Assert.Contains("for ~12 min;", text, StringComparison.Ordinal);
        Assert.Contains("unknown (“Mitigated” is not recorded)", text, StringComparison.Ordinal);
        Assert.Contains("“Acknowledged” lies before “Declared”: an error in the record, to be mended", text, StringComparison.Ordinal);
        Assert.Contains("unknown (of “Resolved” only the day is known)", text, StringComparison.Ordinal);
        Assert.Contains("1 of 850 (< 1 %)", text, StringComparison.Ordinal);
        Assert.Contains("“{{nonsense}}” is not a field that the desk knows.", text, StringComparison.Ordinal);
        Assert.Contains("“{{entry 404}}” points to what is not in this document.", text, StringComparison.Ordinal);
        Assert.Contains("The picture “lost” cannot be had.", text, StringComparison.Ordinal);
        Assert.Contains("The picture “Traffic on the uplink” cannot be had.", text, StringComparison.Ordinal);
        Assert.Contains("Nothing is written here yet.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_empty_is_shown_outside_of_the_house()
    {
        var outside = Everything() with { Audience = Audience.Public };
        var text = Spoken.Html(await TextAsync(async to => await HtmlWriter.WriteAsync(await LayOutAsync(outside), to, default)));
        Assert.DoesNotContain("Luck", text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('a', 64), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_has_the_pictures_that_the_text_shows_beside_it()
    {
        var document = await LayOutAsync(Everything(), picture: Png);
        using var zip = new ZipArchive(new MemoryStream(await BytesAsync(to => MarkdownWriter.WriteZipAsync(document, "text.md", to, default))));
        Assert.Equal(["images/001-grafica-de-enlace.png", "images/board.svg", "text.md"], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        Assert.Contains("](images/001-grafica-de-enlace.png)", await new StreamReader(zip.GetEntry("text.md")!.Open()).ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(Png.Length, zip.GetEntry("images/001-grafica-de-enlace.png")!.Length);
    }

    [LibreOfficeFact]
    public async Task A_word_processor_opens_it_and_reads_the_same_words()
    {
        var file = await DocxAsync(await LayOutAsync(Everything(), "es", Mexico, Png));
        var folder = Directory.CreateTempSubdirectory("desk-docx-").FullName;
        try
        {
            var docx = Path.Combine(folder, "text.docx");
            await File.WriteAllBytesAsync(docx, file);
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            using var process = Process.Start(new ProcessStartInfo(LibreOfficeFactAttribute.Program!, ["--headless", $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, docx]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            await process.WaitForExitAsync(limit.Token);
            var read = await File.ReadAllTextAsync(Path.Combine(folder, "text.txt"), limit.Token);

            Assert.Equal(Spoken.Times(Spoken.Docx(file)), Spoken.Times(read));
            Assert.Empty(Spoken.Words(Spoken.Docx(file)).Except(Spoken.Words(read)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_picture_that_word_processors_do_not_know_becomes_one_that_they_do()
    {
        using var bitmap = new SKBitmap(4, 2);
        bitmap.Erase(SKColors.Red);
        using var webp = bitmap.Encode(SKEncodedImageFormat.Webp, 90);
        var record = Everything() with { Files = [.. Everything().Files.Select(f => f.MediaType == "image/png" ? f with { MediaType = "image/webp" } : f)] };
        var file = await DocxAsync(await LayOutAsync(record, picture: webp.ToArray()));

        using var package = WordprocessingDocument.Open(new MemoryStream(file), isEditable: false);
        var pictures = package.MainDocumentPart!.ImageParts.ToList();
        Assert.NotEmpty(pictures);
        Assert.All(pictures, p => Assert.Equal("image/png", p.ContentType));
        Assert.All(pictures, p => Assert.Equal((byte)'P', new BinaryReader(p.GetStream()).ReadBytes(2)[1]));
    }

    [Fact]
    public async Task A_word_processors_document_is_valid_and_right_to_left_where_its_text_is()
    {
        var record = Everything() with { Title = "With \u0001 and \uFFFE and \uD800 in it" };
        var file = await DocxAsync(await LayOutAsync(record, "es", picture: Png));
        using var package = WordprocessingDocument.Open(new MemoryStream(file), isEditable: false);

        Assert.Equal([], new OpenXmlValidator(FileFormatVersions.Office2019).Validate(package).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var body = package.MainDocumentPart!.Document.Body!;
        Assert.Equal("With  and  and  in it", body.Descendants<Paragraph>().First().InnerText);
        var hebrew = body.Descendants<Paragraph>().Single(p => p.InnerText.StartsWith("הקו", StringComparison.Ordinal));
        Assert.NotNull(hebrew.ParagraphProperties!.BiDi);
        Assert.NotNull(hebrew.Descendants<RightToLeftText>().SingleOrDefault());
        Assert.All(package.MainDocumentPart.HyperlinkRelationships, l => Assert.Contains(l.Uri.Scheme, new[] { "https", "mailto" }));
        // One for the graph, however often it is shown, and one for the board.
        Assert.Equal(2, package.MainDocumentPart.ImageParts.Count());
    }

    [Fact]
    public async Task Json_holds_the_whole_record_and_the_content_of_its_files()
    {
        var record = Everything();
        var text = await TextAsync(to => JsonWriter.WriteAsync(record, (_, _) => Task.FromResult<(byte[], string)?>((Png, "image/png")), to, default));
        var json = JsonDocument.Parse(text).RootElement;
        Assert.Equal(("incidentdesk-document", 1), (json.GetProperty("format").GetString(), json.GetProperty("formatVersion").GetInt32()));
        var content = Assert.Single(json.GetProperty("contents").EnumerateArray());
        Assert.Equal(Graph, content.GetProperty("id").GetGuid());
        Assert.Equal(Png, content.GetProperty("base64").GetBytesFromBase64());
        var read = JsonSerializer.Deserialize<DocumentRecord>(text, DocumentRecord.Json)!;
        Assert.Equal(JsonSerializer.Serialize(record, DocumentRecord.Json), JsonSerializer.Serialize(read, DocumentRecord.Json));
    }

    [Fact]
    public async Task No_cell_of_the_timeline_begins_a_formula()
    {
        var record = Of() with { Entries = [Entry(1, "=HYPERLINK(\"https://example.org\")"), Entry(2, "+1, \"quoted\"\nline"), Entry(3, "@x"), Entry(4, "plain")] };
        var text = await TextAsync(to => TimelineCsv.WriteAsync(record, Say, "es", Mexico, to, default));
        Assert.Equal('\uFEFF', text[0]);
        Assert.Contains("\"'=HYPERLINK(\"\"https://example.org\"\")\"", text, StringComparison.Ordinal);
        Assert.Contains("'+1, \"\"quoted\"\"", text, StringComparison.Ordinal);
        Assert.Contains("'@x", text, StringComparison.Ordinal);
        Assert.Contains("2026-03-14T12:00:00Z,14 mar 2026 06:00 −06:00,exact", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_ups_are_tasks_that_keep_their_id()
    {
        var record = Of() with { FollowUps = [.. Of().FollowUps, new(Guid.CreateVersion7(), new string('ñ', 200) + "\nnext, line; \\", null, null, IncidentDesk.FollowUps.FollowUpState.Done, "done", "")] };
        var text = await TextAsync(to => FollowUpCalendar.WriteAsync(record, Say, "en", to, default));
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        Assert.Contains("UID:0199a000-0000-7000-8000-00000000000f@incidentdesk", unfolded);
        Assert.Contains("DUE;VALUE=DATE:20260401", unfolded);
        Assert.Contains("STATUS:NEEDS-ACTION", unfolded);
        Assert.Contains("STATUS:COMPLETED", unfolded);
        Assert.Contains(unfolded, l => l.StartsWith("SUMMARY", StringComparison.Ordinal) && l.EndsWith("ñ\\nnext\\, line\\; \\\\", StringComparison.Ordinal));
    }

    private static Task<byte[]> DocxAsync(Web.Postmortems.Documents.Document document) => BytesAsync(to => DocxWriter.WriteAsync(document, _ => Task.FromResult<byte[]?>(Png), to, default));

    private static async Task<string> ZippedAsync(Web.Postmortems.Documents.Document document)
    {
        using var zip = new ZipArchive(new MemoryStream(await BytesAsync(to => MarkdownWriter.WriteZipAsync(document, "text.md", to, default))));
        return await new StreamReader(zip.GetEntry("text.md")!.Open()).ReadToEndAsync();
    }
}
