using System.Globalization;
using System.Text;
using IncidentDesk.Attacks;
using IncidentDesk.Impacts;

namespace IncidentDesk.Web.Attacks;

public sealed partial record BoardPicture
{
    /// <summary>An end of which one side is not bounded is drawn as rough for so many pixels.</summary>
    private const double Unbounded = 14;

    /// <summary>The least that holds the number of a wave.</summary>
    private const double LeastWave = 16;

    private static (IReadOnlyList<WaveBar> Waves, int Rows) LayWaves(AdaptationBoard board, BoardAxis axis, BoardAxis.Stretch? zone, double top, Func<BoardWave, string> labelOf)
    {
        var bars = board.Waves.Where(w => !w.IsUndated).Select(w => DatedBar(w, board, axis, labelOf(w))).OfType<(WaveBar Bar, double From, double To)>().OrderBy(b => b.From).ToList();
        var rows = BoardRows.Pack([.. bars.Select(b => (b.From, b.To))]);
        var laid = bars.Select((b, n) => b.Bar with { Y = top + (rows[n] * WaveHeight) }).ToList();
        var undated = board.Waves.Where(w => w.IsUndated).ToList();
        laid.AddRange(undated.Select((w, n) => new WaveBar(w, top + (n * WaveHeight), zone!.X + 6, zone.X + zone.Width - 6, null, zone.X + 13, false)));
        return (laid, Math.Max(undated.Count, rows.Count == 0 ? 0 : rows.Max() + 1));
    }

    private static (WaveBar Bar, double From, double To)? DatedBar(BoardWave wave, AdaptationBoard board, BoardAxis axis, string label)
    {
        var from = wave.From!;
        var roughFrom = from.Earliest is { } earliest ? axis.X(earliest) : axis.X(from.At) - Unbounded;
        var begin = axis.X(from.Latest ?? from.At);
        if (from.Latest is null) roughFrom = axis.X(from.At);
        var (end, roughTo) = wave switch
        {
            { IsOpen: true } => (Math.Max(begin, axis.X(board.End)), Math.Max(begin, axis.X(board.End))),
            { To: { } to } => (axis.X(to.Earliest ?? to.At), to.Latest is { } latest ? axis.X(latest) : axis.X(to.At) + Unbounded),
            _ => (begin + LeastWave, begin + LeastWave + (2 * Unbounded)),
        };
        if (from.Latest is null && begin + Unbounded < end) begin += Unbounded;
        if (begin > end) (begin, end) = ((begin + end) / 2, (begin + end) / 2);
        if (end - begin < LeastWave) end = begin + LeastWave;
        roughTo = Math.Max(roughTo, end);
        if (Math.Max(end, roughTo) < axis.Left || Math.Min(begin, roughFrom) > axis.Right) return null;
        var (drawnFrom, drawnTo) = (Math.Max(axis.Left, Math.Min(begin, axis.Right - LeastWave)), Math.Min(axis.Right, Math.Max(end, axis.Left + LeastWave)));
        var rough = roughFrom < begin - 1 || roughTo > end + 1 ? ((double, double)?)(Math.Max(axis.Left, roughFrom), Math.Min(axis.Right, roughTo)) : null;
        var (outerFrom, outerTo) = rough is var (a, b) ? (Math.Min(a, drawnFrom), Math.Max(b, drawnTo)) : (drawnFrom, drawnTo);
        var width = WidthOf(label) + 14;
        // On its right as a rule; on its left where the right has no room and the left has.
        var isLeft = outerTo + width > axis.Right && outerFrom - width > axis.Left;
        var bar = new WaveBar(wave, 0, drawnFrom, drawnTo, rough, isLeft ? outerFrom - 8 : outerTo + 8, isLeft);
        return (bar, isLeft ? outerFrom - width : outerFrom, isLeft ? outerTo : outerTo + width);
    }

