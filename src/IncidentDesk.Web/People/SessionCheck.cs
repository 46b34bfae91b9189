using System.Security.Claims;
using IncidentDesk.Data;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Web.People;

/// <summary>Whether the session or the token with which somebody came still works, for what stays open longer than a request.</summary>
public sealed class SessionCheck(DeskDatabase database, Sessions sessions, TimeProvider time)
{
    public async Task<bool> IsValidAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        var id = user.ToActor().PersonId;
        if (user.SessionId() is { } sessionId) return await sessions.IsValidAsync(sessionId, id, user.Role(), ct);
        if (!Guid.TryParse(user.FindFirstValue(DeskClaims.Token), out var tokenId)) return false;
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await database.OpenAsync(ct);
        return await db.ApiTokens.AnyAsync(t => t.Id == tokenId && t.RevokedAt == null && t.ExpiresAt > now && t.PersonId == id && t.Person!.DisabledAt == null, ct);
    }
}
