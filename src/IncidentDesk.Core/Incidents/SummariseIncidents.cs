using IncidentDesk.Data;
using IncidentDesk.Impacts;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>What a list says of the attack and the defence of each incident, read for all of a page at once.</summary>
public sealed class SummariseIncidents(DeskDatabase database, TimeProvider time)
{
    /// <param name="Vectors">Slugs, each once, in order of waves.</param>
    /// <param name="Targets">Names of what was aimed at or hit, what was targeted first; no more than <see cref="MostTargets"/>.</param>
    /// <param name="AllTargets">How many there are.</param>
    /// <param name="Defences">In place now while the incident is open, ever in place afterwards.</param>
    /// <param name="Overdue">In place, and to be looked at before now.</param>
    /// <param name="Affected">Now while the incident is open, in all afterwards; null when nothing was marked.</param>
    /// <param name="Course">Empty when nothing was marked.</param>
    public sealed record Summary(IReadOnlyList<string> Vectors, IReadOnlyList<string> Targets, int AllTargets, int Defences, int Overdue, Affected.Count? Affected, IReadOnlyList<Affected.Step> Course);

    public const int MostTargets = 3;

    /// <returns>Those of the incidents that the actor may see, by id.</returns>
    public async Task<Result<IReadOnlyDictionary<Guid, Summary>>> HandleAsync(IReadOnlyList<Guid> incidentIds, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var incidents = await db.Incidents.Where(i => EF.Parameter(incidentIds).Contains(i.Id)).Select(i => new { i.Id, i.Status }).ToListAsync(ct);
        var ids = incidents.ConvertAll(i => i.Id);
        var waves = (await db.AttackWaves.AsNoTracking().Where(w => EF.Parameter(ids).Contains(w.IncidentId) && !w.IsWithdrawn).OrderBy(w => w.Number)
            .Select(w => new { w.Id, w.IncidentId, w.Vector }).ToListAsync(ct)).ToLookup(w => w.IncidentId);
        var aims = (await db.WaveTargets.Where(t => EF.Parameter(ids).Contains(t.Wave!.IncidentId) && !t.Wave!.IsWithdrawn)
            .Select(t => new { t.Wave!.IncidentId, t.Asset!.Name }).ToListAsync(ct)).ToLookup(t => t.IncidentId, t => t.Name);
        var defences = (await db.IncidentMitigations.Where(m => EF.Parameter(ids).Contains(m.IncidentId))
            .Select(m => new { m.IncidentId, m.Mitigation!.State, m.Mitigation.ReviewBy }).ToListAsync(ct)).ToLookup(m => m.IncidentId);
        var impacts = (await db.ReadStandingAsync(ids, ct)).ToLookup(i => i.IncidentId);
        var members = await db.Members.CountAsync(m => m.RetiredAt == null, ct);

        var now = time.UtcNow();
        var summaries = new Dictionary<Guid, Summary>();
        foreach (var incident in incidents)
        {
            var hits = impacts[incident.Id].ToList();
            var isOver = incident.Status is IncidentStatus.Resolved or IncidentStatus.Closed;
            var states = defences[incident.Id].ToList();
            string[] targets = [.. aims[incident.Id].Concat(hits.OrderBy(h => h.Cause).Select(h => h.Asset!.Name)).Distinct(StringComparer.Ordinal)];
            var intervals = Affected.Intervals(hits);
            var all = members + hits.Select(h => h.Asset?.Member).Where(m => m?.RetiredAt is not null).Distinct().Count();
            summaries[incident.Id] = new(
                [.. waves[incident.Id].Select(w => w.Vector).Distinct(StringComparer.Ordinal)], [.. targets.Take(MostTargets)], targets.Length,
                states.Count(s => isOver ? s.State.WasInPlace() : s.State.IsInPlace()), states.Count(s => s.State.IsInPlace() && s.ReviewBy < now),
                hits.Count == 0 ? null : isOver ? Affected.InTotal(intervals, all, now).Ever : Affected.At(intervals, all, now),
                Affected.Course(intervals, all, now));
        }
        return Result<IReadOnlyDictionary<Guid, Summary>>.Ok(summaries);
    }
}
