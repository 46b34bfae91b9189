using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Reads how far the postmortem of an incident has come, and which documents of it are frozen.</summary>
public sealed class FindDocuments(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>A frozen document without its content; see <see cref="FrozenDocument"/>.</summary>
    public sealed record Frozen(DocumentKind Kind, int Number, Audience Audience, DateTime MadeAt, string MadeByName, DateTime? NextDueAt, string Sha256);

    /// <param name="Postmortem">With its reviewers; null when none was begun.</param>
    /// <param name="Documents">The newest first.</param>
    public sealed record Found(Postmortem? Postmortem, IReadOnlyList<Frozen> Documents);

    public async Task<Result<Found>> HandleAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var postmortem = await db.Postmortems.AsNoTracking().Include(p => p.Reviewers.OrderBy(r => r.AskedAt).ThenBy(r => r.PersonName)).FirstOrDefaultAsync(p => p.IncidentId == entered.IncidentId, ct);
        var documents = await db.FrozenDocuments.AsNoTracking().Where(d => d.IncidentId == entered.IncidentId).OrderByDescending(d => d.MadeAt).ThenByDescending(d => d.Number)
            .Select(d => new Frozen(d.Kind, d.Number, d.Audience, d.MadeAt, d.MadeByName, d.NextDueAt, d.Sha256)).ToListAsync(ct);
        return new Found(postmortem, documents);
    }
}
