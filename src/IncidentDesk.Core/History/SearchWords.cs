using System.Globalization;
using System.Text;
using IncidentDesk.Shared;

namespace IncidentDesk.History;

/// <summary>The words of a text as both engines cut them: letters and digits, without case and accents.</summary>
internal static class SearchWords
{
    /// <param name="Start">Of the word in the text as written.</param>
    internal readonly record struct Word(int Start, int End, string Folded);

    public static IEnumerable<Word> Of(string text)
    {
        var start = -1;
        for (var at = 0; at <= text.Length;)
        {
            var length = 1;
            var rune = default(Rune);
            if (at < text.Length) _ = Rune.DecodeFromUtf16(text.AsSpan(at), out rune, out length);
            var isInside = at < text.Length && (Rune.IsLetterOrDigit(rune) || (start >= 0 && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark));
            if (isInside && start < 0) start = at;
            if (!isInside && start >= 0)
            {
                yield return new(start, at, Folding.Fold(text[start..at]));
                start = -1;
            }
            at += length;
        }
    }
}
