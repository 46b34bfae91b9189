using System.Text.Json;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

internal static class Freezing
{
    /// <summary>Keeps a document as it is now under the next number of its kind. The incident's lock is held.</summary>
    /// <param name="audience">For whom it is meant.</param>
    public static async Task<FrozenDocument> FreezeAsync(this DeskContext db, IncidentWriter.Recording recording, Guid incidentId, Guid id, DocumentRecord record, CancellationToken ct, Audience audience = Audience.Internal)
    {
        var number = await db.FrozenDocuments.Where(d => d.IncidentId == incidentId && d.Kind == record.Kind).MaxAsync(d => (int?)d.Number, ct) + 1 ?? 1;
        var json = JsonSerializer.Serialize(record with { Number = number, MadeAt = recording.Now, MadeByName = recording.Member.Name }, DocumentRecord.Json);
        var document = new FrozenDocument
        {
            Id = id,
            IncidentId = incidentId,
            Kind = record.Kind,
            Number = number,
            Audience = audience,
            MadeAt = recording.Now,
            MadeById = recording.Member.Id,
            MadeByName = recording.Member.Name,
            NextDueAt = record.NextDueAt,
            Json = json,
            Sha256 = Secret.Hash(json),
        };
        db.FrozenDocuments.Add(document);
        return document;
    }
}
