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
}
