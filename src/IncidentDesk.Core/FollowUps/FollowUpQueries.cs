using IncidentDesk.Data;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.FollowUps;

internal static class FollowUpQueries
{
    /// <summary>Tracked, with owner; null when there is none of this id in this incident.</summary>
    public static Task<FollowUp?> FollowUpAsync(this DeskContext db, Guid incidentId, Guid id, CancellationToken ct) =>
        db.FollowUps.Include(f => f.Owner).FirstOrDefaultAsync(f => f.Id == id && f.IncidentId == incidentId, ct);

    public static EntryDraft Draft(EntryChange change, DateTime now, string reason = "") => new(EntryKind.FollowUp, reason, OccurrenceTime.Exactly(now)) { Change = change };
}
