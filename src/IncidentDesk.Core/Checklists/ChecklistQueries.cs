using IncidentDesk.Data;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Checklists;

internal static class ChecklistQueries
{
    /// <summary>Tracked, with its ticks, also when it is detached.</summary>
    public static Task<IncidentChecklist?> AttachedAsync(this DeskContext db, Guid incidentId, Guid attachedId, CancellationToken ct) =>
        db.IncidentChecklists.Include(c => c.Ticks).FirstOrDefaultAsync(c => c.Id == attachedId && c.IncidentId == incidentId, ct);

    public static EntryDraft Draft(EntryChange change, DateTime now) => new(EntryKind.Checklist, "", OccurrenceTime.Exactly(now)) { Change = change };
}
