using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>How many incidents each further choice would show: of one kind, under what is chosen of all other kinds and the text.</summary>
public sealed class CountFacets(DeskDatabase database)
{
    /// <summary>Of the names of one kind, besides those that are chosen.</summary>
    public const int Most = 20;

    /// <param name="Count">Null where the reader may not see who is hit how often.</param>
    public sealed record Named(Guid Id, string Name, int? Count);

    /// <param name="Vectors">By slug.</param>
    /// <param name="Leads">Those with the most incidents, and those that are chosen; so are targets and members for those who <see cref="PersonRoles.MaySeeTargets"/>, by name and uncounted for all others.</param>
    public sealed record Facets(
        IReadOnlyDictionary<IncidentStatus, int> Statuses, IReadOnlyDictionary<Severity, int> Severities, IReadOnlyDictionary<int, int> Years, IReadOnlyDictionary<Tlp, int> Tlps,
        IReadOnlyDictionary<string, int> Vectors, IReadOnlyList<Named> Leads, IReadOnlyList<Named> Targets, IReadOnlyList<Named> Members);

    // What stands in the incident itself is counted in one go: there are few combinations.
    private sealed record Cell(IncidentStatus Status, Severity Severity, string Year, Tlp Tlp, int Count);

    /// <param name="target">Names of targets that hold this; empty for all.</param>
    /// <param name="member">The same of members.</param>
    public async Task<Result<Facets>> HandleAsync(IncidentQuestion question, string target, string member, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var reader, out var error)) return error;
        var (among, maySee) = (await database.WithTextAsync(db, question.Text, ct), reader.Role.MaySeeTargets());
        var cells = await db.Asked(question with { Statuses = null, Severities = null, Years = null, Tlps = null }, among)
            .GroupBy(i => new { i.Status, i.Severity, Year = i.Key.Substring(4, 4), i.Tlp }).Select(g => new Cell(g.Key.Status, g.Key.Severity, g.Key.Year, g.Key.Tlp, g.Count())).ToListAsync(ct);
        var ofVectors = IdsOf(db, question with { Vectors = null }, among);
        var vectors = db.AttackWaves.Where(w => !w.IsWithdrawn);
        if (ofVectors is not null) vectors = vectors.Where(w => ofVectors.Contains(w.IncidentId));
        var byVector = await vectors.Select(w => new { w.IncidentId, w.Vector }).Distinct().GroupBy(w => w.Vector).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, StringComparer.Ordinal, ct);
        return new Facets(
            Sums(cells, question, c => c.Status, all => all with { Statuses = null }), Sums(cells, question, c => c.Severity, all => all with { Severities = null }),
            Sums(cells, question, c => int.Parse(c.Year, System.Globalization.CultureInfo.InvariantCulture), all => all with { Years = null }), Sums(cells, question, c => c.Tlp, all => all with { Tlps = null }),
            byVector, await LeadsAsync(db, question, among, ct),
            await db.CountTargetsAsync(IdsOf(db, question with { Targets = null }, among), question.Targets ?? [], target, Most, maySee, ct),
            await db.CountMembersAsync(IdsOf(db, question with { Members = null }, among), question.Members ?? [], member, Most, maySee, ct));
    }

    /// <summary>Null where all incidents answer, which the context's filter alone keeps apart then.</summary>
    private static IQueryable<Guid>? IdsOf(DeskContext db, IncidentQuestion question, IReadOnlyList<Guid>? among) =>
        question.IsWide && among is null ? null : db.Asked(question, among).Select(i => i.Id);

    private static Dictionary<T, int> Sums<T>(List<Cell> cells, IncidentQuestion question, Func<Cell, T> kind, Func<IncidentQuestion, IncidentQuestion> without) where T : notnull
    {
        var others = without(question);
        string[] years = [.. others.YearTexts];
        return cells.Where(c => Fits(others.Statuses, c.Status) && Fits(others.Severities, c.Severity) && Fits(years, c.Year) && Fits(others.Tlps, c.Tlp))
            .GroupBy(kind).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
    }

    private static bool Fits<T>(IReadOnlyList<T>? chosen, T value) => chosen is not { Count: > 0 } || chosen.Contains(value);

    private static async Task<List<Named>> LeadsAsync(DeskContext db, IncidentQuestion question, IReadOnlyList<Guid>? among, CancellationToken ct)
    {
        var ids = IdsOf(db, question with { Leads = null }, among);
        var roles = db.RoleAssignments.Where(r => r.Role == IncidentRole.Lead && r.EndedAt == null);
        if (ids is not null) roles = roles.Where(r => ids.Contains(r.IncidentId));
        var counted = await roles.GroupBy(r => r.PersonId).Select(g => new { Id = g.Key, Count = g.Count() })
            .Join(db.Users, c => c.Id, p => p.Id, (c, p) => new Named(c.Id, p.DisplayName, c.Count)).ToListAsync(ct);
        var chosen = question.Leads ?? [];
        var top = counted.OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal).Take(Most).ToList();
        var missing = chosen.Where(id => !top.Exists(t => t.Id == id)).ToList();
        var others = missing.Count == 0 ? [] : await db.Users.Where(p => missing.Contains(p.Id)).Select(p => new { p.Id, p.DisplayName }).ToListAsync(ct);
        return [.. top, .. others.Select(p => new Named(p.Id, p.DisplayName, counted.Find(c => c.Id == p.Id)?.Count ?? 0))];
    }
}
