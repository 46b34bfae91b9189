using IncidentDesk.Shared;

namespace IncidentDesk.Mitigations;

/// <summary>How long a mitigation took and held, from its steps.</summary>
internal static class MitigationTimes
{
    /// <summary>From first applied to first judged effective or partial.</summary>
    /// <param name="steps">In order.</param>
    public static Duration? UntilItWorked(IEnumerable<(MitigationState State, OccurrenceTime When)> steps) =>
        Duration.Between(First(steps, s => s == MitigationState.Applied), First(steps, s => s.Works()));

    /// <summary>From when it was last applied before they began to go around it, to that. It may have been reverted and put up again: what they found a way around is what stood then.</summary>
    /// <param name="steps">In order.</param>
    /// <param name="answers">When the waves began that answer it.</param>
    public static Duration? UntilTheyAdapted(IEnumerable<(MitigationState State, OccurrenceTime When)> steps, IEnumerable<OccurrenceTime> answers)
    {
        var answer = FirstOf(answers);
        var stood = steps.Where(s => s.State == MitigationState.Applied && s.When.IsMeasurable && s.When.At <= answer?.At).Select(s => s.When).LastOrDefault();
        return Duration.Between(stood, answer);
    }

    /// <summary>The earliest that has a time; without one all are unknown alike.</summary>
    public static OccurrenceTime? FirstOf(IEnumerable<OccurrenceTime> times) => times.MinBy(t => t.At ?? DateTime.MaxValue);

    public static OccurrenceTime? First(IEnumerable<(MitigationState State, OccurrenceTime When)> steps, Func<MitigationState, bool> which) =>
        steps.Where(s => which(s.State)).Select(s => s.When).FirstOrDefault();
}
