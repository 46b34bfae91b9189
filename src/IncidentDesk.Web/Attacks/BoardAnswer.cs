using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Attacks;

/// <summary>A duration between what they did and what we did.</summary>
/// <param name="State">Known, NothingTied, NotYet, NotMeasurable, EndBeforeStart.</param>
/// <param name="Seconds">Null unless known.</param>
/// <param name="Mitigation">Name of the defence from which it was counted.</param>
public sealed record FigureAnswer(string State, double? Seconds, bool? IsAbout, string? Mitigation);

/// <param name="Seconds">Null when none is known.</param>
public sealed record MedianAnswer(double? Seconds, bool? IsAbout, int Known, int Unknown)
{
    public static MedianAnswer Of(BoardMedian median) => new(median.Value?.Span.TotalSeconds, median.Value?.IsAbout, median.Known, median.Unknown);
}

/// <param name="To">Null while it goes on.</param>
/// <param name="Defences">Names of the mitigations that were put up against it.</param>
/// <param name="ToAdapt">Null when it answers no defence.</param>
public sealed record BoardWaveAnswer(
    int Number, string Vector, string Family, TimeAnswer? From, TimeAnswer? To, int Row, IReadOnlyList<string> Targets, double? Magnitude, string? Unit, IReadOnlyList<string> Defences, FigureAnswer ToMitigate, FigureAnswer? ToAdapt);

/// <param name="State">The state in which it was from then on.</param>
public sealed record BoardStepAnswer(string State, TimeAnswer? When);

/// <param name="Before">Mean of the hour before; null where nothing was measured.</param>
/// <param name="After">Mean of the hour after, up to now.</param>
public sealed record BoardChangeAnswer(string What, string? Unit, double? Before, double? After);

public sealed record BoardDefenceAnswer(
    string Name, string Title, string Actor, string State, IReadOnlyList<BoardStepAnswer> Steps, IReadOnlyList<string> Scope, IReadOnlyList<int> Against, IReadOnlyList<int> AnsweredBy, string Verdict, IReadOnlyList<BoardChangeAnswer> Changed);

/// <param name="At">UTC.</param>
/// <param name="Worst">Degraded, PartialOutage, MajorOutage; null when none is hit.</param>
public sealed record BoardGroupAnswer(DateTime At, int Assets, string? Worst);

/// <param name="At">UTC.</param>
public sealed record BoardCourseAnswer(DateTime At, int Members);

public sealed record BoardEventAnswer(long Sequence, TimeAnswer? When, string Text);

/// <summary>The adaptation board of an incident. Instants are UTC.</summary>
/// <param name="MostMembers">Affected at once; null when nothing was marked as hit.</param>
public sealed record BoardAnswer(
    string IncidentKey, DateTime From, DateTime To, int DatedWaves, int UndatedWaves, MedianAnswer ToMitigate, MedianAnswer ToAdapt, int? MostMembers, int AllMembers,
    IReadOnlyList<BoardWaveAnswer> Waves, IReadOnlyList<BoardDefenceAnswer> Defences, IReadOnlyList<BoardCourseAnswer> Members, IReadOnlyDictionary<AssetKind, IReadOnlyList<BoardGroupAnswer>> Groups, IReadOnlyList<BoardEventAnswer> KeyEvents)
{
    public static BoardAnswer Of(string key, AdaptationBoard board)
    {
        var names = board.Defences.ToDictionary(d => d.Mitigation.Id, d => d.Mitigation.Name);
        FigureAnswer Figure(BoardFigure figure) => new(figure.State.ToString(), figure.Value?.Span.TotalSeconds, figure.Value?.IsAbout, figure.MitigationId is { } id ? names.GetValueOrDefault(id) : null);
        return new(
            key, board.From, board.To, board.Summary.DatedWaves, board.Summary.UndatedWaves, MedianAnswer.Of(board.Summary.ToMitigate), MedianAnswer.Of(board.Summary.ToAdapt), board.Summary.MostMembers, board.Summary.AllMembers,
            [
                .. board.Waves.Select(w => new BoardWaveAnswer(
                    w.Wave.Number, w.Wave.Vector, (AttackVectors.Find(w.Wave.Vector)?.Family ?? VectorFamily.Unknown).Label(), TimeAnswer.Of(w.Wave.From), TimeAnswer.Of(w.Wave.To), w.Row,
                    [.. w.Wave.Targets.Select(t => t.Asset?.Name).OfType<string>()], w.Wave.Magnitude, w.Wave.Unit?.Label(), [.. w.Wave.Defences.Select(d => names.GetValueOrDefault(d.MitigationId)).OfType<string>()],
                    Figure(w.ToMitigate), w.ToAdapt is { } adapt ? Figure(adapt) : null)),
            ],
            [
                .. board.Defences.Select(d => new BoardDefenceAnswer(
                    d.Mitigation.Name, d.Mitigation.Title, d.Mitigation.Actor.Label(), d.Mitigation.State.Label(), [.. d.Segments.Select(s => new BoardStepAnswer(s.State.Label(), TimeAnswer.Of(s.Step.When)))],
                    [.. d.Mitigation.Scope.Select(s => s.Asset?.Name).OfType<string>()], d.Against, d.AnsweredBy, d.Mitigation.VerdictReason,
                    [new("members", null, d.Effect.Members.Before, d.Effect.Members.After), .. d.Effect.Series.Select(s => new BoardChangeAnswer(s.MeasuredAt, s.Unit.Label(), s.Mean.Before, s.Mean.After))])),
            ],
            [.. board.Course.Select(s => new BoardCourseAnswer(s.Utc, s.Count.Members))],
            board.Groups.ToDictionary(g => g.Kind, g => (IReadOnlyList<BoardGroupAnswer>)[.. g.Steps.Select(s => new BoardGroupAnswer(s.Utc, s.Assets, s.Worst?.ToString()))]),
            [.. board.Marks.Select(m => new BoardEventAnswer(m.Event.Sequence, TimeAnswer.Of(m.Event.When), m.Event.Text))]);
    }
}
