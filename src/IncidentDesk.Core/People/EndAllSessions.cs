using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>Everybody signs in anew, because the operator changed the desk's keys.</summary>
public sealed class EndAllSessions(DeskDatabase database, TimeProvider time)
{
    /// <param name="protectAgain">Turns an authenticator's secret under the old keys into one under the new.</param>
    /// <returns>How many sessions and authenticators there were.</returns>
    public async Task<(int Sessions, int Authenticators)> HandleAsync(Func<string, string> protectAgain, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var now = time.UtcNow();
        var sessions = await db.Sessions.Where(s => s.EndedAt == null && s.ExpiresAt > now).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, now), ct);
        var authenticators = await db.Authenticators.ToListAsync(ct);
        foreach (var authenticator in authenticators) authenticator.ProtectedSecret = protectAgain(authenticator.ProtectedSecret);
        db.Audit(now, null, AuditKind.KeysRotated, null, "keys");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return (sessions, authenticators.Count);
    }
}
