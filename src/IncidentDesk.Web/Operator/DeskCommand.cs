using System.CommandLine;
using IncidentDesk.Data;
using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Operator;

/// <summary>The binary's commands. Without one it serves.</summary>
public static class DeskCommand
{
    public static Task<int> RunAsync(string[] args) => Tree(args).Parse(args).InvokeAsync();

    /// <remarks>They ask nobody who they are: whoever may run them has the server's console, and with it the database.</remarks>
    public static RootCommand Tree(string[] args)
    {
        // What the framework's configuration reads (--urls and the like) passes through to it.
        var serve = new Command("serve", "Serve the desk (the default).") { TreatUnmatchedTokensAsErrors = false };
        serve.SetAction((_, ct) => ServeCommand.RunAsync([.. args.Where(a => a != "serve")], ct));
        var root = new RootCommand("IncidentDesk, the incident desk of member-run hosting providers.") { TreatUnmatchedTokensAsErrors = false };
        root.SetAction((_, ct) => ServeCommand.RunAsync(args, ct));
        root.Add(serve);
        root.Add(PeopleCommands.Admin());
        root.Add(PeopleCommands.Token());
        root.Add(KeysCommand.Keys());
        root.Add(TimelineCommands.Import());
        root.Add(TimelineCommands.Examples());
        root.Add(EvidenceCommands.Evidence());
        root.Add(DocumentCommands.Postmortem());
        return root;
    }

    /// <summary>Runs one operator's command against the configured, migrated database, and maps what goes wrong to one line and exit code 1.</summary>
    internal static async Task<int> WithDeskAsync(Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken ct)
    {
        try
        {
            var builder = DeskHost.CreateBuilder([]);
            // What a command prints is its result; a script reads it.
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            // Commands write for people: in the language of the operator's terminal.
            System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture = Languages.CultureOf(Languages.Current);
            await using var services = builder.Services.BuildServiceProvider();
            await services.GetRequiredService<DeskDatabase>().MigrateAsync(ct);
            await using var scope = services.CreateAsyncScope();
            return await run(scope.ServiceProvider, ct);
        }
        catch (Exception e) when (e is OptionsException or NewerSchemaException)
        {
            return Fail(e.Message);
        }
    }

    internal static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
