using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Says whether a frozen document is still what was frozen.</summary>
public sealed class VerifyDocument(DeskDatabase database, RestrictedReads reads)
{
    /// <param name="Recorded">The SHA-256 that was kept with the document.</param>
    /// <param name="Found">That of what stands there now.</param>
    /// <param name="Logged">That in the append-only log; null when there is none, as for a document that was brought in from another desk.</param>
    public sealed record Verdict(DocumentKind Kind, int Number, string Recorded, string Found, string? Logged)
    {
        public bool IsSound => Recorded == Found && (Logged ?? Found) == Found;
    }

    /// <param name="source">Of a frozen document.</param>
    public async Task<Result<Verdict>> HandleAsync(string incidentKey, DocumentSource source, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var document = await db.FrozenDocuments.AsNoTracking().FirstOrDefaultAsync(d => d.IncidentId == entered.IncidentId && d.Kind == source.Kind && d.Number == source.Number, ct);
        if (document is null) return new NotFound("Document.NotFound", source.Number ?? 0);
        var changes = await db.Entries.AsNoTracking().Where(e => e.IncidentId == entered.IncidentId && e.Kind == EntryKind.Postmortem && e.Revision == 1).OrderBy(e => e.Sequence).Select(e => e.Change).ToListAsync(ct);
        var logged = source.Kind == DocumentKind.Postmortem
            ? changes.OfType<EntryChange.PostmortemMoved>().FirstOrDefault(m => m.Number == document.Number)?.Sha256
            : changes.OfType<EntryChange.SituationReported>().FirstOrDefault(r => r.Number == document.Number)?.Sha256;
        return new Verdict(document.Kind, document.Number, document.Sha256, Secret.Hash(document.Json), logged);
    }
}
