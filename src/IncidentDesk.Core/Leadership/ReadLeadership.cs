using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;

namespace IncidentDesk.Leadership;

/// <summary>All figures of a period beside those of the one before, over the incidents that the reader may see.</summary>
public sealed class ReadLeadership(DeskDatabase database, RestrictedReads reads, TimeProvider time)
{
    /// <param name="Zones">IANA ids, in which beginnings are counted.</param>
    public sealed record Query(Period Period, IReadOnlyList<string> Zones);

    /// <summary>The figures that stand beside those of the period before.</summary>
    public sealed record Part(Period Period, IReadOnlyList<IncidentFacts> Incidents, LostHours Hours, IReadOnlyDictionary<Figure, Distribution> Durations);

    /// <param name="MadeAt">UTC.</param>
    /// <param name="HasIncidents">Whether there is any, in whatever period.</param>
    /// <param name="Before">Null where there is no period before.</param>
    /// <param name="Trends">Over all years, for each of <see cref="Figures.Durations"/>.</param>
    /// <param name="Vectors">Over all years.</param>
    /// <param name="Targets">Null for those who may not see them.</param>
    /// <param name="FollowUps">Of all incidents.</param>
    public sealed record Overview(
        DateTime MadeAt, bool HasIncidents, Part Now, Part? Before, Calendar Calendar, IReadOnlyList<Trend> Trends, IReadOnlyList<Beginnings> Beginnings, Vectors Vectors,
        IReadOnlyList<DefenceKind> Defences, IReadOnlyList<TargetedMember>? Targets, IReadOnlyList<OpenFollowUp> FollowUps);

    public async Task<Result<Overview>> HandleAsync(Query query, Actor actor, CancellationToken ct)
    {
        foreach (var zone in query.Zones)
        {
            if (!Zones.IsKnown(zone)) return new Invalid("zones", "Time.ZoneUnknown", zone);
        }
        if (query.Period is { From: { } first, To: { } last } && last < first) return new Invalid("to", "Leadership.PeriodReversed");
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;

        var now = time.UtcNow();
        var all = await db.ReadIncidentFactsAsync(null, ct);
        var (incidents, before) = (In(all, query.Period), query.Period.Before is { } period ? In(all, period) : []);
        var wanted = Wanted.Of(incidents, all);
        var impacts = (await db.ReadImpactFactsAsync(before.Count == 0 ? wanted : Wanted.Of([.. incidents, .. before], all), ct)).ToLookup(i => i.IncidentId);
        var waves = await db.ReadWaveFactsAsync(Wanted.Of(all, all), onlyAnswers: false, ct);
        var courses = FactQueries.Courses(await db.ReadDefenceFactsAsync(wanted, ct), waves);
        IReadOnlyList<TargetedMember>? targets = null;
        if (member.Role.MaySeeTargets())
        {
            var aims = await db.ReadAimsAsync(wanted, incidents.SelectMany(i => impacts[i.Id]), ct);
            targets = TargetedMember.Of(incidents, aims, await db.ReadMemberNamesAsync(aims, ct));
        }
        var followUps = await db.ReadOpenFollowUpsAsync(now, ct);
        var restricted = all.Where(i => i.IsRestricted).Select(i => i.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var key in followUps.Select(f => f.IncidentKey).Distinct(StringComparer.Ordinal).Where(restricted.Contains)) await reads.NoteAsync(member, key, isRestricted: true, ct);
        return new Overview(
            now, all.Count > 0, PartOf(query.Period, incidents), query.Period.Before is { } earlier ? PartOf(earlier, before) : null, Calendar.Of(incidents, query.Period, now),
            [.. Figures.Durations.Select(f => Trend.Of(all, f))], [.. query.Zones.Select(z => Beginnings.Of(incidents, TimeZoneInfo.FindSystemTimeZoneById(z)))],
            Vectors.Of(all, waves), DefenceKind.Of(courses), targets, followUps);

        Part PartOf(Period of, List<IncidentFacts> some) => new(
            of, some, LostHours.Of(some.SelectMany(i => impacts[i.Id]), now), Figures.Durations.ToDictionary(f => f, f => Distribution.Of(some, f)));
    }

    internal static List<IncidentFacts> In(IEnumerable<IncidentFacts> incidents, Period period) => [.. incidents.Where(i => period.Contains(i.PlacedAt))];
}
