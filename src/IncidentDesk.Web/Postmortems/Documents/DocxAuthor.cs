using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using static IncidentDesk.Web.Postmortems.Documents.DocxText;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>The authors' text as paragraphs of a word processor's document.</summary>
internal sealed class DocxAuthor(MainDocumentPart part, DocxLists lists, DocxPictures pictures, Document document)
{
    private const int MaxIndent = 8;

    public IEnumerable<OpenXmlElement> Of(MarkdownDocument text) => Blocks(text, "Normal", null, 0);

    /// <param name="list">In which list, and on which level; null for none.</param>
    private IEnumerable<OpenXmlElement> Blocks(ContainerBlock blocks, string style, int? list, int level)
    {
        var isFirst = true;
        foreach (var block in blocks)
        {
            foreach (var element in Block(block, style, isFirst ? list : null, level)) yield return element;
            isFirst = false;
        }
    }

    private IEnumerable<OpenXmlElement> Block(Block block, string style, int? list, int level) => block switch
    {
        HeadingBlock heading => [Paragraph($"Heading{heading.Level}", Inlines(heading.Inline, Author))],
        ParagraphBlock paragraph => [Place(Paragraph(style == "Normal" ? null : style, Inlines(paragraph.Inline, Author)), list, level)],
        CodeBlock code => [Place(Paragraph("Code", code.Lines.ToString(), Author with { IsCode = true }), list, level)],
        QuoteBlock quote => Blocks(quote, "Quote", null, level),
        ListBlock items => Items(items, level),
        Markdig.Extensions.Tables.Table table => Rows(table),
        ThematicBreakBlock => [new Paragraph(new ParagraphProperties(new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 4U, Color = "999999" })))],
        ContainerBlock container => Blocks(container, style, list, level),
        _ => [],
    };

    private Look Author => new(Language: document.OtherLanguage);

    private IEnumerable<OpenXmlElement> Items(ListBlock items, int level)
    {
        var number = lists.New(items.IsOrdered, int.TryParse(items.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1, Math.Min(level, MaxIndent));
        return items.OfType<ListItemBlock>().SelectMany(item => Blocks(item, "Normal", number, level + 1));
    }

    private IEnumerable<OpenXmlElement> Rows(Markdig.Extensions.Tables.Table table)
    {
        var rows = table.OfType<Markdig.Extensions.Tables.TableRow>().Select((row, n) => (IReadOnlyList<OpenXmlElement>)[.. row.OfType<Markdig.Extensions.Tables.TableCell>().Select(cell =>
            Paragraph("Cell", cell.OfType<LeafBlock>().SelectMany(b => Inlines(b.Inline, Author with { IsBold = n == 0 }))))]).ToList();
        yield return Table(rows, hasHead: true);
        // Two tables without anything between them would be one.
        yield return new Paragraph();
    }

    /// <summary>With its bullet or number, or as far in as those.</summary>
    private static Paragraph Place(Paragraph paragraph, int? list, int level)
    {
        if (level == 0) return paragraph;
        paragraph.ParagraphProperties ??= new ParagraphProperties();
        if (list is { } number) paragraph.ParagraphProperties.NumberingProperties = new NumberingProperties(new NumberingLevelReference { Val = Math.Min(level - 1, MaxIndent) }, new NumberingId { Val = number });
        else paragraph.ParagraphProperties.Indentation = new Indentation { Start = (level * 360).ToString(CultureInfo.InvariantCulture) };
        return paragraph;
    }

    private IEnumerable<OpenXmlElement> Inlines(ContainerInline? inlines, Look look) => inlines is null ? [] : inlines.SelectMany(i => Inline(i, look));

    private IEnumerable<OpenXmlElement> Inline(Inline inline, Look look) => inline switch
    {
        LiteralInline literal => [Run(literal.Content.ToString(), look)],
        CodeInline code => [Run(code.Content, look with { IsCode = true })],
        LineBreakInline => [new Run(new Break())],
        HtmlEntityInline entity => [Run(entity.Transcoded.ToString(), look)],
        EmphasisInline { DelimiterChar: '~' } struck => Inlines(struck, look with { IsStruck = true }),
        EmphasisInline { DelimiterCount: >= 2 } strong => Inlines(strong, look with { IsBold = true }),
        EmphasisInline emphasis => Inlines(emphasis, look with { IsItalic = true }),
        LinkInline { IsImage: true } image => AuthorText.PictureOf(image, document) is { } picture ? [pictures.Show(picture)] : [],
        LinkInline link => [Link(link.Url, Inlines(link, look with { IsLink = true }))],
        AutolinkInline link => [Link(link.IsEmail ? "mailto:" + link.Url : link.Url, [Run(link.Url, look with { IsLink = true })])],
        DelimiterInline delimiter => Inlines(delimiter, look).Prepend(Run(delimiter.ToLiteral(), look)),
        ContainerInline container => Inlines(container, look),
        _ => [],
    };

    private OpenXmlElement Link(string? url, IEnumerable<OpenXmlElement> words)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return new SdtRun(new SdtContentRun(words));
        return new Hyperlink(words) { Id = part.AddHyperlinkRelationship(uri, isExternal: true).Id, History = true };
    }
}
