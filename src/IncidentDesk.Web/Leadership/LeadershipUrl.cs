using System.Globalization;
using IncidentDesk.Leadership;
using IncidentDesk.People;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.Leadership;

/// <summary>Which time the figures speak of.</summary>
public enum PeriodChoice { ThisYear, LastYear, All, Chosen }

/// <summary>Period and zones as they stand in the address bar.</summary>
public sealed record LeadershipUrl(PeriodChoice Choice, Period Period, string Zone, string OtherZone)
{
    public const string FirstZone = "America/New_York";
    public const string SecondZone = "America/Mexico_City";

    /// <summary>What cannot be read is left out: an old link still shows this year.</summary>
    /// <param name="now">UTC.</param>
    public static LeadershipUrl Read(string? period, string? from, string? to, string? zone, string? otherZone, DateTime now)
    {
        var (first, last) = (Day(from), Day(to));
        var choice = first is not null || last is not null ? PeriodChoice.Chosen : period switch { "last-year" => PeriodChoice.LastYear, "all" => PeriodChoice.All, _ => PeriodChoice.ThisYear };
        if (last < first) (first, last) = (last, first);
        return new(choice, Of(choice, first, last, now), zone is not null && Zones.IsKnown(zone) ? zone : FirstZone, otherZone is not null && Zones.IsKnown(otherZone) ? otherZone : SecondZone);
    }

    public LeadershipUrl With(PeriodChoice choice, DateTime now) => this with { Choice = choice, Period = Of(choice, Period.From, Period.To, now) };

    public string ToUrl(string path, bool withZones = true) => path + QueryString.Create(Fields(withZones).Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)));

    /// <summary>Days alone, as the API takes them.</summary>
    public string ToApi(string path) => path + QueryString.Create(Days().Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)));

    public IEnumerable<(string Name, string Value)> Fields(bool withZones = true)
    {
        var fields = Choice switch
        {
            PeriodChoice.LastYear => [("period", "last-year")],
            PeriodChoice.All => [("period", "all")],
            PeriodChoice.Chosen => Days(),
            PeriodChoice.ThisYear => [],
        };
        foreach (var field in fields) yield return field;
        if (withZones && Zone != FirstZone) yield return ("zone", Zone);
        if (withZones && OtherZone != SecondZone) yield return ("zone2", OtherZone);
    }

    /// <summary>Null for what is no day.</summary>
    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A program is told what could not be read.</summary>
    public static Result<Period> Days(string? from, string? to)
    {
        foreach (var (name, day) in new[] { ("from", from), ("to", to) })
        {
            if (!string.IsNullOrEmpty(day) && Day(day) is null) return new Invalid(name, "Leadership.DayUnreadable", day);
        }
        return new Period(Day(from), Day(to));
    }

    private IEnumerable<(string Name, string Value)> Days()
    {
        if (Period.From is { } from) yield return ("from", Text(from));
        if (Period.To is { } to) yield return ("to", Text(to));
    }

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Period Of(PeriodChoice choice, DateOnly? from, DateOnly? to, DateTime now) => choice switch
    {
        PeriodChoice.ThisYear => Period.Year(now.Year),
        PeriodChoice.LastYear => Period.Year(now.Year - 1),
        PeriodChoice.All => Period.All,
        PeriodChoice.Chosen => new Period(from, to),
    };
}
