using System.Globalization;
using System.Security.Claims;
using IncidentDesk.Web.People;
using Microsoft.AspNetCore.Localization;

namespace IncidentDesk.Web.Hosting;

/// <summary>English and Spanish: the person's choice, else the browser's cookie, else what the client asks for.</summary>
public static class Languages
{
    // Dates and numbers as the desk's members write them: Mexican Spanish, and English with a 24-hour clock.
    private static readonly Dictionary<string, string> Cultures = new(StringComparer.Ordinal) { ["en"] = "en-US", ["es"] = "es-MX" };

    public static IReadOnlyList<string> All { get; } = ["en", "es"];

    public static CultureInfo CultureOf(string language) => CultureInfo.GetCultureInfo(Cultures.GetValueOrDefault(language, "en-US"));

    /// <summary><c>en</c> or <c>es</c>: the one in which this request or circuit is answered.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "es" ? "es" : "en";

    public static IServiceCollection AddDeskLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton<Texts.Say>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            CultureInfo[] supported = [.. Cultures.Values.Select(CultureInfo.GetCultureInfo), .. All.Select(CultureInfo.GetCultureInfo)];
            options.SupportedCultures = options.SupportedUICultures = supported;
            options.DefaultRequestCulture = new RequestCulture("en-US");
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Task.FromResult(
                    // A program with a token says itself what it wants.
                    context.User.FindFirstValue(DeskClaims.Language) is { } language && !(context.Request.Headers.ContainsKey("Authorization") && context.Request.Headers.ContainsKey("Accept-Language"))
                        ? new ProviderCultureResult(CultureOf(language).Name)
                        : null)),
                new CookieRequestCultureProvider(),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
        return services;
    }

    public static void UseDeskLanguages(this WebApplication app)
    {
        app.UseRequestLocalization();
        // A browser's "es" or "en" alone becomes the desk's own culture, so that dates look the same for all.
        app.Use((context, next) =>
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureOf(Current);
            context.Response.Headers.ContentLanguage = Current;
            return next(context);
        });
    }

    /// <summary>Remembers a language on this browser, for pages before sign-in.</summary>
    public static void Remember(HttpResponse response, string language) => response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName,
        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(CultureOf(language))),
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
}
