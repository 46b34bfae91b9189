using System.Security.Claims;
using System.Text.Encodings.Web;
using IncidentDesk.People;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace IncidentDesk.Web.People;

/// <summary>Who a browser's session says it is, asked of the database at each request: an ended one is over at once, and what a person is called and may do is as it is now.</summary>
internal sealed class SessionHandler(Sessions sessions, DeskCookies cookies, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Files are everybody's, and must come while the database is away.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return AuthenticateResult.NoResult();
        if (cookies.SessionKey(Context) is not { } key) return AuthenticateResult.NoResult();
        if (await sessions.FindAsync(key, Context.RequestAborted) is not { } found)
        {
            cookies.EndSession(Context);
            return AuthenticateResult.Fail("ended session");
        }
        List<Claim> claims =
        [
            new(DeskClaims.Session, found.SessionId.ToString()), new(ClaimTypes.NameIdentifier, found.Person.Id.ToString()), new(ClaimTypes.Name, found.Person.UserName!), .. DeskClaims.Of(found.Person),
        ];
        if (found.MustEnrol) claims.Add(new(DeskClaims.MustEnrol, "1"));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Name)), Name));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (Api.IsFor(Context)) return Task.CompletedTask;
        var say = Context.RequestServices.GetRequiredService<Say>();
        return ErrorPage.WriteAsync(Context, say["Page.NotYours"], say["Page.NotYoursHint"]);
    }

    /// <summary>A program is told; a person is led to the door.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Api.IsFor(Context))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (HttpMethods.IsPost(Request.Method) && Request.HasFormContentType && Request.Path.Value!.EndsWith("/log", StringComparison.OrdinalIgnoreCase))
        {
            // A redirect would throw away what was typed.
            var typed = await Request.ReadFormAsync(Context.RequestAborted);
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            var say = Context.RequestServices.GetRequiredService<Say>();
            await ErrorPage.WriteAsync(Context, say["SignIn.Title"], say["Capture.SignIn"], typed["body"]);
        }
        else
        {
            Response.Redirect($"{Request.Scheme}://{Request.Host}{Links.SignIn}?to={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
        }
    }
}
