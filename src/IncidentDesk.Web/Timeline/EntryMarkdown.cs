using System.Net;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Caching.Memory;

namespace IncidentDesk.Web.Timeline;

/// <summary>Turns an entry's Markdown into HTML that cannot harm: no HTML of the author's, no scripts, no images but the incident's own files, links to those and to http, https and mailto only.</summary>
/// <remarks>
/// A row of the log never changes, so it is rendered once for all who read it. A file is written as <c>attachment:id</c>; whether it
/// is there, belongs to this incident, is a picture and may be seen, says the address that it gets.
/// </remarks>
public sealed class EntryMarkdown : IDisposable
{
    private const string Attachment = "attachment:";

    // In characters of HTML: about 40 MB.
    private const long CacheSize = 20_000_000;

    internal static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().Build();

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = CacheSize });

    /// <param name="incidentKey">Of the incident that the entry stands in.</param>
    public MarkupString Render(TimelineEntry entry, string incidentKey) => _cache.GetOrCreate(entry.EntryId, item =>
    {
        var html = ToHtml(entry.Body, entry.Links, incidentKey);
        item.Size = html.Length + 100;
        return new MarkupString(html);
    });

    /// <summary>Safe HTML of any text.</summary>
    /// <param name="mentioned">What its <c>#names</c> and <c>+names</c> lead to.</param>
    /// <param name="incidentKey">Of the incident whose files it may show; none when null.</param>
    public static string ToHtml(string markdown, IReadOnlyList<EntryLink>? mentioned = null, string? incidentKey = null)
    {
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            foreach (var link in document.Descendants<LinkInline>().ToList())
            {
                if (incidentKey is not null && AttachmentOf(link.Url) is { } file)
                {
                    Fetch(link, Links.Attachment(incidentKey, file));
                    continue;
                }
                link.IsImage = false;
                if (IsAllowed(link.Url)) Guard(link);
                else Unlink(link);
            }
            foreach (var link in document.Descendants<AutolinkInline>().ToList())
            {
                if (link.IsEmail || IsAllowed(link.Url)) Guard(link);
                else link.ReplaceBy(new LiteralInline(link.Url));
            }
            if (mentioned is { Count: > 0 })
                foreach (var text in document.Descendants<LiteralInline>().Where(t => t.FindParentOfType<LinkInline>().FirstOrDefault() is null).ToList()) Link(text, mentioned);
            // The page has its own first three levels.
            foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + 3);
            return document.ToHtml(Pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes: shown as it was typed.
            return $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>";
        }
    }

    internal static bool IsAllowed(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto);

    internal static Guid? AttachmentOf(string? url) =>
        url is not null && url.StartsWith(Attachment, StringComparison.Ordinal) && Guid.TryParseExact(url[Attachment.Length..], "D", out var id) ? id : null;

    /// <summary>A picture within a link to itself, or a link.</summary>
    private static void Fetch(LinkInline link, string address)
    {
        link.Url = address;
        var attributes = link.GetAttributes();
        if (link.IsImage)
        {
            attributes.AddProperty("loading", "lazy");
            if (link.Parent!.FindParentOfType<LinkInline>().Any()) return;
            var around = new LinkInline(address, "");
            link.InsertBefore(around);
            link.Remove();
            around.AppendChild(link);
            attributes = around.GetAttributes();
        }
        attributes.AddClass("file");
        // A browser that saves it does not leave the page for it.
        attributes.AddProperty("download", "");
    }

    private static void Guard(MarkdownObject link)
    {
        var attributes = link.GetAttributes();
        attributes.AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
        attributes.AddPropertyIfNotExist("target", "_blank");
    }

    /// <summary>The words stay, and the address that was not allowed is shown behind them as text.</summary>
    internal static void Unlink(LinkInline link)
    {
        var address = link.Url;
        Inline last = link;
        while (link.FirstChild is { } child)
        {
            child.Remove();
            last.InsertAfter(child);
            last = child;
        }
        if (!string.IsNullOrEmpty(address)) last.InsertAfter(new LiteralInline($" ({address})"));
        link.Remove();
    }

    /// <summary>Puts links in place of the mentions of a piece of text.</summary>
    private static void Link(LiteralInline literal, IReadOnlyList<EntryLink> mentioned)
    {
        var text = literal.Content.ToString();
        var (from, last) = (0, (Inline)literal);
        foreach (var mention in Mentions.In(text))
        {
            var name = Folding.Fold(mention.Name);
            if (mentioned.FirstOrDefault(l => mention.IsAsset == l.AssetId is not null && Folding.Fold(l.Name) == name) is not { } found) continue;
            var link = new LinkInline(mention.IsAsset ? Links.Asset(found.Name) : Links.Mitigation(found.Name), "");
            link.AppendChild(new LiteralInline(text.Substring(mention.Start, mention.Length)));
            link.GetAttributes().AddClass("mention");
            if (found.AssetId is { } id) link.GetAttributes().AddProperty("data-asset", id.ToString());
            foreach (var piece in new Inline[] { new LiteralInline(text[from..mention.Start]), link })
            {
                last.InsertAfter(piece);
                last = piece;
            }
            from = mention.Start + mention.Length;
        }
        if (from == 0) return;
        last.InsertAfter(new LiteralInline(text[from..]));
        literal.Remove();
    }

    public void Dispose() => _cache.Dispose();
}
