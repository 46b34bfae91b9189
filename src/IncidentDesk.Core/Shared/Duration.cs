namespace IncidentDesk.Shared;

/// <summary>The time between two points, as well as both are known.</summary>
/// <param name="Span">Never negative.</param>
/// <param name="IsAbout">One of the ends is not exact.</param>
public sealed record Duration(TimeSpan Span, bool IsAbout)
{
    /// <returns>Null when an end is unknown, a bound or a whole day, or when the end lies before the start: then there is no honest figure.</returns>
    public static Duration? Between(OccurrenceTime? from, OccurrenceTime? to)
    {
        if (from is not { IsMeasurable: true, At: { } start } || to is not { IsMeasurable: true, At: { } end } || end < start) return null;
        return new Duration(end - start, from.Precision != Precision.Exact || to.Precision != Precision.Exact);
    }

    /// <summary>The middle one of those that are known; of an even number, the mean of the two in the middle. It is about as soon as one of them is: another order would have another middle.</summary>
    /// <returns>Null when none is known.</returns>
    public static Duration? MedianOf(IEnumerable<Duration?> durations)
    {
        var known = durations.OfType<Duration>().OrderBy(d => d.Span).ToList();
        return known.Count == 0 ? null : new Duration((known[(known.Count - 1) / 2].Span + known[known.Count / 2].Span) / 2, known.Exists(d => d.IsAbout));
    }
}
