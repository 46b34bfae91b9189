using System.Globalization;
using IncidentDesk.Impacts;

namespace IncidentDesk.Web.Incidents;

/// <summary>The share of members affected over the course of an incident, as a picture of the size of a word.</summary>
/// <param name="Line">Points of an SVG polyline in <see cref="Width"/> by <see cref="Height"/>.</param>
/// <param name="Worst">0 to 1.</param>
/// <param name="Last">0 to 1, at the end of the course.</param>
public sealed record ShareSparkline(string Line, double Worst, double Last)
{
    public const int Width = 96;
    public const int Height = 22;

    // Many steps fall on one place: the highest of them is what must be seen.
    private const int MostSteps = 96;

    public string Area => $"0,{Height - 1} {Line} {Width},{Height - 1}";

    /// <param name="isOver">The course ends with its last step, otherwise now.</param>
    /// <param name="now">UTC.</param>
    /// <returns>Null where nothing was marked or the provider has no members on record.</returns>
    public static ShareSparkline? Of(IReadOnlyList<Affected.Step> course, bool isOver, DateTime now)
    {
        if (course.Count == 0 || course.Any(s => s.Count.Share is null)) return null;
        var (from, to) = (course[0].Utc, isOver ? course[^1].Utc : now);
        if (to <= from) to = from.AddMinutes(1);
        double At(DateTime utc) => Math.Clamp((utc - from) / (to - from), 0, 1) * Width;
        var (points, height) = (new List<string> { Point(0, 0) }, 0d);
        foreach (var place in course.GroupBy(s => (int)(At(s.Utc) / Width * MostSteps)))
        {
            var (at, worst, last) = (At(place.First().Utc), place.Max(s => s.Count.Share!.Value), place.Last().Count.Share!.Value);
            points.Add(Point(at, height));
            points.Add(Point(at, worst));
            if (worst > last) points.Add(Point(at, last));
            height = last;
        }
        points.Add(Point(Width, height));
        return new(string.Join(' ', points), course.Max(s => s.Count.Share!.Value), course[^1].Count.Share!.Value);
    }

    private static string Point(double x, double share) => string.Create(CultureInfo.InvariantCulture, $"{x:0.##},{Height - 1 - (share * (Height - 3)):0.##}");
}
