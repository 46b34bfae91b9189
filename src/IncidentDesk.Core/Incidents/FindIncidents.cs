using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>Finds incidents among those that the reader may see.</summary>
public sealed class FindIncidents(DeskDatabase database, RestrictedReads reads)
{
    public const int MaxPage = 100;

    /// <param name="Text">In key or title, case folded; empty for all.</param>
    /// <param name="Statuses">None for all.</param>
    /// <param name="Severities">None for all.</param>
    /// <param name="Year">Of the key.</param>
    public sealed record Query(
        string Text = "",
        IReadOnlyList<IncidentStatus>? Statuses = null,
        IReadOnlyList<Severity>? Severities = null,
        int? Year = null,
        Guid? Lead = null,
        int Skip = 0,
        int Take = MaxPage);

    /// <param name="Total">How many match, on all pages.</param>
    public sealed record Found(IReadOnlyList<Incident> Incidents, int Total);

    /// <summary>Open ones first, by severity; then by the time of the newest change.</summary>
    public async Task<Result<Found>> HandleAsync(Query query, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;

        var incidents = db.Incidents.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            // What no title can hold is in none; and PostgreSQL would not even take a NUL.
            if (!TextRules.Line(nameof(query.Text), query.Text, Incident.MaxTitleLength).TryGet(out var text, out _)) return new Found([], 0);
            var pattern = $"%{text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_").ToLowerInvariant()}%";
            incidents = incidents.Where(i => EF.Functions.Like(i.Title.ToLower(), pattern, "\\") || EF.Functions.Like(i.Key.ToLower(), pattern, "\\"));
        }
        if (query.Statuses is { Count: > 0 } statuses) incidents = incidents.Where(i => statuses.Contains(i.Status));
        if (query.Severities is { Count: > 0 } severities) incidents = incidents.Where(i => severities.Contains(i.Severity));
        if (query.Year is { } year)
        {
            var prefix = $"INC-{year:0000}-";
            incidents = incidents.Where(i => i.Key.StartsWith(prefix));
        }
        if (query.Lead is { } lead) incidents = incidents.Where(i => i.Roles.Any(r => r.Role == IncidentRole.Lead && r.EndedAt == null && r.PersonId == lead));

        var total = await incidents.CountAsync(ct);
        var page = await incidents
            .OrderBy(i => i.Status == IncidentStatus.Closed ? 5 : i.Status == IncidentStatus.Resolved ? 4
                : i.Severity == Severity.Sev4 ? 3 : i.Severity == Severity.Sev3 ? 2 : i.Severity == Severity.Sev2 ? 1 : 0)
            .ThenByDescending(i => i.ChangedAt).ThenBy(i => i.Key)
            .Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, MaxPage))
            .Include(i => i.Milestones).Include(i => i.Roles.Where(r => r.EndedAt == null)).AsSplitQuery()
            .ToListAsync(ct);
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
