using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>Keeps that somebody takes a document out of the desk, before they get it: for themselves in the record of exports and the audit trail, for others in the incident's log too.</summary>
public sealed class RecordExport(DeskDatabase database, IncidentWriter writer, TimeProvider time)
{
    /// <param name="Kind">Null for the evidence bundle and for what is no document.</param>
    /// <param name="Number">Of the frozen document; 0 for one that was not frozen.</param>
    /// <param name="Sha256">Of the file, in lower-case hexadecimal.</param>
    public sealed record Command(string IncidentKey, DocumentKind? Kind, int Number, Audience Audience, string Format, string Language, long Size, string Sha256);

    /// <summary>Observers read on the desk.</summary>
    public static bool MayExport(PersonRole role) => role is not PersonRole.Observer;

    /// <summary>Whether somebody may, asked before a file is made.</summary>
    public async Task<Result<Done>> MayAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        return MayExport(entered.Member.Role) ? Done.Value : new Forbidden("Document.MayNotExport");
    }

    public async Task<Result<DocumentExport>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        if (!(await MayAsync(command.IncidentKey, actor, ct)).TryGet(out _, out var error)) return error;
        if (command.Audience == Audience.Internal) return await KeepAsync(command, actor, ct);
        return await writer.RecordAsync(actor, IncidentWriter.Of(command.IncidentKey, ct), recording =>
        {
            var id = recording.IncidentIds.Single();
            var change = new EntryChange.DocumentLeft(command.Kind, command.Number, command.Audience, command.Format, command.Sha256);
            recording.Log(id, new EntryDraft(EntryKind.Postmortem, "", OccurrenceTime.Exactly(recording.Now)) { Change = change });
            return Task.FromResult<Result<DocumentExport>>(Add(recording.Db, command, id, recording.Member, recording.Now));
        }, ct, MayExport);
    }

    private async Task<Result<DocumentExport>> KeepAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(db, ct);
        if (!(await db.EnterAsync(actor, command.IncidentKey, ct)).TryGet(out var entered, out var error)) return error;
        var export = Add(db, command, entered.IncidentId, entered.Member, time.UtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return export;
    }

    private static DocumentExport Add(DeskContext db, Command command, Guid incidentId, DeskMember member, DateTime now)
    {
        var export = new DocumentExport
        {
            Id = Guid.CreateVersion7(),
            IncidentId = incidentId,
            Kind = command.Kind,
            Number = command.Number,
            Audience = command.Audience,
            Format = command.Format,
            Language = command.Language,
            Size = command.Size,
            Sha256 = command.Sha256,
            At = now,
            ById = member.AuthorId,
            ByName = member.Name,
        };
        db.DocumentExports.Add(export);
        db.Audit(now, member, AuditKind.Exported, command.IncidentKey, command.IncidentKey, after: AuditJson.Of(new { Document = command.Kind, command.Number, command.Audience, command.Format, command.Language, command.Sha256 }));
        return export;
    }
}
