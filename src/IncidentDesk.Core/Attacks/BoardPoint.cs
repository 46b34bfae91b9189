using IncidentDesk.Shared;

namespace IncidentDesk.Attacks;

/// <summary>A point of time on the adaptation board, as well as it is known. UTC.</summary>
/// <param name="At">Where it is drawn: the time itself, the middle of a day, a bound.</param>
/// <param name="Earliest">Null when nothing bounds it on that side.</param>
/// <param name="Latest">Null when nothing bounds it on that side.</param>
/// <param name="IsRough">It is drawn as not exact.</param>
public sealed record BoardPoint(DateTime At, DateTime? Earliest, DateTime? Latest, bool IsRough)
{
    /// <summary>Null when only the order is known.</summary>
    public static BoardPoint? Of(OccurrenceTime time) => time.At is not { } at ? null : time.Precision switch
    {
        Precision.About => new(at, at, at, true),
        Precision.Hour => new(at, at, at.AddHours(1), true),
        Precision.Day => new(at.Date.AddHours(12), at.Date, at.Date.AddDays(1), true),
        Precision.Before => new(at, null, at, true),
        Precision.After => new(at, at, null, true),
        Precision.Exact or Precision.OrderOnly => new(at, at, at, false),
    };

    /// <summary>Between which moments something lies that was recorded at a moment: a point in the future is nobody's.</summary>
    internal static (DateTime? Earliest, DateTime Latest) Bounds(OccurrenceTime time, DateTime recorded) =>
        Of(time) is { } point ? (point.Earliest, point.Latest ?? (recorded > point.At ? recorded : point.At)) : (null, recorded);
}

/// <summary>Puts things that overlap into rows of their own.</summary>
public static class BoardRows
{
    /// <summary>The row of each, 0 for the first: the highest one in which nothing is in the way.</summary>
    /// <param name="extents">In order of their beginning.</param>
    public static IReadOnlyList<int> Pack<T>(IReadOnlyList<(T From, T To)> extents) where T : IComparable<T>
    {
        var (ends, rows) = (new List<T>(), new List<int>(extents.Count));
        foreach (var (from, to) in extents)
        {
            var row = ends.FindIndex(end => end.CompareTo(from) <= 0);
            if (row < 0)
            {
                row = ends.Count;
                ends.Add(to);
            }
            ends[row] = to;
            rows.Add(row);
        }
        return rows;
    }
}
