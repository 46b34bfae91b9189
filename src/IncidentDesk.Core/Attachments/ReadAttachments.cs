using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attachments;

/// <summary>Reads the files of an incident.</summary>
public sealed class ReadAttachments(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>All of them in order of adding, without their content.</summary>
    public async Task<Result<IReadOnlyList<Attachment>>> OfIncidentAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        return Result<IReadOnlyList<Attachment>>.Ok(await db.Attachments.AsNoTracking().Where(a => a.IncidentId == entered.IncidentId).OrderBy(a => a.AddedAt).ThenBy(a => a.Id).ToListAsync(ct));
    }

    /// <summary>One file of this incident; that of another is not there.</summary>
    /// <returns>With its content, or <c>Attachment.NotFound</c>.</returns>
    public async Task<Result<AttachmentContent>> ContentAsync(string incidentKey, Guid id, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var content = await db.AttachmentContents.AsNoTracking().Include(c => c.Attachment).FirstOrDefaultAsync(c => c.AttachmentId == id && c.Attachment!.IncidentId == entered.IncidentId, ct);
        return content is null ? new NotFound("Attachment.NotFound", id) : content;
    }
}
