using IncidentDesk.Impacts;
using IncidentDesk.Mitigations;

namespace IncidentDesk.Attacks;

/// <summary>What was measured in the hour before and in the hour after a moment; null where nothing was.</summary>
public sealed record BeforeAfter(double? Before, double? After);

/// <summary>The same of one series of measurements.</summary>
public sealed record SeriesEffect(TrafficUnit Unit, string MeasuredAt, BeforeAfter Mean);

/// <summary>What changed when a mitigation was first applied. It says what happened then, not that the one came from the other.</summary>
/// <param name="At">UTC; null when it was never applied or nobody knows when to the hour: then nothing is known of the rest.</param>
/// <param name="Members">How many members were affected, on average over the hour; unknown where nothing was ever marked as hit.</param>
/// <param name="IsRunning">The hour after is not over: it counts up to now.</param>
public sealed record BoardEffect(DateTime? At, BeforeAfter Members, IReadOnlyList<SeriesEffect> Series, bool IsRunning)
{
    private static readonly TimeSpan Side = TimeSpan.FromHours(1);

    /// <param name="course">Of the members affected.</param>
    /// <param name="traffic">Every sample, not thinned out.</param>
    /// <param name="now">UTC.</param>
    public static BoardEffect Of(Mitigation mitigation, IReadOnlyList<Affected.Step> course, IReadOnlyList<TrafficSeries> traffic, DateTime now)
    {
        var applied = mitigation.Steps.Find(s => s.State == MitigationState.Applied)?.When;
        if (applied is not { IsMeasurable: true, At: { } at }) return new(null, new(null, null), [.. traffic.Select(t => new SeriesEffect(t.Unit, t.MeasuredAt, new(null, null)))], false);
        var end = at + Side < now ? at + Side : now;
        return new(at, new(MembersIn(course, at - Side, at), MembersIn(course, at, end)),
            [.. traffic.Select(t => new SeriesEffect(t.Unit, t.MeasuredAt, new(Mean(t.Points, at - Side, at), Mean(t.Points, at, at + Side))))], at + Side > now);
    }

    private static double? MembersIn(IReadOnlyList<Affected.Step> course, DateTime from, DateTime to)
    {
        if (course.Count == 0 || to <= from) return null;
        var sum = 0.0;
        for (var n = Math.Max(0, LastAt(course, from)); n < course.Count && course[n].Utc < to; n++)
        {
            var begin = course[n].Utc > from ? course[n].Utc : from;
            var end = n + 1 < course.Count && course[n + 1].Utc < to ? course[n + 1].Utc : to;
            if (end > begin) sum += course[n].Count.Members * (end - begin).TotalSeconds;
        }
        return sum / (to - from).TotalSeconds;
    }

    private static int LastAt(IReadOnlyList<Affected.Step> course, DateTime moment)
    {
        var (low, high) = (0, course.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (course[middle].Utc <= moment) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }

    private static double? Mean(IReadOnlyList<TrafficPoint> points, DateTime from, DateTime to)
    {
        var (sum, samples) = (0.0, 0);
        for (var n = First(points, from); n < points.Count && points[n].At < to; n++) (sum, samples) = (sum + (points[n].Mean * points[n].Samples), samples + points[n].Samples);
        return samples == 0 ? null : sum / samples;
    }

    private static int First(IReadOnlyList<TrafficPoint> points, DateTime from)
    {
        var (low, high) = (0, points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (points[middle].At < from) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
