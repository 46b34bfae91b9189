using System.Text.Json;
using IncidentDesk.Attachments;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Import;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Brings a postmortem from another desk in, with its incident and all that it tells: all of it or nothing, and the same file twice is the same incident.</summary>
public sealed class ImportDocument(DeskDatabase database, IncidentWriter writer, IncidentFeed feed, TimeProvider time)
{
    /// <summary>Of the whole file.</summary>
    public const int MaxBytes = ImportedFile.MaxBytes;

    // Each holds its whole file in memory.
    private readonly SemaphoreSlim _room = new(1);

    /// <param name="Content">The JSON of an export for the team or as evidence; can be read again from its beginning.</param>
    /// <param name="IsRestricted">Seen only by who imports and administrators.</param>
    public sealed record Command(Stream Content, bool IsRestricted = false);

    /// <param name="IsRepeat">It was imported before.</param>
    public sealed record Outcome(string Key, bool IsRepeat);

    /// <summary>Whether somebody may, asked before any content is received.</summary>
    public async Task<Result<Done>> MayAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        return member.Role.MayAdminister() ? Done.Value : new Forbidden("Desk.AdministratorsOnly");
    }

    public async Task<Result<Outcome>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Desk.AdministratorsOnly");
        await _room.WaitAsync(ct);
        try
        {
            if (!(await ImportedFile.ReadAsync(command.Content, ct)).TryGet(out var file, out error)) return error;
            var id = ImportIds.OfDocument("document", Secret.Hash(JsonSerializer.Serialize(file.Record, DocumentRecord.Json)));
            return await WriteAsync(db, member, file, id, command.IsRestricted, ct);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task<Result<Outcome>> WriteAsync(DeskContext db, DeskMember member, ImportedFile file, Guid id, bool isRestricted, CancellationToken ct)
    {
        var (record, now) = (file.Record, time.UtcNow());
        var year = (record.Incident.When(MilestoneKind.ImpactStarted)?.At ?? record.Incident.DeclaredAt).Year;
        if (year < 1990 || year > now.Year + 1) return new Invalid("Content", "Document.Inconsistent", "incident");
        string key;
        long last;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            var number = await DeclareIncident.NextNumberAsync(db, year, ct);
            // Asked behind the counter's lock: the same file at the same time has committed or waits.
            if (await db.Incidents.Where(i => i.Id == id).Select(i => i.Key).FirstOrDefaultAsync(ct) is { } earlier) return new Outcome(earlier, IsRepeat: true);

            key = $"INC-{year:0000}-{number:000}";
            var rows = new ImportedRows(db, file, member, id, now);
            await database.LockInventoryAsync(db, ct);
            await rows.PeopleAsync(ct);
            if (await rows.InventoryAsync(ct) is { } unfit) return unfit;
            db.Incidents.Add(rows.Incident(key, isRestricted));
            if (isRestricted) db.Audit(now, member, AuditKind.RestrictionChanged, key, record.Incident.Title, after: RestrictIncident.Facts(true, [member.Name]));
            if (await SaveAsync(db, ct) is { } refused) return refused;

            await rows.FilesAsync(ct);
            foreach (var from in record.Files)
            {
                var bytes = file.Contents[from.Id];
                var attachment = rows.Attachment(from, bytes);
                db.Attachments.Add(attachment);
                db.AttachmentContents.Add(new AttachmentContent { AttachmentId = attachment.Id, Bytes = bytes });
            }
            if (await SaveAsync(db, ct) is { } unkept) return unkept;

            var first = await database.ReserveSequencesAsync(db, id, rows.LogLength, now, ct);
            var next = first + rows.LogLength;
            rows.Log(first);
            rows.Impacts(next);
            await rows.MitigationsAsync(ct);
            rows.Waves();
            rows.Traffic();
            if (rows.FollowUps() is { } odd) return odd;
            rows.Writing(next);
            var frozen = rows.Frozen();
            if (frozen is not null) db.FrozenDocuments.Add(frozen);
            last = await writer.AppendAsync(db, id, rows.Said(frozen), member, now, ct);
            if (await SaveAsync(db, ct) is { } unsound) return unsound;
            await transaction.CommitAsync();
        }
        feed.Publish(id, last);
        return new Outcome(key, IsRepeat: false);
    }

    private static async Task<Error?> SaveAsync(DeskContext db, CancellationToken ct)
    {
        if (RowCheck.FirstWrong(db) is { } error) return error;
        await db.SaveChangesAsync(ct);
        return null;
    }
}
