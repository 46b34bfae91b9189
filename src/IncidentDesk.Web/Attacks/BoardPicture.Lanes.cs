using IncidentDesk.Attacks;
using IncidentDesk.Mitigations;

namespace IncidentDesk.Web.Attacks;

public sealed partial record BoardPicture
{
    /// <summary>More lanes than this stand in groups, of which the beginning is shown.</summary>
    public const int MostLanes = 16;

    /// <summary>What has ended is drawn a little further, so that its end is seen.</summary>
    private const double Ended = 34;

    private static readonly Dictionary<DefenceGroup, int> ShownOfGroup = new() { [DefenceGroup.Open] = 12, [DefenceGroup.Worked] = 6, [DefenceGroup.Other] = 0 };

    private static (IReadOnlyList<Lane> Lanes, IReadOnlyList<Heading> Headings, double Bottom) LayLanes(AdaptationBoard board, BoardAxis axis, double top, bool showAll)
    {
        var (lanes, headings, y) = (new List<Lane>(), new List<Heading>(), top);
        if (board.Defences.Count <= MostLanes)
        {
            Add(board.Defences);
            return (lanes, headings, Math.Max(y, top + LaneHeight));
        }
        foreach (var group in board.Defences.GroupBy(d => d.Group).OrderBy(g => g.Key))
        {
            var all = group.ToList();
            // Those that waves answer come first; then those that were put up against one.
            var shown = showAll ? all : [.. all.OrderByDescending(d => d.AnsweredBy.Count > 0).ThenByDescending(d => d.Against.Count > 0).Take(Math.Max(ShownOfGroup[group.Key], all.Count(d => d.AnsweredBy.Count > 0)))];
            headings.Add(new(group.Key, y, shown.Count, all.Count));
            y += LaneHeight;
            Add(board.Defences.Where(shown.Contains));
        }
        return (lanes, headings, y);

        void Add(IEnumerable<BoardDefence> defences)
        {
            foreach (var defence in defences)
            {
                lanes.Add(new(defence, y, BarsOf(defence, board, axis), defence.Segments.LastOrDefault(s => s.From is null && (s.IsLast || defence.IsUndated))?.State));
                y += LaneHeight;
            }
        }
    }

    private static List<Bar> BarsOf(BoardDefence defence, AdaptationBoard board, BoardAxis axis)
    {
        var bars = new List<Bar>();
        foreach (var segment in defence.Segments)
        {
            if (segment.From is not { } from) continue;
            var begin = axis.X(from.At);
            var end = segment switch
            {
                { To: { } to } => axis.X(to.At),
                { IsLast: true } => axis.X(board.End),
                _ => begin + (2 * Unbounded),
            };
            if (segment.IsLast && segment.State is MitigationState.Reverted or MitigationState.Expired or MitigationState.Rejected) end = Math.Min(end, begin + Ended);
            end = Math.Max(end, begin + (segment.IsLast ? 6 : 1.5));
            if (end < axis.Left || begin > axis.Right) continue;
            var rough = from.IsRough ? ((double, double)?)(Math.Max(axis.Left, from.Earliest is { } earliest ? axis.X(earliest) - (from.Earliest == from.Latest ? 5 : 0) : begin - Unbounded), Math.Min(axis.Right, from.Latest is { } latest ? axis.X(latest) + (from.Earliest == from.Latest ? 5 : 0) : begin + Unbounded)) : null;
            var left = Math.Max(axis.Left, begin);
            bars.Add(new(segment.State, left, Math.Max(1.5, Math.Min(axis.Right, end) - left), rough is var (a, b) && b > a ? rough : null, begin >= axis.Left));
        }
        return bars;
    }
}
