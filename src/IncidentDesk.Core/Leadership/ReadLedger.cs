using IncidentDesk.Assets;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Leadership;

/// <summary>Reads what happened to one member, over all incidents that the reader may see.</summary>
public sealed class ReadLedger(DeskDatabase database, RestrictedReads reads, TimeProvider time)
{
    public async Task<Result<MemberLedger>> HandleAsync(Guid memberId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var reader, out var error)) return error;
        var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Id == memberId, ct);
        if (member is null) return new NotFound("Member.NotFound", memberId);

        var assets = await db.Assets.Where(a => a.MemberId == memberId).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var impacts = await db.ReadImpactFactsAsync(memberId, ct);
        var ids = impacts.Select(i => i.IncidentId).Distinct().ToList();
        var incidents = await db.Incidents.AsNoTracking().Where(i => ids.Contains(i.Id)).Include(i => i.Milestones).ToDictionaryAsync(i => i.Id, ct);
        foreach (var incident in incidents.Values.Where(i => i.IsRestricted)) await reads.NoteAsync(reader, incident.Key, incident.IsRestricted, ct);
        return MemberLedger.Of(member, impacts.Where(i => incidents.ContainsKey(i.IncidentId)).Select(i => (incidents[i.IncidentId], assets.GetValueOrDefault(i.Interval.AssetId, ""), i.Interval)), time.UtcNow());
    }
}
