using System.Globalization;
using System.Text;
using IncidentDesk.Attacks;

namespace IncidentDesk.Web.Attacks;

/// <summary>A series as one line without axes, from its first point to its last, zero at the bottom.</summary>
public static class SeriesSparkline
{
    public const int Width = 120;
    public const int Height = 24;

    // Room for half of the stroke.
    private const double Edge = 1.5;

    /// <summary>The <c>d</c> of an SVG path; where nothing was measured for a while there is a gap.</summary>
    public static string Path(IReadOnlyList<TrafficPoint> points)
    {
        if (points.Count == 0) return "";
        var (from, to, most) = (points[0].At, points[^1].At, points.Max(p => p.Most));
        var gap = TrafficGaps.LongestStep(points);
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
        {
            var x = to == from ? Width - Edge : Edge + (points[i].At - from) / (to - from) * (Width - 2 * Edge);
            var y = Height - Edge - (most > 0 ? points[i].Most / most * (Height - 2 * Edge) : 0);
            var begins = i == 0 || points[i].At - points[i - 1].At > gap;
            path.Append(CultureInfo.InvariantCulture, $"{(begins ? 'M' : 'L')}{x:0.#} {y:0.#}");
            // A point by itself is a dot.
            if (begins && (i == points.Count - 1 || points[i + 1].At - points[i].At > gap)) path.Append("h0");
        }
        return path.ToString();
    }
}
