using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Import;

/// <summary>The first line of a bullet, taken apart: <c>- ~14:05Z ! text</c>.</summary>
/// <param name="Clock">Null when the line starts with no time.</param>
/// <param name="StatedTime">The time as it is written, empty when there is none.</param>
/// <param name="TimeIsBad">It looks like a time and is none, such as <c>25:10</c>.</param>
/// <param name="Bound">The mark before the time, as it is written.</param>
/// <param name="Text">What is left; a range of times stays in it, since an entry has only one.</param>
internal sealed partial record MarkdownBullet(
    DateOnly? Date, TimeOnly? Clock, SourceZone? Zone, string StatedTime, bool TimeIsBad, string Bound, EntryKind? Kind, string Text)
{
    /// <summary>No time is longer than this, and a line may be very long.</summary>
    private const int MaxTimeLength = 200;

    public Precision Precision => Bound switch
    {
        "" => Precision.Exact,
        "<" => Precision.Before,
        ">" => Precision.After,
        _ => Precision.About,
    };

    /// <summary>Null when the line is no bullet.</summary>
    public static MarkdownBullet? Parse(string line)
    {
        var bullet = Marker().Match(line);
        if (!bullet.Success) return null;
        var text = line[bullet.Length..].Trim();
        var time = Time().Match(text[..Math.Min(text.Length, MaxTimeLength)]);
        if (!time.Success)
        {
            var kind = TakeKind(ref text);
            return new(null, null, null, "", TimeIsBad: false, "", kind, text);
        }

        var rest = text[time.Length..].Trim();
        var kindAfterTime = TakeKind(ref rest);
        var stated = time.Groups["stated"].Value.Trim();
        var clock = ClockOf(time);
        DateOnly? date = null;
        var dateIsBad = false;
        if (time.Groups["date"] is { Success: true } written)
        {
            dateIsBad = !DateOnly.TryParseExact(written.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            date = day;
        }
        if (time.Groups["range"] is { Success: true } range && rest.Length > 0) rest = $"{time.Groups["start"].Value}{range.Value} {rest}";
        var zone = time.Groups["utc"].Success ? new SourceZone(TimeSpan.Zero, IsCertain: true) : SourceZone.Find(time.Groups["zone"].Value);
        return new(date, clock, zone, stated, dateIsBad || clock is null, time.Groups["bound"].Value, kindAfterTime, rest);
    }

    private static EntryKind? TakeKind(ref string text)
    {
        // "![" is a picture
        if (text.Length == 0 || text.StartsWith("![", StringComparison.Ordinal) || CaptureLine.KindOf(text[0]) is not { } kind) return null;
        text = text[1..].TrimStart();
        return kind;
    }

    private static TimeOnly? ClockOf(Match time)
    {
        if (time.Groups["half"].Success || !time.Groups["endHalf"].Success) return ClockOf(time, "", time.Groups["half"].Value);

        // "2:05 - 2:30 pm" and "11:30 - 12:15 pm": the half is said once, for the end; the start is the nearest before it
        if (ClockOf(time, "end", time.Groups["endHalf"].Value) is not { } end || ClockOf(time, "", time.Groups["endHalf"].Value) is not { } start) return null;
        return start <= end ? start : start.AddHours(-12);
    }

    private static TimeOnly? ClockOf(Match time, string prefix, string half)
    {
        int Number(string name) => time.Groups[prefix + name] is { Success: true } digits ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (hour, minute, second) = (Number("hour"), Number("minute"), Number("second"));
        if (half.Length > 0)
        {
            if (hour is 0 or > 12) return null;
            hour = hour % 12 + (half is "p" or "P" ? 12 : 0);
        }
        return hour < 24 && minute < 60 && second < 60 ? new TimeOnly(hour, minute, second) : null;
    }

    [GeneratedRegex(@"^[ ]{0,3}[-*+][ \t]+(\[[ xX]\][ \t]+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marker();

    private const string ZoneName = @"(?:UTC|GMT)(?:[ ]?[-+−][0-9]{1,2}(?::?[0-9]{2})?)?|E[SD]T|C[SD]T|M[SD]T|P[SD]T|CES?T";

    [GeneratedRegex(
        @"^(?<strong>\*\*|__|`)?" +
        @"(?<stated>((?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ])?((?<bound>[~≈±])[ ]?|(?<bound>[<>]))?" +
        @"(?<start>(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2}))?([ ]?(?<half>[aApP])([mM]|\.[ ]?[mM]\.))?)" +
        @"(?<range>[ ]?[-–—][ ]?(?<endhour>[0-9]{1,2}):(?<endminute>[0-9]{2})(:(?<endsecond>[0-9]{2}))?([ ]?(?<endHalf>[aApP])([mM]|\.[ ]?[mM]\.))?)?" +
        @"((?<utc>Z)|[ ]?(?<zone>\((" + ZoneName + @")\)|" + ZoneName + @"))?)" +
        @"[:,]?(?(strong)\k<strong>)[:,]?([ ]+[-–—](?=[ ]))?(?![^\s])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();
}
