using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Leadership;

/// <summary>Incidents month by month, or year by year where that would be too many months.</summary>
/// <param name="IsByYear">Each column is a year.</param>
public sealed record Calendar(bool IsByYear, IReadOnlyList<Calendar.Column> Columns)
{
    private const int MaxMonths = 24;

    /// <param name="Start">Its first day.</param>
    /// <param name="Incidents">The gravest first.</param>
    public sealed record Column(DateOnly Start, IReadOnlyList<IncidentFacts> Incidents);

    /// <summary>From the period's beginning, or the first incident, to its end, today or the last incident; columns without an incident among them.</summary>
    public static Calendar Of(IReadOnlyCollection<IncidentFacts> incidents, Period period, DateTime now)
    {
        if (incidents.Count == 0) return new(false, []);
        var days = incidents.Select(i => DateOnly.FromDateTime(i.PlacedAt)).ToList();
        var (today, last) = (DateOnly.FromDateTime(now), days.Max());
        var from = period.From ?? days.Min();
        var to = period.To is { } end && end < today ? end : last > today ? last : today;
        if (period.To is null) to = last;
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month + 1;
        var isByYear = months > MaxMonths;
        if (isByYear) (from, to) = (days.Min(), last);
        DateOnly StartOf(DateOnly day) => new(day.Year, isByYear ? 1 : day.Month, 1);
        var byColumn = incidents.ToLookup(i => StartOf(DateOnly.FromDateTime(i.PlacedAt)));
        List<Column> columns = [];
        for (var start = StartOf(from); start <= to; start = isByYear ? start.AddYears(1) : start.AddMonths(1))
            columns.Add(new(start, [.. byColumn[start].OrderBy(i => i.Severity).ThenBy(i => i.PlacedAt)]));
        return new(isByYear, columns);
    }
}

/// <summary>When attacks begin, in a zone.</summary>
/// <param name="Counts">Seven days from Monday, 24 hours each.</param>
/// <param name="Known">Whose hour of first impact is known.</param>
/// <param name="OnlyByDay">Known by the day, not by the hour.</param>
/// <param name="Unknown">Without a time, or with a bound alone.</param>
public sealed record Beginnings(string Zone, IReadOnlyList<IReadOnlyList<int>> Counts, int Known, int OnlyByDay, int Unknown)
{
    public static Beginnings Of(IEnumerable<IncidentFacts> incidents, TimeZoneInfo zone)
    {
        var counts = Enumerable.Range(0, 7).Select(_ => new int[24]).ToArray();
        var (known, onlyByDay, unknown) = (0, 0, 0);
        foreach (var incident in incidents)
        {
            if (incident[MilestoneKind.ImpactStarted] is not { At: { } at } started) unknown++;
            else if (started.Precision == Precision.Day) onlyByDay++;
            else if (!started.IsMeasurable) unknown++;
            else
            {
                var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), zone);
                counts[((int)local.DayOfWeek + 6) % 7][local.Hour]++;
                known++;
            }
        }
        return new(zone.Id, counts, known, onlyByDay, unknown);
    }
}

/// <summary>Attack vectors year by year.</summary>
/// <param name="Rows">The commonest first.</param>
/// <param name="WithoutWave">Incidents of which no wave is on record, by the same years.</param>
public sealed record Vectors(IReadOnlyList<int> Years, IReadOnlyList<Vectors.Row> Rows, IReadOnlyList<int> WithoutWave)
{
    /// <param name="Incidents">In how many incidents of each year it was seen.</param>
    public sealed record Row(string Vector, IReadOnlyList<int> Incidents, int Waves);

    public static Vectors Of(IReadOnlyCollection<IncidentFacts> incidents, IEnumerable<WaveSpan> waves)
    {
        var yearOf = incidents.ToDictionary(i => i.Id, i => i.PlacedAt.Year);
        int[] years = [.. yearOf.Values.Distinct().Order()];
        var counted = waves.Where(w => yearOf.ContainsKey(w.IncidentId)).ToList();
        var rows = counted.GroupBy(w => w.Vector, StringComparer.Ordinal).Select(g =>
        {
            var ids = g.Select(w => w.IncidentId).ToHashSet();
            return new Row(g.Key, [.. years.Select(y => ids.Count(id => yearOf[id] == y))], g.Count());
        });
        var seen = counted.Select(w => w.IncidentId).ToHashSet();
        return new(years, [.. rows.OrderByDescending(r => r.Incidents.Sum()).ThenBy(r => r.Vector, StringComparer.Ordinal)], [.. years.Select(y => yearOf.Count(i => i.Value == y && !seen.Contains(i.Key)))]);
    }
}
