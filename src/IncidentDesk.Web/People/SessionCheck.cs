using System.Security.Claims;
using IncidentDesk.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace IncidentDesk.Web.People;

/// <summary>Whether the session or the token with which somebody came still works.</summary>
public sealed class SessionCheck(DeskDatabase database, IOptions<IdentityOptions> options)
{
    public async Task<bool> IsValidAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        var id = user.ToActor().PersonId;
        await using var db = await database.OpenAsync(ct);
        if (Guid.TryParse(user.FindFirstValue(DeskClaims.Token), out var tokenId))
            return await db.ApiTokens.AnyAsync(t => t.Id == tokenId && t.RevokedAt == null && t.PersonId == id && t.Person!.DisabledAt == null, ct);
        var stamp = user.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        return await db.Users.AnyAsync(p => p.Id == id && p.DisabledAt == null && p.SecurityStamp == stamp, ct);
    }
}
