using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Reads which documents an incident has, and who took what out of the desk.</summary>
public sealed class ReadExports(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>Older ones are counted only.</summary>
    public const int MaxListed = 200;

    /// <param name="Title">Of the incident.</param>
    /// <param name="Documents">The postmortem as it stands, where there is one that is not final, then the frozen ones, the newest first.</param>
    /// <param name="Exports">The newest first, at most <see cref="MaxListed"/>.</param>
    /// <param name="All">How many there are.</param>
    /// <param name="Language">In which the authors write; null where there is no postmortem.</param>
    public sealed record Listed(string Title, IReadOnlyList<DocumentSource> Documents, IReadOnlyList<DocumentExport> Exports, int All, bool MayExport, string? Language);

    public async Task<Result<Listed>> HandleAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var title = await db.Incidents.Where(i => i.Id == entered.IncidentId).Select(i => i.Title).FirstAsync(ct);
        var postmortem = await db.Postmortems.Where(p => p.IncidentId == entered.IncidentId).Select(p => new { p.Language, p.State }).FirstOrDefaultAsync(ct);
        var frozen = await db.FrozenDocuments.Where(d => d.IncidentId == entered.IncidentId).OrderBy(d => d.Kind).ThenByDescending(d => d.Number).Select(d => new { d.Kind, d.Number }).ToListAsync(ct);
        var exports = db.DocumentExports.AsNoTracking().Where(e => e.IncidentId == entered.IncidentId);
        return new Listed(
            title, [.. postmortem is null or { State: PostmortemState.Final } ? [] : new[] { DocumentSource.Draft }, .. frozen.Select(d => new DocumentSource(d.Kind, d.Number))],
            await exports.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(MaxListed).ToListAsync(ct), await exports.CountAsync(ct), RecordExport.MayExport(entered.Member.Role), postmortem?.Language);
    }
}
