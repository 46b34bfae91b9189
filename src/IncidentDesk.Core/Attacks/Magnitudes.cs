using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentDesk.Attacks;

/// <summary>Magnitudes as people write them: <c>20 Gbit/s</c>, <c>1.2M pps</c>, <c>20G</c>.</summary>
public static partial class Magnitudes
{
    private static readonly (string Sign, double Factor)[] Prefixes = [("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)];

    // Queries of a name server are its requests. Eight bits are a byte.
    private static readonly Dictionary<string, (TrafficUnit Unit, double Factor)> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bps"] = (TrafficUnit.Bps, 1),
        ["b/s"] = (TrafficUnit.Bps, 1),
        ["bit/s"] = (TrafficUnit.Bps, 1),
        ["bits/s"] = (TrafficUnit.Bps, 1),
        ["byte/s"] = (TrafficUnit.Bps, 8),
        ["bytes/s"] = (TrafficUnit.Bps, 8),
        ["pps"] = (TrafficUnit.Pps, 1),
        ["p/s"] = (TrafficUnit.Pps, 1),
        ["pkt/s"] = (TrafficUnit.Pps, 1),
        ["packets/s"] = (TrafficUnit.Pps, 1),
        ["paquetes/s"] = (TrafficUnit.Pps, 1),
        ["rps"] = (TrafficUnit.Rps, 1),
        ["qps"] = (TrafficUnit.Rps, 1),
        ["r/s"] = (TrafficUnit.Rps, 1),
        ["req/s"] = (TrafficUnit.Rps, 1),
        ["requests/s"] = (TrafficUnit.Rps, 1),
        ["peticiones/s"] = (TrafficUnit.Rps, 1),
        ["conn"] = (TrafficUnit.Connections, 1),
        ["connections"] = (TrafficUnit.Connections, 1),
        ["conexiones"] = (TrafficUnit.Connections, 1),
        ["sources"] = (TrafficUnit.Sources, 1),
        ["ips"] = (TrafficUnit.Sources, 1),
        ["source addresses"] = (TrafficUnit.Sources, 1),
        ["direcciones de origen"] = (TrafficUnit.Sources, 1),
    };

    /// <summary>Reads a number with an SI prefix and a unit, either of which may be left out.</summary>
    /// <returns>The value without prefix, and the unit when it was written; null when it cannot be read.</returns>
    public static (double Value, TrafficUnit? Unit)? Read(string text)
    {
        var match = Written().Match(text);
        if (!match.Success || Number(match.Groups["number"].Value) is not { } number) return null;
        var rest = match.Groups["unit"].Value.Trim();
        if (rest.Length == 0) return (number, null);
        if (Find(rest) is { } bare) return (number * bare.Factor, bare.Unit);
        if (Factor(rest[0]) is not { } factor) return null;
        var unit = rest[1..].Trim();
        if (unit.Length == 0) return (number * factor, null);
        return Find(unit) is { } known ? (number * factor * known.Factor, known.Unit) : null;
    }

    /// <summary>A value below a thousand, as near as three digits say it, with its SI prefix: 20 and <c>G</c>.</summary>
    public static (double Value, string Prefix) Scale(double value)
    {
        var (sign, factor) = Prefixes.FirstOrDefault(p => value >= p.Factor * 0.9995, ("", 1));
        var scaled = value / factor;
        return (Math.Round(scaled, scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2), sign);
    }

    // Nobody means thousandths.
    private static double? Factor(char sign) => sign switch
    {
        'k' or 'K' => 1e3,
        'm' or 'M' => 1e6,
        'g' or 'G' => 1e9,
        't' or 'T' => 1e12,
        _ => null,
    };

    // A capital B is a byte where b is a bit; nobody writes bits so.
    private static (TrafficUnit Unit, double Factor)? Find(string unit) =>
        unit is "B/s" or "Bps" ? (TrafficUnit.Bps, 8) : Units.TryGetValue(unit, out var known) ? known : null;

    /// <summary>Of a full stop and a comma the last is the decimal sign; a single comma before three digits separates thousands, as in both languages of the desk.</summary>
    private static double? Number(string text)
    {
        text = text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal);
        var (comma, stop) = (text.LastIndexOf(','), text.LastIndexOf('.'));
        var isDecimalComma = comma > stop && (stop >= 0 || (text.IndexOf(',', StringComparison.Ordinal) == comma && text.Length - comma != 4));
        text = isDecimalComma ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : text.Replace(",", "", StringComparison.Ordinal);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    [GeneratedRegex(@"^\s*[~≈]?\s*(?<number>[0-9][0-9.,\u00A0 ]*)(?<unit>\D*)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Written();
}
