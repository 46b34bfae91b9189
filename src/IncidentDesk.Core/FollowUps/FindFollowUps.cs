using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.FollowUps;

/// <summary>Reads follow-ups.</summary>
public sealed class FindFollowUps(DeskDatabase database, RestrictedReads reads, TimeProvider time)
{
    public const int MaxPage = 500;

    /// <param name="OwnerId">Null for everybody's.</param>
    public sealed record Query(Guid? OwnerId = null, int Skip = 0, int Take = MaxPage);

    /// <param name="Total">Of all that the query finds.</param>
    public sealed record Page(IReadOnlyList<FollowUp> FollowUps, int Total);

    public sealed record Counts(int Open, int Overdue);

    /// <summary>All of an incident in order of adding, with owner.</summary>
    public async Task<Result<IReadOnlyList<FollowUp>>> OfIncidentAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        return Result<IReadOnlyList<FollowUp>>.Ok(await db.FollowUps.AsNoTracking().Include(f => f.Owner).Include(f => f.Incident).Where(f => f.IncidentId == entered.IncidentId).OrderBy(f => f.CreatedAt).ThenBy(f => f.Id).ToListAsync(ct));
    }

    /// <summary>Open ones of all incidents that the actor may see, with owner and incident: the longest overdue first, those without a date last.</summary>
    public async Task<Result<Page>> HandleAsync(Query query, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var open = db.FollowUps.AsNoTracking().Where(f => f.State == FollowUpState.Open && (query.OwnerId == null || f.OwnerId == query.OwnerId));
        var page = await open.Include(f => f.Owner).Include(f => f.Incident)
            .OrderBy(f => f.DueOn == null).ThenBy(f => f.DueOn).ThenBy(f => f.CreatedAt).ThenBy(f => f.Id).Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, MaxPage)).ToListAsync(ct);
        foreach (var restricted in page.Where(f => f.Incident!.IsRestricted).Select(f => f.Incident!.Key).Distinct(StringComparer.Ordinal)) await reads.NoteAsync(member, restricted, isRestricted: true, ct);
        return new Page(page, await open.CountAsync(ct));
    }

    /// <summary>The actor's own.</summary>
    public async Task<Result<Counts>> MineAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var mine = await db.FollowUps.Where(f => f.State == FollowUpState.Open && f.OwnerId == member.Id).Select(f => new { f.DueOn, f.Incident!.TimeZone }).ToListAsync(ct);
        var now = time.UtcNow();
        return new Counts(mine.Count, mine.Count(f => FollowUp.IsPast(f.DueOn, f.TimeZone, now)));
    }
}
