using System.Globalization;
using System.Net;
using System.Text;

namespace IncidentDesk.Postmortems;

/// <summary>A text as somebody reads it: without accents, without what cannot be seen, with the characters that HTML and Markdown write in another way. Each character knows where it stands in the text.</summary>
internal sealed class TextView
{
    private const int LongestEntity = 10;

    private readonly int[]? _from;
    private readonly int[]? _to;

    private TextView(string text, int[]? from, int[]? to) => (Text, Folded, _from, _to) = (text, text.ToLowerInvariant(), from, to);

    /// <summary>With upper and lower case.</summary>
    public string Text { get; }

    /// <summary>As long as <see cref="Text"/>, in lower case.</summary>
    public string Folded { get; }

    public static TextView Of(string text)
    {
        // Only what is written in another way than it is read needs a map.
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAny('&', '\\')) return new TextView(text, null, null);
        var (view, from, to) = (new StringBuilder(text.Length), new List<int>(text.Length), new List<int>(text.Length));
        void Add(char c, int start, int end)
        {
            view.Append(c);
            from.Add(start);
            to.Add(end);
        }
        for (var i = 0; i < text.Length;)
        {
            var (start, c) = (i, text[i]);
            if (c == '\\' && i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]) is false && text[i + 1] is > ' ' and < (char)127) (i, c) = (i + 1, text[i + 1]);
            else if (c == '&' && Entity(text, i) is var (decoded, length))
            {
                foreach (var d in decoded) Add(d, start, start + length);
                i += length;
                continue;
            }
            if (c < 128)
            {
                Add(c, start, ++i);
                continue;
            }
            i += char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            // Half a pair is no character, and normalising it would throw.
            if (i - start == 1 && char.IsSurrogate(c)) continue;
            var seen = false;
            foreach (var part in text[start..i].Normalize(NormalizationForm.FormKD))
            {
                if (CharUnicodeInfo.GetUnicodeCategory(part) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) continue;
                Add(part, start, i);
                seen = true;
            }
            // An accent that was typed apart belongs to the letter before it.
            if (!seen && to.Count > 0) to[^1] = i;
        }
        return new TextView(view.ToString(), [.. from], [.. to]);
    }

    /// <summary>Where a piece of <see cref="Text"/> stands in the text itself.</summary>
    public (int Start, int End) Original(int start, int length) => _from is null ? (start, start + length) : (_from[start], _to![start + length - 1]);

    private static (string Decoded, int Length)? Entity(string text, int at)
    {
        var end = text.IndexOf(';', at, Math.Min(LongestEntity, text.Length - at));
        if (end < 0) return null;
        var (written, decoded) = (text[at..(end + 1)], WebUtility.HtmlDecode(text[at..(end + 1)]));
        return decoded == written ? null : (decoded, written.Length);
    }
}
