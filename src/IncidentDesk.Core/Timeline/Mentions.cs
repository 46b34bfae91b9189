using System.Text.RegularExpressions;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Timeline;

/// <summary>The <c>#asset</c> and <c>+mitigation</c> in a text.</summary>
public static partial class Mentions
{
    /// <summary>More of them in one text are not looked up.</summary>
    private const int Most = 50;

    /// <summary>A mention as it was typed: its place, whether an asset or a mitigation is meant, and the name without the sign.</summary>
    public readonly record struct Mention(int Start, int Length, bool IsAsset, string Name);

    /// <summary>What looks like a mention, in the order of the text. A full stop or colon behind one belongs to the sentence.</summary>
    public static IEnumerable<Mention> In(string text)
    {
        foreach (Match match in Sign().Matches(text)) yield return new(match.Index, match.Length, match.ValueSpan[0] == '#', match.Value[1..]);
    }

    /// <summary>The assets, and the mitigations that the actor may see, which a text names. No query is made for a text without signs.</summary>
    internal static async Task<IReadOnlyList<EntryLink>> MentionedAsync(this DeskContext db, string text, CancellationToken ct)
    {
        var mentions = In(text).Take(Most).ToList();
        var links = new List<EntryLink>();
        if (mentions.Where(m => m.IsAsset).Select(m => Folding.Fold(m.Name)).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } assets)
            links.AddRange((await db.Assets.Where(a => assets.Contains(a.FoldedName)).OrderBy(a => a.FoldedName).Select(a => new { a.Name, a.Id }).ToListAsync(ct)).Select(a => new EntryLink(a.Name, a.Id)));
        if (mentions.Where(m => !m.IsAsset).Select(m => Folding.Fold(m.Name)).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } defences)
            links.AddRange((await db.Mitigations.Where(m => defences.Contains(m.FoldedName)).OrderBy(m => m.FoldedName).Select(m => new { m.Name, m.Id }).ToListAsync(ct)).Select(m => new EntryLink(m.Name, MitigationId: m.Id)));
        return links;
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}._:/#+&-])[#+][\p{L}\p{N}](?:[\p{L}\p{N}._:/-]*[\p{L}\p{N}])?", RegexOptions.None, 1_000)]
    private static partial Regex Sign();
}
