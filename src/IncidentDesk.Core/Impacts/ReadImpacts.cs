using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Impacts;

/// <summary>Reads what was hit.</summary>
public sealed class ReadImpacts(DeskDatabase database, RestrictedReads reads, TimeProvider time)
{
    /// <param name="Impact">The revision that stands.</param>
    public sealed record Past(string IncidentKey, string IncidentTitle, Impact Impact);

    /// <param name="Impacts">The revision that stands of each, with asset and member.</param>
    /// <param name="Now">Who is affected at the moment that was asked for, or now.</param>
    public sealed record Picture(IReadOnlyList<Impact> Impacts, Affected.Count Now, Affected.Sum InTotal);

    /// <summary>What is and was hit in an incident, and who is affected.</summary>
    /// <param name="at">UTC; null for now.</param>
    public async Task<Result<Picture>> HandleAsync(string incidentKey, DateTime? at, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var impacts = await db.ReadStandingAsync(entered.IncidentId, ct);
        var members = await db.CountMembersAsync(impacts, ct);
        var intervals = Affected.Intervals(impacts);
        return new Picture([.. impacts.OrderBy(i => i.Cause).ThenByDescending(i => i.State).ThenBy(i => i.Asset!.FoldedName, StringComparer.Ordinal)], Affected.At(intervals, members, at ?? time.UtcNow()), Affected.InTotal(intervals, members, time.UtcNow()));
    }

    /// <summary>The history of an asset over all incidents that the actor may see, newest first.</summary>
    public async Task<Result<IReadOnlyList<Past>>> OfAssetAsync(Guid assetId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var found = await db.Impacts.AsNoTracking().Include(i => i.Incident)
            .Where(i => i.AssetId == assetId && !i.IsWithdrawn && !db.Impacts.Any(later => later.ImpactId == i.ImpactId && later.Revision > i.Revision)).ToListAsync(ct);
        return Result<IReadOnlyList<Past>>.Ok([.. found.OrderByDescending(i => i.FromAt ?? i.RecordedAt).Select(i => new Past(i.Incident!.Key, i.Incident.Title, i))]);
    }

    /// <summary>All revisions of one interval, the first one first.</summary>
    public async Task<Result<IReadOnlyList<Impact>>> RevisionsAsync(string incidentKey, Guid impactId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var rows = await db.Impacts.AsNoTracking().Include(i => i.Asset).Where(i => i.ImpactId == impactId && i.IncidentId == entered.IncidentId).OrderBy(i => i.Revision).ToListAsync(ct);
        return rows.Count == 0 ? new NotFound("Impact.NotFound", impactId) : Result<IReadOnlyList<Impact>>.Ok(rows);
    }
}
