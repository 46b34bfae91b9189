using IncidentDesk.Data;

namespace IncidentDesk.Postmortems;

/// <summary>Takes out of a document what is not for an audience.</summary>
public sealed class Redaction(DeskDatabase database)
{
    internal Task<DocumentRecord> ForAsync(DeskContext db, Guid incidentId, DocumentRecord whole, Audience audience, CancellationToken ct)
    {
        _ = database;
        throw new NotSupportedException();
    }
}
