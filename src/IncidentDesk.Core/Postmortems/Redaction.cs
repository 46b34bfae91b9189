using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Takes out of a document what is not for an audience, and keeps by which pseudonyms it speaks of the rest.</summary>
public sealed class Redaction(DeskDatabase database, DeskAddress address, TimeProvider time)
{
    /// <remarks>The caller has let the reader in.</remarks>
    internal async Task<DocumentRecord> ForAsync(DeskContext db, Guid incidentId, DocumentRecord whole, Audience audience, CancellationToken ct) =>
        await ForAsync(db, incidentId, whole, await KnownAsync(db, incidentId, whole, audience, ct), audience, ct);

    /// <param name="known">As <see cref="KnownAsync"/> gives it for this document.</param>
    internal async Task<DocumentRecord> ForAsync(DeskContext db, Guid incidentId, DocumentRecord whole, Known known, Audience audience, CancellationToken ct)
    {
        var roles = KnownNames.RolesOf(whole, known);
        // Of several who give numbers at once one always gets through, and the others begin anew with what it gave.
        while (true)
        {
            var numbers = await NumbersAsync(db, incidentId, ct);
            var kept = numbers.Count;
            var record = RedactDocument.For(whole, known, numbers, roles, incidentId, audience);
            if (numbers.Given.Count == 0 || await KeepAsync(incidentId, kept, numbers.Given, ct)) return record;
        }
    }

    internal Task<Known> KnownAsync(DeskContext db, Guid incidentId, DocumentRecord whole, Audience audience, CancellationToken ct) => KnownNames.ReadAsync(db, incidentId, whole, audience, address, ct);

    // The caller has let the reader in; these hang on the incident.
    private static async Task<PseudonymNumbers> NumbersAsync(DeskContext db, Guid incidentId, CancellationToken ct) =>
        new(incidentId, await db.Pseudonyms.IgnoreQueryFilters().AsNoTracking().Where(p => p.IncidentId == incidentId).ToListAsync(ct));

    /// <returns>False when somebody else gave numbers meanwhile.</returns>
    private async Task<bool> KeepAsync(Guid incidentId, int kept, IEnumerable<Pseudonym> given, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(db, ct);
        // The incident's row is locked; nothing of it changes.
        await database.ReserveSequencesAsync(db, incidentId, 0, time.UtcNow(), ct);
        // None ever goes away, so as many as before are the same as before.
        if (await db.Pseudonyms.IgnoreQueryFilters().CountAsync(p => p.IncidentId == incidentId, ct) != kept) return false;
        db.Pseudonyms.AddRange(given);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return true;
    }
}
