using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>What incidents are counted by that does not stand in the incident itself. Read once where several kinds are counted among the same incidents.</summary>
/// <remarks>The rows are read without the context's filter, which would be asked for each of them, and kept when their incident is one of those that were read through it.</remarks>
internal sealed class FacetRows(DeskContext db, IncidentQuestion question, IReadOnlyList<Guid>? withText, HashSet<Guid> hidden, bool isRanked)
{
    // More are not named in a question: all rows are read then.
    private const int Many = 1_000;

    private Among? _asked;
    private (Among Among, List<(Guid IncidentId, Guid AssetId)> Pairs)? _hits;

    public static async Task<FacetRows> OfAsync(DeskDatabase database, DeskContext db, IncidentQuestion question, DeskMember reader, CancellationToken ct) =>
        new(db, question, await database.WithTextAsync(db, question.Text, ct), await db.HiddenAsync(ct), reader.Role.MaySeeTargets());

    /// <summary>The incidents in which the text of the question stands; null where it has none.</summary>
    public IReadOnlyList<Guid>? WithText => withText;

    public async Task<Dictionary<string, int>> CountVectorsAsync(CancellationToken ct)
    {
        var among = await AmongAsync(question.Vectors, question with { Vectors = null }, ct);
        var waves = db.AttackWaves.IgnoreQueryFilters().Where(w => !w.IsWithdrawn);
        if (among.Few is { } few) waves = waves.Where(w => EF.Parameter(few).Contains(w.IncidentId));
        var found = await waves.Select(w => new { w.IncidentId, w.Vector }).ToListAsync(ct);
        return found.Where(w => among.Has(w.IncidentId)).Distinct().CountBy(w => w.Vector, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Of those who lead now, by their ids.</summary>
    public async Task<Dictionary<Guid, int>> CountLeadsAsync(CancellationToken ct)
    {
        var among = await AmongAsync(question.Leads, question with { Leads = null }, ct);
        var roles = db.RoleAssignments.IgnoreQueryFilters().Where(r => r.Role == IncidentRole.Lead && r.EndedAt == null);
        if (among.Few is { } few) roles = roles.Where(r => EF.Parameter(few).Contains(r.IncidentId));
        var found = await roles.Select(r => new { r.IncidentId, r.PersonId }).ToListAsync(ct);
        return found.Where(r => among.Has(r.IncidentId)).CountBy(r => r.PersonId).ToDictionary();
    }

    /// <summary>What was hit or aimed at, those with the most incidents first, and counted; by name and uncounted for those who may not see who is hit how often.</summary>
    /// <param name="text">Only names that hold it; empty for all.</param>
    public async Task<List<CountFacets.Named>> CountTargetsAsync(string text, CancellationToken ct)
    {
        var hits = await ReadHitsAsync(await AmongAsync(question.Targets, question with { Targets = null }, ct), ct);
        var names = await db.Assets.Select(a => new Name(a.Id, a.Name, a.FoldedName)).ToListAsync(ct);
        return Top(hits.CountBy(h => h.AssetId).ToDictionary(), names, question.Targets ?? [], text);
    }

    /// <summary>Whose it is, the same way.</summary>
    public async Task<List<CountFacets.Named>> CountMembersAsync(string text, CancellationToken ct)
    {
        var hits = await ReadHitsAsync(await AmongAsync(question.Members, question with { Members = null }, ct), ct);
        var owners = await db.Assets.Where(a => a.MemberId != null).Select(a => new { a.Id, MemberId = a.MemberId!.Value }).ToDictionaryAsync(a => a.Id, a => a.MemberId, ct);
        var names = await db.Members.Select(m => new Name(m.Id, m.Name, m.FoldedName)).ToListAsync(ct);
        var counts = hits.Where(h => owners.ContainsKey(h.AssetId)).Select(h => (h.IncidentId, MemberId: owners[h.AssetId])).Distinct().CountBy(h => h.MemberId).ToDictionary();
        return Top(counts, names, question.Members ?? [], text);
    }

    /// <summary>Those that are chosen are among them, whatever their count.</summary>
    private List<CountFacets.Named> Top(Dictionary<Guid, int> counts, List<Name> names, IReadOnlyList<Guid> chosen, string text)
    {
        var folded = Folding.Fold(text.Trim());
        var top = names.Where(n => counts.ContainsKey(n.Id) && n.Folded.Contains(folded, StringComparison.Ordinal))
            .OrderByDescending(n => isRanked ? counts[n.Id] : 0).ThenBy(n => n.Folded, StringComparer.Ordinal).Take(CountFacets.Most).ToList();
        var missing = names.Where(n => chosen.Contains(n.Id)).Except(top).OrderBy(n => n.Folded, StringComparer.Ordinal);
        return [.. missing.Concat(top).Select(n => new CountFacets.Named(n.Id, n.Text, isRanked ? counts.GetValueOrDefault(n.Id) : null))];
    }

    /// <summary>Each asset once in each incident.</summary>
    private async Task<List<(Guid IncidentId, Guid AssetId)>> ReadHitsAsync(Among among, CancellationToken ct)
    {
        if (_hits is { } kept && kept.Among == among) return kept.Pairs;
        var (impacts, aims) = (db.Impacts.IgnoreQueryFilters(), db.WaveTargets.IgnoreQueryFilters().Where(t => !t.Wave!.IsWithdrawn));
        if (among.Few is { } few) (impacts, aims) = (impacts.Where(i => EF.Parameter(few).Contains(i.IncidentId)), aims.Where(t => EF.Parameter(few).Contains(t.Wave!.IncidentId)));
        // Those that were never revised, mostly all, need no more than two columns.
        var revised = impacts.Where(i => i.Revision > 1);
        var first = await impacts.Where(i => !i.IsWithdrawn && i.Revision == 1 && !revised.Select(r => r.ImpactId).Contains(i.ImpactId)).Select(i => new { i.IncidentId, i.AssetId }).ToListAsync(ct);
        var later = await revised.Select(i => new { i.ImpactId, i.Revision, i.IncidentId, i.AssetId, i.IsWithdrawn }).ToListAsync(ct);
        var pairs = first.Where(i => among.Has(i.IncidentId)).Select(i => (i.IncidentId, i.AssetId)).ToHashSet();
        pairs.UnionWith(later.GroupBy(i => i.ImpactId).Select(g => g.MaxBy(i => i.Revision)!).Where(i => !i.IsWithdrawn && among.Has(i.IncidentId)).Select(i => (i.IncidentId, i.AssetId)));
        pairs.UnionWith((await aims.Select(t => new { t.Wave!.IncidentId, t.AssetId }).ToListAsync(ct)).Where(t => among.Has(t.IncidentId)).Select(t => (t.IncidentId, t.AssetId)));
        _hits = (among, [.. pairs]);
        return _hits.Value.Pairs;
    }

    /// <summary>The incidents among which a kind is counted: all kinds share those under which none of their own is chosen.</summary>
    private async Task<Among> AmongAsync<T>(IReadOnlyList<T>? chosen, IncidentQuestion without, CancellationToken ct) =>
        chosen is { Count: > 0 } ? await ReadAsync(without, ct) : _asked ??= await ReadAsync(question, ct);

    private async Task<Among> ReadAsync(IncidentQuestion asked, CancellationToken ct) =>
        new(asked.IsWide && withText is null ? null : await db.Asked(asked, withText).Select(i => i.Id).ToHashSetAsync(ct), hidden);

    private sealed record Name(Guid Id, string Text, string Folded);

    /// <param name="ids">Read through the filter; null for all that are not hidden.</param>
    private sealed class Among(HashSet<Guid>? ids, HashSet<Guid> hidden)
    {
        public List<Guid>? Few { get; } = ids is { Count: <= Many } ? [.. ids] : null;

        public bool Has(Guid id) => ids?.Contains(id) ?? !hidden.Contains(id);
    }
}
