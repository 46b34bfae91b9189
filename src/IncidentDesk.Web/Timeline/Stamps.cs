using System.Globalization;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Timeline;

/// <summary>Times and durations as people read them. Precision is always to be seen: <c>~</c> about, <c>&lt;</c> before, <c>&gt;</c> after, words for the rest.</summary>
public static class Stamps
{
    /// <summary>Only the clock, under a heading that names the day; the day itself where no more is known.</summary>
    public static string Clock(OccurrenceTime time, TimeZoneInfo zone) => time.At is not { } at ? "·" : time.Precision switch
    {
        Precision.Exact => Local(at, zone).ToString("HH:mm", CultureInfo.CurrentCulture),
        Precision.About => "~" + Local(at, zone).ToString("HH:mm", CultureInfo.CurrentCulture),
        Precision.Before => "<" + Local(at, zone).ToString("HH:mm", CultureInfo.CurrentCulture),
        Precision.After => ">" + Local(at, zone).ToString("HH:mm", CultureInfo.CurrentCulture),
        Precision.Hour => Local(at, zone).ToString("HH", CultureInfo.CurrentCulture) + ":··",
        // A day is the day that the source names; no zone moves it.
        Precision.Day => at.ToString("d MMM", CultureInfo.CurrentCulture).TrimEnd('.'),
        Precision.OrderOnly => "·",
    };

    /// <summary>Date and clock, with the zone.</summary>
    public static string Full(OccurrenceTime time, TimeZoneInfo zone, Say say) => time.At is not { } at ? say["Precision.OrderOnly"] : time.Precision switch
    {
        Precision.Day => at.ToString("d MMM yyyy", CultureInfo.CurrentCulture),
        Precision.Exact => Full(at, zone),
        _ => $"{say.Word(time.Precision)} {Full(at, zone)}",
    };

    /// <summary>Date and clock, with the zone.</summary>
    public static string Full(DateTime utc, TimeZoneInfo zone) => $"{Local(utc, zone).ToString("d MMM yyyy HH:mm", CultureInfo.CurrentCulture)} {ZoneName(zone, utc)}";

    /// <summary>As short as it can be read beside a list: the clock of today, the date before that, the year when it was another one.</summary>
    /// <param name="now">UTC.</param>
    public static string Short(OccurrenceTime time, TimeZoneInfo zone, DateTime now, Say say)
    {
        if (time.At is not { } at) return say["Unknown"];
        var (day, today) = (DayOf(at, time.Precision, zone), DayOf(now, Precision.Exact, zone));
        var date = day.ToString(day.Year == today.Year ? "d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture);
        if (time.Precision == Precision.Day) return say["Stamps.DayOnly", date];
        var clock = Local(at, zone).ToString("HH:mm", CultureInfo.CurrentCulture);
        if (day != today) clock = $"{date} {clock}";
        return time.Precision == Precision.Exact ? clock : $"{say.Word(time.Precision)} {clock}";
    }

    /// <summary>When an entry was written: the clock alone when that was on the day of the event.</summary>
    public static string Recorded(TimelineEntry entry, TimeZoneInfo zone) =>
        Local(entry.RecordedAt, zone).Date == Local(entry.SortAt, zone).Date ? Clock(OccurrenceTime.Exactly(entry.RecordedAt), zone) : Full(entry.RecordedAt, zone);

    public static string Day(DateOnly day) => day.ToString(Hosting.Languages.Current == "es" ? "dddd d 'de' MMMM 'de' yyyy" : "dddd d MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>The day under which a time stands in a zone.</summary>
    public static DateOnly DayOf(DateTime utc, Precision precision, TimeZoneInfo zone) => DateOnly.FromDateTime(precision == Precision.Day ? utc : Local(utc, zone));

    /// <summary><c>UTC</c>, or the offset at that moment such as <c>−04:00</c>.</summary>
    public static string ZoneName(TimeZoneInfo zone, DateTime utc)
    {
        var offset = zone.GetUtcOffset(utc);
        if (zone.Id is "UTC" or "Etc/UTC") return "UTC";
        return $"{(offset < TimeSpan.Zero ? "−" : "+")}{offset:hh\\:mm}";
    }

    /// <summary>For example <c>2 h 45 min</c>; the same in both languages.</summary>
    public static string Duration(Duration duration) => (duration.IsAbout ? "~" : "") + Span(duration.Span);

    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => span.Hours > 0 ? $"{(int)span.TotalDays} d {span.Hours} h" : $"{(int)span.TotalDays} d",
        { TotalHours: >= 1 } => $"{(int)span.TotalHours} h {span.Minutes:00} min",
        _ => $"{(int)span.TotalMinutes} min",
    };

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTime Local(DateTime utc, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
}
