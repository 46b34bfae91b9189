using IncidentDesk.Leadership;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.Leadership;

/// <summary>Durations on a logarithmic line, from a minute to a week, or to the longest one.</summary>
public sealed class LogScale
{
    private const int Steps = 200;
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    private readonly double _most;

    /// <param name="longest">Of what is shown.</param>
    public LogScale(TimeSpan longest) => _most = Math.Max(Math.Log(longest / Least), Math.Log(TimeSpan.FromDays(7) / Least));

    /// <summary>A dot for each place, and those who stand there.</summary>
    public sealed record Dot(double Percent, IReadOnlyList<Measured> Measured);

    public IEnumerable<(double Percent, string Text)> Ticks(Say say)
    {
        yield return (0, "1 min");
        yield return (Percent(TimeSpan.FromMinutes(10)), "10 min");
        yield return (Percent(TimeSpan.FromHours(1)), "1 h");
        yield return (Percent(TimeSpan.FromHours(6)), "6 h");
        yield return (Percent(TimeSpan.FromDays(1)), say["Leadership.Scale.Day"]);
        yield return (Percent(TimeSpan.FromDays(7)), say["Leadership.Scale.Week"]);
        if (_most > Math.Log(TimeSpan.FromDays(45) / Least)) yield return (Percent(TimeSpan.FromDays(30)), say["Leadership.Scale.Month"]);
    }

    /// <summary>0 to 100; what is shorter than a minute stands at 0.</summary>
    public double Percent(TimeSpan span) => span <= Least ? 0 : Math.Round(Math.Log(span / Least) / _most * 100, 2);

    /// <summary>Values that would lie on each other share a dot, so that ten thousand of them stay a picture.</summary>
    public IEnumerable<Dot> Dots(IEnumerable<Measured> known) =>
        known.GroupBy(m => Math.Round(Percent(m.Value!.Span) * Steps / 100)).Select(g => new Dot(g.Key * 100 / Steps, [.. g]));

    public static string Title(Dot dot, Say say) => dot.Measured.Count == 1
        ? $"{dot.Measured[0].Incident.Key}: {Stamps.Duration(dot.Measured[0].Value!)}"
        : $"{LeadershipWords.Incidents(dot.Measured.Count, say)}: {Range(dot.Measured[0].Value!, dot.Measured[^1].Value!)}";

    private static string Range(Duration first, Duration last) => first.Span == last.Span ? Stamps.Duration(first) : $"{Stamps.Duration(first)} – {Stamps.Duration(last)}";
}
