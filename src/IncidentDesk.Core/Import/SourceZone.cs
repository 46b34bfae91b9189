using System.Text.RegularExpressions;

namespace IncidentDesk.Import;

/// <summary>A zone as a text names it.</summary>
/// <param name="IsCertain">False for an abbreviation: several countries use the same letters for different offsets.</param>
internal sealed partial record SourceZone(TimeSpan Offset, bool IsCertain)
{
    /// <summary>What a time without any zone is taken for.</summary>
    public static SourceZone Unstated { get; } = new(TimeSpan.Zero, IsCertain: false);

    /// <summary>The first zone in the text, or null.</summary>
    public static SourceZone? Find(string text)
    {
        var match = Zone().Match(text);
        if (!match.Success) return null;
        if (match.Groups["name"] is { Success: true } name) return Abbreviation(name.Value);
        if (match.Groups["sign"] is not { Success: true } sign) return new(TimeSpan.Zero, IsCertain: true);
        return SourceTime.Offset(sign.ValueSpan, match.Groups["hours"].ValueSpan, match.Groups["minutes"].ValueSpan) is { } offset
            ? new(offset, IsCertain: true)
            : null;
    }

    private static SourceZone Abbreviation(string name) => new(
        TimeSpan.FromHours(name switch
        {
            "EDT" => -4,
            "EST" or "CDT" => -5,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            "CET" => 1,
            "CEST" => 2,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The pattern knows a zone that this list does not."),
        }),
        IsCertain: false);

    [GeneratedRegex(
        @"\b(UTC|GMT)[ ]?((?<sign>[-+−])(?<hours>[0-9]{1,2})(:?(?<minutes>[0-9]{2}))?(?![0-9]))?(?![A-Za-z])|\b(?<name>E[SD]T|C[SD]T|M[SD]T|P[SD]T|CES?T)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Zone();
}
