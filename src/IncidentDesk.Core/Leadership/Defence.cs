using IncidentDesk.Mitigations;
using IncidentDesk.Shared;

namespace IncidentDesk.Leadership;

/// <summary>How one mitigation fared.</summary>
/// <param name="Verdict">The last one that was given, or denied; null while there is none.</param>
/// <param name="Applied">Null when it was never in place.</param>
/// <param name="Worked">When it was first judged effective or partial.</param>
/// <param name="TakesEffect">From applied to that; null when an end is not known.</param>
/// <param name="Answered">When the first wave began that answers it; null when there is none.</param>
/// <param name="Held">From when it was last applied before that, to that; null when an end is not known.</param>
public sealed record DefenceCourse(DefenceFacts Defence, MitigationState? Verdict, OccurrenceTime? Applied, OccurrenceTime? Worked, Duration? TakesEffect, OccurrenceTime? Answered, Duration? Held)
{
    /// <summary>Null for what was only proposed or rejected: that is no try.</summary>
    /// <param name="waves">Those that answer it.</param>
    public static DefenceCourse? Of(DefenceFacts defence, IEnumerable<WaveSpan> waves)
    {
        var steps = defence.Steps;
        if (!steps.Any(s => s.State is MitigationState.Requested or MitigationState.Applied)) return null;
        var verdict = steps.LastOrDefault(s => s.State.IsVerdict() || s.State == MitigationState.Denied);
        var answers = waves.Select(w => w.From).ToList();
        return new(
            defence, verdict.When is null ? null : verdict.State, MitigationTimes.First(steps, s => s == MitigationState.Applied), MitigationTimes.First(steps, s => s.Works()),
            MitigationTimes.UntilItWorked(steps), MitigationTimes.FirstOf(answers), MitigationTimes.UntilTheyAdapted(steps, answers));
    }
}

/// <summary>How a kind of defence fared.</summary>
/// <param name="Verdicts">How many had which one; those without any are left out.</param>
/// <param name="Worked">How many were judged effective or partial at some time.</param>
/// <param name="TakesEffect">The median of those whose both ends are known, from applied to first judged effective or partial.</param>
/// <param name="Answered">How many a wave answers.</param>
/// <param name="Held">The median, from last applied before that to the beginning of the first wave that answers.</param>
public sealed record DefenceKind(string Kind, int Tried, IReadOnlyDictionary<MitigationState, int> Verdicts, int Worked, Duration? TakesEffect, int TakesEffectKnown, int Answered, Duration? Held, int HeldKnown)
{
    /// <summary>Fewer tries than that are too few to conclude from.</summary>
    public const int Few = 3;

    public bool IsFew => Tried < Few;

    /// <summary>0 to 1, of those that were tried.</summary>
    public double ShareEffective => (double)Verdicts.GetValueOrDefault(MitigationState.Effective) / Tried;

    /// <summary>Those judged effective most often first; those tried often before those tried once.</summary>
    public static IReadOnlyList<DefenceKind> Of(IEnumerable<DefenceCourse> courses) =>
    [
        .. courses.GroupBy(c => c.Defence.Kind, StringComparer.Ordinal).Select(g =>
        {
            var verdicts = g.Where(c => c.Verdict is not null).GroupBy(c => c.Verdict!.Value).ToDictionary(v => v.Key, v => v.Count());
            return new DefenceKind(g.Key, g.Count(), verdicts, g.Count(c => c.Worked is not null), Duration.MedianOf(g.Select(c => c.TakesEffect)), g.Count(c => c.TakesEffect is not null), g.Count(c => c.Answered is not null), Duration.MedianOf(g.Select(c => c.Held)), g.Count(c => c.Held is not null));
        }).OrderBy(k => k.IsFew).ThenByDescending(k => k.ShareEffective).ThenByDescending(k => k.Tried).ThenBy(k => k.Kind, StringComparer.Ordinal),
    ];
}
