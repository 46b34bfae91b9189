using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Runs and paragraphs of a word processor's document.</summary>
internal static class DocxText
{
    /// <summary>How a stretch of text looks.</summary>
    /// <param name="Language">Of the text, where it differs from that of the document.</param>
    public sealed record Look(bool IsBold = false, bool IsItalic = false, bool IsStruck = false, bool IsCode = false, bool IsLink = false, string? Language = null);

    public static Run Run(string text, Look? look = null)
    {
        look ??= new Look();
        var properties = new RunProperties();
        if (look.IsLink) properties.RunStyle = new RunStyle { Val = "Hyperlink" };
        if (look.IsCode) properties.RunFonts = new RunFonts { Ascii = "Courier New", HighAnsi = "Courier New", ComplexScript = "Courier New" };
        if (look.IsBold) (properties.Bold, properties.BoldComplexScript) = (new Bold(), new BoldComplexScript());
        if (look.IsItalic) (properties.Italic, properties.ItalicComplexScript) = (new Italic(), new ItalicComplexScript());
        if (look.IsStruck) properties.Strike = new Strike();
        if (IsRightToLeft(text)) properties.RightToLeftText = new RightToLeftText();
        if (look.Language is { } language) properties.Languages = new Languages { Val = Hosting.Languages.CultureOf(language).Name };
        var run = new Run();
        if (properties.HasChildren) run.RunProperties = properties;
        foreach (var (n, line) in Clean(text).Split('\n').Index())
        {
            if (n > 0) run.AppendChild(new Break());
            run.AppendChild(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }
        return run;
    }

    /// <param name="style">Of the style sheet; null for body text.</param>
    public static Paragraph Paragraph(string? style, IEnumerable<OpenXmlElement> content)
    {
        var paragraph = new Paragraph();
        var properties = new ParagraphProperties();
        if (style is not null) properties.ParagraphStyleId = new ParagraphStyleId { Val = style };
        paragraph.ParagraphProperties = properties;
        foreach (var element in content) paragraph.AppendChild(element);
        if (IsRightToLeft(paragraph.InnerText)) properties.BiDi = new BiDi();
        if (!properties.HasChildren) paragraph.ParagraphProperties = null;
        return paragraph;
    }

    public static Paragraph Paragraph(string? style, string text, Look? look = null) => Paragraph(style, [Run(text, look)]);

    /// <summary>A table of plain text or of what cells hold, its first row at the head of each page.</summary>
    public static Table Table(IReadOnlyList<IReadOnlyList<OpenXmlElement>> rows, bool hasHead)
    {
        var columns = rows.Select(r => r.Count).DefaultIfEmpty(1).Max();
        var table = new Table(
            new TableProperties { TableStyle = new TableStyle { Val = "Grid" }, TableWidth = new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct } },
            new TableGrid(Enumerable.Range(0, columns).Select(_ => new GridColumn { Width = (9_600 / columns).ToString(CultureInfo.InvariantCulture) })));
        foreach (var (n, cells) in rows.Index())
        {
            var row = new TableRow();
            if (hasHead && n == 0) row.AppendChild(new TableRowProperties(new CantSplit(), new TableHeader()));
            foreach (var cell in cells) row.AppendChild(new TableCell(cell));
            for (var missing = cells.Count; missing < columns; missing++) row.AppendChild(new TableCell(new Paragraph()));
            table.AppendChild(row);
        }
        return table;
    }

    /// <summary>Without the characters that XML cannot hold.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) clean.Append(text[i]).Append(text[++i]);
            else if (XmlConvert.IsXmlChar(text[i])) clean.Append(text[i] == '\r' ? ' ' : text[i]);
        }
        return clean.ToString();
    }

    /// <summary>By its first letter that has a direction (Unicode, bidirectional algorithm, P2).</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF)) return Rune.IsLetter(rune) || rune.Value == 0x200F;
            if (Rune.IsLetter(rune)) return false;
        }
        return false;
    }
}
