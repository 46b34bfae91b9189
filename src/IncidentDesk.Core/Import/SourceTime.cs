using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentDesk.Import;

/// <summary>A time as ISO 8601 writes it.</summary>
/// <param name="HasClock">False for a date alone; <paramref name="Utc"/> is then its midnight.</param>
/// <param name="HasZone">False when the text names neither Z, UTC nor an offset; it is then taken as UTC.</param>
internal sealed partial record SourceTime(DateTime Utc, bool HasClock, bool HasZone)
{
    /// <summary>Null for what is no time between the years 1900 and 2199. Finer than a microsecond is cut off: no database keeps it.</summary>
    public static SourceTime? Parse(string text)
    {
        if (text.Length > 60) return null;
        var match = Iso().Match(text);
        if (!match.Success) return null;
        var clock = match.Groups["clock"];
        if (!DateTime.TryParseExact(
                match.Groups["date"].Value + (clock.Success ? $" {clock.Value}" : " 00:00"), ["yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss"],
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            || time.Year is < 1900 or > 2199) return null;

        if (match.Groups["fraction"] is { Success: true } fraction)
            time = time.AddMicroseconds(int.Parse(fraction.Value.PadRight(6, '0')[..6], CultureInfo.InvariantCulture));
        if (match.Groups["sign"] is { Success: true } sign)
        {
            if (Offset(sign.ValueSpan, match.Groups["hours"].ValueSpan, match.Groups["minutes"].ValueSpan) is not { } offset) return null;
            time -= offset;
        }
        return new(time, clock.Success, match.Groups["zone"].Success);
    }

    /// <summary>Null for more than the 14 hours that any zone is away from UTC.</summary>
    public static TimeSpan? Offset(ReadOnlySpan<char> sign, ReadOnlySpan<char> hours, ReadOnlySpan<char> minutes)
    {
        var offset = new TimeSpan(
            int.Parse(hours, CultureInfo.InvariantCulture), minutes.IsEmpty ? 0 : int.Parse(minutes, CultureInfo.InvariantCulture), 0);
        if (offset > TimeSpan.FromHours(14) || (!minutes.IsEmpty && offset.Minutes != int.Parse(minutes, CultureInfo.InvariantCulture))) return null;
        return sign is "+" ? offset : -offset;
    }

    [GeneratedRegex(
        """
        ^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})
        ( [T ](?<clock>[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?) ([.,](?<fraction>[0-9]{1,9}))?
          (?<zone> [ ]?(Z|UTC|GMT) | [ ]?(?<sign>[-+−])(?<hours>[0-9]{2})(:?(?<minutes>[0-9]{2}))? )? )?$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Iso();
}
