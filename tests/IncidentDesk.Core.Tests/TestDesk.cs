using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IncidentDesk.Tests;

/// <summary>The real services on a real database, with the clock in the test's hand.</summary>
internal sealed class TestDesk : IAsyncDisposable
{
    /// <summary>Noon of an ordinary day, UTC.</summary>
    public static readonly DateTime Noon = new(2026, 3, 14, 12, 0, 0, DateTimeKind.Utc);

    private readonly ServiceProvider _services;
    private readonly TestDatabase _database;
    private readonly List<IHostedService> _running = [];
    private readonly bool _ownsDatabase;

    /// <param name="database">Stays when the desk goes.</param>
    /// <param name="interceptor">Sees what is sent to the database.</param>
    public TestDesk(TestDatabase database, IInterceptor? interceptor = null) : this(database, interceptor, ownsDatabase: false)
    {
    }

    private TestDesk(TestDatabase database, IInterceptor? interceptor, bool ownsDatabase)
    {
        (_database, _ownsDatabase) = (database, ownsDatabase);
        var services = new ServiceCollection();
        // one logger factory for all desks: EF builds its own services and the model anew for each different one
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        var engine = database.NewEngine();
        services.AddDesk(engine).AddDeskLive(engine);
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        // slow hashes protect people, not tests
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000);
        // pushes go at their own pace, whatever time the test says it is
        services.AddSingleton(new IncidentFeed(TimeProvider.System, NullLogger<IncidentFeed>.Instance));
        if (interceptor is not null) services.ConfigureDbContext<DeskContext>(options => options.AddInterceptors(interceptor));
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(Noon));
    public DateTime Now => Clock.UtcNow();
    public TestDatabase Database => _database;

    public static async Task<TestDesk> OpenAsync(Engine engine, IInterceptor? interceptor = null) =>
        new(await TestDatabase.WithSchemaAsync(engine), interceptor, ownsDatabase: true);

    /// <summary>Another process on the same database; the caller disposes it first.</summary>
    public TestDesk AnotherNode() => new(_database);

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A service that lives for one request; the caller disposes the scope.</summary>
    public AsyncServiceScope Scope<T>(out T service) where T : notnull
    {
        var scope = _services.CreateAsyncScope();
        service = scope.ServiceProvider.GetRequiredService<T>();
        return scope;
    }

    /// <summary>Starts one of the services that run beside the requests; it stops with the desk.</summary>
    public async Task StartAsync<T>() where T : IHostedService
    {
        var service = _services.GetServices<IHostedService>().OfType<T>().Single();
        _running.Add(service);
        await service.StartAsync(default);
    }

    /// <summary>A context for a look into the database, past all filters of who may see.</summary>
    public Task<DeskContext> OpenContextAsync() => Get<DeskDatabase>().OpenAsync(default);

    public Task<int> SqlAsync(FormattableString sql) => WithContextAsync(db => db.Database.ExecuteSqlAsync(sql));

    public async Task<T> WithContextAsync<T>(Func<DeskContext, Task<T>> use)
    {
        await using var db = await OpenContextAsync();
        return await use(db);
    }

    public async Task<Actor> PersonAsync(PersonRole role = PersonRole.Responder, string name = "Ana", bool disabled = false)
    {
        var email = $"{Guid.NewGuid():N}@desk.example";
        var person = new PersonDetails(name, email, "en", "UTC").ToPerson(role, Now);
        person.NormalizedEmail = person.NormalizedUserName = email.ToUpperInvariant();
        person.SecurityStamp = "stamp";
        person.PasswordHash = "somebody who has chosen a password";
        if (disabled) person.DisabledAt = Now;
        await using var db = await OpenContextAsync();
        db.Users.Add(person);
        await db.SaveChangesAsync();
        return new Actor(person.Id);
    }

    public async Task<Incident> DeclareAsync(Actor actor, string title = "UDP flood on the north ring", bool restricted = false) =>
        (await Get<DeclareIncident>().HandleAsync(new(title, Severity.Sev2, IsRestricted: restricted), actor, default)).Value;

    public async Task<TimelineEntry> LogAsync(Actor actor, Incident incident, string body, EntryKind kind = EntryKind.Note, DateTime? at = null, long? after = null) =>
        (await Get<AddEntry>().HandleAsync(
            new(incident.Key, Guid.CreateVersion7(), kind, body, at is { } time ? OccurrenceTime.Exactly(time) : null, after), actor, default)).Value.Entry;

    /// <summary>All rows of the log, in the order of writing.</summary>
    public Task<List<TimelineEntry>> RowsAsync(Incident incident) => WithContextAsync(db =>
        db.Entries.IgnoreQueryFilters().AsNoTracking().Where(e => e.IncidentId == incident.Id).OrderBy(e => e.Sequence).ToListAsync());

    public async Task<Incident> ReadAsync(Incident incident, Actor reader) => (await Get<FindIncidents>().ByKeyAsync(incident.Key, reader, default)).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running) await service.StopAsync(default);
        await _services.DisposeAsync();
        if (_ownsDatabase) await _database.DisposeAsync();
    }
}
