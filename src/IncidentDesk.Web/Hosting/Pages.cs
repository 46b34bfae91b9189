using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Http.Features;

namespace IncidentDesk.Web.Hosting;

public static class Pages
{
    public static IServiceCollection AddDeskPages(this IServiceCollection services)
    {
        services.AddSingleton<EntryMarkdown>();
        services.Configure<FormOptions>(form =>
        {
            form.ValueLengthLimit = Import.ImportForms.MaxRequestBytes;
            form.MultipartBodyLengthLimit = Import.ImportForms.MaxRequestBytes;
            form.ValueCountLimit = 64;
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "incidentdesk-form";
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
