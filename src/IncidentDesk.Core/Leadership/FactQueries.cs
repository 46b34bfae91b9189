using IncidentDesk.Assets;
using IncidentDesk.Data;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Leadership;

/// <summary>Of which incidents rows are wanted.</summary>
/// <param name="Ids">Read through the context's filter: rows of others are left out.</param>
/// <param name="AreAll">They are all that the reader may see, and the question need not tell them apart.</param>
internal sealed record Wanted(IReadOnlySet<Guid> Ids, bool AreAll)
{
    public static Wanted Of(IReadOnlyCollection<IncidentFacts> some, IReadOnlyCollection<IncidentFacts> all) => new(some.Select(i => i.Id).ToHashSet(), some.Count == all.Count);

    public List<Guid> List => [.. Ids];
}

/// <summary>The rows that figures are made of, lean, among those that the reader may see.</summary>
/// <remarks>Only incidents pass the context's filter, which would be asked again for each of their many rows. What hangs on an incident is read without it, and kept when <see cref="Wanted"/> has its incident.</remarks>
internal static class FactQueries
{
    /// <summary>All incidents, in order of time.</summary>
    /// <param name="ends">The milestones that are asked for, beside those that place an incident; null for all.</param>
    public static async Task<List<IncidentFacts>> ReadIncidentFactsAsync(this DeskContext db, IReadOnlyList<MilestoneKind>? ends, CancellationToken ct)
    {
        var incidents = await db.Incidents.Select(i => new IncidentFacts(i.Id, i.Key, i.Title, i.Severity, i.IsRestricted, i.DeclaredAt)).ToDictionaryAsync(i => i.Id, ct);
        var milestones = db.Milestones.IgnoreQueryFilters();
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
    public static async Task<List<ImpactFacts>> ReadImpactFactsAsync(this DeskContext db, Wanted wanted, CancellationToken ct)
    {
        var facts = await db.ReadImpactFactsAsync(Of(db.Impacts.IgnoreQueryFilters(), wanted), db.Assets.Where(a => a.MemberId != null), ct);
        facts.RemoveAll(f => !wanted.Ids.Contains(f.IncidentId));
        return facts;
    }

    /// <summary>The same of one member, in all incidents that the reader may see.</summary>
    public static Task<List<ImpactFacts>> ReadImpactFactsAsync(this DeskContext db, Guid memberId, CancellationToken ct) =>
        db.ReadImpactFactsAsync(db.Impacts.Where(i => i.Asset!.MemberId == memberId), db.Assets.Where(a => a.MemberId == memberId), ct);

    private static async Task<List<ImpactFacts>> ReadImpactFactsAsync(this DeskContext db, IQueryable<Impact> rows, IQueryable<Asset> assets, CancellationToken ct)
    {
        // Assets are few beside what hit them.
        var members = await assets.Select(a => new { a.Id, a.MemberId, IsSite = a.Kind == AssetKind.MemberSite }).ToDictionaryAsync(a => a.Id, ct);
        // All revisions, in one question: since when each end is known stands in the earlier ones.
        var found = await rows.Select(i => new ImpactRow(i.ImpactId, i.Revision, i.IncidentId, i.AssetId, i.State, i.Cause, i.FromAt, i.FromPrecision, i.ToAt, i.ToPrecision, i.IsWithdrawn, i.RecordedAt)).ToListAsync(ct);
        var revised = found.Where(i => i.Revision > 1).Select(i => i.ImpactId).ToHashSet();
        List<ImpactFacts> facts = new(found.Count);
        foreach (var i in found.Where(i => !revised.Contains(i.ImpactId))) Add(i, i.RecordedAt, i.ToPrecision is null ? null : i.RecordedAt);
        foreach (var interval in found.Where(i => revised.Contains(i.ImpactId)).GroupBy(i => i.ImpactId))
        {
            var revisions = interval.OrderByDescending(i => i.Revision).ToList();
            Add(revisions[0], revisions[^1].RecordedAt, revisions.TakeWhile(r => r.ToPrecision is not null).LastOrDefault()?.RecordedAt);
        }
        return facts;

        void Add(ImpactRow i, DateTime knownFrom, DateTime? knownTo)
        {
            if (i.IsWithdrawn || !members.TryGetValue(i.AssetId, out var asset)) return;
            var to = i.ToPrecision is { } precision ? new OccurrenceTime(i.ToAt, precision) : null;
            facts.Add(new(i.IncidentId, new(i.AssetId, asset.MemberId, asset.IsSite, i.State, i.Cause, new(i.FromAt, i.FromPrecision), to, knownFrom, knownTo)));
        }
    }

    private sealed record ImpactRow(
        Guid ImpactId, int Revision, Guid IncidentId, Guid AssetId, ImpactState State, ImpactCause Cause, DateTime? FromAt, Precision FromPrecision, DateTime? ToAt, Precision? ToPrecision, bool IsWithdrawn, DateTime RecordedAt);

    private static IQueryable<Impact> Of(IQueryable<Impact> impacts, Wanted wanted) => wanted.AreAll ? impacts : impacts.Where(i => EF.Parameter(wanted.List).Contains(i.IncidentId));

    /// <summary>In order of number.</summary>
    /// <param name="onlyAnswers">Those that answer a defence, no others.</param>
    public static async Task<List<WaveSpan>> ReadWaveFactsAsync(this DeskContext db, Wanted wanted, bool onlyAnswers, CancellationToken ct)
    {
        var waves = db.AttackWaves.IgnoreQueryFilters().Where(w => !w.IsWithdrawn);
        if (onlyAnswers) waves = waves.Where(w => w.AdaptedToId != null);
        if (!wanted.AreAll) waves = waves.Where(w => EF.Parameter(wanted.List).Contains(w.IncidentId));
        return [.. (await waves.Select(w => new { w.IncidentId, w.Number, w.Vector, w.FromAt, w.FromPrecision, w.ToAt, w.ToPrecision, w.AdaptedToId }).ToListAsync(ct)).Where(w => wanted.Ids.Contains(w.IncidentId))
            .Select(w => new WaveSpan(w.IncidentId, w.Number, w.Vector, new(w.FromAt, w.FromPrecision), w.ToPrecision is { } precision ? new(w.ToAt, precision) : null, w.AdaptedToId)).OrderBy(w => w.Number)];
    }

    /// <summary>The mitigations that serve them.</summary>
    public static async Task<List<DefenceFacts>> ReadDefenceFactsAsync(this DeskContext db, Wanted wanted, CancellationToken ct)
    {
        // Whoever sees the incident sees the mitigation.
        var links = db.IncidentMitigations.IgnoreQueryFilters();
        if (!wanted.AreAll) links = links.Where(l => EF.Parameter(wanted.List).Contains(l.IncidentId));
        var found = (await links.Select(l => new { l.IncidentId, l.MitigationId, l.Mitigation!.Name, l.Mitigation.Kind }).ToListAsync(ct)).Where(l => wanted.Ids.Contains(l.IncidentId)).GroupBy(l => l.MitigationId).ToList();
        var steps = db.Set<MitigationStep>().AsQueryable();
        var ids = found.ConvertAll(f => f.Key);
        if (!wanted.AreAll) steps = steps.Where(s => EF.Parameter(ids).Contains(s.MitigationId));
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
    /// <param name="impacts">What hit them, where that has been read already.</param>
    public static async Task<List<(Guid IncidentId, Guid MemberId)>> ReadAimsAsync(this DeskContext db, Wanted wanted, IEnumerable<ImpactFacts>? impacts, CancellationToken ct)
    {
        var hits = impacts?.Where(i => i.Interval.Cause == ImpactCause.Targeted).Select(i => (i.IncidentId, i.Interval.MemberId!.Value)) ?? await db.ReadTargetedAsync(wanted, ct);
        var targets = db.WaveTargets.IgnoreQueryFilters().Where(t => !t.Wave!.IsWithdrawn && t.Asset!.MemberId != null);
        if (!wanted.AreAll) targets = targets.Where(t => EF.Parameter(wanted.List).Contains(t.Wave!.IncidentId));
        var ofWaves = await targets.Select(t => new { t.Wave!.IncidentId, MemberId = t.Asset!.MemberId!.Value }).ToListAsync(ct);
        return [.. hits, .. ofWaves.Where(t => wanted.Ids.Contains(t.IncidentId)).Select(t => (t.IncidentId, t.MemberId))];
    }

    private static async Task<List<(Guid IncidentId, Guid MemberId)>> ReadTargetedAsync(this DeskContext db, Wanted wanted, CancellationToken ct)
    {
        var members = await db.Assets.Where(a => a.MemberId != null).Select(a => new { a.Id, MemberId = a.MemberId!.Value }).ToDictionaryAsync(a => a.Id, a => a.MemberId, ct);
        // A first revision counts as it is unless there is a later one, whatever that says.
        var found = await Of(db.Impacts.IgnoreQueryFilters(), wanted).Where(i => i.Cause == ImpactCause.Targeted || i.Revision > 1)
            .Select(i => new { i.ImpactId, i.Revision, i.IncidentId, i.AssetId, IsTargeted = i.Cause == ImpactCause.Targeted && !i.IsWithdrawn }).ToListAsync(ct);
        var newest = found.Where(i => i.Revision > 1).GroupBy(i => i.ImpactId).ToDictionary(g => g.Key, g => g.Max(i => i.Revision));
        return [.. found.Where(i => i.IsTargeted && wanted.Ids.Contains(i.IncidentId) && newest.GetValueOrDefault(i.ImpactId, 1) == i.Revision && members.ContainsKey(i.AssetId)).Select(i => (i.IncidentId, members[i.AssetId]))];
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
