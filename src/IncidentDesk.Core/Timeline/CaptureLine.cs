using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDesk.Shared;

namespace IncidentDesk.Timeline;

/// <summary>What a person typed into the capture bar, taken apart.</summary>
/// <remarks>
/// <code>
/// line   = [kind] [time] body  |  time [kind] body
/// kind   = "!" action | "?" observation | "=" decision | "@" communication;  "\" before one of these makes it text; an attached image "![…](attachment:…)" is text
/// time   = [bound] "-" [n"d"] [n"h"] [n"m"] [n"s"]  |  [day] [bound] clock;   always followed by white space and text
/// bound  = "~" about | "&lt;" before | "&gt;" after
/// day    = "yesterday" | "ayer" | "today" | "hoy" | YYYY-MM-DD (before white space or "T")
/// clock  = H:MM[:SS] and "Z" for UTC, or "am", "a.m.", "a. m.", "pm", …
/// </code>
/// The browser has the same grammar in JavaScript; <c>tests/capture-cases.json</c> holds both to it.
/// </remarks>
/// <param name="OccurredAt">Null when no time was typed: it happens now.</param>
/// <param name="Body">The rest, trimmed, with LF line ends; empty when nothing else was typed.</param>
public sealed partial record CaptureLine(EntryKind Kind, OccurrenceTime? OccurredAt, string Body)
{
    /// <summary>A clock time this far ahead of the server's clock is still today's, later ones are yesterday's.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Never fails: what is not understood is body.</summary>
    /// <param name="zone">The zone in which the person reads the clock.</param>
    /// <param name="defaultKind">The kind when no prefix says otherwise.</param>
    public static CaptureLine Parse(string text, DateTime utcNow, TimeZoneInfo zone, EntryKind defaultKind = EntryKind.Note)
    {
        var rest = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').AsSpan().Trim(" \t\n");
        var kind = TakeKind(ref rest, out var escaped);
        if (escaped) return new(defaultKind, null, rest.ToString());

        var time = TakeTime(ref rest, utcNow, zone);
        if (time is not null) kind ??= TakeKind(ref rest, out _);
        return new(kind ?? defaultKind, time, rest.ToString());
    }

    /// <summary>The kind that a prefix character stands for, or null.</summary>
    public static EntryKind? KindOf(char prefix) => prefix switch
    {
        '!' => EntryKind.Action,
        '?' => EntryKind.Observation,
        '=' => EntryKind.Decision,
        '@' => EntryKind.Communication,
        _ => null,
    };

    private static EntryKind? TakeKind(ref ReadOnlySpan<char> rest, out bool escaped)
    {
        escaped = rest is ['\\', var next, ..] && KindOf(next) is not null;
        if (escaped) rest = rest[1..];
        if (escaped || rest.IsEmpty || IsImage(rest) || KindOf(rest[0]) is not { } kind) return null;
        rest = rest[1..].TrimStart(" \t\n");
        return kind;
    }

    private static bool IsImage(ReadOnlySpan<char> text) => text is ['!', '[', ..] && text.Contains("](attachment:", StringComparison.Ordinal);

    private static OccurrenceTime? TakeTime(ref ReadOnlySpan<char> rest, DateTime utcNow, TimeZoneInfo zone)
    {
        // no token is longer than this, and a body may be very long
        var match = TimeToken().Match(rest[..Math.Min(rest.Length, 200)].ToString());
        if (!match.Success) return null;
        var time = match.Groups["ago"].Success ? Ago(match, utcNow) : AtClock(match, utcNow, zone);
        if (time is not null) rest = rest[match.Length..].TrimStart(" \t\n");
        return time;
    }

    private static OccurrenceTime Ago(Match match, DateTime utcNow)
    {
        var ago = new TimeSpan(Number(match, "d"), Number(match, "h"), Number(match, "m"), Number(match, "s"));
        return new(utcNow - ago, Bound(match) ?? Precision.Exact);
    }

    private static OccurrenceTime? AtClock(Match match, DateTime utcNow, TimeZoneInfo zone)
    {
        if (match.Groups["utc"].Success) zone = TimeZoneInfo.Utc;
        var day = LocalTime.FromUtc(utcNow, zone).Date;
        var date = match.Groups["date"];
        if (date.Success && !DateTime.TryParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return null;
        if (match.Groups["past"].Success) day = day.AddDays(-1);

        var bound = Bound(match);
        var clock = Clock(match);
        var (utc, certain) = LocalTime.ToUtc(day + clock, zone, bound is Precision.Before);
        var dayIsOpen = !date.Success && !match.Groups["past"].Success && !match.Groups["today"].Success;
        if (dayIsOpen && utc > utcNow + ClockTolerance)
            (utc, certain) = LocalTime.ToUtc(day.AddDays(-1) + clock, zone, bound is Precision.Before);
        return new(utc, bound ?? (certain ? Precision.Exact : Precision.About));
    }

    private static TimeSpan Clock(Match match)
    {
        var hour = Number(match, "hour");
        if (match.Groups["half"] is { Success: true } half) hour = hour % 12 + (half.ValueSpan is "p" or "P" ? 12 : 0);
        return new(hour, Number(match, "minute"), Number(match, "second"));
    }

    private static Precision? Bound(Match match) => match.Groups["bound"].ValueSpan switch
    {
        "~" => Precision.About,
        "<" => Precision.Before,
        ">" => Precision.After,
        _ => null,
    };

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } digits ? int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        """
        ^(?: (?<bound>[~<>])? (?<ago>-(?=[0-9])) ((?<d>[0-9]{1,4})d)? ((?<h>[0-9]{1,4})h)? ((?<m>[0-9]{1,4})m)? ((?<s>[0-9]{1,4})s)?
          | ( ((?<past>yesterday|ayer)|(?<today>today|hoy)) [ \t]+ | (?<date>(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}) (T|[ \t]+) )?
            (?<bound>[~<>])?
            (?: (?<hour>1[0-2]|0?[1-9]):(?<minute>[0-5][0-9]) (:(?<second>[0-5][0-9]))? [ \t]* (?<half>[ap])(m|\.[ ]?m\.)
              | (?<hour>2[0-3]|[01]?[0-9]):(?<minute>[0-5][0-9]) (:(?<second>[0-5][0-9]))? (?<utc>Z)? ) )
        (?=[ \t\n]+[^ \t\n])
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeToken();
}
