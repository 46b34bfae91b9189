using System.Collections.Concurrent;
using IncidentDesk.Assets;
using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.Checklists;
using IncidentDesk.Data;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Mitigations;
using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Live;

/// <summary>What is hit in an incident and what stands against it, as of a sequence of its log.</summary>
/// <param name="Sequence">Of the newest row of the log that it contains.</param>
/// <param name="Impacts">The revision that stands of each interval, withdrawn ones left out, with asset and member.</param>
/// <param name="Mitigations">With steps and scope, not with the incidents: a reader may not be allowed to see them all.</param>
/// <param name="Checklists">Those attached now, with their ticks, in order of attaching.</param>
/// <param name="Attachments">In order of adding, without their content.</param>
/// <param name="Waves">Withdrawn ones left out, with targets and the ids of their defences, in order of number.</param>
/// <param name="FollowUps">With owner, in order of adding.</param>
/// <param name="Members">How many members the provider has, those among them that were hit and have left since.</param>
public sealed record Situation(long Sequence, IReadOnlyList<Impact> Impacts, IReadOnlyList<Mitigation> Mitigations, IReadOnlyList<IncidentChecklist> Checklists, IReadOnlyList<Attachment> Attachments, IReadOnlyList<AttackWave> Waves, IReadOnlyList<FollowUp> FollowUps, int Members)
{
    /// <summary>UTC, when the next situation report is due by the newest one; null when none is announced.</summary>
    public DateTime? ReportDueAt { get; init; }
}

/// <summary>The situation of incidents, read from the database once for all who watch.</summary>
/// <remarks>It does not ask who reads: a viewer is let in by the page, as with <see cref="LiveTimeline"/>. Nobody may change the answer.</remarks>
public sealed class LiveSituation(DeskDatabase database, IncidentFeed feed)
{
    private const int MaxKept = 20;

    private readonly ConcurrentDictionary<Guid, Kept> _kept = [];

    /// <summary>True for the entries after which the situation is another one.</summary>
    public static bool IsChangedBy(TimelineEntry entry) =>
        entry.Kind is EntryKind.Impact or EntryKind.Mitigation or EntryKind.Checklist or EntryKind.Wave or EntryKind.FollowUp || entry.Change is EntryChange.SituationReported || entry.Body.Contains("(attachment:", StringComparison.Ordinal);

    /// <summary>Whether files have come since: they need not stand in the log.</summary>
    public bool IsBehind(Guid incidentId, Situation situation) => situation.Attachments.Count < feed.Latest(Attachment.FeedId(incidentId));

    /// <param name="atLeast">The sequence of the newest row that <see cref="IsChangedBy"/> and that the viewer has seen.</param>
    public async Task<Situation> ReadAsync(Guid incidentId, long atLeast, CancellationToken ct)
    {
        if (_kept.Count > MaxKept) ForgetUnwatched();
        var kept = _kept.GetOrAdd(incidentId, _ => new Kept());
        await kept.Gate.WaitAsync(ct);
        try
        {
            // Names, members and their number stand in the inventory.
            var inventory = feed.Latest(ChangeInventory.FeedId);
            if (kept.Situation is null || kept.Situation.Sequence < atLeast || kept.Inventory != inventory || IsBehind(incidentId, kept.Situation)) (kept.Situation, kept.Inventory) = (await ReadAsync(incidentId, ct), inventory);
            return kept.Situation;
        }
        finally
        {
            kept.Gate.Release();
        }
    }

    private async Task<Situation> ReadAsync(Guid incidentId, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        // First the number, then the rows: what comes in between is read again rather than missed.
        var sequence = await db.Incidents.IgnoreQueryFilters().Where(i => i.Id == incidentId).Select(i => i.LastSequence).FirstAsync(ct);
        var impacts = await db.ReadStandingAsync(incidentId, ct);
        var mitigations = await db.Mitigations.IgnoreQueryFilters().AsNoTrackingWithIdentityResolution().AsSplitQuery()
            .Include(m => m.Steps.OrderBy(s => s.Number)).Include(m => m.Scope).ThenInclude(s => s.Asset)
            .Where(m => m.Incidents.Any(i => i.IncidentId == incidentId)).OrderBy(m => m.CreatedAt).ToListAsync(ct);
        var checklists = await db.IncidentChecklists.IgnoreQueryFilters().AsNoTracking().Include(c => c.Ticks)
            .Where(c => c.IncidentId == incidentId && c.DetachedAt == null).OrderBy(c => c.AttachedAt).ToListAsync(ct);
        var attachments = await db.Attachments.IgnoreQueryFilters().AsNoTracking().Where(a => a.IncidentId == incidentId).OrderBy(a => a.AddedAt).ThenBy(a => a.Id).ToListAsync(ct);
        var waves = await db.AttackWaves.IgnoreQueryFilters().AsNoTrackingWithIdentityResolution().AsSplitQuery().Include(w => w.Targets).ThenInclude(t => t.Asset).Include(w => w.Defences)
            .Where(w => w.IncidentId == incidentId && !w.IsWithdrawn).OrderBy(w => w.Number).ToListAsync(ct);
        var followUps = await db.FollowUps.IgnoreQueryFilters().AsNoTracking().Include(f => f.Owner).Where(f => f.IncidentId == incidentId).OrderBy(f => f.CreatedAt).ThenBy(f => f.Id).ToListAsync(ct);
        var members = await db.CountMembersAsync(impacts, ct);
        return new(sequence, impacts, mitigations, checklists, attachments, waves, followUps, members) { ReportDueAt = await FindSituationReports.NextDueAsync(db, incidentId, ct) };
    }

    private void ForgetUnwatched()
    {
        var watched = feed.Watched.ToHashSet();
        foreach (var id in _kept.Keys.Where(id => !watched.Contains(id))) _kept.TryRemove(id, out _);
    }

    private sealed class Kept
    {
        public SemaphoreSlim Gate { get; } = new(1);
        public Situation? Situation { get; set; }
        public long Inventory { get; set; }
    }
}
