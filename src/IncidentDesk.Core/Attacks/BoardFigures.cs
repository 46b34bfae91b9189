using IncidentDesk.Mitigations;
using IncidentDesk.Shared;

namespace IncidentDesk.Attacks;

/// <summary>What is known of a duration between what they did and what we did.</summary>
public enum FigureState
{
    Known,

    /// <summary>Nothing is tied to it from which it could be counted.</summary>
    NothingTied,

    /// <summary>It has not come to that yet, as far as the record says.</summary>
    NotYet,

    /// <summary>One of the ends is a bound, a whole day or no time at all.</summary>
    NotMeasurable,

    /// <summary>The end lies before the start: a time is wrong.</summary>
    EndBeforeStart,
}

/// <param name="Value">There exactly when it is known.</param>
/// <param name="MitigationId">Of the defence from which it was counted.</param>
public sealed record BoardFigure(FigureState State, Duration? Value = null, Guid? MitigationId = null);

/// <summary>The middle one of the known figures, and how many there are.</summary>
/// <param name="Value">Null when none is known.</param>
public sealed record BoardMedian(Duration? Value, int Known, int Unknown)
{
    public static BoardMedian Of(IReadOnlyCollection<BoardFigure> figures)
    {
        var known = figures.Count(f => f.Value is not null);
        return new(Duration.MedianOf(figures.Select(f => f.Value)), known, figures.Count - known);
    }
}

/// <summary>How long we and they needed.</summary>
public static class BoardFigures
{
    /// <summary>From the start of a wave to the first step Effective or Partial, at or after that start, of a mitigation that was put up against it.</summary>
    public static BoardFigure ToMitigate(AttackWave wave, IReadOnlyDictionary<Guid, Mitigation> mitigations)
    {
        var tied = wave.Defences.Select(d => mitigations.GetValueOrDefault(d.MitigationId)).OfType<Mitigation>().ToList();
        if (tied.Count == 0) return new(FigureState.NothingTied);
        var worked = tied.SelectMany(m => m.Steps.Where(s => s.State.Works()).Select(s => (m.Id, Step: s))).ToList();
        if (worked.Count == 0) return new(FigureState.NotYet);
        if (wave.From is not { IsMeasurable: true, At: { } start }) return new(FigureState.NotMeasurable);

        var first = worked.Where(w => w.Step.When.IsMeasurable && w.Step.At >= start).OrderBy(w => w.Step.At).Select(w => ((Guid, MitigationStep)?)w).FirstOrDefault();
        // One whose time is not known may have come before the first that is.
        if (worked.Exists(w => !w.Step.When.IsMeasurable && MayLie(w.Step, start, first?.Item2.At))) return new(FigureState.NotMeasurable);
        return first is (var id, var step) && Duration.Between(wave.From, step.When) is { } duration ? new(FigureState.Known, duration, id) : new(FigureState.EndBeforeStart);
    }

    /// <summary>
    /// From the moment at which the defence that a wave answers worked (its last step Effective or Partial before the wave, else its last step Applied)
    /// to the start of the wave.
    /// </summary>
    /// <returns>Null when the wave answers no defence.</returns>
    public static BoardFigure? ToAdapt(AttackWave wave, IReadOnlyDictionary<Guid, Mitigation> mitigations)
    {
        if (wave.AdaptedToId is not { } id) return null;
        if (!mitigations.TryGetValue(id, out var answered)) return new(FigureState.NothingTied);
        if (wave.From is not { IsMeasurable: true, At: { } start }) return new(FigureState.NotMeasurable, MitigationId: id);
        var (worked, applied) = (answered.Steps.Where(s => s.State.Works()).ToList(), answered.Steps.Where(s => s.State == MitigationState.Applied).ToList());
        if (worked.Count + applied.Count == 0) return new(FigureState.NotYet, MitigationId: id);
        var from = LastBefore(worked, start) ?? LastBefore(applied, start);
        if (from is null) return new(FigureState.EndBeforeStart, MitigationId: id);
        return Duration.Between(from.When, wave.From) is { } duration ? new(FigureState.Known, duration, id) : new(FigureState.NotMeasurable, MitigationId: id);
    }

    private static bool MayLie(MitigationStep step, DateTime from, DateTime? before)
    {
        var (earliest, latest) = BoardPoint.Bounds(step.When, step.RecordedAt);
        return latest >= from && (earliest is null || before is null || earliest < before);
    }

    /// <summary>The last step that is not certain to have come after a moment.</summary>
    private static MitigationStep? LastBefore(List<MitigationStep> steps, DateTime moment) => steps.FindLast(s =>
        s.When.IsMeasurable ? s.At <= moment : BoardPoint.Bounds(s.When, s.RecordedAt).Earliest is not { } earliest || earliest <= moment);
}
