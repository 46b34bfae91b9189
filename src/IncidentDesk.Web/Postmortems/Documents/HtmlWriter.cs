using System.Globalization;
using System.Net;
using System.Text;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using static IncidentDesk.Web.Postmortems.Documents.DocumentPart;
using TableCell = Markdig.Extensions.Tables.TableCell;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Writes a document as one HTML file that needs nothing else and does nothing: its styles and pictures are in it, and no script. It prints well.</summary>
internal sealed class HtmlWriter
{
    private const int LongWord = 24;

    private readonly Document _document;
    private readonly StreamWriter _to;
    private readonly HtmlRenderer _renderer;

    private HtmlWriter(Document document, StreamWriter to)
    {
        (_document, _to, _renderer) = (document, to, new HtmlRenderer(to));
        Timeline.EntryMarkdown.Pipeline.Setup(_renderer);
    }

    public static Task WriteAsync(Document document, Stream to, CancellationToken ct) => WriteAsync(document, DocumentStyle.Of(document), to, ct);

    /// <summary>The same to be printed, and to be seen only so.</summary>
    public static Task WriteForPrinterAsync(Document document, Stream to, CancellationToken ct) => WriteAsync(document, DocumentStyle.ForPrinter(document), to, ct);

    private static async Task WriteAsync(Document document, string style, Stream to, CancellationToken ct)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(false), 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        await new HtmlWriter(document, writer).WriteAsync(style, ct);
    }

    private async Task WriteAsync(string style, CancellationToken ct)
    {
        await _to.WriteAsync($"""
            <!doctype html>
            <html lang="{_document.Language}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{E(_document.Title)}</title>
            <style>{style}</style>
            </head>
            <body>
            <main>
            <header><h1 dir="auto"{Lang}>{E(_document.Title)}</h1><p class="mark">{E(_document.Mark)}</p></header>

            """);
        foreach (var part in _document.Parts)
        {
            ct.ThrowIfCancellationRequested();
            await PartAsync(part, ct);
        }
        await _to.WriteAsync("</main>\n</body>\n</html>\n");
    }

    private async Task PartAsync(DocumentPart part, CancellationToken ct)
    {
        switch (part)
        {
            case Heading heading:
                await _to.WriteAsync($"<h{heading.Level} dir=\"auto\">{E(heading.Title)}</h{heading.Level}>\n");
                break;
            case Text text:
                await _to.WriteAsync($"<div class=\"text\"{Lang}>");
                await AuthorAsync(text.Markdown, 3, ct);
                await _to.WriteAsync("</div>\n");
                break;
            case Notice notice:
                await _to.WriteAsync($"<p class=\"notice\" dir=\"auto\">{E(notice.Words)}</p>\n");
                break;
            case Facts facts:
                await _to.WriteAsync("<dl>" + string.Concat(facts.Rows.Select(r => $"<div><dt>{E(r.Term)}</dt><dd dir=\"auto\">{E(r.Value)}</dd></div>")) + "</dl>\n");
                break;
            case Table table:
                await TableAsync(table);
                break;
            case Events events:
                await _to.WriteAsync("<ol class=\"events\">\n");
                foreach (var e in events.Rows) await EventAsync(e, ct);
                await _to.WriteAsync("</ol>\n");
                break;
            case Figure figure:
                await _to.WriteAsync("<figure>");
                if (await figure.Picture.ReadAsync(ct) is { } bytes) await _to.WriteAsync($"<img alt=\"{E(figure.Picture.Alternative)}\" src=\"{Data(figure.Picture, bytes)}\">");
                else await _to.WriteAsync($"<p class=\"notice\" dir=\"auto\">{E(string.Format(CultureInfo.InvariantCulture, _document.MissingPicture, figure.Picture.Alternative))}</p>");
                await _to.WriteAsync($"{Caption(figure.Caption)}</figure>\n");
                break;
            case Board board:
                await _to.WriteAsync($"<figure><img class=\"board\" alt=\"{E(board.Alternative)}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(board.Svg))}\">{Caption(board.Caption)}</figure>\n");
                break;
        }
    }

    private async Task TableAsync(Table table)
    {
        await _to.WriteAsync($"<div class=\"wide\"><table><caption>{E(table.Caption)}</caption><thead><tr>{string.Concat(table.Columns.Select(c => $"<th scope=\"col\">{E(c)}</th>"))}</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
            await _to.WriteAsync($"<tr><th scope=\"row\" dir=\"auto\"{Long(row[0])}>{E(row[0])}</th>{string.Concat(row.Skip(1).Select(c => $"<td dir=\"auto\"{Long(c)}>{E(c)}</td>"))}</tr>\n");
        await _to.WriteAsync("</tbody></table></div>\n");
    }

    private async Task EventAsync(DocumentEvent e, CancellationToken ct)
    {
        var when = e.Machine is { } machine ? $"<time datetime=\"{machine}\">{E(e.When)}</time>" : E(e.When);
        await _to.WriteAsync($"<li><p class=\"when\"><b>{when}</b> · {E(e.About)}</p>");
        if (e.Change.Length > 0) await _to.WriteAsync($"<p dir=\"auto\">{E(e.Change)}</p>");
        if (e.Markdown.Length > 0)
        {
            await _to.WriteAsync($"<div class=\"text\"{Lang}>");
            await AuthorAsync(e.Markdown, 4, ct);
            await _to.WriteAsync("</div>");
        }
        await _to.WriteAsync("</li>\n");
    }

    private async Task AuthorAsync(string markdown, int level, CancellationToken ct)
    {
        var parsed = AuthorText.Parse(markdown, _document, level);
        foreach (var (link, picture) in AuthorText.Pictures(parsed, _document).ToList())
        {
            if (await picture.ReadAsync(ct) is { } bytes) link.Url = Data(picture, bytes);
            else AuthorText.Replace(link, _document, picture.Alternative);
        }
        foreach (var block in parsed.Descendants().Where(b => b is ParagraphBlock or HeadingBlock or ListItemBlock or QuoteBlock or TableCell)) block.GetAttributes().AddPropertyIfNotExist("dir", "auto");
        foreach (var link in parsed.Descendants<LinkInline>().Where(l => !l.IsImage)) link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
        _renderer.Render(parsed);
    }

    /// <summary>A cell breaks within a word only where the word would not fit at all.</summary>
    private static string Long(string cell) => cell.Split(' ').Any(word => word.Length > LongWord) ? " class=\"long\"" : "";

    private string Lang => _document.OtherLanguage is { } other ? $" lang=\"{other}\"" : "";

    private static string Caption(string caption) => caption.Length > 0 ? $"<figcaption dir=\"auto\">{E(caption)}</figcaption>" : "";

    private static string Data(DocumentPicture picture, byte[] bytes) => $"data:{picture.MediaType};base64,{Convert.ToBase64String(bytes)}";

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
