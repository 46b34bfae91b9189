using System.Globalization;
using IncidentDesk.Web.Timeline;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Markdown of the authors as a tree that cannot harm, the same for every format: no HTML, no scripts, links to http, https and mailto only, no pictures but the document's own.</summary>
internal static class AuthorText
{
    public const string Scheme = "attachment:";

    /// <param name="level">That of its first heading.</param>
    public static MarkdownDocument Parse(string markdown, Document document, int level)
    {
        MarkdownDocument parsed;
        try
        {
            parsed = Markdown.Parse(markdown, EntryMarkdown.Pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes: as it was typed.
            return [new ParagraphBlock { Inline = new ContainerInline().AppendChild(new LiteralInline(markdown)) }];
        }
        foreach (var link in parsed.Descendants<LinkInline>().ToList()) Clean(link, document);
        foreach (var link in parsed.Descendants<AutolinkInline>().ToList())
        {
            if (!link.IsEmail && !EntryMarkdown.IsAllowed(link.Url)) link.ReplaceBy(new LiteralInline(link.Url));
        }
        foreach (var heading in parsed.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + level - 1);
        return parsed;
    }

    /// <summary>The picture that a link shows.</summary>
    public static DocumentPicture? PictureOf(LinkInline link, Document document) =>
        link.IsImage && EntryMarkdown.AttachmentOf(link.Url) is { } id ? document.Pictures.GetValueOrDefault(id) : null;

    /// <summary>All pictures that a text shows.</summary>
    public static IEnumerable<(LinkInline Link, DocumentPicture Picture)> Pictures(MarkdownDocument text, Document document) =>
        text.Descendants<LinkInline>().Select(link => (link, PictureOf(link, document)!)).Where(p => p.Item2 is not null);

    /// <summary>Puts words in place of a picture that cannot be had.</summary>
    public static void Replace(LinkInline picture, Document document, string name) =>
        picture.ReplaceBy(new LiteralInline(string.Format(CultureInfo.InvariantCulture, document.MissingPicture, name)), copyChildren: false);

    public static string Words(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(t => t.Content.ToString()));

    private static void Clean(LinkInline link, Document document)
    {
        if (link.Url?.StartsWith(Scheme, StringComparison.Ordinal) == true)
        {
            var id = EntryMarkdown.AttachmentOf(link.Url);
            if (link.IsImage)
            {
                if (id is null || !document.Pictures.ContainsKey(id.Value)) Replace(link, document, Words(link));
                return;
            }
            // A file that is no picture is named: it does not travel with the text.
            var name = id is { } file ? document.Names.GetValueOrDefault(file) : null;
            link.Url = name is null || name == Words(link) ? "" : name;
            EntryMarkdown.Unlink(link);
            return;
        }
        link.IsImage = false;
        if (!EntryMarkdown.IsAllowed(link.Url)) EntryMarkdown.Unlink(link);
    }
}
