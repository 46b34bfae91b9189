using IncidentDesk.People;
using IncidentDesk.Web.Hosting;
using Microsoft.AspNetCore.Identity;

namespace IncidentDesk.Web.People;

/// <summary>Passkeys as the browser sees them. They belong to one fixed domain: that of the desk's public address, or <c>localhost</c> where it has none.</summary>
internal static class PasskeyServices
{
    public static void AddDeskPasskeys(this IServiceCollection services, DeskOptions desk)
    {
        var domain = desk.PublicUrl?.Host ?? "localhost";
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>().AddScoped<PasskeyCeremony>();
        services.AddSingleton<UsedAnswers>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = domain;
            options.UserVerificationRequirement = options.ResidentKeyRequirement = "required";
            options.AttestationConveyancePreference = "none";
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin) && (desk.PublicUrl is { } url
                ? origin.GetLeftPart(UriPartial.Authority) == url.GetLeftPart(UriPartial.Authority)
                : origin.Host == "localhost"));
        });
    }

    /// <summary>Whether a browser would offer one on this page.</summary>
    public static bool MayUsePasskeys(this HttpContext context) =>
        context.Request.Host.Host == (context.RequestServices.GetRequiredService<DeskOptions>().PublicUrl?.Host ?? "localhost") && (context.Request.IsHttps || context.Request.Host.Host == "localhost");

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        // A page of the desk asks by script. Another site's form cannot say that it sends JSON.
        app.MapPost("/signin/passkey/options", async (HttpContext context, PasskeyCeremony passkeys) => Results.Text(await passkeys.AskAsync(context), "application/json")).AllowAnonymous().Accepts<object>("application/json").DisableAntiforgery().ExcludeFromDescription();
        app.MapPost("/account/passkeys/options", async (HttpContext context, PasskeyCeremony passkeys, MyAccount account, CancellationToken ct) =>
            (await account.ReadAsync(context.User.ToActor(), ct)).TryGet(out var person, out _) ? Results.Text(await passkeys.OfferAsync(context, person), "application/json") : Results.Forbid()).Accepts<object>("application/json").DisableAntiforgery().ExcludeFromDescription();
    }
}
