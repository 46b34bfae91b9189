using IncidentDesk.Testing;

namespace IncidentDesk.Browser.Tests.Desks;

/// <summary>Which database a desk keeps its record in.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>One running desk of each engine for the whole suite, started when a test first asks for it. Tests declare incidents of their own in it.</summary>
public sealed class SharedDesks : IAsyncLifetime
{
    private readonly Lazy<Task<Desk>> _sqlite = new(() => Desk.StartAsync());
    private readonly Lazy<Task<Desk>> _postgres = new(async () => await Desk.StartAsync(await PostgresServer.CreateDatabaseAsync()));

    public Task<Desk> OnAsync(Engine engine) => (engine == Engine.Sqlite ? _sqlite : _postgres).Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var desk in new[] { _sqlite, _postgres }.Where(d => d.IsValueCreated)) await (await desk.Value).DisposeAsync();
    }
}
