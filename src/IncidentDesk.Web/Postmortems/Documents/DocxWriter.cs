using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using static IncidentDesk.Web.Postmortems.Documents.DocxText;
using Part = IncidentDesk.Web.Postmortems.Documents.DocumentPart;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Writes a document for word processors (Office Open XML), with styles, tagged headings, and pictures in it.</summary>
internal sealed class DocxWriter
{
    private readonly Document _document;
    private readonly DocxPictures _pictures;
    private readonly DocxAuthor _author;
    private readonly Dictionary<Part.Board, DocumentPicture?> _boards = [];

    private DocxWriter(Document document, MainDocumentPart part, DocxLists lists)
    {
        (_document, _pictures) = (document, new DocxPictures(part));
        _author = new DocxAuthor(part, lists, _pictures, document);
    }

    /// <param name="draw">The board as a picture of points; null where it cannot be drawn, and its table stands there.</param>
    public static async Task WriteAsync(Document document, Func<string, Task<byte[]?>> draw, Stream to, CancellationToken ct)
    {
        using var package = WordprocessingDocument.Create(to, WordprocessingDocumentType.Document);
        var (part, lists) = (package.AddMainDocumentPart(), new DocxLists());
        package.PackageProperties.Title = Clean(document.Title);
        package.PackageProperties.Language = document.Language;
        DocxStyles.Save(part, document.Language);
        var pages = DocxStyles.Pages(part, document);
        var docx = new DocxWriter(document, part, lists);
        // Pictures before the text: a part is written from its beginning to its end.
        await docx.StoreAsync(draw, ct);
        using (var writer = OpenXmlWriter.Create(part, Encoding.UTF8))
        {
            writer.WriteStartDocument(standalone: true);
            writer.WriteStartElement(new Word.Document());
            writer.WriteStartElement(new Body());
            writer.WriteElement(Paragraph("Heading1", document.Title, new Look(Language: document.OtherLanguage)));
            writer.WriteElement(Paragraph(null, document.Mark, new Look(IsBold: true)));
            foreach (var element in document.Parts.SelectMany(docx.Part))
            {
                ct.ThrowIfCancellationRequested();
                writer.WriteElement(element);
            }
            writer.WriteElement(pages);
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        lists.Save(part);
    }

    private async Task StoreAsync(Func<string, Task<byte[]?>> draw, CancellationToken ct)
    {
        var texts = _document.Parts.SelectMany(p => p switch { DocumentPart.Text text => [text.Markdown], DocumentPart.Events events => events.Rows.Select(e => e.Markdown), _ => [] });
        foreach (var id in texts.SelectMany(IncidentDesk.Postmortems.AttachmentLinks.In))
            if (_document.Pictures.GetValueOrDefault(id) is { } shown) await _pictures.StoreAsync(shown, ct);
        foreach (var figure in _document.Parts.OfType<DocumentPart.Figure>()) await _pictures.StoreAsync(figure.Picture, ct);
        foreach (var board in _document.Parts.OfType<DocumentPart.Board>())
        {
            var png = await draw(board.Svg);
            var picture = new DocumentPicture($"{PictureNames.Board}.png", "image/png", board.Alternative, _ => Task.FromResult(png));
            _boards[board] = await _pictures.StoreAsync(picture, ct) ? picture : null;
        }
    }

    private IEnumerable<OpenXmlElement> Part(Part part) => part switch
    {
        DocumentPart.Heading heading => [Paragraph($"Heading{heading.Level}", heading.Title)],
        DocumentPart.Text text => Author(text.Markdown, 3),
        DocumentPart.Notice notice => [Paragraph("Notice", notice.Words)],
        DocumentPart.Facts facts => [Table([.. facts.Rows.Select(r => Cells([r.Term, r.Value]))], hasHead: false), new Paragraph()],
        DocumentPart.Table table => Rows(table),
        DocumentPart.Events events => events.Rows.SelectMany(Event),
        DocumentPart.Figure figure => Figure(figure),
        DocumentPart.Board board when _boards[board] is { } picture => [Paragraph(null, [_pictures.Show(picture)]), Paragraph("Caption", board.Caption)],
        DocumentPart.Board board => [.. Rows(board.Twin), Paragraph("Caption", board.Caption)],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private IEnumerable<OpenXmlElement> Rows(DocumentPart.Table table) =>
        [Paragraph("Caption", table.Caption), Table([Cells(table.Columns, isBold: true), .. table.Rows.Select(r => Cells(r))], hasHead: true), new Paragraph()];

    private static IReadOnlyList<OpenXmlElement> Cells(IReadOnlyList<string> texts, bool isBold = false) => [.. texts.Select((t, n) => Paragraph("Cell", t, new Look(IsBold: isBold || n == 0)))];

    private IEnumerable<OpenXmlElement> Event(DocumentEvent e)
    {
        yield return Paragraph("When", [Run(e.When, new Look(IsBold: true)), Run($" · {e.About}")]);
        if (e.Change.Length > 0) yield return Paragraph(null, e.Change);
        if (e.Markdown.Length == 0) yield break;
        foreach (var element in Author(e.Markdown, 4)) yield return element;
    }

    private IEnumerable<OpenXmlElement> Figure(DocumentPart.Figure figure)
    {
        yield return _pictures.IsStored(figure.Picture) ? Paragraph(null, [_pictures.Show(figure.Picture)]) : Paragraph("Notice", string.Format(CultureInfo.InvariantCulture, _document.MissingPicture, figure.Picture.Alternative));
        if (figure.Caption.Length > 0) yield return Paragraph("Caption", figure.Caption);
    }

    private IEnumerable<OpenXmlElement> Author(string markdown, int level)
    {
        var parsed = AuthorText.Parse(markdown, _document, level);
        foreach (var (link, picture) in AuthorText.Pictures(parsed, _document).ToList())
            if (!_pictures.IsStored(picture)) AuthorText.Replace(link, _document, picture.Alternative);
        return _author.Of(parsed);
    }
}
