using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace IncidentDesk.Web.People;

/// <summary>Asks again and again whether the person of an open page still has the account with which they came.</summary>
internal sealed class SessionRevalidation(ILoggerFactory logger, SessionCheck sessions) : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.IsValidAsync(authenticationState.User, cancellationToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            // The database is away: nothing can be read or written through it either, so the page may stay with what it shows.
            return true;
        }
    }
}
