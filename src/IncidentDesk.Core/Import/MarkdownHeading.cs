using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentDesk.Import;

/// <summary>What a heading says about the bullets under it.</summary>
/// <param name="Level">1 for <c>#</c>, 2 for <c>##</c>, …</param>
/// <param name="Date">The day, or null when the heading has none.</param>
/// <param name="DateIsUnclear">There is a date, but without its year, in figures that may be read in two ways, or of no calendar.</param>
internal sealed partial record MarkdownHeading(int Level, DateOnly? Date, bool DateIsUnclear, SourceZone? Zone)
{
    /// <summary>In longer ones no date is looked for: hostile text could keep the patterns busy.</summary>
    private const int MaxLength = 500;

    private const string Months =
        "(?<month>jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?" +
        "|enero|ene|febrero|marzo|abril|abr|mayo|junio|julio|agosto|ago|septiembre|setiembre|set|octubre|noviembre|diciembre|dic)";

    private static readonly string[] MonthStarts = ["jan|ene", "feb", "mar", "apr|abr", "may", "jun", "jul", "aug|ago", "sep|set", "oct", "nov", "dec|dic"];

    /// <summary>Null when the line is no heading.</summary>
    public static MarkdownHeading? Parse(string line)
    {
        var match = Heading().Match(line);
        if (!match.Success) return null;
        var (level, text) = (match.Groups["level"].Length, line[match.Length..]);
        if (text.Length > MaxLength) return new(level, null, DateIsUnclear: false, null);
        var zone = SourceZone.Find(text);

        foreach (var pattern in (Regex[])[Iso(), DayMonthYear(), MonthDayYear()])
        {
            var found = pattern.Match(text);
            if (!found.Success) continue;
            var written = $"{found.Groups["year"].Value}-{Month(found.Groups["month"].Value)}-{found.Groups["day"].Value}";
            var exists = DateOnly.TryParseExact(written, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
            return new(level, exists ? date : null, !exists, zone);
        }
        return new(level, null, DayAndMonth().IsMatch(text), zone);
    }

    private static string Month(string word) =>
        char.IsAsciiDigit(word[0]) ? word
        : (Array.FindIndex(MonthStarts, starts => starts.Split('|').Contains(word[..3], StringComparer.OrdinalIgnoreCase)) + 1).ToString(CultureInfo.InvariantCulture);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^[ ]{0,3}(?<level>#{1,6})[ \t]+", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<![0-9/-])(?<year>(19|20)[0-9]{2})[-/](?<month>[0-9]{1,2})[-/](?<day>[0-9]{1,2})(?![0-9/-])", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Iso();

    [GeneratedRegex(
        @"(?<![0-9])(?<day>[0-9]{1,2})(st|nd|rd|th|º|\.)?[ ]+(of[ ]+|de[ ]+)?" + Months + @"\.?,?[ ]+(del?[ ]+)?(?<year>(19|20)[0-9]{2})(?![0-9])",
        Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(
        @"\b" + Months + @"\.?[ ]+(?<day>[0-9]{1,2})(st|nd|rd|th)?,?[ ]+(del?[ ]+)?(?<year>(19|20)[0-9]{2})(?![0-9])",
        Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MonthDayYear();

    [GeneratedRegex(
        @"(?<![0-9])[0-9]{1,2}(st|nd|rd|th|º|\.)?[ ]+(of[ ]+|de[ ]+)?" + Months + @"\b|\b" + Months +
        @"\.?[ ]+[0-9]{1,2}(st|nd|rd|th)?\b|(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}(/([0-9]{2}){1,2})?(?![0-9/])",
        Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DayAndMonth();
}
