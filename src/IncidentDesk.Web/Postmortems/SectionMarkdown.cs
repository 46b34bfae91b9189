using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using IncidentDesk.Attachments;
using IncidentDesk.Postmortems;
using IncidentDesk.Web.Attachments;
using IncidentDesk.Web.Postmortems.Documents;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Postmortems;

/// <summary>A section as its authors see it while they write: its Markdown, entries and files in it, and of other fields what they are and how they stand.</summary>
internal static partial class SectionMarkdown
{
    // Of Unicode's private use, so that no author's text holds them by accident; those that do lose them.
    private const char Begin = '\uE000', End = '\uE001';

    public static MarkupString Render(string body, DocumentRecord record, string key, TimeZoneInfo zone, Say say)
    {
        var (marked, shown) = (new StringBuilder(), new List<(string Html, bool IsBlock)>());
        var values = new DocumentValues(record, say, zone);
        foreach (var piece in Fields.Of(body))
        {
            if (piece.Name is null) marked.Append(piece.Text.Replace(Begin, ' ').Replace(End, ' '));
            else
            {
                marked.Append(Begin).Append(shown.Count.ToString(CultureInfo.InvariantCulture)).Append(End);
                shown.Add(Html(piece, record, values, key, zone, say));
            }
        }
        var html = EntryMarkdown.ToHtml(marked.ToString(), null, key);
        html = Alone().Replace(html, m => shown[Number(m)] is { IsBlock: true } block ? block.Html : m.Value);
        return new MarkupString(Mark().Replace(html, m => shown[Number(m)].Html));
    }

    private static int Number(Match match) => int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    private static (string Html, bool IsBlock) Html(Fields.Piece piece, DocumentRecord record, DocumentValues values, string key, TimeZoneInfo zone, Say say)
    {
        if (!piece.IsKnown) return ($"<mark class=\"unknown\" title=\"{E(say["FieldName.Unknown"])}\">{E(piece.Text)}</mark>", false);
        if (piece.Entry is { } sequence && record.Entries.FirstOrDefault(e => e.Sequence == sequence) is { } entry) return (Entry(entry, key, zone, say, "blockquote"), true);
        if (piece.File is { } id && record.Files.FirstOrDefault(f => f.Id == id) is { } file) return (File(file, key), true);
        if (piece.Name == "timeline" && record.Timeline.Any()) return ($"<ol class=\"fieldlog\">{string.Concat(record.Timeline.Select(e => Entry(e, key, zone, say, "li")))}</ol>", true);
        if (piece.Name is "entry" or "file") return ($"<mark class=\"unknown\" title=\"{E(say["FieldName.Missing"])}\">{E(piece.Text)}</mark>", false);
        if (!piece.IsBlock) return ($"<span class=\"fieldvalue\" title=\"{E(say["FieldName." + piece.Name])}\">{E(values.Inline(piece.Name!) ?? piece.Text)}</span>", false);
        var what = piece.Name == "measurements" ? piece.Argument : say["FieldName." + piece.Name];
        return ($"<div class=\"fieldblock\">{E(what)}{(Count(piece.Name!, record) is { } count ? $" <span class=\"count\">{count}</span>" : "")}</div>", true);
    }

    private static string Entry(DocumentEntry entry, string key, TimeZoneInfo zone, Say say, string tag)
    {
        var text = entry.Change is { } change && entry.Body.Length == 0 ? E(ChangeText.Of(change, zone, say)) : EntryMarkdown.ToHtml(entry.Body, null, key);
        return $"<{tag} class=\"fieldentry\"><a href=\"{E(Links.Entry(key, entry.Sequence))}\"><time>{E(Stamps.Full(entry.When, zone, say))}</time></a> {text}</{tag}>";
    }

    private static string File(DocumentFile file, string key)
    {
        var (address, caption) = (E(Links.Attachment(key, file.Id)), E(file.Caption.Length > 0 ? file.Caption : file.FileName));
        return FileTypes.IsImage(file.MediaType)
            ? $"<figure><a class=\"file\" href=\"{address}\" download><img src=\"{address}\" alt=\"{caption}\" loading=\"lazy\"></a><figcaption>{caption}</figcaption></figure>"
            : $"<p><a class=\"file\" href=\"{address}\" download>{caption}</a> ({E(FilesBeside.SizeOf(file.Size))})</p>";
    }

    private static int? Count(string block, DocumentRecord record) => block switch
    {
        "timeline" => 0,
        "impact" => record.Impacts.Count,
        "waves" => record.Waves.Count,
        "mitigations" => record.Mitigations.Count,
        "follow-ups" => record.FollowUps.Count,
        _ => null,
    };

    private static string E(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex(@"<p>\uE000(?<number>\d+)\uE001</p>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Alone();

    [GeneratedRegex(@"\uE000(?<number>\d+)\uE001", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Mark();
}
