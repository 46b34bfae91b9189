using System.Collections.Concurrent;
using IncidentDesk.Data;
using IncidentDesk.Timeline;

namespace IncidentDesk.Live;

/// <summary>The newest rows of the watched incidents, read from the database once for all who watch.</summary>
/// <remarks>It does not ask who reads: a viewer is let in by the page or the hub, and checked again there when access changes.</remarks>
public sealed class LiveTimeline(DeskDatabase database, IncidentFeed feed)
{
    private const int Kept = 500;

    private readonly ConcurrentDictionary<Guid, Tail> _tails = [];

    /// <summary>The rows after a sequence in the order of writing, without gap or repeat; at most <see cref="ReadTimeline.MaxPage"/>.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> AfterAsync(Guid incidentId, long after, CancellationToken ct)
    {
        // A tail that began before the first number would count its rows wrong for everybody.
        after = Math.Max(0, after);
        var tail = _tails.GetOrAdd(incidentId, _ => new Tail());
        await tail.Gate.WaitAsync(ct);
        try
        {
            if (tail.Rows.Count == 0 || after > tail.Last + Kept) tail.StartAt(after);
            if (after < tail.From) return await ReadAsync(incidentId, after, ct);
            if (after >= tail.Last || feed.Latest(incidentId) > tail.Last) tail.Append(await ReadAsync(incidentId, tail.Last, ct));
            return after < tail.From ? await ReadAsync(incidentId, after, ct) : tail.After(after);
        }
        finally
        {
            tail.Gate.Release();
        }
    }

    private async Task<List<TimelineEntry>> ReadAsync(Guid incidentId, long after, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await ReadTimeline.RowsAfterAsync(db, incidentId, after, ReadTimeline.MaxPage, ct);
    }

    /// <summary>Rows of sequence <c>From + 1</c> on; sequences have no gaps, so a place in the list is a sequence.</summary>
    private sealed class Tail
    {
        public SemaphoreSlim Gate { get; } = new(1);
        public long From { get; private set; }
        public List<TimelineEntry> Rows { get; } = [];
        public long Last => From + Rows.Count;

        public void StartAt(long sequence)
        {
            Rows.Clear();
            From = sequence;
        }

        public void Append(List<TimelineEntry> rows)
        {
            Rows.AddRange(rows);
            var surplus = Rows.Count - Kept;
            if (surplus <= 0) return;
            Rows.RemoveRange(0, surplus);
            From += surplus;
        }

        public IReadOnlyList<TimelineEntry> After(long sequence) => sequence >= Last ? [] : Rows.GetRange((int)(sequence - From), (int)(Last - sequence));
    }
}
