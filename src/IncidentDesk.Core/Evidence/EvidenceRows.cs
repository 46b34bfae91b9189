using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using IncidentDesk.Data;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Evidence;

/// <summary>What may be long of an incident's record, a batch at a time.</summary>
/// <remarks>The caller has let the reader in.</remarks>
internal static class EvidenceRows
{
    public static readonly string[] LogColumns =
        ["sequence", "root_sequence", "revision", "occurred_at_utc", "precision", "recorded_at_utc", "kind", "author", "body", "visibility", "is_key_event", "revised_at_utc", "revised_by", "change", "source", "entry_id"];

    public static readonly string[] MeasurementColumns = ["batch", "unit", "measured_at", "at_utc", "value", "batch_withdrawn"];

    private const int Batch = 500;

    /// <summary>All rows of the log, every revision, in the order of writing, up to a number.</summary>
    public static async IAsyncEnumerable<TimelineEntry> LogAsync(DeskContext db, Guid incidentId, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = 0L; after < upTo;)
        {
            var rows = await db.Entries.AsNoTracking().IgnoreQueryFilters().Where(e => e.IncidentId == incidentId && e.Sequence > after && e.Sequence <= upTo).OrderBy(e => e.Sequence).Take(Batch).ToListAsync(ct);
            if (rows.Count == 0) yield break;
            foreach (var row in rows) yield return row;
            after = rows[^1].Sequence;
        }
    }

    public static object LogLine(TimelineEntry e) => new
    {
        e.Sequence,
        e.RootSequence,
        e.Revision,
        e.EntryId,
        e.OccurredAt,
        e.Precision,
        e.SortAt,
        e.Rank,
        e.RecordedAt,
        e.AuthorId,
        e.AuthorName,
        e.Kind,
        e.Body,
        e.Visibility,
        e.IsKeyEvent,
        e.Change,
        e.Source,
        e.Links,
        e.RevisedById,
        e.RevisedByName,
        e.RevisedAt,
    };

    public static string[] LogCells(TimelineEntry e) =>
    [
        Text(e.Sequence), Text(e.RootSequence), Text(e.Revision), At(e.OccurredAt), e.Precision.Label(), At(e.RecordedAt), e.Kind.Label(), e.AuthorName, e.Body, e.Visibility.Label(), e.IsKeyEvent ? "yes" : "no",
        At(e.RevisedAt), e.RevisedByName ?? "", Json(e.Change), Json(e.Source), e.EntryId.ToString(),
    ];

    /// <summary>All samples of all batches, withdrawn ones with them.</summary>
    public static async IAsyncEnumerable<string[]> MeasurementsAsync(DeskContext db, Guid incidentId, [EnumeratorCancellation] CancellationToken ct)
    {
        var batches = await db.TrafficBatches.AsNoTracking().Where(b => b.IncidentId == incidentId).OrderBy(b => b.Number).ToListAsync(ct);
        foreach (var batch in batches)
        {
            await foreach (var sample in db.TrafficSamples.AsNoTracking().IgnoreQueryFilters().Where(s => s.BatchId == batch.Id).OrderBy(s => s.At).AsAsyncEnumerable().WithCancellation(ct))
                yield return [Text(batch.Number), batch.Unit.Label(), batch.MeasuredAt, At(sample.At), sample.Value.ToString("R", CultureInfo.InvariantCulture), batch.WithdrawnAt is null ? "no" : "yes"];
        }
    }

    /// <summary>The rows of a query, each as an object.</summary>
    public static async IAsyncEnumerable<object> Of<T>(IQueryable<T> query, Func<T, object> line, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in query.AsAsyncEnumerable().WithCancellation(ct)) yield return line(row);
    }

    public static string At(DateTime? utc) => utc?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Json<T>(T? value) where T : class => value is null ? "" : JsonSerializer.Serialize(value, DocumentRecord.Json);
}
