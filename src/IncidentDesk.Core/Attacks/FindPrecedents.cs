using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>What was put up against a vector in other incidents that the reader may see, and what came of it.</summary>
/// <param name="Kinds">What worked most often first.</param>
public sealed record Precedents(string Vector, int Incidents, IReadOnlyList<Precedents.OfKind> Kinds)
{
    /// <param name="Kind">Slug of a <see cref="MitigationKind"/>.</param>
    /// <param name="Tried">How many mitigations were applied at least once.</param>
    /// <param name="Denied">How many were asked for and never came.</param>
    /// <param name="Verdicts">The last one of each that was applied.</param>
    /// <param name="UntilItWorked">From the first time that it was applied to the first verdict effective or partial.</param>
    /// <param name="UntilTheyAdapted">From the last time that it was applied before to the wave that answers it.</param>
    /// <param name="Latest">The newest first.</param>
    public sealed record OfKind(
        string Kind, string NameEn, string NameEs, int Tried, int Denied, IReadOnlyDictionary<MitigationState, int> Verdicts, Median? UntilItWorked, Median? UntilTheyAdapted, IReadOnlyList<Example> Latest)
    {
        public int WithoutVerdict => Tried - Verdicts.Values.Sum();
    }

    /// <param name="Of">How many spans are known; of the others an end is not.</param>
    /// <param name="IsAbout">An end of one of them is not exact.</param>
    public sealed record Median(TimeSpan Span, int Of, bool IsAbout);

    /// <param name="Verdict">Null when nobody gave one.</param>
    public sealed record Example(string IncidentKey, string Name, string Title, MitigationState State, MitigationState? Verdict, string Reason);
}

/// <summary>Finds what was tried against a vector before. Which mitigation was put up against which wave is what people said, never a guess by time.</summary>
public sealed class FindPrecedents(DeskDatabase database, RestrictedReads reads)
{
    public const int MaxExamples = 3;

    /// <summary>The newest mitigations that are looked at.</summary>
    private const int MaxMitigations = 1_000;

    /// <param name="vector">Slug of an <see cref="AttackVector"/>.</param>
    /// <param name="butNot">Key of the incident in which one is; null for none.</param>
    public async Task<Result<Precedents>> HandleAsync(string vector, string? butNot, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        // No key holds it, and PostgreSQL would not even take it.
        if (butNot?.Contains('\0') == true) butNot = null;
        if (AttackVectors.Find(vector) is not { } known) return new NotFound("Precedents.VectorUnknown", vector);

        var ties = db.WaveDefences.AsNoTracking().Where(d => d.Wave!.Vector == known.Slug && !d.Wave.IsWithdrawn && (butNot == null || d.Wave.Incident!.Key != butNot));
        var tied = await ties.OrderByDescending(d => d.Mitigation!.CreatedAt).Take(MaxMitigations).Select(d => new { d.MitigationId, d.Wave!.IncidentId, IncidentKey = d.Wave.Incident!.Key, d.Wave.Incident.IsRestricted }).ToListAsync(ct);
        var mitigations = await (
            from m in db.Mitigations.AsNoTracking()
            join k in db.MitigationKinds on m.Kind equals k.Slug
            where ties.Any(d => d.MitigationId == m.Id)
            orderby m.CreatedAt descending
            select new Tried(m.Id, m.Name, m.Title, m.State, k.Slug, k.NameEn, k.NameEs, m.Steps.OrderBy(s => s.Number).ToList(),
                db.AttackWaves.Where(w => w.AdaptedToId == m.Id && !w.IsWithdrawn).OrderBy(w => w.Number).Select(w => new OccurrenceTime(w.FromAt, w.FromPrecision)).ToList()))
            .Take(MaxMitigations).AsSplitQuery().ToListAsync(ct);

        foreach (var restricted in tied.Where(t => t.IsRestricted).Select(t => t.IncidentKey).Distinct(StringComparer.Ordinal)) await reads.NoteAsync(member, restricted, isRestricted: true, ct);
        var keys = tied.GroupBy(t => t.MitigationId).ToDictionary(g => g.Key, g => g.First().IncidentKey);
        return new Precedents(known.Slug, tied.Select(t => t.IncidentId).Distinct().Count(),
        [
            .. mitigations.Where(m => keys.ContainsKey(m.Id)).GroupBy(m => (m.Kind, m.NameEn, m.NameEs)).Select(g => OfKind(g.Key, [.. g], keys)).Where(k => k.Tried + k.Denied > 0)
                .OrderByDescending(k => k.Verdicts.GetValueOrDefault(MitigationState.Effective)).ThenByDescending(k => k.Verdicts.GetValueOrDefault(MitigationState.Partial)).ThenByDescending(k => k.Tried).ThenBy(k => k.Kind, StringComparer.Ordinal),
        ]);
    }

    private sealed record Tried(Guid Id, string Name, string Title, MitigationState State, string Kind, string NameEn, string NameEs, List<MitigationStep> Steps, List<OccurrenceTime> Answers)
    {
        public bool WasApplied => Steps.Exists(s => s.State == MitigationState.Applied);

        public MitigationStep? Verdict => Steps.LastOrDefault(s => s.State.IsVerdict());

        public Duration? UntilItWorked => MitigationTimes.UntilItWorked(Times);

        public Duration? UntilTheyAdapted => MitigationTimes.UntilTheyAdapted(Times, Answers);

        private IEnumerable<(MitigationState, OccurrenceTime)> Times => Steps.Select(s => (s.State, s.When));
    }

    private static Precedents.OfKind OfKind((string Slug, string En, string Es) kind, List<Tried> all, Dictionary<Guid, string> keys)
    {
        var applied = all.Where(m => m.WasApplied).ToList();
        return new(
            kind.Slug, kind.En, kind.Es, applied.Count, all.Count(m => m.State == MitigationState.Denied && !m.WasApplied),
            applied.Select(m => m.Verdict?.State).OfType<MitigationState>().CountBy(v => v).ToDictionary(), Median(applied.Select(m => m.UntilItWorked)), Median(applied.Select(m => m.UntilTheyAdapted)),
            [.. all.Take(MaxExamples).Select(m => new Precedents.Example(keys[m.Id], m.Name, m.Title, m.State, m.Verdict?.State, m.Verdict?.Reason ?? ""))]);
    }

    private static Precedents.Median? Median(IEnumerable<Duration?> spans)
    {
        var known = spans.OfType<Duration>().ToList();
        return Duration.MedianOf(known) is { } median ? new(median.Span, known.Count, median.IsAbout) : null;
    }
}
