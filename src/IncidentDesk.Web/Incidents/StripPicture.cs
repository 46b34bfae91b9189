using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Web.Incidents;

/// <summary>An incident on one time axis, as places in percent of its width: who was affected, what stood against it, what mattered.</summary>
/// <param name="From">UTC, the left end.</param>
/// <param name="To">UTC, the right end.</param>
/// <param name="Course">Who was affected, from each moment on; never more than <see cref="MostPoints"/>.</param>
/// <param name="Lanes">How many rows the bars take.</param>
/// <param name="Hidden">Mitigations for which there was no row left; the table has them.</param>
/// <param name="Now">Null when now is not on the axis or the incident is over.</param>
public sealed record StripPicture(
    DateTime From, DateTime To, IReadOnlyList<StripPicture.Point> Course, IReadOnlyList<StripPicture.Bar> Bars, int Lanes, int Hidden,
    IReadOnlyList<StripPicture.Mark> Marks, IReadOnlyList<StripPicture.Tick> Ticks, double? Now)
{
    public const int MostLanes = 6;
    private const int MostPoints = 500;
    private const int MostTicks = 8;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan[] TickSteps =
    [
        .. new[] { 1, 5, 10, 15, 30 }.Select(m => TimeSpan.FromMinutes(m)), .. new[] { 1, 2, 3, 6, 12 }.Select(h => TimeSpan.FromHours(h)),
        .. new[] { 1, 2, 5, 10, 30, 60, 180, 365 }.Select(d => TimeSpan.FromDays(d)),
    ];

    /// <param name="Height">0 to 100: the share of members, or of the most assets ever hit where no members are on record.</param>
    public sealed record Point(double At, double Height);

    /// <param name="Lane">0, 1, …</param>
    public sealed record Bar(Mitigation Mitigation, MitigationState State, DateTime From, DateTime To, double Left, double Width, int Lane);

    public sealed record Mark(ReadTimeline.KeyEvent Event, double At);

    /// <param name="IsDay">It begins a day of the zone.</param>
    public sealed record Tick(DateTime Utc, double At, bool IsDay);

    /// <summary>The whole course of an incident: from the first thing known to now, or to the last one when it is over.</summary>
    public static (DateTime From, DateTime To)? Whole(Incident incident, Situation situation, IReadOnlyList<ReadTimeline.KeyEvent> events, DateTime now)
    {
        var times = situation.Impacts.SelectMany(i => new[] { i.FromAt, i.ToAt }).Concat(situation.Mitigations.SelectMany(m => m.Steps).Select(s => s.At))
            .Concat(events.Select(e => (DateTime?)e.SortAt)).Append(incident.When(MilestoneKind.ImpactStarted)?.At).OfType<DateTime>().Where(t => t <= now).ToList();
        if (times.Count == 0) return null;
        var (from, to) = (times.Min(), IsOver(incident) ? times.Max() : now);
        if (to - from < Shortest) from = to - Shortest;
        var room = (to - from) / 50;
        return (from - room, to + room);
    }

    public static StripPicture Of(Incident incident, Situation situation, IReadOnlyList<Affected.Step> course, IReadOnlyList<ReadTimeline.KeyEvent> events, DateTime from, DateTime to, TimeZoneInfo zone, DateTime now)
    {
        var end = IsOver(incident) ? to : now;
        double At(DateTime utc) => Math.Clamp((utc - from) / (to - from) * 100, 0, 100);
        var (bars, lanes, hidden) = Lay(situation.Mitigations, from, to, end, At);
        return new(from, to, Points(course, from, to, At), bars, lanes, hidden,
            [.. events.Where(e => e.SortAt >= from && e.SortAt <= to).Select(e => new Mark(e, At(e.SortAt)))],
            [.. TicksOf(from, to, zone).Select(t => new Tick(t.Utc, At(t.Utc), t.IsDay))],
            !IsOver(incident) && now >= from && now <= to ? At(now) : null);
    }

    private static bool IsOver(Incident incident) => incident.Status is IncidentStatus.Resolved or IncidentStatus.Closed;

    private static List<Point> Points(IReadOnlyList<Affected.Step> course, DateTime from, DateTime to, Func<DateTime, double> at)
    {
        var mostAssets = course.Count == 0 ? 0 : course.Max(s => s.Count.Assets);
        double Height(Affected.Count count) => 100 * (count.Share ?? (mostAssets == 0 ? 0 : (double)count.Assets / mostAssets));
        var points = new List<Point>();
        var before = course.LastOrDefault(s => s.Utc <= from);
        points.Add(new(0, before is null ? 0 : Height(before.Count)));
        // Where many steps fall on one place, the highest is what must be seen.
        foreach (var place in course.Where(s => s.Utc > from && s.Utc <= to).GroupBy(s => (int)(at(s.Utc) / 100 * MostPoints)))
        {
            var steps = place.ToList();
            var (worst, last) = (steps.Max(s => Height(s.Count)), Height(steps[^1].Count));
            points.Add(new(at(steps[0].Utc), worst));
            if (last < worst) points.Add(new(at(steps[^1].Utc), last));
        }
        return points;
    }

    private static (List<Bar> Bars, int Lanes, int Hidden) Lay(IReadOnlyList<Mitigation> mitigations, DateTime from, DateTime to, DateTime end, Func<DateTime, double> at)
    {
        var bars = new List<Bar>();
        var free = new List<DateTime>();
        var hidden = 0;
        foreach (var mitigation in mitigations.OrderBy(m => Stretches(m, end).Select(s => s.From).DefaultIfEmpty(DateTime.MaxValue).First()))
        {
            var stretches = Stretches(mitigation, end).Where(s => s.To > from && s.From < to).ToList();
            if (stretches.Count == 0) continue;
            var lane = free.FindIndex(until => until <= stretches[0].From);
            if (lane < 0 && free.Count < MostLanes)
            {
                lane = free.Count;
                free.Add(default);
            }
            if (lane < 0)
            {
                hidden++;
                continue;
            }
            free[lane] = stretches[^1].To;
            foreach (var (state, begin, finish) in stretches) bars.Add(new(mitigation, state, begin, finish, at(begin), at(finish) - at(begin), lane));
        }
        return (bars, free.Count, hidden);
    }

    /// <summary>In which state a mitigation was from when to when; what is reverted, rejected or expired is not there any more. A step without a time counts from when it was recorded.</summary>
    /// <param name="end">UTC, up to where the present state is drawn.</param>
    public static IEnumerable<(MitigationState State, DateTime From, DateTime To)> Stretches(Mitigation mitigation, DateTime end)
    {
        var steps = mitigation.Steps;
        for (var i = 0; i < steps.Count; i++)
        {
            var from = steps[i].At ?? steps[i].RecordedAt;
            var to = i + 1 < steps.Count ? steps[i + 1].At ?? steps[i + 1].RecordedAt : end;
            if (steps[i].State is MitigationState.Reverted or MitigationState.Rejected or MitigationState.Expired || to <= from) continue;
            yield return (steps[i].State, from, to);
        }
    }

    private static IEnumerable<(DateTime Utc, bool IsDay)> TicksOf(DateTime from, DateTime to, TimeZoneInfo zone)
    {
        var step = TickSteps.FirstOrDefault(s => (to - from) / s <= MostTicks, TickSteps[^1]);
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(from, DateTimeKind.Utc), zone);
        var tick = new DateTime(local.Ticks - (local.Ticks % step.Ticks), DateTimeKind.Unspecified);
        while (true)
        {
            tick += step;
            if (zone.IsInvalidTime(tick)) continue;
            var utc = TimeZoneInfo.ConvertTimeToUtc(tick, zone);
            if (utc >= to) yield break;
            if (utc > from) yield return (utc, tick.TimeOfDay == TimeSpan.Zero);
        }
    }
}
