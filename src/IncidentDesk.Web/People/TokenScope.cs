using System.Security.Claims;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.People;

/// <summary>What a token must be good for to reach an endpoint: to read for GET, to log for all else, unless the endpoint says what.</summary>
internal static class TokenScope
{
    private sealed record Needed(TokenScopes Scope);

    public static T ForAdministrators<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new Needed(TokenScopes.Administer));

    /// <summary>For a POST that changes nothing, as a hub's.</summary>
    public static T ForReaders<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new Needed(TokenScopes.Read));

    public static void UseTokenScopes(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.User.FindFirstValue(DeskClaims.Scopes) is not { } scopes || context.GetEndpoint() is not { } endpoint) return next(context);
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var needed = endpoint.Metadata.GetMetadata<Needed>()?.Scope ?? (isRead ? TokenScopes.Read : TokenScopes.Log);
        if (Enum.Parse<TokenScopes>(scopes).HasFlag(needed)) return next(context);
        var say = context.RequestServices.GetRequiredService<Say>();
        return new Forbidden("Token.ScopeMissing", needed).ToProblem(say).ExecuteAsync(context);
    });
}
