using System.Security.Cryptography;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Evidence;

/// <summary>Takes all that the desk knows of an incident out as one file, for a lawyer or a court. That somebody did stands in the incident's log, in the record of exports and in the audit trail before the file is given.</summary>
public sealed class ExportEvidence(DeskDatabase database, IncidentWriter writer, RestrictedReads reads, TimeProvider time)
{
    public const string Format = "evidence";

    /// <summary>Whether somebody may, asked before room is made for a file.</summary>
    public async Task<Result<Done>> MayAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        return entered.Member.Role.MayRespond() ? Done.Value : new Forbidden("Evidence.MayNotExport");
    }

    /// <summary>Writes the whole bundle to a file and then keeps that it was made.</summary>
    /// <param name="file">Empty, can be read again; nothing of it is to be given when the answer is an error.</param>
    /// <param name="language"><c>en</c> or <c>es</c>, of who takes it; the bundle explains itself in both.</param>
    /// <returns>What was kept of it; the file stands at its beginning.</returns>
    public async Task<Result<DocumentExport>> HandleAsync(string incidentKey, Stream file, string language, Actor actor, CancellationToken ct)
    {
        var (id, now) = (Guid.CreateVersion7(), time.UtcNow());
        await using (var db = await database.OpenAsync(ct))
        {
            if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
            if (!entered.Member.Role.MayRespond()) return new Forbidden("Evidence.MayNotExport");
            await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
            // A log that ends before the defences begin which stand beside it would be no evidence.
            await using var moment = await database.Engine.BeginReadAsync(db, ct);
            await new EvidenceBundle(db, entered.Member, entered.IncidentId, id, now).WriteAsync(file, ct);
        }
        await file.FlushAsync(ct);
        file.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        file.Position = 0;
        return await writer.RecordAsync(actor, IncidentWriter.Of(incidentKey, ct), recording => Task.FromResult(Record(recording, incidentKey, id, now, file.Length, sha256, language)), ct);
    }

    private static Result<DocumentExport> Record(IncidentWriter.Recording recording, string incidentKey, Guid id, DateTime at, long size, string sha256, string language)
    {
        var incidentId = recording.IncidentIds.Single();
        var export = new DocumentExport
        {
            Id = id,
            IncidentId = incidentId,
            Audience = Audience.Evidence,
            Format = Format,
            Language = language,
            Size = size,
            Sha256 = sha256,
            At = at,
            ById = recording.Member.AuthorId,
            ByName = recording.Member.Name,
        };
        recording.Db.DocumentExports.Add(export);
        recording.Db.Audit(recording.Now, recording.Member, AuditKind.Exported, incidentKey, incidentKey, after: AuditJson.Of(new { Format, Id = id, Size = size, Sha256 = sha256 }));
        recording.Log(incidentId, new EntryDraft(EntryKind.Postmortem, "", OccurrenceTime.Exactly(recording.Now)) { Change = new EntryChange.DocumentLeft(null, 0, Audience.Evidence, Format, sha256) });
        return export;
    }
}
