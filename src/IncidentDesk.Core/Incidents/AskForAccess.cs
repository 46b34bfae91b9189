using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>Keeps somebody's request to see an incident.</summary>
/// <remarks>No incident is looked up: answer, work and time are the same for a key that is hidden, seen by all, or nonsense. Whoever decides finds the requests by the incident.</remarks>
public sealed class AskForAccess(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    /// <summary>In <see cref="AccessRequest.Lifetime"/>, so that no more than these are open.</summary>
    /// <remarks>Each asking counts, whatever became of it: else the count would tell that a request was decided, and so that there is such an incident.</remarks>
    public const int MaxAsked = 20;

    /// <param name="IncidentKey">As it was typed.</param>
    public sealed record Command(string IncidentKey, string Reason);

    public async Task<Result<Done>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (Key(command.IncidentKey) is not { Length: > 0 } key) return new Invalid(nameof(command.IncidentKey), "Text.Empty");
        if (!TextRules.Lines(nameof(command.Reason), command.Reason, AccessRequest.MaxReasonLength).TryGet(out var reason, out error)) return error;

        var now = time.UtcNow();
        var since = now - AccessRequest.Lifetime;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            // The asker's own row is locked, so that of two requests at once one finds the other.
            await db.Users.Where(p => p.Id == member.Id).ExecuteUpdateAsync(u => u.SetProperty(p => p.DisplayName, p => p.DisplayName), ct);
            var asked = await db.AuditEvents.CountAsync(e => e.ActorId == member.Id && e.Kind == AuditKind.AccessRequested && e.At > since, ct);
            if (asked >= MaxAsked) return new Invalid(null, "AccessRequest.TooMany", MaxAsked, (int)AccessRequest.Lifetime.TotalDays);

            var isOpen = await db.AccessRequests.AnyAsync(r => r.PersonId == member.Id && r.IncidentKey == key && r.DecidedAt == null && r.AskedAt > since, ct);
            if (!isOpen) db.AccessRequests.Add(new AccessRequest { Id = Guid.CreateVersion7(), PersonId = member.Id, IncidentKey = key, Reason = reason, AskedAt = now });
            db.Audit(now, member, AuditKind.AccessRequested, key, key, after: reason);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
        }
        feed.Publish(AccessRequest.FeedId, now.Ticks);
        return Done.Value;
    }

    /// <summary>What no key can hold is left out rather than refused: nonsense is answered like any key.</summary>
    private static string Key(string typed)
    {
        var key = string.Concat(typed.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF'))).Trim().ToUpperInvariant();
        return key.Length > AccessRequest.MaxKeyLength ? key[..AccessRequest.MaxKeyLength] : key;
    }
}
