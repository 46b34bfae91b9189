using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>Counts incidents by what was hit or aimed at in them, and by whose it is.</summary>
internal static class FacetNames
{
    private sealed class Pair
    {
        public Guid IncidentId { get; init; }
        public Guid Id { get; init; }
    }

    /// <param name="incidents">Null for all that the context's reader may see.</param>
    /// <param name="chosen">Are in the answer, whatever their count.</param>
    /// <param name="text">Only names that hold it; empty for all.</param>
    /// <param name="isRanked">Those with the most incidents first, and counted; else by name, and no count.</param>
    public static async Task<List<CountFacets.Named>> CountTargetsAsync(this DeskContext db, IQueryable<Guid>? incidents, IReadOnlyList<Guid> chosen, string text, int most, bool isRanked, CancellationToken ct)
    {
        var folded = Folding.Fold(text.Trim());
        var counted = db.Assets.Join(Counted(Hit(db, incidents)), a => a.Id, c => c.Id, (a, c) => new { a.Id, a.Name, a.FoldedName, c.Count });
        if (folded.Length > 0) counted = counted.Where(c => c.FoldedName.Contains(folded));
        if (isRanked) counted = counted.OrderByDescending(c => c.Count).ThenBy(c => c.FoldedName);
        else counted = counted.OrderBy(c => c.FoldedName);
        var top = await counted.Take(most).Select(c => new CountFacets.Named(c.Id, c.Name, isRanked ? c.Count : null)).ToListAsync(ct);
        var missing = chosen.Where(id => !top.Exists(t => t.Id == id)).ToList();
        if (missing.Count == 0) return top;
        var counts = await Counted(Hit(db, incidents)).Where(c => missing.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Count, ct);
        var names = await db.Assets.Where(a => missing.Contains(a.Id)).OrderBy(a => a.FoldedName).Select(a => new { a.Id, a.Name }).ToListAsync(ct);
        return [.. names.Select(n => new CountFacets.Named(n.Id, n.Name, isRanked ? counts.GetValueOrDefault(n.Id) : null)), .. top];
    }

    /// <inheritdoc cref="CountTargetsAsync"/>
    public static async Task<List<CountFacets.Named>> CountMembersAsync(this DeskContext db, IQueryable<Guid>? incidents, IReadOnlyList<Guid> chosen, string text, int most, bool isRanked, CancellationToken ct)
    {
        var folded = Folding.Fold(text.Trim());
        var pairs = Hit(db, incidents).Join(db.Assets.Where(a => a.MemberId != null), p => p.Id, a => a.Id, (p, a) => new Pair { IncidentId = p.IncidentId, Id = a.MemberId!.Value }).Distinct();
        var counted = db.Members.Join(Counted(pairs), m => m.Id, c => c.Id, (m, c) => new { m.Id, m.Name, m.FoldedName, c.Count });
        if (folded.Length > 0) counted = counted.Where(c => c.FoldedName.Contains(folded));
        if (isRanked) counted = counted.OrderByDescending(c => c.Count).ThenBy(c => c.FoldedName);
        else counted = counted.OrderBy(c => c.FoldedName);
        var top = await counted.Take(most).Select(c => new CountFacets.Named(c.Id, c.Name, isRanked ? c.Count : null)).ToListAsync(ct);
        var missing = chosen.Where(id => !top.Exists(t => t.Id == id)).ToList();
        if (missing.Count == 0) return top;
        var counts = await Counted(pairs).Where(c => missing.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Count, ct);
        var names = await db.Members.Where(m => missing.Contains(m.Id)).OrderBy(m => m.FoldedName).Select(m => new { m.Id, m.Name }).ToListAsync(ct);
        return [.. names.Select(n => new CountFacets.Named(n.Id, n.Name, isRanked ? counts.GetValueOrDefault(n.Id) : null)), .. top];
    }

    private sealed class Tally
    {
        public Guid Id { get; init; }
        public int Count { get; init; }
    }

    private static IQueryable<Tally> Counted(IQueryable<Pair> pairs) => pairs.GroupBy(p => p.Id).Select(g => new Tally { Id = g.Key, Count = g.Count() });

    /// <summary>Each asset once in each incident.</summary>
    private static IQueryable<Pair> Hit(DeskContext db, IQueryable<Guid>? incidents)
    {
        var hits = db.Impacts.Where(h => !h.IsWithdrawn && !db.Impacts.Any(later => later.ImpactId == h.ImpactId && later.Revision > h.Revision));
        var aims = db.WaveTargets.Where(t => !t.Wave!.IsWithdrawn);
        if (incidents is not null) (hits, aims) = (hits.Where(h => incidents.Contains(h.IncidentId)), aims.Where(t => incidents.Contains(t.Wave!.IncidentId)));
        return hits.Select(h => new Pair { IncidentId = h.IncidentId, Id = h.AssetId }).Union(aims.Select(t => new Pair { IncidentId = t.Wave!.IncidentId, Id = t.AssetId }));
    }
}
