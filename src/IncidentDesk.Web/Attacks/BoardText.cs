using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.Attacks;

/// <summary>The words of a board: its picture, its cards, its table and its file say the same.</summary>
public sealed class BoardText(Say say, AdaptationBoard board, TimeZoneInfo zone)
{
    private const int MostTargets = 3;

    public string Zone => zone.Id is "UTC" or "Etc/UTC" ? "UTC" : Stamps.ZoneName(zone, board.End);

    public string Vector(BoardWave wave)
    {
        var vector = wave.Wave.Vector == AttackVectors.Unknown ? say["Board.NoVector"] : say.Vector(wave.Wave.Vector);
        return wave.Wave is { Magnitude: { } value, Unit: { } unit } ? say["Board.VectorOf", vector, BoardAmounts.Of(value, unit, say)] : vector;
    }

    public string Title(BoardWave wave) => say["Board.Wave", wave.Wave.Number, Vector(wave)];

    /// <summary>What is loud beside its bar: the vector; what it was aimed at where nobody knows the vector.</summary>
    public string Loud(BoardWave wave) => NamesTargets(wave) ? Targets(wave) : Vector(wave);

    /// <summary>The rest of what is said beside its bar.</summary>
    public string Beside(BoardWave wave)
    {
        var took = wave.IsOpen ? say["Board.GoesOn"] : Duration.Between(wave.Wave.From, wave.Wave.To) is { } duration ? Stamps.Duration(duration) : "";
        return string.Join("; ", new[] { NamesTargets(wave) ? Vector(wave) : Targets(wave), took }.Where(t => t.Length > 0));
    }

    private static bool NamesTargets(BoardWave wave) => wave.Wave is { Vector: AttackVectors.Unknown, Targets.Count: > 0 };

    public string Targets(BoardWave wave) => Names([.. wave.Wave.Targets.Select(t => t.Asset?.Name ?? "")]);

    public string Scope(BoardDefence defence) => Names([.. defence.Mitigation.Scope.Select(s => s.Asset?.Name ?? "")]);

    public string Who(BoardDefence defence) => defence.Mitigation.AskedWhom.Length == 0 ? say.Word(defence.Mitigation.Actor) : $"{say.Word(defence.Mitigation.Actor)} {defence.Mitigation.AskedWhom}";

    public string Technique(BoardWave wave) => AttackVectors.Find(wave.Wave.Vector) is { } vector ? string.Join(", ", new[] { vector.Layer, vector.AttackId }.Where(t => t.Length > 0)) : "";

    public string From(BoardWave wave) => Stamp(wave.Wave.From);

    public string To(BoardWave wave) => wave.Wave.To is { } to ? Stamp(to) : say["Board.GoesOn"];

    public string From(BoardDefence defence) => defence.Segments.Count == 0 ? say["Unknown"] : Stamp(defence.Segments[0].Step.When);

    public string To(BoardDefence defence) => defence.Segments.Count == 0 ? say["Unknown"]
        : defence.Mitigation.State.IsInPlace() ? say["Board.InForce"] : defence.Mitigation.State.IsOpen() ? say["Board.Waits"] : Stamp(defence.Segments[^1].Step.When);

    /// <summary>What came of a wave: how long we needed, and what it answers.</summary>
    public string Outcome(BoardWave wave)
    {
        var mitigated = wave.ToMitigate.Value is { } took ? say["Board.MitigatedAfter", Stamps.Duration(took), NameOf(wave.ToMitigate.MitigationId)] : say["Board.ToMitigate", say.Word(wave.ToMitigate.State)];
        if (wave.ToAdapt is not { } adapt) return mitigated;
        var answered = adapt.MitigationId is { } id ? NameOf(id) : say["Board.AnotherDefence"];
        return $"{mitigated} {(adapt.Value is { } after ? say["Board.AnswersAfter", answered, Stamps.Duration(after)] : say["Board.Answers", answered, say.Word(adapt.State)])}";
    }

