using IncidentDesk.Impacts;

namespace IncidentDesk.Leadership;

/// <summary>The hours for which members were affected, in all incidents of a period: a member that two of them hit at once counts once.</summary>
/// <param name="Incidents">In how many incidents a member was hit.</param>
/// <param name="Open">Intervals that are not over; they are counted to now.</param>
public sealed record LostHours(Affected.Hours All, IReadOnlyDictionary<ImpactCause, Affected.Hours> ByCause, int Members, int Incidents, int UnknownEnds, int Open)
{
    /// <param name="now">UTC.</param>
    public static LostHours Of(IEnumerable<ImpactFacts> impacts, DateTime now)
    {
        var ofMembers = impacts.Where(i => i.Interval.MemberId is not null).ToList();
        var intervals = ofMembers.ConvertAll(i => i.Interval);
        var (all, byCause) = Affected.HoursOf(intervals, now);
        return new(
            all, byCause, intervals.Select(i => i.MemberId).Distinct().Count(), ofMembers.Select(i => i.IncidentId).Distinct().Count(),
            intervals.Count(Affected.HasUnknownEnd), intervals.Count(i => i.To is null));
    }

    /// <summary>How much of it fell on members that were not the target, 0 to 1: of what is certain, and of what is possible; null where there is no whole to be a part of.</summary>
    public (double? OfCertain, double? OfPossible) ShareBeside => (1 - ShareOf(ImpactCause.Targeted).OfCertain, 1 - ShareOf(ImpactCause.Targeted).OfPossible);

    public (double? OfCertain, double? OfPossible) ShareOf(ImpactCause cause) =>
        (Part(ByCause[cause].AtLeast, All.AtLeast), Part(ByCause[cause].AtMost, All.AtMost));

    private static double? Part(TimeSpan? part, TimeSpan? whole) => whole is { Ticks: > 0 } all && part is { } some ? some / all : null;
}

/// <summary>A member at whom attacks were aimed.</summary>
/// <param name="Incidents">In which its assets were hit as the target, or a wave was aimed at them; the newest first.</param>
public sealed record TargetedMember(Guid MemberId, string Name, IReadOnlyList<IncidentFacts> Incidents)
{
    public const int MaxListed = 10;

    public static IReadOnlyList<TargetedMember> Of(IReadOnlyCollection<IncidentFacts> incidents, IEnumerable<(Guid IncidentId, Guid MemberId)> aims, IReadOnlyDictionary<Guid, string> names)
    {
        var byId = incidents.ToDictionary(i => i.Id);
        return
        [
            .. aims.Where(a => byId.ContainsKey(a.IncidentId) && names.ContainsKey(a.MemberId)).GroupBy(a => a.MemberId)
                .Select(g => new TargetedMember(g.Key, names[g.Key], [.. g.Select(a => a.IncidentId).Distinct().Select(id => byId[id]).OrderByDescending(i => i.PlacedAt)]))
                .OrderByDescending(m => m.Incidents.Count).ThenBy(m => m.Name, StringComparer.Ordinal),
        ];
    }
}
