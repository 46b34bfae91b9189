using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Hosting.Keys;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IncidentDesk.Web.Operator;

internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        try
        {
            var builder = DeskHost.CreateBuilder(args);
            await using var app = DeskHost.Build(builder);
            await app.Services.GetRequiredService<DeskDatabase>().MigrateAsync(ct);
            app.Services.GetRequiredService<KeyCheck>().CheckAtStart();
            await app.StartAsync(ct);
            await WelcomeAsync(app, ct);
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (Exception e) when (e is OptionsException or NewerSchemaException)
        {
            return DeskCommand.Fail(e.Message);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return DeskCommand.Fail(e.Message);
        }
    }

    private static async Task WelcomeAsync(WebApplication app, CancellationToken ct)
    {
        var address = app.Services.GetRequiredService<DeskOptions>().PublicUrl?.ToString()
            ?? app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        address = address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal).TrimEnd('/');
        Console.WriteLine($"IncidentDesk listens on {address}");

        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SetUpDesk>().NewLinkAsync(ct) is not { } token) return;
        Console.WriteLine($"""

            Nobody has an account yet. Open this link to create the first administrator.
            It works once, for one hour. / Abre este enlace para crear la primera cuenta de administración.

                {address}{Links.SetUp(token)}

            """);
    }
}
