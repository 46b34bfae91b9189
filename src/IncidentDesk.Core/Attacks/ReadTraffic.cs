using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <param name="Points">In order of time; stretches in which nothing was measured have none.</param>
public sealed record TrafficSeries(TrafficUnit Unit, string MeasuredAt, IReadOnlyList<TrafficPoint> Points)
{
    /// <summary>The newest sample by itself.</summary>
    public TrafficPoint? Last { get; init; }
}

public static class TrafficGaps
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>What lies further apart than three times what usually lies between two points is a stretch in which nothing was measured.</summary>
    public static TimeSpan LongestStep(IReadOnlyList<TrafficPoint> points)
    {
        var steps = points.Zip(points.Skip(1), (a, b) => b.At - a.At).Order().ToList();
        return steps.Count == 0 ? TimeSpan.MaxValue : steps[steps.Count / 2] * 3 is var usual && usual > Shortest ? usual : Shortest;
    }
}

/// <summary>What was measured in a stretch of time.</summary>
/// <param name="At">UTC, of its first sample.</param>
public sealed record TrafficPoint(DateTime At, double Least, double Most, double Mean, int Samples)
{
    /// <summary>Of a single sample.</summary>
    public static TrafficPoint Of(DateTime at, double value) => new(at, value, value, value, 1);
}

/// <summary>Reads the measurements of an incident, thinned out to what a picture can show.</summary>
public sealed class ReadTraffic(DeskDatabase database, RestrictedReads reads)
{
    public const int MaxPoints = 2_000;
    public const int MaxBatches = 500;

    /// <summary>The series of an incident by place and unit. Least and most of each stretch are kept, so that no peak is lost.</summary>
    /// <param name="from">UTC; null for the beginning.</param>
    /// <param name="to">UTC, not included; null for the end.</param>
    /// <param name="maxPoints">Of each series, at most <see cref="MaxPoints"/>.</param>
    public async Task<Result<IReadOnlyList<TrafficSeries>>> HandleAsync(string incidentKey, DateTime? from, DateTime? to, int maxPoints, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        return Result<IReadOnlyList<TrafficSeries>>.Ok(await ReadAsync(db, entered.IncidentId, from, to, Math.Clamp(maxPoints, 1, MaxPoints), ct));
    }

    /// <summary>What came in, the newest first, withdrawn batches with them; at most <see cref="MaxBatches"/>.</summary>
    public async Task<Result<IReadOnlyList<TrafficBatch>>> BatchesAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        return Result<IReadOnlyList<TrafficBatch>>.Ok(await db.TrafficBatches.AsNoTracking().Where(b => b.IncidentId == entered.IncidentId).OrderByDescending(b => b.Number).Take(MaxBatches).ToListAsync(ct));
    }

    /// <remarks>The caller has let the reader in.</remarks>
    internal static async Task<IReadOnlyList<TrafficSeries>> ReadAsync(DeskContext db, Guid incidentId, DateTime? from, DateTime? to, int maxPoints, CancellationToken ct)
    {
        var samples = db.TrafficSamples.IgnoreQueryFilters().AsNoTracking().Where(s => s.Batch!.IncidentId == incidentId && s.Batch.WithdrawnAt == null);
        if (from is { } first) samples = samples.Where(s => s.At >= first);
        if (to is { } end) samples = samples.Where(s => s.At < end);
        var rows = await samples.Select(s => new { s.Batch!.Unit, s.Batch.MeasuredAt, s.Batch.FoldedMeasuredAt, s.Batch.Number, s.At, s.Value }).ToListAsync(ct);
        return [.. rows.GroupBy(r => (r.Unit, r.FoldedMeasuredAt)).OrderBy(g => g.Key.Unit).ThenBy(g => g.Key.FoldedMeasuredAt, StringComparer.Ordinal).Select(series =>
        {
            List<TrafficPoint> samples = [.. series.OrderBy(r => r.At).ThenBy(r => r.Number).GroupBy(r => r.At).Select(g => TrafficPoint.Of(g.Key, g.Last().Value))];
            return new TrafficSeries(series.Key.Unit, series.MaxBy(r => r.Number)!.MeasuredAt, ThinOut(samples, maxPoints)) { Last = samples[^1] };
        })];
    }

    /// <summary>Stretches of equal length, each with what was measured in it.</summary>
    internal static IReadOnlyList<TrafficPoint> ThinOut(IReadOnlyList<TrafficPoint> samples, int maxPoints)
    {
        if (samples.Count <= maxPoints) return samples;
        var (begin, width) = (samples[0].At, Math.Max(1, (samples[^1].At - samples[0].At).Ticks / maxPoints + 1));
        return
        [
            .. samples.GroupBy(s => (s.At - begin).Ticks / width)
                .Select(g => new TrafficPoint(g.First().At, g.Min(s => s.Least), g.Max(s => s.Most), g.Sum(s => s.Mean * s.Samples) / g.Sum(s => s.Samples), g.Sum(s => s.Samples))),
        ];
    }
}
