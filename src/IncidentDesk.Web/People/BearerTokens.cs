using System.Security.Claims;
using System.Text.Encodings.Web;
using IncidentDesk.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace IncidentDesk.Web.People;

/// <summary><c>Authorization: Bearer …</c> with a token of the desk.</summary>
internal sealed class BearerTokens(CheckToken check, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var known = await check.HandleAsync(header["Bearer ".Length..].Trim(), Context.RequestAborted);
        if (known is null) return AuthenticateResult.Fail("unknown token");
        var owner = known.Owner;
        Claim[] claims = [new(DeskClaims.Token, known.TokenId.ToString()), new(DeskClaims.Scopes, known.Scopes.ToString()), new(ClaimTypes.NameIdentifier, owner.Id.ToString()), new(ClaimTypes.Name, owner.UserName!), .. DeskClaims.Of(owner)];
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Name)), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
