using IncidentDesk.People;
using IncidentDesk.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace IncidentDesk.Web.People;

public static class SignInServices
{
    private const string CookieOrBearer = "CookieOrBearer";

    /// <summary>How long a session lives on a device that asked to stay signed in, and else after the last use.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(12);

    public static IServiceCollection AddDeskSignIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<IUserClaimsPrincipalFactory<Person>, DeskClaims.Factory>();
        services.AddScoped<SignInManager<Person>>();
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<Person>>();
        services.AddScoped<IUserConfirmation<Person>, WorkingAccount>();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.Configure<IdentityOptions>(options => options.SignIn.RequireConfirmedAccount = true);

        services.AddAuthentication(CookieOrBearer)
            .AddPolicyScheme(CookieOrBearer, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey("Authorization") ? BearerTokens.Name : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.Name, null)
            .AddCookie(IdentityConstants.ApplicationScheme, options =>
            {
                options.Cookie.Name = "incidentdesk";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.LoginPath = "/signin";
                options.ReturnUrlParameter = "to";
                options.ExpireTimeSpan = SessionLifetime;
                options.SlidingExpiration = true;
                options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
                // A program is told; a person is led to the door.
                options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
                options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
            });
        services.AddSingleton<SessionCheck>();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddCascadingAuthenticationState();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    private static async Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var http = context.HttpContext;
        if (Api.IsFor(http))
        {
            context.Response.StatusCode = status;
        }
        else if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType && http.Request.Path.Value!.EndsWith("/log", StringComparison.OrdinalIgnoreCase))
        {
            // A redirect would throw away what was typed.
            var typed = await http.Request.ReadFormAsync(http.RequestAborted);
            context.Response.StatusCode = status;
            var say = http.RequestServices.GetRequiredService<Texts.Say>();
            await ErrorPage.WriteAsync(http, say["SignIn.Title"], say["Capture.SignIn"], typed["body"]);
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }
    }

    /// <summary>The framework asks for a confirmed account; ours must not be disabled.</summary>
    private sealed class WorkingAccount : IUserConfirmation<Person>
    {
        public Task<bool> IsConfirmedAsync(UserManager<Person> manager, Person user) => Task.FromResult(user.DisabledAt is null);
    }
}
