using IncidentDesk.People;
using IncidentDesk.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace IncidentDesk.Web.People;

public static class SignInServices
{
    private const string SessionOrBearer = "SessionOrBearer";

    public static IServiceCollection AddDeskSignIn(this IServiceCollection services, DeskOptions desk)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(new BreachedPasswords(desk.BreachedPasswords));
        services.AddSingleton<DeskCookies>().AddSingleton<BeginSession>();
        services.AddDeskPasskeys(desk);
        services.AddAuthentication(SessionOrBearer)
            // Tokens are for programs: no page takes one.
            .AddPolicyScheme(SessionOrBearer, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey("Authorization") && Api.IsFor(context) ? BearerTokens.Name : SessionHandler.Name)
            .AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.Name, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Name, null);
        services.AddSingleton<SessionCheck>();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddCascadingAuthenticationState();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }
}
