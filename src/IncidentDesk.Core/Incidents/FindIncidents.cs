using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>Finds incidents among those that the reader may see.</summary>
public sealed class FindIncidents(DeskDatabase database, RestrictedReads reads)
{
    /// <param name="Total">How many match, on all pages.</param>
    public sealed record Found(IReadOnlyList<Incident> Incidents, int Total);

    /// <summary>Open ones first, by severity; then by the time of the newest change.</summary>
    public async Task<Result<Found>> HandleAsync(IncidentQuestion question, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var among = await database.WithTextAsync(db, question.Text, ct);
        if (among is { Count: 0 }) return new Found([], 0);
        var incidents = db.Asked(question, among);
        var total = await incidents.CountAsync(ct);
        var page = await incidents
            .OrderBy(i => i.Status == IncidentStatus.Closed ? 5 : i.Status == IncidentStatus.Resolved ? 4
                : i.Severity == Severity.Sev4 ? 3 : i.Severity == Severity.Sev3 ? 2 : i.Severity == Severity.Sev2 ? 1 : 0)
            .ThenByDescending(i => i.ChangedAt).ThenBy(i => i.Key)
            .Skip(Math.Max(0, question.Skip)).Take(Math.Clamp(question.Take, 1, IncidentQuestion.MaxPage))
            .ForList().ToListAsync(ct);
        return new Found(page, total);
    }

    /// <summary>One incident with milestones, the whole history of its roles, and the people named in it.</summary>
    public async Task<Result<Incident>> ByKeyAsync(string key, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var incident = await db.Incidents.AsNoTracking().WithAll().FirstOrDefaultAsync(i => i.Key == key, ct);
        if (incident is null) return new NotFound("Incident.NotFound", key);
        await reads.NoteAsync(member, incident.Key, incident.IsRestricted, ct);
        return incident;
    }

    /// <summary>An incident that the reader may see now.</summary>
    /// <param name="LastSequence">The newest number of its log.</param>
    public sealed record Seen(Guid Id, long LastSequence);

    public async Task<Result<Seen>> SeenAsync(string key, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (key.Contains('\0')) return new NotFound("Incident.NotFound", "");
        var found = await db.Incidents.Where(i => i.Key == key).Select(i => new { Seen = new Seen(i.Id, i.LastSequence), i.IsRestricted }).FirstOrDefaultAsync(ct);
        if (found is null) return new NotFound("Incident.NotFound", key);
        await reads.NoteAsync(member, key, found.IsRestricted, ct);
        return found.Seen;
    }

    /// <summary>How many open ones there are, by severity, and the years that have any.</summary>
    public sealed record Overview(IReadOnlyDictionary<Severity, int> OpenBySeverity, IReadOnlyList<int> Years);

    public async Task<Result<Overview>> OverviewAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        var open = await db.Incidents.Where(i => i.Status != IncidentStatus.Closed && i.Status != IncidentStatus.Resolved)
            .GroupBy(i => i.Severity).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var years = await db.Incidents.Select(i => i.Key.Substring(4, 4)).Distinct().ToListAsync(ct);
        return new Overview(open, [.. years.Select(int.Parse).OrderDescending()]);
    }
}

internal static class IncidentQueries
{
    /// <summary>With milestones, roles and named people.</summary>
    public static IQueryable<Incident> WithAll(this IQueryable<Incident> incidents) =>
        incidents.Include(i => i.Milestones).Include(i => i.Roles).Include(i => i.NamedPeople).ThenInclude(n => n.Person).AsSplitQuery();
}
