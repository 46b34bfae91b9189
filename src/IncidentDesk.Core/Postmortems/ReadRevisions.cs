using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Reads the history of a section, also of one that was removed.</summary>
public sealed class ReadRevisions(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>Revisions that are read at once; of more, the newest.</summary>
    public const int MaxRevisions = 200;

    /// <summary>Oldest first.</summary>
    public async Task<Result<IReadOnlyList<SectionRevision>>> HandleAsync(string incidentKey, Guid sectionId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var revisions = await db.SectionRevisions.AsNoTracking().Where(r => r.SectionId == sectionId && r.Section!.Postmortem!.IncidentId == entered.IncidentId).OrderByDescending(r => r.Number).Take(MaxRevisions).ToListAsync(ct);
        revisions.Reverse();
        return revisions.Count == 0 ? new NotFound("Postmortem.SectionNotFound") : Result<IReadOnlyList<SectionRevision>>.Ok(revisions);
    }
}
