using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Leadership;

/// <summary>Whether a value can be told.</summary>
public enum ValueState
{
    Known,

    /// <summary>An end is missing, or is a bound or a whole day: there is no honest figure. Never counted as zero.</summary>
    Unknown,

    /// <summary>The end certainly lies before the start: something to mend in the record.</summary>
    Crossed,
}

/// <summary>What an incident contributes to a duration.</summary>
/// <param name="Value">Only when known.</param>
public sealed record Measured(IncidentFacts Incident, OccurrenceTime? From, OccurrenceTime? To, ValueState State, Duration? Value)
{
    /// <param name="figure">One of <see cref="Figures.Durations"/>.</param>
    public static Measured Of(IncidentFacts incident, Figure figure)
    {
        var (from, to) = figure.Ends()!.Value is var ends ? (incident[ends.From], incident[ends.To]) : default;
        var value = Duration.Between(from, to);
        var state = value is not null ? ValueState.Known : from is not null && Ends.AreCrossed(from, to) ? ValueState.Crossed : ValueState.Unknown;
        return new(incident, from, to, state, value);
    }
}

/// <summary>How durations are spread.</summary>
/// <param name="Known">The shortest first.</param>
/// <param name="Median">The middle one, of an even number the mean of the two in the middle; null without a known one.</param>
/// <param name="Percentile90">By nearest rank: the shortest known one that at least nine in ten do not exceed.</param>
/// <param name="Crossed">Those that end before they start.</param>
public sealed record Distribution(IReadOnlyList<Measured> Known, Duration? Median, Duration? Percentile90, int Unknown, IReadOnlyList<Measured> Crossed)
{
    public static Distribution Of(IEnumerable<IncidentFacts> incidents, Figure figure)
    {
        var all = incidents.Select(i => Measured.Of(i, figure)).ToLookup(m => m.State);
        Measured[] known = [.. all[ValueState.Known].OrderBy(m => m.Value!.Span)];
        return new(known, Duration.MedianOf(known.Select(m => m.Value)), PercentileOf([.. known.Select(m => m.Value!)], 90), all[ValueState.Unknown].Count(), [.. all[ValueState.Crossed]]);
    }

    /// <summary>Nearest rank (the ⌈p/100·n⌉-th of n).</summary>
    public static Duration? PercentileOf(IReadOnlyList<Duration> ascending, int percent) =>
        ascending.Count == 0 ? null : ascending[(((percent * ascending.Count) + 99) / 100) - 1];
}

/// <summary>One duration year by year.</summary>
/// <param name="Years">All years from the first to the last with an incident, those without a known value among them.</param>
public sealed record Trend(Figure Figure, IReadOnlyList<Trend.Point> Years)
{
    public const int MaxYears = 10;

    /// <param name="Median">Null when nothing is known of the year.</param>
    public sealed record Point(int Year, Duration? Median, int Known, int Unknown);

    public static Trend Of(IReadOnlyCollection<IncidentFacts> incidents, Figure figure)
    {
        var byYear = incidents.ToLookup(i => i.PlacedAt.Year);
        if (byYear.Count == 0) return new(figure, []);
        var (first, last) = (byYear.Min(g => g.Key), byYear.Max(g => g.Key));
        return new(figure, [.. Enumerable.Range(first, last - first + 1).TakeLast(MaxYears).Select(year =>
        {
            var distribution = Distribution.Of(byYear[year], figure);
            return new Point(year, distribution.Median, distribution.Known.Count, distribution.Unknown + distribution.Crossed.Count);
        })]);
    }
}
