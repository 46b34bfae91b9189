using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Impacts;

internal static class ImpactQueries
{
    /// <summary>The revision that stands of each interval of the incident, withdrawn ones left out.</summary>
    /// <remarks>The caller has found the incident through the context's filter, so the filter need not run again for each row.</remarks>
    public static IQueryable<Impact> StandingImpacts(this DeskContext db, Guid incidentId) => db.Impacts.IgnoreQueryFilters().AsNoTracking()
        .Where(i => i.IncidentId == incidentId && !i.IsWithdrawn && !db.Impacts.Any(later => later.ImpactId == i.ImpactId && later.Revision > i.Revision));

    /// <summary>The same with asset and member, and since when each is known: what <see cref="Affected"/> counts with.</summary>
    public static Task<List<Impact>> ReadStandingAsync(this DeskContext db, Guid incidentId, CancellationToken ct) => db.ReadStandingAsync([incidentId], ct);

    /// <summary>The same for several incidents at once.</summary>
    public static async Task<List<Impact>> ReadStandingAsync(this DeskContext db, IReadOnlyList<Guid> incidentIds, CancellationToken ct)
    {
        var impacts = await db.Impacts.IgnoreQueryFilters().AsNoTrackingWithIdentityResolution().Include(i => i.Asset!.Member)
            .Where(i => EF.Parameter(incidentIds).Contains(i.IncidentId) && !i.IsWithdrawn && !db.Impacts.Any(later => later.ImpactId == i.ImpactId && later.Revision > i.Revision)).ToListAsync(ct);
        if (impacts.TrueForAll(i => i.Revision == 1)) return impacts;
        var revised = impacts.Where(i => i.Revision > 1).Select(i => i.ImpactId).ToList();
        var revisions = (await db.Impacts.IgnoreQueryFilters().Where(i => EF.Parameter(revised).Contains(i.ImpactId))
            .Select(i => new { i.ImpactId, i.Revision, i.RecordedAt, IsOver = i.ToPrecision != null }).ToListAsync(ct)).ToLookup(i => i.ImpactId);
        foreach (var impact in impacts.Where(i => i.Revision > 1))
        {
            var all = revisions[impact.ImpactId].OrderByDescending(r => r.Revision).ToList();
            impact.KnownFrom = all[^1].RecordedAt;
            if (all.TakeWhile(r => r.IsOver).LastOrDefault() is { } over) impact.KnownTo = over.RecordedAt;
        }
        return impacts;
    }

    /// <summary>How many members the provider has for an incident: those in use, and those that were hit and have left since.</summary>
    public static async Task<int> CountMembersAsync(this DeskContext db, IEnumerable<Impact> impacts, CancellationToken ct) =>
        await db.Members.CountAsync(m => m.RetiredAt == null, ct) + impacts.Select(i => i.Asset?.Member).OfType<Assets.Member>().Where(m => m.RetiredAt is not null).DistinctBy(m => m.Id).Count();

    /// <summary>A later revision of an impact, which differs in nothing yet.</summary>
    /// <param name="behindId">The asset with which it is down from now on; null leaves it.</param>
    public static Impact Revise(
        this Impact impact, Incidents.IncidentWriter.Recording recording, ImpactState state, ImpactCause cause, Shared.OccurrenceTime from, Shared.OccurrenceTime? to, string evidence, bool isWithdrawn, Guid? behindId = null) => new()
        {
            RowId = Guid.CreateVersion7(),
            ImpactId = impact.ImpactId,
            Revision = impact.Revision + 1,
            IncidentId = impact.IncidentId,
            AssetId = impact.AssetId,
            State = state,
            Cause = cause,
            FromAt = from.At,
            FromPrecision = from.Precision,
            ToAt = to?.At,
            ToPrecision = to?.Precision,
            Evidence = evidence,
            IsWithdrawn = isWithdrawn,
            BehindId = behindId ?? impact.BehindId,
            Sequence = recording.NextOf(impact.IncidentId),
            RecordedAt = recording.Now,
            RecordedById = recording.Member.AuthorId,
            RecordedByName = recording.Member.Name,
        };
}
