using System.Globalization;
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

    private sealed record Cell(IncidentStatus Status, Severity Severity, string Year, Tlp Tlp, int Count);

    /// <param name="target">Names of targets that hold this; empty for all.</param>
    /// <param name="member">The same of members.</param>
    public async Task<Result<Facets>> HandleAsync(IncidentQuestion question, string target, string member, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var reader, out var error)) return error;
        var rows = await FacetRows.OfAsync(database, db, question, reader, ct);
        // What stands in the incident itself is counted in one go: there are few combinations.
        var cells = await db.Asked(question with { Statuses = null, Severities = null, Years = null, Tlps = null }, rows.WithText)
            .GroupBy(i => new { i.Status, i.Severity, Year = i.Key.Substring(4, 4), i.Tlp }).Select(g => new Cell(g.Key.Status, g.Key.Severity, g.Key.Year, g.Key.Tlp, g.Count())).ToListAsync(ct);
        return new Facets(
            Sums(cells, question, c => c.Status, all => all with { Statuses = null }), Sums(cells, question, c => c.Severity, all => all with { Severities = null }),
            Sums(cells, question, c => int.Parse(c.Year, CultureInfo.InvariantCulture), all => all with { Years = null }), Sums(cells, question, c => c.Tlp, all => all with { Tlps = null }),
            await rows.CountVectorsAsync(ct), await LeadsAsync(db, rows, question.Leads ?? [], ct), await rows.CountTargetsAsync(target, ct), await rows.CountMembersAsync(member, ct));
    }

    /// <summary>The targets alone, while somebody types the name of one.</summary>
    public async Task<Result<IReadOnlyList<Named>>> TargetsAsync(IncidentQuestion question, string text, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var reader, out var error)) return error;
        return await (await FacetRows.OfAsync(database, db, question, reader, ct)).CountTargetsAsync(text, ct);
    }

    /// <inheritdoc cref="TargetsAsync"/>
    public async Task<Result<IReadOnlyList<Named>>> MembersAsync(IncidentQuestion question, string text, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var reader, out var error)) return error;
        return await (await FacetRows.OfAsync(database, db, question, reader, ct)).CountMembersAsync(text, ct);
    }

    private static Dictionary<T, int> Sums<T>(List<Cell> cells, IncidentQuestion question, Func<Cell, T> kind, Func<IncidentQuestion, IncidentQuestion> without) where T : notnull
    {
        var others = without(question);
        string[] years = [.. others.YearTexts];
        return cells.Where(c => Fits(others.Statuses, c.Status) && Fits(others.Severities, c.Severity) && Fits(years, c.Year) && Fits(others.Tlps, c.Tlp))
            .GroupBy(kind).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
    }

    private static bool Fits<T>(IReadOnlyList<T>? chosen, T value) => chosen is not { Count: > 0 } || chosen.Contains(value);

    private static async Task<List<Named>> LeadsAsync(DeskContext db, FacetRows rows, IReadOnlyList<Guid> chosen, CancellationToken ct)
    {
        var counts = await rows.CountLeadsAsync(ct);
        List<Guid> ids = [.. counts.Keys.Union(chosen)];
        var named = await db.Users.Where(p => EF.Parameter(ids).Contains(p.Id)).Select(p => new { p.Id, p.DisplayName }).ToListAsync(ct);
        var counted = named.ConvertAll(p => new Named(p.Id, p.DisplayName, counts.GetValueOrDefault(p.Id))).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();
        var top = counted.Where(c => c.Count > 0).Take(Most).ToList();
        return [.. top, .. counted.Where(c => chosen.Contains(c.Id)).Except(top)];
    }
}
