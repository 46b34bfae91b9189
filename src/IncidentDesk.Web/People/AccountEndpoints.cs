using System.Security.Claims;
using IncidentDesk.People;
using Microsoft.AspNetCore.Mvc;

namespace IncidentDesk.Web.People;

public static class AccountEndpoints
{
    /// <summary>The forms of the account pages that only do something.</summary>
    public static void MapAccount(this IEndpointRouteBuilder app) =>
        app.MapPost("/account/tokens/{id:guid}/revoke", async (Guid id, [FromForm] string? _, MyAccount account, ClaimsPrincipal user, CancellationToken ct) =>
        {
            await account.RevokeTokenAsync(user.ToActor(), id, ct);
            return Results.LocalRedirect(Links.Tokens);
        }).ExcludeFromDescription();
}
