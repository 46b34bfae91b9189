using System.Collections.Concurrent;
using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>The last day of an incident's measurements, read once for all who watch.</summary>
/// <remarks>It does not ask who reads: a viewer is let in by the page. Nobody may change the answer.</remarks>
public sealed class LiveTraffic(DeskDatabase database)
{
    public const int Points = 96;
    private const int MaxKept = 20;

    /// <summary>Before the newest sample.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<Guid, Kept> _kept = [];

    public async Task<IReadOnlyList<TrafficSeries>> ReadAsync(Guid incidentId, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var changes = await TrafficBatch.ChangesAsync(db, incidentId, ct);
        if (changes == 0) return [];

        if (_kept.Count > MaxKept) _kept.Clear();
        var kept = _kept.GetOrAdd(incidentId, _ => new Kept());
        await kept.Gate.WaitAsync(ct);
        try
        {
            if (kept.Changes >= changes) return kept.Series;
            var last = await db.TrafficBatches.IgnoreQueryFilters().Where(b => b.IncidentId == incidentId && b.WithdrawnAt == null).MaxAsync(b => (DateTime?)b.ToAt, ct);
            kept.Series = last is null ? [] : await ReadTraffic.ReadAsync(db, incidentId, last - Window, null, Points, ct);
            kept.Changes = changes;
            return kept.Series;
        }
        finally
        {
            kept.Gate.Release();
        }
    }

    private sealed class Kept
    {
        public SemaphoreSlim Gate { get; } = new(1);
        public IReadOnlyList<TrafficSeries> Series { get; set; } = [];
        public int Changes { get; set; }
    }
}
