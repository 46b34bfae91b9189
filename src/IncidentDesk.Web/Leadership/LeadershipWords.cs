using System.Globalization;
using System.Text.Encodings.Web;
using IncidentDesk.Impacts;
using IncidentDesk.Leadership;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Leadership;

/// <summary>Figures as people read them.</summary>
internal static class LeadershipWords
{
    /// <summary>For example "1 January 2015 to 20 August 2015".</summary>
    public static string Words(this Period period, Say say, DateTime now)
    {
        if (period.IsAll) return say["Leadership.Period.All"];
        // A year that is not over is spoken of up to today.
        var today = DateOnly.FromDateTime(now);
        if (period.From is { } first && period == Period.Year(first.Year) && period.To < today) return first.Year.ToString(CultureInfo.InvariantCulture);
        var to = period.To is { } last && last < today ? last : today;
        return period.From is { } from ? say["Leadership.Period.Days", Day(from), Day(to)] : say["Leadership.Period.Until", Day(to)];
    }

    public static string Day(DateOnly day) => day.ToString(Hosting.Languages.Current == "es" ? "d 'de' MMMM 'de' yyyy" : "d MMMM yyyy", CultureInfo.CurrentCulture);

    public static string Incidents(int count, Say say) => count == 1 ? say["Leadership.Incident"] : say["Leadership.Incidents", count.ToString("N0", CultureInfo.CurrentCulture)];

    public static string Percent(double share) => share is > 0 and < .005 ? "< 1 %" : share is > .995 and < 1 ? "> 99 %" : (share * 100).ToString("0", CultureInfo.CurrentCulture) + " %";

    /// <summary>Hours as a number; tenths where they are few.</summary>
    public static string Hours(TimeSpan span) => span.TotalHours.ToString(span.TotalHours is > 0 and < 100 ? "#,0.#" : "N0", CultureInfo.CurrentCulture);

    /// <summary>From what is certain to what is possible.</summary>
    public static string Span(Affected.Hours hours, Say say) => Between(hours.AtLeast, hours.AtMost, hours.IsAbout, say, Stamps.Span);

    /// <summary>The same as a number: a day of member-hours says nothing.</summary>
    /// <param name="atMost">Null for no bound.</param>
    public static string MemberHours(TimeSpan atLeast, TimeSpan? atMost, bool isAbout, Say say) => Between(atLeast, atMost, isAbout, say, Hours);

    private static string Between(TimeSpan atLeast, TimeSpan? atMost, bool isAbout, Say say, Func<TimeSpan, string> words) =>
        atMost is not { } most ? say["Leadership.Hours.AtLeast", words(atLeast)]
        : most == atLeast ? (isAbout ? "~" : "") + words(most)
        : say["Leadership.Hours.Between", words(atLeast), words(most)];

    public static string Duration(Duration? duration, Say say) => duration is null ? say["Unknown"] : Stamps.Duration(duration);

    /// <summary>A sentence with figures that lead to what is behind them.</summary>
    /// <param name="parts">What fills its places; an address makes it a link, and bold.</param>
    public static MarkupString Marked(string sentence, params (string Text, string? Href)[] parts) => new(string.Format(
        CultureInfo.CurrentCulture, HtmlEncoder.Default.Encode(sentence),
        [.. parts.Select(p => p.Href is null ? HtmlEncoder.Default.Encode(p.Text) : $"<a href=\"{HtmlEncoder.Default.Encode(p.Href)}\"><b>{HtmlEncoder.Default.Encode(p.Text)}</b></a>")]));
}
