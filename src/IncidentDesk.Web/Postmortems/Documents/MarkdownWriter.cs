using System.IO.Compression;
using System.Text;
using static IncidentDesk.Web.Postmortems.Documents.DocumentPart;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Writes a document as GitHub Flavored Markdown, alone or in a zip with its pictures beside it in <c>images/</c>.</summary>
internal static class MarkdownWriter
{
    private const string Folder = "images/";

    public static async Task WriteAsync(Document document, Stream to, CancellationToken ct)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(false), 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        await WriteAsync(document, writer, missing: null, ct);
    }

    /// <remarks>Pictures are stored first, so that the text says which of them cannot be had.</remarks>
    public static async Task WriteZipAsync(Document document, string name, Stream to, CancellationToken ct)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var picture in Shown(document))
        {
            if (await picture.ReadAsync(ct) is not { } bytes) missing.Add(picture.FileName);
            else await StoreAsync(zip, Folder + picture.FileName, bytes, ct);
        }
        foreach (var board in document.Parts.OfType<Board>()) await StoreAsync(zip, $"{Folder}{PictureNames.Board}.svg", Encoding.UTF8.GetBytes(board.Svg), ct);
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        await using var writer = new StreamWriter(entry, new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" };
        await WriteAsync(document, writer, missing, ct);
    }

    private static async Task StoreAsync(ZipArchive zip, string name, byte[] bytes, CancellationToken ct)
    {
        // Pictures are packed already.
        await using var entry = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(ct);
        await entry.WriteAsync(bytes, ct);
    }

    /// <summary>Every picture that the document shows, once.</summary>
    private static IEnumerable<DocumentPicture> Shown(Document document)
    {
        var texts = document.Parts.SelectMany(p => p switch { Text text => [text.Markdown], Events events => events.Rows.Select(e => e.Markdown), _ => [] });
        var inText = texts.SelectMany(IncidentDesk.Postmortems.AttachmentLinks.In).Select(id => document.Pictures.GetValueOrDefault(id)).OfType<DocumentPicture>();
        return document.Parts.OfType<Figure>().Select(f => f.Picture).Concat(inText).DistinctBy(p => p.FileName, StringComparer.Ordinal);
    }

    /// <param name="missing">Pictures that cannot be had; null when nobody has looked.</param>
    private static async Task WriteAsync(Document document, StreamWriter writer, HashSet<string>? missing, CancellationToken ct)
    {
        await writer.WriteAsync($"# {MarkdownText.Escape(document.Title)}\n\n{MarkdownText.Escape(document.Mark)}\n");
        foreach (var part in document.Parts)
        {
            ct.ThrowIfCancellationRequested();
            await writer.WriteAsync("\n");
            if (part is Events events)
                foreach (var e in events.Rows) await writer.WriteAsync(Event(e, document, missing));
            else await writer.WriteAsync(Part(part, document, missing) + "\n");
        }
    }

    private static string Part(DocumentPart part, Document document, HashSet<string>? missing) => part switch
    {
        Heading heading => $"{new string('#', heading.Level)} {MarkdownText.Escape(heading.Title)}",
        Text text => Author(text.Markdown, document, 3, missing),
        Notice notice => $"> {MarkdownText.EscapeLine(notice.Words)}",
        Facts facts => string.Join('\n', facts.Rows.Select(r => $"- **{MarkdownText.Escape(r.Term)}**: {MarkdownText.Escape(r.Value)}")),
        Table table => $"**{MarkdownText.Escape(table.Caption)}**\n\n{Row(table.Columns)}\n|{string.Concat(Enumerable.Repeat(" --- |", table.Columns.Count))}\n{string.Join('\n', table.Rows.Select(Row))}",
        Figure figure when missing?.Contains(figure.Picture.FileName) == true => $"> {MarkdownText.EscapeLine(Missing(document, figure.Picture))}\n\n{Caption(figure.Caption)}".TrimEnd(),
        Figure figure => $"![{MarkdownText.Escape(figure.Picture.Alternative)}]({Folder}{figure.Picture.FileName})\n\n{Caption(figure.Caption)}".TrimEnd(),
        Board board => $"![{MarkdownText.Escape(board.Alternative)}]({Folder}{PictureNames.Board}.svg)\n\n{Caption(board.Caption)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Event(DocumentEvent e, Document document, HashSet<string>? missing)
    {
        var parts = new List<string> { $"**{MarkdownText.Escape(e.When)}** · {MarkdownText.Escape(e.About)}" };
        if (e.Change.Length > 0) parts.Add(MarkdownText.EscapeLine(e.Change));
        if (e.Markdown.Length > 0) parts.Add(Author(e.Markdown, document, 4, missing));
        return MarkdownText.Prefix(string.Join("\n\n", parts), "- ", "  ") + "\n";
    }

    private static string Author(string markdown, Document document, int level, HashSet<string>? missing)
    {
        var parsed = AuthorText.Parse(markdown, document, level);
        foreach (var (link, picture) in AuthorText.Pictures(parsed, document).ToList())
        {
            if (missing?.Contains(picture.FileName) == true) AuthorText.Replace(link, document, picture.Alternative);
        }
        return new MarkdownText(link => AuthorText.PictureOf(link, document) is { } picture ? Folder + picture.FileName : "").Of(parsed);
    }

    private static string Missing(Document document, DocumentPicture picture) => string.Format(System.Globalization.CultureInfo.InvariantCulture, document.MissingPicture, picture.Alternative);

    private static string Caption(string caption) => caption.Length > 0 ? $"*{MarkdownText.Escape(caption)}*" : "";

    private static string Row(IReadOnlyList<string> cells) => "| " + string.Join(" | ", cells.Select(MarkdownText.Escape)) + " |";
}
