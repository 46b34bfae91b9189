using System.Security.Claims;
using IncidentDesk.Data;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace IncidentDesk.Web.People;

/// <summary>Asks again and again whether the person of an open page still has the account with which they came.</summary>
internal sealed class SessionRevalidation(ILoggerFactory logger, DeskDatabase database, IOptions<IdentityOptions> options) : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        var stamp = user.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        try
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var id = user.ToActor().PersonId;
            return await db.Users.AnyAsync(p => p.Id == id && p.DisabledAt == null && p.SecurityStamp == stamp, cancellationToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            // The database is away: nothing can be read or written through it either, so the page may stay with what it shows.
            return true;
        }
    }
}