    private static Chart ChartOf(AdaptationBoard board, BoardAxis axis, double top, double bottom)
    {
        var isShare = board.Summary.AllMembers > 0;
        int CountOf(Affected.Count count) => isShare ? count.Members : count.Assets;
        var most = isShare ? board.Summary.AllMembers : board.Course.Count == 0 ? 0 : Math.Max(1, board.Course.Max(s => s.Count.Assets));
        var line = new List<string>();
        if (board.Course.Count > 0)
        {
            var height = board.Course.LastOrDefault(s => s.Utc <= axis.From) is { } before ? CountOf(before.Count) : 0;
            line.Add(Pair(axis.Left, Y(height)));
            // Where many steps fall on one pixel, the highest is what must be seen.
            foreach (var place in board.Course.Where(s => s.Utc > axis.From && s.Utc <= axis.To && s.Utc <= board.End).GroupBy(s => (int)axis.X(s.Utc)))
            {
                var (x, worst, last) = (axis.X(place.First().Utc), place.Max(s => CountOf(s.Count)), CountOf(place.Last().Count));
                line.Add(Pair(x, Y(height)));
                line.Add(Pair(x, Y(worst)));
                if (last != worst) line.Add(Pair(x, Y(last)));
                height = last;
            }
            line.Add(Pair(axis.Within(board.End), Y(height)));
        }
        var area = line.Count == 0 ? "" : $"{Pair(axis.Left, bottom)} {string.Join(' ', line)} {Pair(axis.Within(board.End), bottom)}";
        return new(top, bottom, area, string.Join(' ', line), most, isShare, [.. board.Traffic.Select(t => LineOf(t, axis, top, bottom)).OfType<TrafficLine>()]);

        double Y(int count) => bottom - ((bottom - top) * count / Math.Max(1, most));
    }

    private static TrafficLine? LineOf(TrafficSeries series, BoardAxis axis, double top, double bottom)
    {
        var shown = series.Points.Where(p => axis.Shows(p.At)).ToList();
        if (shown.Count == 0) return null;
        var most = Math.Max(shown.Max(p => p.Most), double.Epsilon);
        // A stretch in which nothing was measured is a gap in the line, not a slope.
        var longest = TrafficGaps.LongestStep(shown);
        var (path, before) = (new StringBuilder(), (TrafficPoint?)null);
        foreach (var column in shown.GroupBy(p => (int)axis.X(p.At)))
        {
            var (first, last) = (column.First(), column.Last());
            path.Append(before is null || first.At - before.At > longest ? 'M' : 'L').Append(Pair(axis.X(first.At), Y(column.Max(p => p.Most))));
            if (column.Skip(1).Any()) path.Append('L').Append(Pair(axis.X(last.At), Y(column.Min(p => p.Least))));
            else if (before is null || first.At - before.At > longest) path.Append("h1");
            before = last;
        }
        return new(series, path.ToString(), most);

        double Y(double value) => bottom - ((bottom - top - 1) * value / most);
    }

    private static GroupRow GroupOf(BoardGroup group, AdaptationBoard board, BoardAxis axis, double y)
    {
        var bars = new List<(ImpactState, int, double, double)>();
        for (var n = 0; n < group.Steps.Count; n++)
        {
            var (from, to) = (group.Steps[n].Utc, n + 1 < group.Steps.Count && group.Steps[n + 1].Utc < board.End ? group.Steps[n + 1].Utc : board.End);
            if (group.Steps[n].Worst is not { } worst || to <= axis.From || from >= axis.To || to <= from) continue;
            var x = axis.Within(from);
            // What would lie on the same pixel adds nothing to see.
            if (bars.Count > 0 && axis.Within(to) - bars[^1].Item3 < 1 && worst <= bars[^1].Item1) continue;
            bars.Add((worst, group.Steps[n].Assets, x, Math.Max(1.5, axis.Within(to) - x)));
        }
        return new(group, y, bars);
    }

    private static string Pair(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#}");
}
