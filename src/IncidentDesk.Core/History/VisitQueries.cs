using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.History;

internal static class VisitQueries
{
    /// <summary>The number of the newest row of the log that was written at or before a moment; 0 when there was none.</summary>
    /// <param name="utc">UTC.</param>
    /// <remarks>The caller has let the reader in. Rows are numbered in the order of writing, so the first match from the end is the one.</remarks>
    public static async Task<long> SequenceAtAsync(DeskContext db, Guid incidentId, DateTime utc, CancellationToken ct) =>
        await db.Entries.IgnoreQueryFilters().Where(e => e.IncidentId == incidentId && (e.RevisedAt ?? e.RecordedAt) <= utc)
            .OrderByDescending(e => e.Sequence).Select(e => (long?)e.Sequence).FirstOrDefaultAsync(ct) ?? 0;
}
