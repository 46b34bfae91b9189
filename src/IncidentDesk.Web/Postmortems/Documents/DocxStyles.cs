using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>The styles, the head and the foot of a word processor's document.</summary>
internal static class DocxStyles
{
    // In half points, of the levels 1 to 6.
    private static readonly int[] HeadingSizes = [40, 30, 26, 23, 22, 22];

    public static void Save(MainDocumentPart part, string language)
    {
        var defaults = new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle
        {
            RunFonts = new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri", ComplexScript = "Arial" },
            FontSize = new FontSize { Val = "21" },
            FontSizeComplexScript = new FontSizeComplexScript { Val = "21" },
            Languages = new Languages { Val = Hosting.Languages.CultureOf(language).Name },
        }), new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle { SpacingBetweenLines = new SpacingBetweenLines { After = "120", Line = "264", LineRule = LineSpacingRuleValues.Auto } }));
        var styles = new Styles(defaults, Style("Normal", StyleValues.Paragraph, "Normal", new StyleParagraphProperties(), new StyleRunProperties(), isDefault: true));
        for (var level = 1; level <= 6; level++) styles.AppendChild(Heading(level));
        styles.AppendChild(Style("Caption", StyleValues.Paragraph, "caption", new StyleParagraphProperties { KeepNext = new KeepNext() }, new StyleRunProperties { Bold = new Bold(), FontSize = new FontSize { Val = "19" } }));
        styles.AppendChild(Style("Cell", StyleValues.Paragraph, "Cell", new StyleParagraphProperties { SpacingBetweenLines = new SpacingBetweenLines { After = "0" } }, new StyleRunProperties { FontSize = new FontSize { Val = "17" }, FontSizeComplexScript = new FontSizeComplexScript { Val = "17" } }));
        styles.AppendChild(Style("Code", StyleValues.Paragraph, "Code", new StyleParagraphProperties { Shading = Shade("F4F4F1") }, new StyleRunProperties { FontSize = new FontSize { Val = "18" } }));
        styles.AppendChild(Style("Quote", StyleValues.Paragraph, "Quote", new StyleParagraphProperties { Indentation = new Indentation { Start = "360" } }, new StyleRunProperties { Italic = new Italic() }));
        styles.AppendChild(Style("Notice", StyleValues.Paragraph, "Notice", new StyleParagraphProperties { Shading = Shade("FBF2D3") }, new StyleRunProperties()));
        styles.AppendChild(Style("When", StyleValues.Paragraph, "When", new StyleParagraphProperties { KeepNext = new KeepNext(), SpacingBetweenLines = new SpacingBetweenLines { Before = "120", After = "20" } }, new StyleRunProperties { FontSize = new FontSize { Val = "19" } }));
        styles.AppendChild(Style("Hyperlink", StyleValues.Character, "Hyperlink", null, new StyleRunProperties { Color = new Color { Val = "2B47BD" }, Underline = new Underline { Val = UnderlineValues.Single } }));
        styles.AppendChild(Grid());
        part.AddNewPart<StyleDefinitionsPart>().Styles = styles;
    }

    /// <summary>The end of the body: the size of a page, its head and its foot.</summary>
    public static SectionProperties Pages(MainDocumentPart part, Document document)
    {
        var (head, foot) = (part.AddNewPart<HeaderPart>(), part.AddNewPart<FooterPart>());
        head.Header = new Header(DocxText.Paragraph("Cell", document.Mark));
        var words = document.Page.Split("{0}", 2);
        var rest = words.Length > 1 ? words[1].Split("{1}", 2) : ["", ""];
        foot.Footer = new Footer(DocxText.Paragraph("Cell", [DocxText.Run(words[0]), new SimpleField(DocxText.Run("1")) { Instruction = "PAGE" }, DocxText.Run(rest[0]), new SimpleField(DocxText.Run("1")) { Instruction = "NUMPAGES" }, DocxText.Run(rest.Length > 1 ? rest[1] : "")]));
        return new SectionProperties(
            new HeaderReference { Type = HeaderFooterValues.Default, Id = part.GetIdOfPart(head) }, new FooterReference { Type = HeaderFooterValues.Default, Id = part.GetIdOfPart(foot) },
            new PageSize { Width = 11_906U, Height = 16_838U }, new PageMargin { Top = 1_134, Bottom = 1_020, Left = 1_020U, Right = 1_020U, Header = 500U, Footer = 500U, Gutter = 0U });
    }

    private static Style Heading(int level)
    {
        var size = HeadingSizes[level - 1].ToString(CultureInfo.InvariantCulture);
        return Style($"Heading{level}", StyleValues.Paragraph, string.Create(CultureInfo.InvariantCulture, $"heading {level}"),
            new StyleParagraphProperties { KeepNext = new KeepNext(), SpacingBetweenLines = new SpacingBetweenLines { Before = level < 3 ? "300" : "200", After = "80" }, OutlineLevel = new OutlineLevel { Val = level - 1 } },
            new StyleRunProperties { Bold = new Bold(), BoldComplexScript = new BoldComplexScript(), FontSize = new FontSize { Val = size }, FontSizeComplexScript = new FontSizeComplexScript { Val = size } });
    }

    private static Style Style(string id, StyleValues type, string name, StyleParagraphProperties? paragraph, StyleRunProperties run, bool isDefault = false)
    {
        var style = new Style { StyleId = id, Type = type, StyleName = new StyleName { Val = name } };
        if (isDefault) style.Default = true;
        else if (type == StyleValues.Paragraph) style.BasedOn = new BasedOn { Val = "Normal" };
        style.PrimaryStyle = new PrimaryStyle();
        if (paragraph is { HasChildren: true }) style.StyleParagraphProperties = paragraph;
        if (run.HasChildren) style.StyleRunProperties = run;
        return style;
    }

    private static Style Grid() => new(
        new StyleName { Val = "Grid" },
        new StyleTableProperties(new TableBorders(
            new TopBorder { Val = BorderValues.Single, Size = 4U, Color = "BBBBBB" }, new LeftBorder { Val = BorderValues.Single, Size = 4U, Color = "BBBBBB" }, new BottomBorder { Val = BorderValues.Single, Size = 4U, Color = "BBBBBB" },
            new RightBorder { Val = BorderValues.Single, Size = 4U, Color = "BBBBBB" }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4U, Color = "BBBBBB" }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4U, Color = "BBBBBB" })))
    { StyleId = "Grid", Type = StyleValues.Table };

    private static Shading Shade(string fill) => new() { Val = ShadingPatternValues.Clear, Color = "auto", Fill = fill };
}
