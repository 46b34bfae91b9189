using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Mitigations;

namespace IncidentDesk.Web.Attacks;

/// <summary>The adaptation board laid out in pixels: text keeps its size whatever the width.</summary>
/// <param name="Top">Of the plot, under the axis.</param>
/// <param name="Bottom">Of the plot.</param>
/// <param name="Undated">The zone of what has an order and no date; null when there is no such thing.</param>
/// <param name="Now">Null when now is not on the axis or the incident is over.</param>
public sealed partial record BoardPicture(
    AdaptationBoard Board, BoardAxis Axis, TimeZoneInfo Zone, double Width, double Height, double Top, double Bottom, BoardAxis.Stretch? Undated, double? Now,
    IReadOnlyList<BoardAxis.Tick> Ticks, IReadOnlyList<BoardAxis.Stretch> Weekends, IReadOnlyList<BoardPicture.Star> Stars, IReadOnlyList<BoardPicture.WaveBar> Waves,
    BoardPicture.Chart Members, IReadOnlyList<BoardPicture.GroupRow> Groups, IReadOnlyList<BoardPicture.Lane> Lanes, IReadOnlyList<BoardPicture.Heading> Headings,
    IReadOnlyList<BoardPicture.Arrow> Arrows, double AdaptedY, double WeY, double NamesWidth)
{
    private const double WideNames = 204;

    /// <summary>On a phone, where the names stay while the picture moves under them.</summary>
    private const double NarrowNames = 124;
    public const double LaneHeight = 24;
    private const double WaveHeight = 27;
    private const double UndatedWidth = 164;
    private const double ChartHeight = 78;
    private const double GroupHeight = 16;

    /// <summary>A key event.</summary>
    /// <param name="Room">Pixels for its text; too little for none.</param>
    /// <param name="Hidden">How many stand in the same place.</param>
    public sealed record Star(BoardMark Mark, double X, double Room, int Hidden);

    /// <param name="From">Of what is certain.</param>
    /// <param name="Rough">Where it may have been.</param>
    /// <param name="LabelX">Where its name begins, or ends when <paramref name="LabelIsLeft"/>.</param>
    public sealed record WaveBar(BoardWave Wave, double Y, double From, double To, (double From, double To)? Rough, double LabelX, bool LabelIsLeft);

    /// <param name="Area">Points of the area; empty when nobody was ever marked as hit.</param>
    /// <param name="Most">Of the top of the chart.</param>
    /// <param name="IsShare">The top is all members.</param>
    public sealed record Chart(double Top, double Bottom, string Area, string Line, int Most, bool IsShare, IReadOnlyList<TrafficLine> Traffic);

    /// <param name="Most">The value at the top.</param>
    public sealed record TrafficLine(TrafficSeries Series, string Path, double Most);

    public sealed record GroupRow(BoardGroup Group, double Y, IReadOnlyList<(ImpactState State, int Assets, double X, double Width)> Bars);

    /// <param name="Undated">States of which nobody knows the time.</param>
    public sealed record Lane(BoardDefence Defence, double Y, IReadOnlyList<Bar> Bars, MitigationState? Undated);

    /// <param name="Rough">Where it may have begun.</param>
    public sealed record Bar(MitigationState State, double X, double Width, (double From, double To)? Rough, bool Begins);

    /// <param name="Shown">How many of its lanes are drawn.</param>
    public sealed record Heading(DefenceGroup Group, double Y, int Shown, int All);

    /// <param name="FromY">Of the lane; the row of labels when the lane is folded away.</param>
    public sealed record Arrow(BoardArrow Of, double X, double FromY, double ToY, bool HasLabel);

    /// <param name="range">UTC; null for the whole.</param>
    /// <param name="labelOf">What is written beside a wave, of which only the length is asked.</param>
    /// <param name="showAll">Every lane.</param>
    /// <param name="isNarrow">The window shows a part of the picture only.</param>
    public static BoardPicture Of(AdaptationBoard board, (DateTime From, DateTime To)? range, double width, TimeZoneInfo zone, Func<BoardWave, string> labelOf, bool showAll, bool isNarrow = false)
    {
        var (from, to) = range ?? (board.From, board.To);
        var names = isNarrow ? NarrowNames : WideNames;
        var undated = board.HasUndated ? new BoardAxis.Stretch(width - UndatedWidth, UndatedWidth) : null;
        var axis = new BoardAxis(from, to, names + 6, (undated is null ? width - 8 : undated.X - 14));
        const double top = 22;
        var (waves, rows) = LayWaves(board, axis, undated, top + 35, labelOf);
        var adaptedY = top + 35 + (Math.Max(1, rows) * WaveHeight) + 16;
        var chart = ChartOf(board, axis, adaptedY + 7, adaptedY + 7 + ChartHeight);
        var groups = board.Groups.Select((g, n) => GroupOf(g, board, axis, chart.Bottom + 8 + (n * GroupHeight))).ToList();
        var weY = chart.Bottom + 10 + (groups.Count * GroupHeight) + 14;
        var (lanes, headings, bottom) = LayLanes(board, axis, weY + 10, showAll);
        var now = !board.IsOver && axis.Shows(board.End) ? axis.X(board.End) : (double?)null;
        return new(
            board, axis, zone, width, bottom + 24, top, bottom, undated, now, axis.Ticks(zone), axis.Weekends(zone), StarsOf(board, axis), waves, chart, groups, lanes, headings,
            ArrowsOf(board, axis, waves, lanes, adaptedY), adaptedY, weY, names);
    }

    /// <summary>As wide as this text is about to be.</summary>
    private static double WidthOf(string text) => text.Length * 6.3;

    private static List<Star> StarsOf(AdaptationBoard board, BoardAxis axis)
    {
        const double least = 15;
        var stars = new List<Star>();
        foreach (var mark in board.Marks.Where(m => axis.Shows(m.Event.SortAt)))
        {
            var x = axis.X(mark.Event.SortAt);
            if (stars.Count > 0 && x - stars[^1].X < least) stars[^1] = stars[^1] with { Hidden = stars[^1].Hidden + 1 };
            else stars.Add(new(mark, x, 0, 0));
        }
        for (var n = 0; n < stars.Count; n++) stars[n] = stars[n] with { Room = (n + 1 < stars.Count ? stars[n + 1].X - 8 : axis.Right) - stars[n].X - 12 };
        return stars;
    }

    private static List<Arrow> ArrowsOf(AdaptationBoard board, BoardAxis axis, IReadOnlyList<WaveBar> waves, IReadOnlyList<Lane> lanes, double adaptedY)
    {
        const double label = 66;
        var (arrows, free) = (new List<Arrow>(), double.MinValue);
        foreach (var arrow in board.Arrows.Where(a => a.At is { } at && axis.Shows(at)).OrderBy(a => a.At))
        {
            var bar = waves.First(w => w.Wave.Wave.Id == arrow.WaveId);
            var x = axis.X(arrow.At!.Value);
            var lane = lanes.FirstOrDefault(l => l.Defence.Mitigation.Id == arrow.MitigationId);
            var hasLabel = x >= free && x + label <= axis.Right + 8;
            if (hasLabel) free = x + label;
            arrows.Add(new(arrow, x, lane is null ? adaptedY + 4 : lane.Y + 12, bar.Y + 20, hasLabel));
        }
        return arrows;
    }
}
