using System.Text;
using System.Text.RegularExpressions;

namespace IncidentDesk.History;

/// <summary>A text without the signs of its Markdown, for where it is not rendered. Only signs go, so that each word stays to be found.</summary>
internal static partial class MarkdownSigns
{
    public static string Without(string text)
    {
        text = Link().Replace(LineStart().Replace(text, ""), m => IsOfDesk(m.Groups["to"].Value) ? m.Groups["text"].Value : $"{m.Groups["text"].Value} ({m.Groups["to"].Value})");
        var (plain, at) = (new StringBuilder(text.Length), 0);
        foreach (var (start, length) in Pairs(text).Order())
        {
            plain.Append(text, at, start - at);
            at = start + length;
            // Two words that only signs kept apart stay two.
            if (plain.Length > 0 && at < text.Length && IsOfWord(plain[^1]) && IsOfWord(text[at])) plain.Append(' ');
        }
        return plain.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Signs around a stretch of a line. One that stands alone, as in <c>*.example.org</c> or <c>snake_case</c>, means itself.</summary>
    private static List<(int Start, int Length)> Pairs(string text)
    {
        var (pairs, open) = (new List<(int Start, int Length)>(), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var at = 0; at < text.Length;)
        {
            var length = SignAt(text, at);
            if (length == 0)
            {
                if (text[at++] == '\n') open.Clear();
                continue;
            }
            var sign = text.Substring(at, length);
            var (before, after) = (at == 0 ? ' ' : text[at - 1], at + length == text.Length ? ' ' : text[at + length]);
            if (open.TryGetValue(sign, out var start) && !char.IsWhiteSpace(before) && !IsOfWord(after))
            {
                pairs.AddRange([(start, length), (at, length)]);
                open.Remove(sign);
            }
            else if (!char.IsWhiteSpace(after) && !IsOfWord(before)) open[sign] = at;
            at += length;
        }
        return pairs;
    }

    private static int SignAt(string text, int at)
    {
        if (text[at] is not ('*' or '_' or '`' or '~')) return 0;
        var end = at;
        while (end < text.Length && text[end] == text[at]) end++;
        // One tilde is "about".
        return text[at] == '~' && end - at < 2 ? 0 : end - at;
    }

    private static bool IsOfDesk(string address) => address.StartsWith("attachment:", StringComparison.Ordinal);

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark;

    [GeneratedRegex("""^[ \t]{0,3}(?:#{1,6}(?=[ \t])|>+|[*+](?=[ \t])|`{3,}|~{3,})[ \t]*""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LineStart();

    [GeneratedRegex("""!?\[(?<text>[^\[\]\n]*)\]\((?<to>[^()\s]*)\)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();
}
