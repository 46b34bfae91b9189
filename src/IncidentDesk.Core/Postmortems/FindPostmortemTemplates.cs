using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Reads the templates with which postmortems begin.</summary>
public sealed class FindPostmortemTemplates(DeskDatabase database)
{
    /// <summary>Those on offer, in the order in which they were made; retired ones only when asked for.</summary>
    public async Task<Result<IReadOnlyList<PostmortemTemplate>>> HandleAsync(Actor actor, CancellationToken ct, bool withRetired = false)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        return Result<IReadOnlyList<PostmortemTemplate>>.Ok(await db.PostmortemTemplates.AsNoTracking().Where(t => withRetired || t.RetiredAt == null).OrderBy(t => t.Id).ToListAsync(ct));
    }
}
