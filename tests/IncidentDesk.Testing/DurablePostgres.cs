namespace IncidentDesk.Testing;

/// <summary>
/// A PostgreSQL server of one test, which writes through to disk like a real one and which the test may stop, crash and
/// start again on the same port. Disposing it removes it.
/// </summary>
public sealed class DurablePostgres : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;

    private DurablePostgres(PostgresCluster cluster) => _cluster = cluster;

    /// <summary>Connection string of the superuser and the database <c>postgres</c>; the same after every restart.</summary>
    public string ConnectionString => $"{_cluster.ConnectionString};Database=postgres";

    /// <summary>A new, empty, running server.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed.</exception>
    public static async Task<DurablePostgres> StartNewAsync()
    {
        var cluster = await PostgresCluster.CreateAsync(durable: true);
        await cluster.StartAsync();
        return new DurablePostgres(cluster);
    }

    /// <summary>Returns when the server accepts connections, after recovery where that is needed.</summary>
    public Task StartAsync() => _cluster.StartAsync();

    /// <summary>Returns when the server is gone.</summary>
    public Task StopAsync(PostgresStop how) => _cluster.StopAsync(how);

    public async Task RestartAsync(PostgresStop how)
    {
        await StopAsync(how);
        await StartAsync();
    }

    public async ValueTask DisposeAsync() => await _cluster.RemoveAsync();
}
