using System.Collections.Concurrent;
using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>An incident's measurements, read once for all who watch: the last day for those at the log, the whole for those at the board.</summary>
/// <remarks>It does not ask who reads: a viewer is let in by the page. Nobody may change the answer.</remarks>
public sealed class LiveTraffic(DeskDatabase database)
{
    public const int Points = 96;
    private const int MaxKept = 20;

    /// <summary>Before the newest sample.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>Of each series of the whole: a measurement a minute for two weeks. Of more, stretches are read.</summary>
    private const int PointsOfWhole = 20_000;

    private readonly ConcurrentDictionary<(Guid IncidentId, bool IsWhole), Kept> _kept = [];

    /// <summary>The last day, thinned out.</summary>
    public Task<IReadOnlyList<TrafficSeries>> ReadAsync(Guid incidentId, CancellationToken ct) => ReadAsync(incidentId, isWhole: false, ct);

    public Task<IReadOnlyList<TrafficSeries>> WholeAsync(Guid incidentId, CancellationToken ct) => ReadAsync(incidentId, isWhole: true, ct);

    private async Task<IReadOnlyList<TrafficSeries>> ReadAsync(Guid incidentId, bool isWhole, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var changes = await TrafficBatch.ChangesAsync(db, incidentId, ct);
        if (changes == 0) return [];

        if (_kept.Count > MaxKept) _kept.Clear();
        var kept = _kept.GetOrAdd((incidentId, isWhole), _ => new Kept());
        await kept.Gate.WaitAsync(ct);
        try
        {
            if (kept.Changes >= changes) return kept.Series;
            kept.Series = isWhole ? await ReadTraffic.ReadAsync(db, incidentId, null, null, PointsOfWhole, ct) : await LastDayAsync(db, incidentId, ct);
            kept.Changes = changes;
            return kept.Series;
        }
        finally
        {
            kept.Gate.Release();
        }
    }

    private static async Task<IReadOnlyList<TrafficSeries>> LastDayAsync(DeskContext db, Guid incidentId, CancellationToken ct)
    {
        var last = await db.TrafficBatches.IgnoreQueryFilters().Where(b => b.IncidentId == incidentId && b.WithdrawnAt == null).MaxAsync(b => (DateTime?)b.ToAt, ct);
        return last is null ? [] : await ReadTraffic.ReadAsync(db, incidentId, last - Window, null, Points, ct);
    }

    private sealed class Kept
    {
        public SemaphoreSlim Gate { get; } = new(1);
        public IReadOnlyList<TrafficSeries> Series { get; set; } = [];
        public int Changes { get; set; }
    }
}
