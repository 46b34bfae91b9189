using System.Security.Cryptography;
using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attachments;

/// <summary>Adds a file to an incident. No entry is logged: whoever adds it writes what it shows.</summary>
public sealed class AddAttachment(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    // Each holds its whole file in memory for as long as it is written.
    private readonly SemaphoreSlim _room = new(3);

    /// <param name="Id">Made by the client; the same id with the same content again is answered with the file that it made first.</param>
    /// <param name="FileName">As it was called there; a path before it is dropped.</param>
    /// <param name="Content">From its beginning to its end, and it says how long it is.</param>
    public sealed record Command(string IncidentKey, Guid Id, string? FileName, Stream Content);

    /// <summary>Whether somebody may add files there, asked before any content is received.</summary>
    public async Task<Result<Done>> MayAddAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return (await EnterAsync(db, incidentKey, actor, ct)).TryGet(out _, out var error) ? Done.Value : error;
    }

    public async Task<Result<Attachment>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await EnterAsync(db, command.IncidentKey, actor, ct)).TryGet(out var entered, out var error)) return error;
        var (member, incidentId) = entered;

        if (command.Id == Guid.Empty) return new Invalid(nameof(command.Id), "Attachment.IdMissing");
        if (!FileNames.Clean(nameof(command.FileName), command.FileName).TryGet(out var name, out error)) return error;
        if (command.Content.Length == 0) return new Invalid(nameof(command.Content), "Attachment.Empty");
        if (command.Content.Length > Attachment.MaxBytes) return new Invalid(nameof(command.Content), "Attachment.TooLarge", Attachment.MaxBytes / 1024 / 1024);

        await _room.WaitAsync(ct);
        try
        {
            var bytes = new byte[command.Content.Length];
            await command.Content.ReadExactlyAsync(bytes, ct);
            var attachment = new Attachment
            {
                Id = command.Id,
                IncidentId = incidentId,
                FileName = name,
                MediaType = FileTypes.Of(bytes),
                Size = bytes.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                AddedById = member.Id,
                AddedByName = member.Name,
                AddedAt = time.UtcNow(),
            };
            return await WriteAsync(db, command.IncidentKey, attachment, bytes, ct);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task<Result<Attachment>> WriteAsync(DeskContext db, string key, Attachment attachment, byte[] bytes, CancellationToken ct)
    {
        var (incidentId, count) = (attachment.IncidentId, 0);
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            await database.ReserveSequencesAsync(db, incidentId, 0, attachment.AddedAt, ct);
            // Restricted while we waited for the lock.
            if (!await db.Incidents.AnyAsync(i => i.Id == incidentId, ct)) return new NotFound("Incident.NotFound", key);

            // Of any incident, whoever may see it: an id is taken or it is not.
            if (await db.Attachments.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(a => a.Id == attachment.Id, ct) is { } earlier)
                return earlier.IncidentId == incidentId && earlier.AddedById == attachment.AddedById && earlier.Sha256 == attachment.Sha256 ? earlier : new Invalid("Id", "Attachment.IdTaken");

            var standing = db.Attachments.Where(a => a.IncidentId == incidentId);
            count = await standing.CountAsync(ct);
            if (count >= Attachment.MaxCount) return new Invalid(null, "Attachment.TooMany", Attachment.MaxCount);
            if (await standing.SumAsync(a => a.Size, ct) + attachment.Size > Attachment.MaxTotalBytes) return new Invalid(null, "Attachment.NoRoom", Attachment.MaxTotalBytes / 1024 / 1024);

            db.Attachments.Add(attachment);
            db.AttachmentContents.Add(new AttachmentContent { AttachmentId = attachment.Id, Bytes = bytes });
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
        }
        feed.Publish(Attachment.FeedId(incidentId), count + 1);
        return attachment;
    }

    private static async Task<Result<(DeskMember Member, Guid IncidentId)>> EnterAsync(DeskContext db, string incidentKey, Actor actor, CancellationToken ct)
    {
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        return Enum.GetValues<EntryKind>().Any(kind => entered.Member.Role.MayLog(kind)) ? entered : new Forbidden("Attachment.MayNotAdd");
    }
}
