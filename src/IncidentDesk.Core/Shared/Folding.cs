using System.Globalization;
using System.Text;

namespace IncidentDesk.Shared;

/// <summary>Text without case and accents, so that <c>migracion</c> finds <c>Migración</c>.</summary>
public static class Folding
{
    public static string Fold(string text)
    {
        var decomposed = Sound(text).Normalize(NormalizationForm.FormD);
        var folded = new StringBuilder(decomposed.Length);
        foreach (var c in decomposed)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(char.ToLowerInvariant(c));
        }
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Without what is no character (half a pair, U+FFFE, U+FFFF), for normalising would throw, and without control characters, which no name holds and of which PostgreSQL refuses NUL.</summary>
    private static string Sound(string text)
    {
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is not (0xFFFE or 0xFFFF) && (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')) sound.Append(rune.ToString());
        }
        return sound.ToString();
    }
}
