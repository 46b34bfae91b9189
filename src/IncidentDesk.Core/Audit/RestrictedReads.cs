using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Audit;

/// <summary>Writes down who reads what is in a restricted incident: one line for each person and incident in an hour. Lists and search results are no reads.</summary>
/// <remarks>A read that cannot be written down fails. An incident that the whole team sees costs nothing.</remarks>
public sealed class RestrictedReads(DeskDatabase database, TimeProvider time)
{
    public static readonly TimeSpan Once = TimeSpan.FromHours(1);

    /// <summary>As below, where it is not known yet whether the incident is restricted.</summary>
    internal async Task NoteAsync(DeskContext db, DeskMember reader, Guid incidentId, CancellationToken ct)
    {
        var key = await db.Incidents.Where(i => i.Id == incidentId && i.IsRestricted).Select(i => i.Key).FirstOrDefaultAsync(ct);
        await NoteAsync(reader, key ?? "", key is not null, ct);
    }

    internal async Task NoteAsync(DeskMember reader, string incidentKey, bool isRestricted, CancellationToken ct)
    {
        if (!isRestricted || reader.AuthorId is null) return;
        await using var db = await database.OpenAsync(ct);
        var now = time.UtcNow();
        if (await IsNotedAsync(db, reader, incidentKey, now, ct)) return;

        await using var transaction = await database.BeginWriteAsync(db, ct);
        // The reader's own row is locked, so that of two reads at once one writes.
        await db.Users.Where(p => p.Id == reader.Id).ExecuteUpdateAsync(u => u.SetProperty(p => p.DisplayName, p => p.DisplayName), ct);
        if (await IsNotedAsync(db, reader, incidentKey, now, ct)) return;
        // The reader has been let in; the title is asked for past the filter, which is closed in this context.
        var title = await db.Incidents.IgnoreQueryFilters().Where(i => i.Key == incidentKey).Select(i => i.Title).FirstAsync(ct);
        db.Audit(now, reader, AuditKind.RestrictedRead, incidentKey, title);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
    }

    private static Task<bool> IsNotedAsync(DeskContext db, DeskMember reader, string incidentKey, DateTime now, CancellationToken ct)
    {
        var since = now - Once;
        return db.AuditEvents.AnyAsync(e => e.SubjectId == incidentKey && e.ActorId == reader.Id && e.Kind == AuditKind.RestrictedRead && e.At > since, ct);
    }
}
