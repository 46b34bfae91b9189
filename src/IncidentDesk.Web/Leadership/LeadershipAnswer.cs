using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.Leadership;

/// <summary>The figures in the API. Durations are in seconds; null is unknown.</summary>
/// <param name="MadeAt">UTC.</param>
/// <param name="Before">Null where there is no period before.</param>
/// <param name="Targets">Null for those who may not see them.</param>
public sealed record LeadershipAnswer(
    DateTime MadeAt, LeadershipAnswer.PartAnswer Now, LeadershipAnswer.PartAnswer? Before, IReadOnlyList<LeadershipAnswer.TrendAnswer> Trends, IReadOnlyList<Beginnings> Beginnings, Vectors Vectors,
    IReadOnlyList<LeadershipAnswer.DefenceAnswer> Defences, IReadOnlyList<LeadershipAnswer.TargetAnswer>? Targets, IReadOnlyList<OpenFollowUp> FollowUps)
{
    /// <param name="MemberHours">Null when no hit on a member's asset is on record.</param>
    public sealed record PartAnswer(
        DateOnly? From, DateOnly? To, int Incidents, IReadOnlyDictionary<string, int> BySeverity, HoursAnswer? MemberHours, IReadOnlyDictionary<string, HoursAnswer>? HoursByCause, int OpenIntervals,
        IReadOnlyDictionary<string, DistributionAnswer> Durations);

    /// <param name="AtMost">Null when nothing bounds it.</param>
    public sealed record HoursAnswer(double AtLeast, double? AtMost, bool IsAbout);

    /// <param name="Crossed">Keys of the incidents that end before they start.</param>
    public sealed record DistributionAnswer(double? Median, double? Percentile90, int Known, int Unknown, IReadOnlyList<string> Crossed);

    public sealed record TrendAnswer(string Figure, IReadOnlyList<TrendPoint> Years);

    public sealed record TrendPoint(int Year, double? Median, int Known, int Unknown);

    public sealed record DefenceAnswer(string Kind, int Tried, bool IsFew, IReadOnlyDictionary<string, int> Verdicts, double? TakesEffect, int TakesEffectKnown, int Answered, double? Held, int HeldKnown);

    public sealed record TargetAnswer(Guid MemberId, string Member, int Incidents);

    public static LeadershipAnswer Of(ReadLeadership.Overview o) => new(
        o.MadeAt, Of(o.Now), o.Before is null ? null : Of(o.Before),
        [.. o.Trends.Select(t => new TrendAnswer(t.Figure.Label(), [.. t.Years.Select(y => new TrendPoint(y.Year, Seconds(y.Median), y.Known, y.Unknown))]))], o.Beginnings, o.Vectors,
        [.. o.Defences.Select(d => new DefenceAnswer(d.Kind, d.Tried, d.IsFew, d.Verdicts.ToDictionary(v => v.Key.Label(), v => v.Value, StringComparer.Ordinal), Seconds(d.TakesEffect), d.TakesEffectKnown, d.Answered, Seconds(d.Held), d.HeldKnown))],
        o.Targets is null ? null : [.. o.Targets.Select(t => new TargetAnswer(t.MemberId, t.Name, t.Incidents.Count))], o.FollowUps);

    private static PartAnswer Of(ReadLeadership.Part p) => new(
        p.Period.From, p.Period.To, p.Incidents.Count, Enum.GetValues<Severity>().ToDictionary(s => s.Label(), s => p.Incidents.Count(i => i.Severity == s), StringComparer.Ordinal),
        p.Hours.Incidents == 0 ? null : Of(p.Hours.All), p.Hours.Incidents == 0 ? null : p.Hours.ByCause.ToDictionary(c => c.Key.Label(), c => Of(c.Value), StringComparer.Ordinal), p.Hours.Open,
        p.Durations.ToDictionary(d => d.Key.Label(), d => new DistributionAnswer(Seconds(d.Value.Median), Seconds(d.Value.Percentile90), d.Value.Known.Count, d.Value.Unknown, [.. d.Value.Crossed.Select(m => m.Incident.Key)]), StringComparer.Ordinal));

    private static HoursAnswer Of(Affected.Hours hours) => new(hours.AtLeast.TotalHours, hours.AtMost?.TotalHours, hours.IsAbout);

    private static double? Seconds(Duration? duration) => duration?.Span.TotalSeconds;
}
