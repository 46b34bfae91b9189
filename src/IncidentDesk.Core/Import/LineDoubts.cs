using IncidentDesk.Shared;

namespace IncidentDesk.Import;

/// <summary>The doubts that only show beside other lines or the clock.</summary>
internal static class LineDoubts
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static List<ImportLine> AddTo(List<ImportLine> lines, DateTime utcNow)
    {
        var contradicting = Contradicting(lines);
        List<ImportLine> result = new(lines.Count);
        OccurrenceTime? previous = null;
        foreach (var line in lines)
        {
            SortedSet<ImportDoubt> doubts = [.. line.Doubts];
            if (line.OccurredAt is { At: { } at } time)
            {
                if (previous is not null && IsEarlier(time, previous)) doubts.Add(ImportDoubt.OutOfOrder);
                if (time.Precision is Precision.Day ? at.Date > utcNow.Date : at > utcNow + ClockTolerance) doubts.Add(ImportDoubt.InFuture);
                previous = time;
            }
            if (contradicting.Contains(line)) doubts.Add(ImportDoubt.Contradicts);
            result.Add(line with { Doubts = [.. doubts] });
        }
        return result;
    }

    private static bool IsEarlier(OccurrenceTime time, OccurrenceTime previous) =>
        time.Precision is Precision.Day || previous.Precision is Precision.Day
            ? time.At!.Value.Date < previous.At!.Value.Date
            : time.At < previous.At;

    private static HashSet<ImportLine> Contradicting(List<ImportLine> lines)
    {
        HashSet<ImportLine> found = new(ReferenceEqualityComparer.Instance);
        foreach (var same in lines.Where(line => line.OccurredAt.At is not null).GroupBy(line => Fold(line.Body), StringComparer.Ordinal))
        {
            // a whole day contradicts only another day, a time contradicts another time
            var timed = same.Where(line => line.OccurredAt.Precision is not Precision.Day);
            if (same.DistinctBy(line => line.OccurredAt.At!.Value.Date).Skip(1).Any()) found.UnionWith(same);
            else if (timed.DistinctBy(line => line.OccurredAt.At).Skip(1).Any()) found.UnionWith(timed);
        }
        return found;
    }

    private static string Fold(string body) =>
        string.Join(' ', body.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
