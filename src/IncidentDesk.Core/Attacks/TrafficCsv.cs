using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using IncidentDesk.Import;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Attacks;

/// <summary>Measurements as a table: <c>time,value[,unit,where]</c>, separated by comma, semicolon or tab; a header line may name the columns in another order.</summary>
/// <remarks>
/// Times as ISO 8601 writes them, without a zone in the incident's. Values may have <c>k</c>, <c>M</c>, <c>G</c> or <c>T</c> for thousands and so on and the unit behind it (<c>41.2 Gbps</c>);
/// the decimal sign is a point, or a comma where commas do not separate.
/// </remarks>
internal static partial class TrafficCsv
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["time"] = "time",
        ["at"] = "time",
        ["timestamp"] = "time",
        ["date"] = "time",
        ["hora"] = "time",
        ["tiempo"] = "time",
        ["fecha"] = "time",
        ["value"] = "value",
        ["valor"] = "value",
        ["unit"] = "unit",
        ["unidad"] = "unit",
        ["where"] = "where",
        ["place"] = "where",
        ["measured_at"] = "where",
        ["donde"] = "where",
        ["lugar"] = "where",
    };

    private static readonly Dictionary<string, int> InOrder = new(StringComparer.Ordinal) { ["time"] = 0, ["value"] = 1, ["unit"] = 2, ["where"] = 3 };

    /// <summary>Never throws for what is in the text: whatever is wrong with it is among the problems, by line.</summary>
    /// <param name="now">UTC.</param>
    public static (IReadOnlyList<RecordTraffic.Series> Series, IReadOnlyList<ImportProblem> Problems) Read(ReadOnlySpan<byte> content, TimeZoneInfo zone, TrafficUnit? unit, string where, DateTime now)
    {
        var problems = new ProblemList();
        if (TimelineText.Decode(content, problems) is not { } text) return ([], problems.All);

        var separator = SeparatorOf(text);
        var quotesAreBad = false;
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            OnMalformedRecord = record => quotesAreBad = record.Reason is not CsvMalformedReason.StrayQuote,
        });
        var series = new Dictionary<(TrafficUnit, string), (string Where, List<RecordTraffic.Sample> Samples)>();
        var seen = new Dictionary<(TrafficUnit, string, DateTime), int>();
        Dictionary<string, int>? places = null;
        while (!problems.IsFull && reader.Read())
        {
            var line = (int)reader.LineNumber;
            string[] fields = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).Select(f => Cells.Unguard(f.Trim()))];
            var (isBad, isFirst) = (quotesAreBad, places is null);
            quotesAreBad = false;
            if (isBad)
            {
                problems.Add(line, ImportCodes.BadQuote);
                continue;
            }
            if (fields.All(f => f.Length == 0)) continue;
            places ??= Places(fields, line, problems);
            // A header that cannot be used leaves nothing to look at.
            if (isFirst && problems.All.Any(p => p.Code is ImportCodes.ColumnMissing or ImportCodes.ColumnTwice)) break;
            if (isFirst && !fields[0].Any(char.IsAsciiDigit)) continue;

            string Field(string column) => places.TryGetValue(column, out var place) && place < fields.Length ? fields[place] : "";
            if (places.Values.Max() + 1 < fields.Length && places.Count == InOrder.Count) problems.Add(line, "TrafficFields", fields.Length);
            else if (Time(line, Field("time"), zone, now, problems) is { } at && Value(line, Field("value"), Field("unit"), unit, separator, problems) is { } value && Where(line, Field("where"), where, problems) is { } place)
            {
                var key = (value.Unit, Folding.Fold(place));
                if (!seen.TryAdd((key.Unit, key.Item2, at), line)) problems.Add(line, "TrafficTwice", seen[(key.Unit, key.Item2, at)]);
                if (!series.TryGetValue(key, out var samples)) series[key] = samples = (place, []);
                samples.Samples.Add(new(at, value.Value));
            }
        }
        if (series.Count == 0 && problems.All.Count == 0) problems.Add(0, "TrafficNothing");
        return ([.. series.Select(s => new RecordTraffic.Series(s.Key.Item1, s.Value.Where, s.Value.Samples))], problems.All);
    }

    private static char SeparatorOf(string text)
    {
        var first = text.AsSpan().TrimStart(" \n");
        if (first.IndexOf('\n') is >= 0 and var end) first = first[..end];
        return first.Contains('\t') ? '\t' : first.Contains(';') ? ';' : ',';
    }

    /// <summary>Where the columns stand: as the first line says when it is a header, for a line of measurements has a digit in its first field.</summary>
    private static Dictionary<string, int> Places(string[] first, int line, ProblemList problems)
    {
        if (first[0].Any(char.IsAsciiDigit)) return InOrder;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, name) in first.Select(f => Folding.Fold(f).Replace(' ', '_')).Index())
        {
            if (Columns.TryGetValue(name, out var column) && !places.TryAdd(column, place)) problems.Add(line, ImportCodes.ColumnTwice, name);
        }
        foreach (var needed in new[] { "time", "value" }.Where(c => !places.ContainsKey(c))) problems.Add(line, ImportCodes.ColumnMissing, needed);
        return places;
    }

    private static DateTime? Time(int line, string text, TimeZoneInfo zone, DateTime now, ProblemList problems)
    {
        if (SourceTime.Parse(text) is not { HasClock: true } time)
        {
            problems.Add(line, "TrafficBadTime", Short(text));
            return null;
        }
        var utc = time.Utc;
        if (!time.HasZone)
        {
            (utc, var isCertain) = LocalTime.ToUtc(utc, zone);
            if (!isCertain)
            {
                problems.Add(line, "TrafficUnclearTime", text, zone.Id);
                return null;
            }
        }
        if (TimeRules.Check("time", OccurrenceTime.Exactly(utc), now).TryGet(out var at, out var error)) return at.At;
        problems.Add(line, error.Code, error.Args);
        return null;
    }

    private static (double Value, TrafficUnit Unit)? Value(int line, string text, string unitText, TrafficUnit? other, char separator, ProblemList problems)
    {
        var match = Number().Match(text);
        var number = match.Groups["number"].Value;
        var (factor, unit) = (Factor(match.Groups["si"].Value), UnitOf(match.Groups["unit"].Value));
        if (!match.Success || (separator == ',' && number.Contains(',', StringComparison.Ordinal)) || (match.Groups["unit"].Length > 0 && unit is null))
        {
            problems.Add(line, "TrafficBadValue", Short(text));
            return null;
        }
        if (unitText.Length > 0)
        {
            var named = Unit().Match(unitText);
            // 41 G in Gbps would be anybody's guess, and so are two units.
            if (UnitOf(named.Groups["unit"].Value) is not { } own || (named.Groups["si"].Length > 0 && factor != 1) || (unit is not null && unit != own))
            {
                problems.Add(line, "TrafficBadUnit", Short(unitText));
                return null;
            }
            (unit, factor) = (own, factor * Factor(named.Groups["si"].Value));
        }
        if ((unit ?? other) is not { } known)
        {
            problems.Add(line, "TrafficUnitMissing");
            return null;
        }
        var value = double.Parse(number.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture) * factor;
        if (double.IsFinite(value)) return (value, known);
        problems.Add(line, "TrafficBadValue", Short(text));
        return null;
    }

    private static string? Where(int line, string text, string other, ProblemList problems) =>
        text.Length == 0 ? other.Trim() : problems.Fits(line, "where", text, AttackWave.MaxWhereLength) ? text : null;

    private static double Factor(string si) => si switch { "k" or "K" => 1e3, "M" => 1e6, "G" => 1e9, "T" => 1e12, _ => 1 };

    // A capital B would be bytes.
    private static TrafficUnit? UnitOf(string word) => word switch
    {
        "bps" or "bit/s" or "bits/s" or "b/s" => TrafficUnit.Bps,
        "pps" or "packets/s" or "paquetes/s" => TrafficUnit.Pps,
        "rps" or "req/s" or "requests/s" or "solicitudes/s" => TrafficUnit.Rps,
        "connections" or "conexiones" => TrafficUnit.Connections,
        "sources" or "addresses" or "direcciones" => TrafficUnit.Sources,
        _ => null,
    };

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    [GeneratedRegex(@"^(?<number>[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]{1,3})?) ?((?<si>[kKMGT])?(?<unit>[A-Za-z/]*))$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?<si>[kKMGT](?=[A-Za-z]))?(?<unit>[A-Za-z/]+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unit();
}
