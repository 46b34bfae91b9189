using IncidentDesk.Data;
using IncidentDesk.Import;
using IncidentDesk.Postmortems;
using IncidentDesk.Web.Assets;
using IncidentDesk.Web.Attachments;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Audit;
using IncidentDesk.Web.Checklists;
using IncidentDesk.Web.Components;
using IncidentDesk.Web.Evidence;
using IncidentDesk.Web.FollowUps;
using IncidentDesk.Web.History;
using IncidentDesk.Web.Hosting.Door;
using IncidentDesk.Web.Hosting.Keys;
using IncidentDesk.Web.Impacts;
using IncidentDesk.Web.Import;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.Leadership;
using IncidentDesk.Web.Live;
using IncidentDesk.Web.Mitigations;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Postmortems;
using IncidentDesk.Web.Postmortems.Documents;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.SignalR;

namespace IncidentDesk.Web.Hosting;

/// <summary>The desk as a web application.</summary>
public static class DeskHost
{
    /// <summary>Of any request but a file: five times an entry's limit in any script fits, so that whoever pastes too much is told by how much.</summary>
    internal const int MaxRequestBytes = 1024 * 1024;

    public const string DefaultUrl = "http://localhost:5080";

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // A published desk finds its files beside itself, wherever it is started from.
        var published = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = published ? AppContext.BaseDirectory : null });
        var (options, engine) = DeskOptions.Read(builder.Configuration);

        // Where nothing says otherwise, only this machine reaches the desk.
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && builder.Configuration["http_ports"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);

        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(ConnectionLimits.Set);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            // A command that fails throws, and whoever catches it says so; a new database is asked for tables that it does not have yet.
            .AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None)
            // Four lines for each made-up token, two for each ended session: the log must not be a stranger's to fill.
            .AddFilter("IncidentDesk.Web.People.BearerTokens", LogLevel.Warning).AddFilter("IncidentDesk.Web.People.SessionHandler", LogLevel.Warning)
            // Its warning that keys are not encrypted is said in the desk's own words.
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);

        builder.Services.AddSingleton(options);
        builder.Services.AddTrustedProxies(options);
        builder.Services.AddProxyWarnings();
        builder.Services.AddOutgoingHttp(options);
        builder.Services.AddSingleton(new DeskAddress(options.PublicUrl));
        builder.Services.AddDesk(engine).AddDeskLive(engine);
        builder.Services.AddDeskKeys(options);
        builder.Services.AddDeskLanguages().AddDeskSignIn(options).AddDeskApi().AddDeskPages(options).AddDocuments().AddDoor();
        builder.Services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = 32 * 1024;
            hub.AddFilter<CircuitOwners>();
        });
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseProxyWarnings();
        app.UseDeskHeaders();
        app.UseDeskErrors();
        app.UseRefusalWhileStopping();
        app.UseRouting();
        app.UseDoor();
        app.UseAuthentication();
        app.UseDeskLanguages();
        app.UseLanesOfPeople();
        app.UseLimitOfRequests();
        app.UseAuthorization();
        app.UseEnrolFirst();
        app.UseTokenScopes();
        app.UseRequestRoom();
        app.UseSameOriginForCookies();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapGet("/healthz", () => "ok").AllowAnonymous().ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization();
        var api = app.MapGroup("/api/v1").RequireAuthorization().DisableAntiforgery();
        api.RefuseAnotherPersonsPage();
        api.MapIncidents();
        api.MapTimeline();
        api.MapChanges();
        api.MapAttachments();
        api.MapImport();
        api.MapInventory();
        api.MapImpacts();
        api.MapMitigations();
        api.MapWaves();
        api.MapChecklists();
        api.MapTraffic();
        api.MapPrecedents();
        api.MapFollowUps();
        api.MapRedaction();
        api.MapPostmortems();
        api.MapPostmortemSections();
        api.MapPostmortemTemplates();
        api.MapReview();
        api.MapReports();
        api.MapEvidence();
        api.MapDocumentImport();
        api.MapBoard();
        api.MapDocuments();
        api.MapAccess();
        api.MapAudit();
        api.MapLeadership();
        api.MapFind();
        api.MapSearch();
        api.MapViews();
        api.MapAssetCard();
        api.MapMentions();
        app.MapHub<IncidentsHub>("/hubs/incidents").RequireAuthorization().ForReaders();
        app.MapSignIn();
        app.MapPasskeys();
        app.MapAccount();
        app.MapCaptureForm();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o =>
        {
            o.ContentSecurityFrameAncestorsPolicy = "'none'";
            // Compressed beside what an attacker chooses, the length of a message tells of the rest (CRIME, BREACH).
            o.DisableWebSocketCompression = true;
        }).RequireAuthorization();
        return app;
    }
}
