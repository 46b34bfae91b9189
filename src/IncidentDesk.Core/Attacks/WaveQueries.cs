using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

internal static class WaveQueries
{
    /// <summary>Tracked, with targets and defences. The caller has let the actor into the incident.</summary>
    /// <returns>The wave, or <c>Wave.NotFound</c>, or <c>Wave.IsWithdrawn</c>: what counts for nothing is not changed any more.</returns>
    public static async Task<Result<AttackWave>> WaveAsync(this IncidentWriter.Recording recording, Guid waveId, CancellationToken ct, bool withWithdrawn = false)
    {
        var incidentId = recording.IncidentIds.Single();
        var wave = await recording.Db.AttackWaves.IgnoreQueryFilters().AsSplitQuery().Include(w => w.Targets).Include(w => w.Defences).FirstOrDefaultAsync(w => w.Id == waveId && w.IncidentId == incidentId, ct);
        if (wave is null) return new NotFound("Wave.NotFound", waveId);
        return wave.IsWithdrawn && !withWithdrawn ? new Invalid(null, "Wave.IsWithdrawn", wave.Number) : wave;
    }

    /// <summary>Writes it into the log, with links to what the wave is aimed at and to the defences that it names.</summary>
    public static async Task LogAsync(this IncidentWriter.Recording recording, AttackWave wave, EntryChange change, OccurrenceTime when, string reason, CancellationToken ct)
    {
        var (targets, defences) = (wave.Targets.Select(t => t.AssetId).ToList(), wave.Defences.Select(d => (Guid?)d.MitigationId).Append(wave.AdaptedToId).OfType<Guid>().Distinct().ToList());
        var assets = await recording.Db.Assets.Where(a => targets.Contains(a.Id)).OrderBy(a => a.FoldedName).Select(a => new { a.Id, a.Name }).ToListAsync(ct);
        var mitigations = await recording.Db.Mitigations.Where(m => defences.Contains(m.Id)).OrderBy(m => m.FoldedName).Select(m => new { m.Id, m.Name }).ToListAsync(ct);
        recording.Log(wave.IncidentId, new EntryDraft(EntryKind.Wave, reason, when)
        {
            Change = change,
            Links = [.. assets.Select(a => new EntryLink(a.Name, AssetId: a.Id)), .. mitigations.Select(m => new EntryLink(m.Name, MitigationId: m.Id))],
        });
    }
}
