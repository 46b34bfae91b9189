using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Checklists;

/// <summary>Reads the checklists, and those of an incident.</summary>
public sealed class FindChecklists(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>Those on offer, in the order in which they were made; retired ones only when asked for.</summary>
    public async Task<Result<IReadOnlyList<Checklist>>> HandleAsync(Actor actor, CancellationToken ct, bool withRetired = false)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        return Result<IReadOnlyList<Checklist>>.Ok(await db.Checklists.AsNoTracking().Where(c => withRetired || c.RetiredAt == null).OrderBy(c => c.Id).ToListAsync(ct));
    }

    /// <summary>Those attached to an incident now, with their ticks, in order of attaching.</summary>
    public async Task<Result<IReadOnlyList<IncidentChecklist>>> OfIncidentAsync(string key, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, key, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        return Result<IReadOnlyList<IncidentChecklist>>.Ok(await db.IncidentChecklists.AsNoTracking().Include(c => c.Ticks.OrderBy(t => t.Step))
            .Where(c => c.IncidentId == entered.IncidentId && c.DetachedAt == null).OrderBy(c => c.AttachedAt).ToListAsync(ct));
    }
}
