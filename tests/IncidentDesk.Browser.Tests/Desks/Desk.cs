using IncidentDesk.Testing;
using Microsoft.Playwright;

namespace IncidentDesk.Browser.Tests.Desks;

/// <summary>A desk that runs as an operator runs it, with three people: Ana administers, Beto and Carla respond, Carla in Spanish.</summary>
public sealed class Desk : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly string? _postgres;

    private Desk(string? postgres, IReadOnlyDictionary<string, string?>? environment) => (_postgres, Process) = (postgres, new DeskProcess(postgres, environment: environment));

    public DeskProcess Process { get; }
    public Uri Address => Process.Address;
    public Colleague Ana { get; private set; } = null!;
    public Colleague Beto { get; private set; } = null!;
    public Colleague Carla { get; private set; } = null!;

    /// <param name="postgres">Connection string of PostgreSQL; SQLite when null.</param>
    /// <param name="environment">More variables of the process.</param>
    public static async Task<Desk> StartAsync(string? postgres = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var desk = new Desk(postgres, environment);
        try
        {
            const string email = "ana@example.org";
            var created = await desk.Process.RunAsync(["admin", "create", "--email", email, "--name", "Ana", "--password-stdin"], Password);
            if (created.ExitCode != 0) throw new InvalidOperationException(created.ToString());
            await desk.Process.StartAsync();
            desk.Ana = await Colleague.SignInAsync(desk.Address, "Ana", email, Password);
            desk.Beto = await desk.Ana.AddAsync("Beto", "Responder", "en", Password);
            desk.Carla = await desk.Ana.AddAsync("Carla", "Responder", "es", Password);
            return desk;
        }
        catch
        {
            await desk.DisposeAsync();
            throw;
        }
    }

    /// <summary>A page in a browser of its own, in which the person is signed in.</summary>
    /// <param name="session">The test's browsers.</param>
    /// <param name="who">Signed in.</param>
    /// <param name="visitor">What the browser is like.</param>
    /// <param name="address">Another node of the same desk.</param>
    public async Task<IPage> VisitAsync(BrowserSession session, Colleague who, Visitor? visitor = null, Uri? address = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(who);
        var page = await session.OpenAsync(address ?? Address, visitor);
        await page.Context.AddCookiesAsync([who.Session]);
        return page;
    }

    /// <summary>The person's page of the incident, live.</summary>
    public async Task<IPage> OpenAsync(BrowserSession session, Colleague who, string key, Visitor? visitor = null, Uri? address = null)
    {
        var page = await VisitAsync(session, who, visitor, address);
        await page.GoLiveAsync($"/incidents/{key}");
        return page;
    }

    /// <summary>Another node of the same desk, not started yet: the same database, in which the keys are too, so that people are signed in there.</summary>
    public DeskProcess NewNode() => new(_postgres, Process.DataDirectory);

    public async ValueTask DisposeAsync()
    {
        Ana?.Dispose();
        Beto?.Dispose();
        Carla?.Dispose();
        await Process.DisposeAsync();
    }
}
