using IncidentDesk.Assets;
using IncidentDesk.Impacts;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Timeline;

namespace IncidentDesk.Attacks;

/// <summary>What they did, what we did and what worked, on one axis of time: without a clock and without a database.</summary>
/// <param name="From">UTC, a little before the first thing known.</param>
/// <param name="To">UTC, a little after <paramref name="End"/>.</param>
/// <param name="End">UTC, up to where that goes which goes on: now, or the last thing known of an incident that is over.</param>
/// <param name="IsOver">Nothing is drawn as going on now.</param>
/// <param name="Waves">Dated ones in order of their start, then the others in order of their number.</param>
/// <param name="Defences">Dated ones in order of their first step, then the others.</param>
/// <param name="Course">Of the members affected.</param>
/// <param name="Groups">Only kinds of which something was hit.</param>
/// <param name="Marks">In the course of events.</param>
public sealed record AdaptationBoard(
    DateTime From, DateTime To, DateTime End, bool IsOver, IReadOnlyList<BoardWave> Waves, IReadOnlyList<BoardDefence> Defences, IReadOnlyList<Affected.Step> Course,
    IReadOnlyList<BoardGroup> Groups, IReadOnlyList<BoardMark> Marks, IReadOnlyList<BoardArrow> Arrows, IReadOnlyList<TrafficSeries> Traffic, BoardSummary Summary)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    /// <summary>Nobody has said what they did or what we did.</summary>
    public bool IsEmpty => Waves.Count == 0 && Defences.Count == 0 && Course.Count == 0;

    public bool HasUndated => Waves.Any(w => w.IsUndated) || Defences.Any(d => d.Segments.Any(s => s.From is null && (s.IsLast || d.IsUndated)));

    /// <param name="traffic">Every sample, not thinned out.</param>
    /// <param name="isOver">The incident is resolved or closed.</param>
    /// <param name="now">UTC.</param>
    public static AdaptationBoard Of(Situation situation, IReadOnlyList<ReadTimeline.KeyEvent> keyEvents, IReadOnlyList<TrafficSeries> traffic, bool isOver, DateTime now)
    {
        var mitigations = situation.Mitigations.ToDictionary(m => m.Id);
        var intervals = Affected.Intervals(situation.Impacts);
        var course = Affected.Course(intervals, situation.Members, now);
        var (from, to, end) = Range(situation, keyEvents, isOver, now);
        var waves = WavesOf(situation.Waves.Where(w => !w.IsWithdrawn), mitigations, end);
        var defences = situation.Mitigations.Select(m => new BoardDefence(m, BoardDefence.SegmentsOf(m), BoardDefence.GroupOf(m), BoardEffect.Of(m, course, traffic, now),
            [.. waves.Where(w => w.Wave.Defences.Exists(d => d.MitigationId == m.Id)).Select(w => w.Wave.Number).Order()],
            [.. waves.Where(w => w.Wave.AdaptedToId == m.Id).Select(w => w.Wave.Number).Order()]));
        var kinds = situation.Impacts.Where(i => i.Asset is not null).GroupBy(i => i.AssetId).ToDictionary(g => g.Key, g => g.First().Asset!.Kind);
        return new(
            from, to, end, isOver, waves, [.. defences.OrderBy(d => d.Segments.Select(s => s.From?.At).FirstOrDefault(at => at is not null) ?? DateTime.MaxValue).ThenBy(d => d.Mitigation.CreatedAt)], course,
            [.. Enum.GetValues<AssetKind>().Select(kind => BoardGroup.Of(kind, [.. intervals.Where(i => kinds.TryGetValue(i.AssetId, out var its) && its == kind)], now)).Where(g => g.Steps.Count > 0)],
            [.. keyEvents.Select(e => new BoardMark(e))],
            [.. waves.Where(w => w.ToAdapt is not null && mitigations.ContainsKey(w.Wave.AdaptedToId!.Value)).Select(w => new BoardArrow(w.Wave.AdaptedToId!.Value, w.Wave.Id, w.From?.At, w.ToAdapt!))],
            traffic, SummaryOf(waves, course, situation.Members));
    }

    private static List<BoardWave> WavesOf(IEnumerable<AttackWave> waves, Dictionary<Guid, Mitigation> mitigations, DateTime end)
    {
        var all = waves.Select(w => (Wave: w, Ends: BoardWave.EndsOf(w))).OrderBy(w => w.Ends.From?.At ?? DateTime.MaxValue).ThenBy(w => w.Wave.Number).ToList();
        var rows = BoardRows.Pack([.. all.Where(w => w.Ends.From is not null).Select(w => (w.Ends.From!.Earliest ?? w.Ends.From.At, w.Ends.To is { } to ? to.Latest ?? to.At : w.Wave.ToPrecision is null ? Later(end, w.Ends.From.At) : w.Ends.From.At))]);
        return [.. all.Select((w, n) => new BoardWave(w.Wave, w.Ends.From, w.Ends.To, n < rows.Count ? rows[n] : n - rows.Count, BoardFigures.ToMitigate(w.Wave, mitigations), BoardFigures.ToAdapt(w.Wave, mitigations)))];
    }

    private static (DateTime From, DateTime To, DateTime End) Range(Situation situation, IReadOnlyList<ReadTimeline.KeyEvent> keyEvents, bool isOver, DateTime now)
    {
        var points = situation.Waves.SelectMany(w => new[] { w.From, w.To }).Concat(situation.Mitigations.SelectMany(m => m.Steps).Select(s => s.When)).Concat(situation.Impacts.SelectMany(i => new[] { i.From, i.To }))
            .OfType<Shared.OccurrenceTime>().Select(BoardPoint.Of).OfType<BoardPoint>().SelectMany(p => new[] { p.Earliest ?? p.At, p.Latest ?? p.At })
            .Concat(keyEvents.Select(e => e.SortAt)).Where(t => t <= now).ToList();
        var last = points.Count == 0 || !isOver ? now : points.Max();
        var first = points.Count == 0 ? now - Shortest : points.Min();
        if (last - first < Shortest) first = last - Shortest;
        var room = (last - first) / 50;
        return (first - room, last + room, last);
    }

    private static BoardSummary SummaryOf(List<BoardWave> waves, IReadOnlyList<Affected.Step> course, int members)
    {
        var most = course.Count == 0 ? null : course.MaxBy(s => s.Count.Members);
        return new(
            waves.Count(w => !w.IsUndated), waves.Count(w => w.IsUndated), BoardMedian.Of([.. waves.Select(w => w.ToMitigate)]), BoardMedian.Of([.. waves.Select(w => w.ToAdapt).OfType<BoardFigure>()]),
            most?.Count.Members, members, most?.Utc);
    }

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
}
