using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace IncidentDesk.Web.Tests.Postmortems;

/// <summary>What a file says, as its readers read it: the words in their order, whatever they look like. What stands only for those who do not see a picture is not among it.</summary>
internal static partial class Spoken
{
    private static readonly MarkdownPipeline Gfm = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras().Build();

    public static string Markdown(string text)
    {
        var said = new StringBuilder();
        foreach (var item in Markdig.Markdown.Parse(text, Gfm).Descendants())
        {
            if (item is Inline inline && inline.FindParentOfType<LinkInline>().Any(l => l.IsImage)) continue;
            switch (item)
            {
                case LiteralInline literal: said.Append(literal.Content); break;
                case CodeInline code: said.Append(code.Content); break;
                case HtmlEntityInline entity: said.Append(entity.Transcoded); break;
                case AutolinkInline link: said.Append(link.Url); break;
                case LineBreakInline: said.Append('\n'); break;
                case CodeBlock block: said.Append('\n').Append(block.Lines); break;
                case LeafBlock: said.Append('\n'); break;
            }
        }
        return said.ToString();
    }

    public static string Html(string text)
    {
        var said = new StringBuilder();
        foreach (var node in new HtmlParser().ParseDocument(text).QuerySelector("main")!.Descendants())
        {
            if (node is IText words) said.Append(words.Data);
            else if (node is IElement element && element.LocalName is not ("b" or "strong" or "em" or "code" or "a" or "time")) said.Append('\n');
        }
        return said.ToString();
    }

    public static string Docx(byte[] file)
    {
        using var package = WordprocessingDocument.Open(new MemoryStream(file), isEditable: false);
        var said = new StringBuilder();
        foreach (var paragraph in package.MainDocumentPart!.Document.Body!.Descendants<Paragraph>())
        {
            foreach (var piece in paragraph.Descendants()) said.Append(piece switch { Text text => text.Text, Break => "\n", _ => "" });
            said.Append('\n');
        }
        return said.ToString();
    }

    public static IReadOnlyList<string> Words(string said) => [.. Word().Matches(said).Select(m => m.Value)];

    public static IReadOnlyList<string> Times(string said) => [.. Time().Matches(said).Select(m => Regex.Replace(m.Value, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(1)))];

    [GeneratedRegex(@"[\p{L}\p{N}\p{M}]+", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\d{1,2}\s+\p{L}{3,5}\.?\s+\d{4}\s+\d{2}:\d{2}\s+(UTC|[+−]\d{2}:\d{2})", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Time();
}
