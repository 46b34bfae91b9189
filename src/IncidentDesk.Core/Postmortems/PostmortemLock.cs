using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

internal static class PostmortemLock
{
    /// <summary>Locks the postmortem's row until the transaction ends: whoever saves a section waits, or has saved.</summary>
    /// <returns>Tracked, with reviewers, as it stands behind the lock; null when there is none.</returns>
    public static async Task<Postmortem?> TakePostmortemAsync(this DeskContext db, Guid incidentId, CancellationToken ct)
    {
        await db.Postmortems.Where(p => p.IncidentId == incidentId).ExecuteUpdateAsync(u => u.SetProperty(p => p.Changes, p => p.Changes), ct);
        return await db.Postmortems.Include(p => p.Reviewers).FirstOrDefaultAsync(p => p.IncidentId == incidentId, ct);
    }

    /// <summary>Counts a change of the document.</summary>
    /// <param name="postmortem">Taken.</param>
    /// <param name="keepsApprovals">Who had approved what stands has approved it still.</param>
    public static void RaiseChanges(this Postmortem postmortem, bool keepsApprovals)
    {
        var approved = keepsApprovals ? postmortem.Reviewers.Where(r => r.HasApproved(postmortem)).ToList() : [];
        postmortem.Changes++;
        foreach (var reviewer in approved) reviewer.ApprovedChanges = postmortem.Changes;
    }
}
