using IncidentDesk.Assets;
using IncidentDesk.Data;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Import;

/// <summary>What an incident has already of what a timeline may tell.</summary>
/// <param name="Mitigations">With steps, and with all incidents that they serve.</param>
/// <param name="Impacts">The revision that stands of each.</param>
/// <param name="ImpactIds">Withdrawn ones among them.</param>
/// <param name="Kinds">Slugs of kinds of defences in use.</param>
internal sealed record Standing(
    IReadOnlySet<MilestoneKind> Milestones, IReadOnlyList<Mitigation> Mitigations, IReadOnlyList<Impact> Impacts, IReadOnlySet<Guid> ImpactIds,
    IReadOnlySet<string> Kinds, NamedAssets Assets)
{
    /// <remarks>The caller has let the actor in. A mitigation's incidents are counted past the filter, for one that serves others too is not this one's to move.</remarks>
    public static async Task<Standing> ReadAsync(DeskContext db, Guid incidentId, IReadOnlyList<ImportLine> lines, CancellationToken ct) => new(
        (await db.Milestones.Where(m => m.IncidentId == incidentId).Select(m => m.Kind).ToListAsync(ct)).ToHashSet(),
        await db.Mitigations.IgnoreQueryFilters().AsNoTracking().AsSplitQuery().Include(m => m.Steps.OrderBy(s => s.Number)).Include(m => m.Incidents)
            .Where(m => m.Incidents.Any(i => i.IncidentId == incidentId)).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync(ct),
        await db.StandingImpacts(incidentId).ToListAsync(ct),
        (await db.Impacts.Where(i => i.IncidentId == incidentId && i.Revision == 1).Select(i => i.ImpactId).ToListAsync(ct)).ToHashSet(),
        (await db.MitigationKinds.Where(k => k.RetiredAt == null).Select(k => k.Slug).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal),
        lines.Any(l => ImpactProposals.MayName(SourceWords.Fold(l.Category))) ? await NamedAssets.ReadAsync(db, ct) : new NamedAssets([]));
}
