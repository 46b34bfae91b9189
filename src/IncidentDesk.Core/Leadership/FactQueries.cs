using IncidentDesk.Assets;
using IncidentDesk.Data;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Leadership;

/// <summary>The rows that figures are made of, lean, among those that the reader may see.</summary>
internal static class FactQueries
{
    /// <summary>All incidents, in order of time.</summary>
    /// <param name="ends">The milestones that are asked for, beside those that place an incident; null for all.</param>
    public static async Task<List<IncidentFacts>> ReadIncidentFactsAsync(this DeskContext db, IReadOnlyList<MilestoneKind>? ends, CancellationToken ct)
    {
        var incidents = await db.Incidents.Select(i => new IncidentFacts(i.Id, i.Key, i.Title, i.Severity, i.IsRestricted, i.TimeZone, i.DeclaredAt)).ToDictionaryAsync(i => i.Id, ct);
        var milestones = db.Milestones.AsQueryable();
        if (ends is not null)
        {
            MilestoneKind[] kinds = [MilestoneKind.ImpactStarted, MilestoneKind.Declared, .. ends];
            milestones = milestones.Where(m => kinds.Contains(m.Kind));
        }
        await foreach (var m in milestones.Select(m => new { m.IncidentId, m.Kind, m.At, m.Precision }).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (incidents.TryGetValue(m.IncidentId, out var incident)) incident.Set(m.Kind, new(m.At, m.Precision));
        }
        return [.. incidents.Values.OrderBy(i => i.PlacedAt).ThenBy(i => i.Key, StringComparer.Ordinal)];
    }

    /// <summary>What hit members' assets, as the standing revisions tell it, withdrawn ones left out.</summary>
    /// <param name="incidents">Null for all.</param>
    /// <param name="memberId">Null for all.</param>
    public static async Task<List<ImpactFacts>> ReadImpactFactsAsync(this DeskContext db, IReadOnlyCollection<Guid>? incidents, Guid? memberId, CancellationToken ct)
    {
        var rows = db.Impacts.Where(i => i.Asset!.MemberId != null);
        if (incidents is not null) rows = rows.Where(i => EF.Parameter(incidents).Contains(i.IncidentId));
        if (memberId is not null) rows = rows.Where(i => i.Asset!.MemberId == memberId);
        // All revisions, in one question: since when each end is known stands in the earlier ones.
        var found = await rows.Select(i => new
        {
            i.ImpactId,
            i.Revision,
            i.IncidentId,
            i.AssetId,
            i.Asset!.MemberId,
            IsSite = i.Asset.Kind == AssetKind.MemberSite,
            i.State,
            i.Cause,
            i.FromAt,
            i.FromPrecision,
            i.ToAt,
            i.ToPrecision,
            i.IsWithdrawn,
            i.RecordedAt,
        }).ToListAsync(ct);
        List<ImpactFacts> facts = [];
        foreach (var interval in found.GroupBy(i => i.ImpactId))
        {
            var revisions = interval.OrderByDescending(i => i.Revision).ToList();
            var i = revisions[0];
            if (i.IsWithdrawn) continue;
            var to = i.ToPrecision is { } precision ? new OccurrenceTime(i.ToAt, precision) : null;
            var knownTo = revisions.TakeWhile(r => r.ToPrecision is not null).LastOrDefault()?.RecordedAt;
            facts.Add(new(i.IncidentId, new(i.AssetId, i.MemberId, i.IsSite, i.State, i.Cause, new(i.FromAt, i.FromPrecision), to, revisions[^1].RecordedAt, knownTo)));
        }
        return facts;
    }

    /// <summary>In order of number.</summary>
    public static async Task<List<WaveSpan>> ReadWaveFactsAsync(this DeskContext db, CancellationToken ct) =>
        [.. (await db.AttackWaves.Where(w => !w.IsWithdrawn).Select(w => new { w.IncidentId, w.Number, w.Vector, w.FromAt, w.FromPrecision, w.ToAt, w.ToPrecision, w.AdaptedToId }).ToListAsync(ct))
            .Select(w => new WaveSpan(w.IncidentId, w.Number, w.Vector, new(w.FromAt, w.FromPrecision), w.ToPrecision is { } precision ? new(w.ToAt, precision) : null, w.AdaptedToId)).OrderBy(w => w.Number)];

