using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace IncidentDesk.Import;

/// <summary>Bytes of a file as text, or the reason why not.</summary>
internal static class TimelineText
{
    /// <summary>Null when the file is refused as a whole. A wrong guess at an encoding would spoil names silently, so there is none.</summary>
    public static string? Decode(ReadOnlySpan<byte> content, ProblemList problems)
    {
        if (content.Length > TimelineFile.MaxBytes)
        {
            problems.Add(0, ImportCodes.TooLarge, TimelineFile.MaxBytes, content.Length);
            return null;
        }

        var text = content switch
        {
            [0xEF, 0xBB, 0xBF, ..] => FromUtf8(content[3..], problems),
            [0xFF, 0xFE, ..] => FromUtf16(content[2..], BinaryPrimitives.ReadUInt16LittleEndian, problems),
            [0xFE, 0xFF, ..] => FromUtf16(content[2..], BinaryPrimitives.ReadUInt16BigEndian, problems),
            _ => FromUtf8(content, problems),
        };
        if (text is null) return null;

        if (string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add(0, ImportCodes.Empty);
            return null;
        }
        var lines = LineAt(text, text.TrimEnd('\n').Length);
        if (lines > TimelineFile.MaxLines)
        {
            problems.Add(0, ImportCodes.TooManyLines, TimelineFile.MaxLines, lines);
            return null;
        }
        return HasControls(text, problems) ? null : text;
    }

    private static string? FromUtf8(ReadOnlySpan<byte> bytes, ProblemList problems)
    {
        var chars = new char[bytes.Length];
        Utf8.ToUtf16(bytes, chars, out var read, out var written, replaceInvalidSequences: false);
        var text = LfOnly(chars.AsSpan(0, written));
        if (read == bytes.Length) return text;
        problems.Add(LineAt(text, text.Length), ImportCodes.NotUnicode);
        return null;
    }

    private delegate ushort ReadUnit(ReadOnlySpan<byte> bytes);

    private static string? FromUtf16(ReadOnlySpan<byte> bytes, ReadUnit read, ProblemList problems)
    {
        var chars = new char[bytes.Length / 2];
        for (var i = 0; i < chars.Length; i++) chars[i] = (char)read(bytes[(2 * i)..]);

        var valid = 0;
        while (Rune.DecodeFromUtf16(chars.AsSpan(valid), out _, out var length) is OperationStatus.Done) valid += length;
        var text = LfOnly(chars.AsSpan(0, valid));
        if (valid == chars.Length && bytes.Length % 2 == 0) return text;
        problems.Add(LineAt(text, text.Length), ImportCodes.NotUnicode);
        return null;
    }

    // one kind of line end from here on: line numbers and bodies then do not depend on where the file was saved
    private static string LfOnly(ReadOnlySpan<char> chars) =>
        new string(chars).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static int LineAt(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    private static bool HasControls(string text, ProblemList problems)
    {
        var (line, reported) = (1, 0);
        foreach (var c in text)
        {
            if (c == '\n') line++;
            else if (((char.IsControl(c) && c != '\t') || c is '\uFFFE' or '\uFFFF') && line != reported)
            {
                problems.Add(line, ImportCodes.ControlCharacter, string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}"));
                reported = line;
            }
        }
        return reported > 0;
    }
}
