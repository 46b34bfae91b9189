using System.Net;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Testing;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Hosting.Door;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentDesk.Web.Tests.Hosting;

/// <summary>The real desk on a real port and a real database, in this process.</summary>
internal sealed class WebDesk : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private static readonly Dictionary<Engine, Lazy<Task<WebDesk>>> Shared =
        Enum.GetValues<Engine>().ToDictionary(engine => engine, engine => new Lazy<Task<WebDesk>>(() => StartSharedAsync(engine)));

    // Hashing a password is slow on purpose; all people of the tests have the same.
    private static readonly Lazy<string> PasswordHash = new(() => new PasswordHasher<Person>().HashPassword(null!, Password));

    private static readonly Rate All = new(1_000_000, 1_000_000);
    private static readonly DoorLimits WideOpen = new() { Anonymous = All, SignIn = All, Static = All, Health = All, Person = All, AnonymousAtOnce = 1000, AnonymousAtOnceOfNetwork = 1000, SignInsAtOnce = 8, SignInsWaiting = 1000 };

    private readonly WebApplication _app;
    private readonly SocketsHttpHandler _connections = new() { AllowAutoRedirect = false, UseCookies = false };
    private readonly string _directory;
    private readonly string? _postgres;
    private readonly WebDesk? _beside;

    private WebDesk(WebApplication app, string directory, string? postgres, WebDesk? beside)
    {
        (_app, _directory, _postgres, _beside) = (app, directory, postgres, beside);
        Address = new Uri(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public string DataDirectory => _directory;

    /// <summary>Connection string of its database on PostgreSQL; null on SQLite.</summary>
    public string? Database => _postgres;

    public IServiceProvider Services => _app.Services;

    /// <summary>The desk that all tests of a run share: each works in incidents and with people of its own.</summary>
    public static Task<WebDesk> SharedAsync(Engine engine = Engine.Sqlite) => Shared[engine].Value;

    /// <summary>A desk of one test, which disposes it.</summary>
    /// <param name="environment">Of the framework.</param>
    /// <param name="clock">The system's when null.</param>
    /// <param name="limits">Of the door. All tests come from one network and of few people, so it is wide open when null.</param>
    /// <param name="beside">A desk whose database this one shares, as a second node does. It is disposed after this one.</param>
    /// <param name="settings">More of the configuration: <c>Desk:PublicUrl=…</c>.</param>
    public static async Task<WebDesk> StartAsync(Engine engine = Engine.Sqlite, string environment = "Production", TimeProvider? clock = null, DoorLimits? limits = null, WebDesk? beside = null, params string[] settings)
    {
        var postgres = beside is not null ? beside._postgres : engine == Engine.Postgres ? await PostgresServer.CreateDatabaseAsync() : null;
        var directory = beside?._directory ?? Directory.CreateTempSubdirectory("desk-web-").FullName;
        var builder = DeskHost.CreateBuilder([
            "--applicationName=IncidentDesk.Web", $"--contentRoot={Checkout.DeskProject}", $"--environment={environment}", "--urls=http://127.0.0.1:0",
            $"--Desk:DataDirectory={directory}", $"--ConnectionStrings:Desk={postgres}", .. settings.Select(s => $"--{s}"),
        ]);
        builder.Services.AddSingleton(limits ?? WideOpen);
        builder.Logging.ClearProviders();
        if (clock is not null) builder.Services.AddSingleton(clock);
        var app = DeskHost.Build(builder);
        await app.Services.GetRequiredService<DeskDatabase>().MigrateAsync(default);
        await app.StartAsync();
        return new WebDesk(app, directory, postgres, beside);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A service that lives for one request; the caller disposes the scope.</summary>
    public AsyncServiceScope Scope<T>(out T service) where T : notnull
    {
        var scope = _app.Services.CreateAsyncScope();
        service = scope.ServiceProvider.GetRequiredService<T>();
        return scope;
    }

    /// <summary>Somebody with an account, the password <see cref="Password"/> and a token.</summary>
    public async Task<Somebody> PersonAsync(PersonRole role = PersonRole.Responder, string name = "Ana Ruiz", string language = "en", string zone = "UTC")
    {
        var email = $"{Guid.NewGuid():N}@desk.example";
        var person = new Person
        {
            Id = Guid.CreateVersion7(),
            DisplayName = name,
            Role = role,
            Language = language,
            TimeZone = zone,
            CreatedAt = DateTime.UtcNow,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            SecurityStamp = Guid.NewGuid().ToString("N"),
            PasswordHash = PasswordHash.Value,
        };
        await using (var db = await Get<DeskDatabase>().OpenAsync(default))
        {
            db.Users.Add(person);
            await db.SaveChangesAsync();
        }
        var actor = new Actor(person.Id);
        var token = (await Get<MyAccount>().CreateTokenAsync(actor, "test", role.MayAdminister() ? ApiToken.AllScopes : TokenScopes.Read | TokenScopes.Log, TimeSpan.FromDays(30), default)).Value;
        return new Somebody(this, actor, email, name, token);
    }

    /// <summary>A program, with a token or without.</summary>
    public Api Program(string? token, string? acceptLanguage = null) => new(_connections, Address, token, acceptLanguage);

    /// <summary>A browser with an empty jar of cookies.</summary>
    public Browser Browser(string? acceptLanguage = null) => new(Address, acceptLanguage);

    public async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_beside is not null) return;
        if (_postgres is not null) await PostgresServer.DropDatabaseAsync(_postgres);
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<WebDesk> StartSharedAsync(Engine engine)
    {
        var desk = await StartAsync(engine);
        // The test platform ends the process soon after the last test: the server of the databases ends with it, files do not.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(desk._directory, recursive: true);
        return desk;
    }
}

/// <summary>Somebody with an account on a desk.</summary>
internal sealed record Somebody(WebDesk Desk, Actor Actor, string Email, string Name, string Token)
{
    public Guid Id => Actor.PersonId;

    /// <summary>A program with their token, which asks for this language.</summary>
    public Api Api(string? acceptLanguage = null) => Desk.Program(Token, acceptLanguage);

    /// <summary>A browser in which they have signed in through the form.</summary>
    public async Task<Browser> BrowserAsync()
    {
        var browser = Desk.Browser();
        var signedIn = await browser.SignInAsync(Email, WebDesk.Password);
        if (signedIn.Status != HttpStatusCode.Redirect) throw new InvalidOperationException($"{Email} cannot sign in: {signedIn.Status}\n{signedIn.Text}");
        return browser;
    }

    /// <summary>A new incident of theirs.</summary>
    /// <returns>Its key.</returns>
    public async Task<string> DeclareAsync(string title = "UDP flood on the north ring", bool restricted = false)
    {
        var declared = await Api().PostAsync("/api/v1/incidents", new { title, severity = "SEV2", isRestricted = restricted });
        return declared.Expect(HttpStatusCode.Created).Json.GetProperty("key").GetString()!;
    }

    /// <summary>Logs an entry.</summary>
    /// <returns>Its sequence.</returns>
    public async Task<long> LogAsync(string key, string body, string kind = "note")
    {
        var logged = await Api().PostAsync($"/api/v1/incidents/{key}/timeline", new { entryId = Guid.CreateVersion7(), kind, body });
        return logged.Expect(HttpStatusCode.Created).Json.GetProperty("sequence").GetInt64();
    }

    /// <summary>All rows of the log.</summary>
    public async Task<IReadOnlyList<System.Text.Json.JsonElement>> RowsAsync(string key) =>
        [.. (await Api().GetAsync($"/api/v1/incidents/{key}/timeline")).Expect(HttpStatusCode.OK).Json.GetProperty("entries").EnumerateArray()];
}
