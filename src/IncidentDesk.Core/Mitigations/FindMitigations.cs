using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Mitigations;

/// <summary>Reads mitigations, their kinds and templates.</summary>
public sealed class FindMitigations(DeskDatabase database, RestrictedReads reads)
{
    public const int MaxPage = 200;

    /// <param name="IncidentKey">Null for all incidents.</param>
    public sealed record Query(string Text = "", string? IncidentKey = null, IReadOnlyList<MitigationState>? States = null, string? Kind = null, int Skip = 0, int Take = MaxPage);

    public sealed record Page(IReadOnlyList<Mitigation> Mitigations, int Total);

    /// <summary>Those that the actor may see, with steps, scope and the incidents that the actor may see; those to be looked at first, then the newest.</summary>
    public async Task<Result<Page>> HandleAsync(Query query, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var found = db.Mitigations.AsNoTracking();
        if (query.IncidentKey is { } key)
        {
            var isRestricted = key.Contains('\0') ? null : await db.Incidents.Where(i => i.Key == key).Select(i => (bool?)i.IsRestricted).FirstOrDefaultAsync(ct);
            if (isRestricted is null) return new NotFound("Incident.NotFound", key);
            await reads.NoteAsync(member, key, isRestricted.Value, ct);
            found = found.Where(m => m.Incidents.Any(i => i.Incident!.Key == key));
        }
        if (query.States is { Count: > 0 } states) found = found.Where(m => states.Contains(m.State));
        if (Folding.Fold(query.Kind ?? "") is { Length: > 0 } kind) found = found.Where(m => m.Kind == kind);
        if (Folding.Fold(query.Text.Trim()) is { Length: > 0 } text) found = found.Where(m => m.FoldedName.Contains(text) || m.Title.ToLower().Contains(text) || m.Ticket.ToLower().Contains(text));
        var total = await found.CountAsync(ct);
        var page = await With(found.OrderBy(m => m.ReviewBy == null).ThenBy(m => m.ReviewBy).ThenByDescending(m => m.CreatedAt)).Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, MaxPage)).ToListAsync(ct);
        return new Page(page, total);
    }

    /// <param name="idOrName">Its id or its name.</param>
    public async Task<Result<Mitigation>> ByIdAsync(string idOrName, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var (id, name) = (Guid.TryParse(idOrName, out var given) ? given : Guid.Empty, Folding.Fold(idOrName.TrimStart('+').Trim()));
        var mitigation = await With(db.Mitigations.AsNoTracking()).FirstOrDefaultAsync(m => m.Id == id || m.FoldedName == name, ct);
        if (mitigation is null) return new NotFound("Mitigation.NotFound", idOrName);
        foreach (var served in mitigation.Incidents.Select(i => i.Incident).OfType<Incident>()) await reads.NoteAsync(member, served.Key, served.IsRestricted, ct);
        return mitigation;
    }

    /// <summary>Kinds in use, in the order of the vocabulary's slugs; retired ones only when asked for.</summary>
    public async Task<Result<IReadOnlyList<MitigationKind>>> KindsAsync(Actor actor, CancellationToken ct, bool withRetired = false)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        return Result<IReadOnlyList<MitigationKind>>.Ok(await db.MitigationKinds.AsNoTracking().Where(k => withRetired || k.RetiredAt == null).OrderBy(k => k.Slug).ToListAsync(ct));
    }

    public async Task<Result<IReadOnlyList<MitigationTemplate>>> TemplatesAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        return Result<IReadOnlyList<MitigationTemplate>>.Ok(await db.MitigationTemplates.AsNoTracking().Where(t => t.RetiredAt == null).OrderBy(t => t.Title).ToListAsync(ct));
    }

    private static IQueryable<Mitigation> With(IQueryable<Mitigation> mitigations) => mitigations.AsSplitQuery()
        .Include(m => m.Steps.OrderBy(s => s.Number)).Include(m => m.Scope).ThenInclude(s => s.Asset).Include(m => m.Incidents).ThenInclude(i => i.Incident);
}