    /// <summary>The course of a defence, the human verdict and who found a way around it.</summary>
    public string Outcome(BoardDefence defence)
    {
        var course = string.Join(", ", defence.Segments.Select(s => $"{(s.Step.At is null ? say["Board.StepUnknown", say.Word(s.State)] : $"{say.Word(s.State)} {Stamp(s.Step.When)}")}"));
        var parts = new List<string> { course + "." };
        if (defence.Mitigation.VerdictReason.Length > 0) parts.Add(say["Board.Verdict", defence.Mitigation.VerdictReason]);
        foreach (var wave in board.Waves.Where(w => w.Wave.AdaptedToId == defence.Mitigation.Id))
            parts.Add(wave.ToAdapt?.Value is { } took ? say["Board.AnsweredAfter", wave.Wave.Number, Stamps.Duration(took)] : say["Board.AnsweredBy", wave.Wave.Number]);
        return string.Join(" ", parts);
    }

    public string Against(BoardDefence defence) => defence.Against.Count == 0 ? "" : say["Board.Against", string.Join(", ", defence.Against)];

    /// <summary>One line for the members and for each series of which something is known.</summary>
    public IReadOnlyList<string> Changed(BoardDefence defence)
    {
        var effect = defence.Effect;
        if (effect.At is null) return [say["Unknown"]];
        var lines = new List<string> { say["Board.MembersChanged", Number(effect.Members.Before), Number(effect.Members.After)] };
        lines.AddRange(effect.Series.Where(s => s.Mean is not { Before: null, After: null }).Select(s => say["Board.SeriesChanged", s.MeasuredAt, Amount(s.Mean.Before, s.Unit), Amount(s.Mean.After, s.Unit)]));
        if (effect.Series.Count == 0 || lines.Count == 1) lines.Add(say["Board.NothingMeasured"]);
        if (effect.IsRunning) lines.Add(say["Board.HourRuns"]);
        return lines;
    }

    /// <summary>What a reader who does not see hears of a bar.</summary>
    public string Label(BoardWave wave) => say["Board.Label", Title(wave), From(wave), To(wave), Outcome(wave)];

    public string Label(BoardDefence defence) => say["Board.Label", defence.Mitigation.Title, From(defence), To(defence), say.Word(defence.Mitigation.State)];

    public string Label(BoardMark mark) => $"{say["Timeline.KeyEvent"]}, {Stamps.Full(mark.Event.When, zone, say)}: {mark.Event.Text}";

    public string Label(BoardGroup group) => say["Board.GroupLabel", say["Board.Group." + group.Kind], group.Most];

    public string Took(BoardArrow arrow) => arrow.Took.Value is { } took ? Stamps.Duration(took) : say["Unknown"];

    public string Tick(BoardAxis.Tick tick)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(tick.Utc, DateTimeKind.Utc), zone);
        return local.ToString(tick.Label switch { BoardAxis.TickLabel.Clock => "HH:mm", BoardAxis.TickLabel.Day => "%d", _ => "ddd d MMM" }, CultureInfo.CurrentCulture);
    }

    public string Now => say["Board.Now", $"{Stamps.Full(board.End, zone)}"];

    public string Range(DateTime from, DateTime to) => say["Board.Title", Stamps.Full(from, zone), Stamps.Full(to, zone)];

    /// <summary>Always with its day: the last day of a board is not today.</summary>
    public string Stamp(OccurrenceTime time) => Stamps.Short(time, zone, board.End.AddDays(1), say);

    private string NameOf(Guid? id) => board.Defences.FirstOrDefault(d => d.Mitigation.Id == id)?.Mitigation.Title ?? say["Unknown"];

    private string Names(IReadOnlyList<string> names) =>
        names.Count <= MostTargets ? string.Join(", ", names) : say["Defence.ScopeMore", string.Join(", ", names.Take(MostTargets)), names.Count - MostTargets];

    private string Number(double? value) => value is { } some ? some.ToString(some is > 0 and < 1 ? "0.#" : "N0", CultureInfo.CurrentCulture) : say["Unknown"];

    private string Amount(double? value, TrafficUnit unit) => value is { } some ? BoardAmounts.Of(some, unit, say) : say["Unknown"];
}
