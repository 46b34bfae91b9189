using System.Globalization;

namespace IncidentDesk.Shared;

/// <summary>What text the desk accepts. Nothing is stripped in silence: what cannot be kept is refused with its place.</summary>
public static class TextRules
{
    /// <summary>Text of several lines, with line ends made <c>\n</c> and outer blank space removed.</summary>
    /// <returns>The text, or <c>Text.Empty</c>, <c>Text.TooLong</c> (length, limit) or <c>Text.ControlCharacter</c> (code, position).</returns>
    public static Result<string> Lines(string field, string? text, int maxLength)
    {
        var lines = (text ?? "").ReplaceLineEndings("\n").Trim();
        if (lines.Length == 0) return new Invalid(field, "Text.Empty");
        if (lines.Length > maxLength) return new Invalid(field, "Text.TooLong", lines.Length, maxLength);
        for (var i = 0; i < lines.Length; i++)
        {
            if ((char.IsControl(lines[i]) && lines[i] is not ('\n' or '\t')) || lines[i] is '\uFFFE' or '\uFFFF') return ControlCharacter(field, lines, i);
            if (char.IsSurrogate(lines[i]))
            {
                if (!(char.IsHighSurrogate(lines[i]) && i + 1 < lines.Length && char.IsLowSurrogate(lines[i + 1]))) return ControlCharacter(field, lines, i);
                i++;
            }
        }
        return lines;
    }

    /// <summary>One line, such as a title or a name: besides control characters it may hold none that reorder the text around it.</summary>
    public static Result<string> Line(string field, string? text, int maxLength)
    {
        if (!Lines(field, text, maxLength).TryGet(out var line, out var error)) return error;
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsControl(line[i]) || line[i] is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029')
                return ControlCharacter(field, line, i);
        }
        return line;
    }

    /// <summary>As <see cref="Lines"/>, but nothing at all is fine and comes back as an empty string.</summary>
    public static Result<string> OptionalLines(string field, string? text, int maxLength) =>
        string.IsNullOrWhiteSpace(text) ? "" : Lines(field, text, maxLength);

    private static Invalid ControlCharacter(string field, string text, int at) =>
        new(field, "Text.ControlCharacter", "U+" + ((int)text[at]).ToString("X4", CultureInfo.InvariantCulture), at + 1);
}
