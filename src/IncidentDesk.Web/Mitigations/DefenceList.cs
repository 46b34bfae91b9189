using IncidentDesk.Mitigations;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.Mitigations;

/// <summary>What stands against an attack, in the order in which somebody has to look at it, and what has ended.</summary>
/// <param name="Open">In place or asked for: overdue ones first, then what does harm, what has no verdict, what waits; what works last.</param>
/// <param name="Ended">The last one first.</param>
public sealed record DefenceList(IReadOnlyList<Mitigation> Open, IReadOnlyList<Mitigation> Ended)
{
    public static DefenceList Empty { get; } = new([], []);

    /// <param name="now">UTC.</param>
    public static DefenceList Of(IReadOnlyCollection<Mitigation> mitigations, DateTime now) => new(
        [.. mitigations.Where(m => m.State.IsOpen()).OrderByDescending(m => IsOverdue(m, now)).ThenBy(m => Urgency(m.State)).ThenByDescending(m => m.CreatedAt)],
        [.. mitigations.Where(m => !m.State.IsOpen()).OrderByDescending(m => m.Steps.Count == 0 ? m.CreatedAt : m.Steps[^1].RecordedAt)]);

    /// <param name="now">UTC.</param>
    public static bool IsOverdue(Mitigation mitigation, DateTime now) => mitigation.State.IsOpen() && mitigation.ReviewBy <= now;

    /// <summary>Since when it is in place, or asked for: what its age counts from. Null when no step says so.</summary>
    public static OccurrenceTime? Since(Mitigation mitigation) =>
        mitigation.Steps.LastOrDefault(s => s.State is MitigationState.Proposed or MitigationState.Requested or MitigationState.Applied)?.When;

    private static int Urgency(MitigationState state) => state switch
    {
        MitigationState.Harmful => 0,
        MitigationState.Applied => 1,
        MitigationState.Ineffective => 2,
        MitigationState.Requested => 3,
        MitigationState.Proposed => 4,
        MitigationState.AdaptedAround => 5,
        MitigationState.Partial => 6,
        MitigationState.Effective => 7,
        MitigationState.Denied or MitigationState.Rejected or MitigationState.Reverted or MitigationState.Expired => 8,
    };
}
