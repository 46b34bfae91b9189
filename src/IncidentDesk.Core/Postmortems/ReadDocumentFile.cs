using System.Text.Json;
using IncidentDesk.Attachments;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Reads a file of a document as an audience may have it: for those outside of the house copies of pictures, for others the files as they are.</summary>
public sealed class ReadDocumentFile(DeskDatabase database, RestrictedReads reads)
{
    // Of the frozen document that was asked for last: an export asks for its files one after the other, and a frozen one never changes.
    private Frozen? _last;

    private sealed record Frozen(Guid IncidentId, DocumentSource Source, IReadOnlyDictionary<Guid, Visibility> Files);

    private sealed record OnlyFiles(IReadOnlyList<DocumentFile>? Files);

    /// <param name="fileId">As it is in the document for that audience.</param>
    /// <returns>The bytes and what they are; or <c>Attachment.NotFound</c>, also for what is not for that audience, or <c>Document.PictureUnreadable</c>.</returns>
    public async Task<Result<(byte[] Bytes, string MediaType)>> HandleAsync(string incidentKey, DocumentSource source, Guid fileId, Audience audience, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var missing = new NotFound("Attachment.NotFound", fileId);
        if (await db.ReadFilesAsync(entered.IncidentId, audience, fileId, ct) is not { } attachment) return missing;
        if (!audience.IsWider()) return (await BytesAsync(db, attachment.Id, ct), attachment.MediaType);

        if (!(await VisibilitiesAsync(db, entered.IncidentId, source, ct)).TryGet(out var files, out error)) return error;
        if (!files.TryGetValue(attachment.Id, out var visibility) || !audience.MaySee(visibility) || !FileTypes.IsImage(attachment.MediaType)) return missing;
        return await PictureCopy.OfAsync(await BytesAsync(db, attachment.Id, ct), ct) is { } copy ? (copy, RedactDocument.Copy(0, attachment.MediaType).MediaType) : new Invalid(nameof(fileId), "Document.PictureUnreadable");
    }

    private static Task<byte[]> BytesAsync(DeskContext db, Guid id, CancellationToken ct) => db.AttachmentContents.Where(c => c.AttachmentId == id).Select(c => c.Bytes).FirstAsync(ct);

    private async Task<Result<IReadOnlyDictionary<Guid, Visibility>>> VisibilitiesAsync(DeskContext db, Guid incidentId, DocumentSource source, CancellationToken ct)
    {
        if (source.Number is not { } number)
            return Result<IReadOnlyDictionary<Guid, Visibility>>.Ok(await db.ChosenFiles.AsNoTracking().Where(f => f.Postmortem!.IncidentId == incidentId).ToDictionaryAsync(f => f.AttachmentId, f => f.Visibility, ct));
        if (_last is { } last && last.IncidentId == incidentId && last.Source == source) return Result<IReadOnlyDictionary<Guid, Visibility>>.Ok(last.Files);
        var json = await db.FrozenDocuments.Where(d => d.IncidentId == incidentId && d.Kind == source.Kind && d.Number == number).Select(d => d.Json).FirstOrDefaultAsync(ct);
        if (json is null) return new NotFound("Document.NotFound", number);
        var files = (JsonSerializer.Deserialize<OnlyFiles>(json, DocumentRecord.Json)!.Files ?? []).ToDictionary(f => f.Id, f => f.Visibility);
        _last = new Frozen(incidentId, source, files);
        return Result<IReadOnlyDictionary<Guid, Visibility>>.Ok(files);
    }
}

internal static class DocumentFiles
{
    /// <summary>The attachment that has an id in the document for an audience.</summary>
    public static async Task<Attachment?> ReadFilesAsync(this DeskContext db, Guid incidentId, Audience audience, Guid fileId, CancellationToken ct)
    {
        var attachments = db.Attachments.AsNoTracking().Where(a => a.IncidentId == incidentId);
        if (!audience.IsWider()) return await attachments.FirstOrDefaultAsync(a => a.Id == fileId, ct);
        return (await attachments.ToListAsync(ct)).Find(a => RedactDocument.Outside(incidentId, a.Id) == fileId);
    }
}
