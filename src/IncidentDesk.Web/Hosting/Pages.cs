using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http.Features;

namespace IncidentDesk.Web.Hosting;

public static class Pages
{
    public static IServiceCollection AddDeskPages(this IServiceCollection services, DeskOptions desk)
    {
        services.AddSingleton<EntryMarkdown>().AddSingleton<Attacks.BoardFile>();
        services.AddScoped<Live.ConnectionClock>().AddScoped<CircuitHandler>(scope => scope.GetRequiredService<Live.ConnectionClock>());
        services.Configure<FormOptions>(form =>
        {
            form.ValueLengthLimit = Import.ImportForms.MaxRequestBytes;
            form.MultipartBodyLengthLimit = Import.ImportForms.MaxRequestBytes;
            form.ValueCountLimit = 64;
        });
        services.AddAntiforgery(options =>
        {
            // One name for the life of the process: where people come over TLS, one that no other host can set.
            options.Cookie.Name = (desk.PublicUrl?.Scheme == Uri.UriSchemeHttps ? "__Host-" : "") + "incidentdesk-form";
            options.Cookie.Path = "/";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddRazorComponents().AddInteractiveServerComponents(circuit =>
        {
            // A circuit that lost its browser is kept for a walk between two rooms, not for a flood.
            circuit.DisconnectedCircuitMaxRetained = 100;
            circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
        });
        return services;
    }
}
