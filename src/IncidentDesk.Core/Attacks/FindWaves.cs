using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>Reads the waves of an incident.</summary>
public sealed class FindWaves(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>In order of number, with targets and the defences that they name; withdrawn ones only when asked for.</summary>
    public async Task<Result<IReadOnlyList<AttackWave>>> HandleAsync(string incidentKey, Actor actor, CancellationToken ct, bool withWithdrawn = false)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        return Result<IReadOnlyList<AttackWave>>.Ok(await Of(db, entered.IncidentId).Where(w => withWithdrawn || !w.IsWithdrawn).OrderBy(w => w.Number).ToListAsync(ct));
    }

    /// <summary>One wave, withdrawn or not.</summary>
    public async Task<Result<AttackWave>> ByIdAsync(string incidentKey, Guid waveId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        return await Of(db, entered.IncidentId).FirstOrDefaultAsync(w => w.Id == waveId, ct) is { } wave ? wave : new NotFound("Wave.NotFound", waveId);
    }

    private static IQueryable<AttackWave> Of(DeskContext db, Guid incidentId) => db.AttackWaves.AsNoTrackingWithIdentityResolution().AsSplitQuery()
        .Include(w => w.Targets).ThenInclude(t => t.Asset).Include(w => w.Defences).ThenInclude(d => d.Mitigation).Include(w => w.AdaptedTo)
        .Where(w => w.IncidentId == incidentId);
}
