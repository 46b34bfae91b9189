using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Leadership;

/// <summary>Reads what is behind one figure of a period.</summary>
public sealed class ReadFigure(DeskDatabase database, RestrictedReads reads, TimeProvider time)
{
    public async Task<Result<FigureTable>> HandleAsync(Figure figure, Period period, Actor actor, CancellationToken ct) =>
        (await ReadAsync([figure], period, actor, ct)).TryGet(out var tables, out var error) ? tables[0] : error;

    /// <summary>All figures that the reader may see, one table each.</summary>
    public Task<Result<IReadOnlyList<FigureTable>>> AllAsync(Period period, Actor actor, CancellationToken ct) => ReadAsync(null, period, actor, ct);

    private async Task<Result<IReadOnlyList<FigureTable>>> ReadAsync(IReadOnlyList<Figure>? figures, Period period, Actor actor, CancellationToken ct)
    {
        if (period is { From: { } first, To: { } last } && last < first) return new Invalid("to", "Leadership.PeriodReversed");
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (figures is [Figure.Targets] && !member.Role.MaySeeTargets()) return new Forbidden("Leadership.TargetsHidden");
        var all = await db.ReadIncidentFactsAsync(figures is [var only] ? only.Ends() is { } ends ? [ends.To] : [] : null, ct);
        var source = new Source(db, ReadLeadership.In(all, period), all, time.UtcNow());
        List<FigureTable> tables = [];
        foreach (var figure in figures ?? [.. Enum.GetValues<Figure>().Where(f => f != Figure.Targets || member.Role.MaySeeTargets())])
            tables.Add(new(figure, period, [.. await RowsAsync(figure, source, ct)]));
        // Titles and times in a table are no reads; what somebody wrote down to do is one.
        var restricted = all.Where(i => i.IsRestricted).Select(i => i.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var key in tables.Where(t => t.Figure == Figure.FollowUps).SelectMany(t => t.Rows).Select(r => r.IncidentKey).Distinct(StringComparer.Ordinal).Where(restricted.Contains)) await reads.NoteAsync(member, key, isRestricted: true, ct);
        return tables;
    }

    private static async Task<IEnumerable<FigureRow>> RowsAsync(Figure figure, Source source, CancellationToken ct) => figure switch
    {
        Figure.MemberHours => HoursOf(source, await source.Db.ReadImpactFactsAsync(source.Wanted, ct)),
        Figure.Vectors => from w in await source.Db.ReadWaveFactsAsync(source.Wanted, onlyAnswers: false, ct)
                          select Row(source.ById[w.IncidentId], w.From, w.To, Duration.Between(w.From, w.To), w.Vector),
        Figure.Defences => DefencesOf(source, FactQueries.Courses(await source.Db.ReadDefenceFactsAsync(source.Wanted, ct), await source.Db.ReadWaveFactsAsync(Wanted.Of(source.All, source.All), onlyAnswers: true, ct))),
        Figure.Targets => await TargetsAsync(source, ct),
        Figure.FollowUps => await FollowUpsAsync(source, ct),
        Figure.Incidents or Figure.Beginnings => source.Incidents.Select(i => Row(i, i[MilestoneKind.ImpactStarted], null, null) with { State = i[MilestoneKind.ImpactStarted] is { IsMeasurable: true } ? ValueState.Known : ValueState.Unknown }),
        _ => source.Incidents.Select(i => Measured.Of(i, figure)).Select(m => Row(m.Incident, m.From, m.To, m.Value) with { State = m.State })
            .OrderBy(r => r.State == ValueState.Crossed ? 0 : r.State == ValueState.Known ? 1 : 2).ThenByDescending(r => r.AtLeast),
    };

    private static FigureRow Row(IncidentFacts i, OccurrenceTime? from, OccurrenceTime? to, Duration? value, string what = "", string detail = "", Guid? subject = null) =>
        new(i.Key, i.Title, i.Severity, from, to, value is null ? ValueState.Unknown : ValueState.Known, value?.Span, value?.Span, value?.IsAbout == true, what, detail, subject);

    private static IEnumerable<FigureRow> HoursOf(Source source, IEnumerable<ImpactFacts> impacts)
    {
        foreach (var incident in impacts.GroupBy(i => i.IncidentId).OrderByDescending(g => source.ById[g.Key].PlacedAt))
        {
            var i = source.ById[incident.Key];
            List<Affected.Interval> intervals = [.. incident.Select(i => i.Interval)];
            foreach (var (cause, hours) in Affected.HoursOf(intervals, source.Now).ByCause.Where(h => intervals.Exists(i => i.Cause == h.Key)))
            {
                yield return new(i.Key, i.Title, i.Severity, null, null, ValueState.Known, hours.AtLeast, hours.AtMost, hours.IsAbout, cause.ToString());
            }
        }
    }

    private static IEnumerable<FigureRow> DefencesOf(Source source, IEnumerable<DefenceCourse> courses) =>
        from c in courses.OrderBy(c => c.Defence.Kind, StringComparer.Ordinal).ThenBy(c => c.Defence.Name, StringComparer.Ordinal)
        let first = c.Defence.IncidentIds.Where(source.ById.ContainsKey).Select(id => source.ById[id]).MinBy(i => i.PlacedAt)
        where first is not null
        select Row(first, c.Applied, c.Worked, c.TakesEffect, $"{c.Defence.Kind} {c.Defence.Name}", c.Verdict?.Label() ?? "", c.Defence.Id);

    private static async Task<IEnumerable<FigureRow>> TargetsAsync(Source source, CancellationToken ct)
    {
        var aims = await source.Db.ReadAimsAsync(source.Wanted, null, ct);
        return TargetedMember.Of(source.Incidents, aims, await source.Db.ReadMemberNamesAsync(aims, ct))
            .SelectMany(m => m.Incidents.Select(i => Row(i, i[MilestoneKind.ImpactStarted], null, null, m.Name, subject: m.MemberId)));
    }

    private static async Task<IEnumerable<FigureRow>> FollowUpsAsync(Source source, CancellationToken ct)
    {
        // They are the same in every period.
        var byKey = source.All.ToDictionary(i => i.Key, StringComparer.Ordinal);
        return from f in await source.Db.ReadOpenFollowUpsAsync(source.Now, ct)
               where byKey.ContainsKey(f.IncidentKey)
               select Row(byKey[f.IncidentKey], null, f.DueOn is { } due ? new(due.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), Precision.Day) : null, null, f.Action, f.Owner ?? "");
    }

    private sealed record Source(DeskContext Db, List<IncidentFacts> Incidents, List<IncidentFacts> All, DateTime Now)
    {
        public IReadOnlyDictionary<Guid, IncidentFacts> ById { get; } = Incidents.ToDictionary(i => i.Id);

        public Wanted Wanted { get; } = Wanted.Of(Incidents, All);
    }
}
