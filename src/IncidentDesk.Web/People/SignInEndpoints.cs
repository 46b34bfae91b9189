using IncidentDesk.Audit;
using IncidentDesk.People;
using IncidentDesk.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace IncidentDesk.Web.People;

public static class SignInEndpoints
{
    /// <summary>What the signed-out pages do besides showing themselves.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/signout", async ([FromForm] string? _, HttpContext context, Sessions sessions, DeskCookies cookies, CancellationToken ct) =>
        {
            if (context.User.SessionId() is { } id) await sessions.EndAsync(context.User.ToActor(), id, AuditKind.SignedOut, ct);
            cookies.EndSession(context);
            return Results.LocalRedirect("/signin");
        }).ExcludeFromDescription();

        app.MapPost("/language", async ([FromForm] string to, [FromForm] string? back, HttpContext context, MyAccount account, CancellationToken ct) =>
        {
            if (!Languages.All.Contains(to, StringComparer.Ordinal)) return Results.BadRequest();
            Languages.Remember(context.Response, to);
            if (context.User.Identity?.IsAuthenticated == true)
            {
                var actor = context.User.ToActor();
                if ((await account.ReadAsync(actor, ct)).TryGet(out var person, out _)) await account.ChangeAsync(actor, person.DisplayName, to, person.TimeZone, ct);
            }
            return Results.LocalRedirect(LocalOr(back, "/"));
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The address when it is a page of the desk, else the fallback: a sign-in must not send anybody elsewhere.</summary>
    public static string LocalOr(string? address, string fallback) =>
        address is { Length: > 0 } && address[0] == '/' && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal) && !address.Any(char.IsControl) ? address : fallback;
}