    /// <summary>The mitigations that serve the given incidents.</summary>
    /// <param name="incidents">Null for all.</param>
    public static async Task<List<DefenceFacts>> ReadDefenceFactsAsync(this DeskContext db, IReadOnlyCollection<Guid>? incidents, CancellationToken ct)
    {
        var links = db.IncidentMitigations.AsQueryable();
        if (incidents is not null) links = links.Where(l => EF.Parameter(incidents).Contains(l.IncidentId));
        var found = (await links.Select(l => new { l.IncidentId, l.MitigationId, l.Mitigation!.Name, l.Mitigation.Kind }).ToListAsync(ct)).GroupBy(l => l.MitigationId).ToList();
        var steps = db.Set<MitigationStep>().AsQueryable();
        var ids = found.Select(f => f.Key).ToList();
        if (incidents is not null) steps = steps.Where(s => EF.Parameter(ids).Contains(s.MitigationId));
        var byMitigation = (await steps.Select(s => new { s.MitigationId, s.Number, s.State, s.At, s.Precision }).ToListAsync(ct)).ToLookup(s => s.MitigationId);
        return [.. found.Select(f => new DefenceFacts(
            f.Key, f.First().Name, f.First().Kind, [.. byMitigation[f.Key].OrderBy(s => s.Number).Select(s => (s.State, new OccurrenceTime(s.At, s.Precision)))], [.. f.Select(l => l.IncidentId)]))];
    }

    /// <summary>The courses of those that were tried.</summary>
    public static IReadOnlyList<DefenceCourse> Courses(IEnumerable<DefenceFacts> defences, IEnumerable<WaveSpan> waves)
    {
        var answers = waves.Where(w => w.AdaptedToId is not null).ToLookup(w => w.AdaptedToId!.Value);
        return [.. defences.Select(d => DefenceCourse.Of(d, answers[d.Id])).OfType<DefenceCourse>()];
    }

    /// <summary>Whose assets were hit as the target, or were what a wave was aimed at.</summary>
    public static async Task<List<(Guid IncidentId, Guid MemberId)>> ReadAimsAsync(this DeskContext db, IEnumerable<ImpactFacts> impacts, CancellationToken ct)
    {
        var ofWaves = await db.WaveTargets.Where(t => !t.Wave!.IsWithdrawn && t.Asset!.MemberId != null).Select(t => new { t.Wave!.IncidentId, MemberId = t.Asset!.MemberId!.Value }).ToListAsync(ct);
        return [.. impacts.Where(i => i.Interval.Cause == ImpactCause.Targeted).Select(i => (i.IncidentId, i.Interval.MemberId!.Value)), .. ofWaves.Select(t => (t.IncidentId, t.MemberId))];
    }

    public static Task<Dictionary<Guid, string>> ReadMemberNamesAsync(this DeskContext db, IEnumerable<(Guid IncidentId, Guid MemberId)> aims, CancellationToken ct)
    {
        var ids = aims.Select(a => a.MemberId).Distinct().ToList();
        return db.Members.Where(m => EF.Parameter(ids).Contains(m.Id)).Select(m => new { m.Id, m.Name }).ToDictionaryAsync(m => m.Id, m => m.Name, ct);
    }

    /// <summary>The longest overdue first, then by due date; those without one last.</summary>
    /// <param name="now">UTC.</param>
    public static async Task<List<OpenFollowUp>> ReadOpenFollowUpsAsync(this DeskContext db, DateTime now, CancellationToken ct)
    {
        var open = await db.FollowUps.Where(f => f.State == FollowUpState.Open)
            .Select(f => new { f.Incident!.Key, f.Incident.TimeZone, f.Action, Owner = f.Owner!.DisplayName, f.DueOn, f.Tracker, f.CreatedAt }).ToListAsync(ct);
        return [.. open.OrderBy(f => f.DueOn ?? DateOnly.MaxValue).ThenBy(f => f.CreatedAt).Select(f =>
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, TimeZoneInfo.FindSystemTimeZoneById(f.TimeZone)));
            return new OpenFollowUp(f.Key, f.Action, f.Owner, f.DueOn, f.DueOn is { } due ? Math.Max(0, today.DayNumber - due.DayNumber) : 0, f.Tracker);
        })];
    }
}
