using Npgsql;

namespace IncidentDesk.Testing;

/// <summary>
/// The PostgreSQL server that all tests of a process share: the one of <c>DESK_TEST_POSTGRES</c>, else a throw-away
/// cluster that lives as long as the process. It does not write through to disk: see <see cref="DurablePostgres"/> for
/// tests of durability.
/// </summary>
public static class PostgresServer
{
    private static readonly Lazy<Task<string>> Server = new(FindOrStartAsync);

    // held for as long as the process lives: the server ends with it
    private static PostgresCluster? _own;

    /// <summary>Connection string of the server's superuser, with no database named.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed.</exception>
    public static Task<string> ConnectionStringAsync() => Server.Value;

    /// <summary>A new database with a name of its own.</summary>
    /// <param name="template">Connection string of a database to copy, which nobody may be connected to; empty when null.</param>
    /// <returns>The connection string of the new database.</returns>
    public static async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"desk_{Guid.CreateVersion7():N}";
        var copy = "";
        if (template is not null)
        {
            await ClearPoolAsync(template);
            copy = $" TEMPLATE \"{NameOf(template)}\"";
        }
        await ExecuteAsync($"CREATE DATABASE \"{name}\"{copy}");
        // few idle connections: hundreds of databases share the server's limit
        return new NpgsqlConnectionStringBuilder(await ConnectionStringAsync())
        {
            Database = name,
            MaxPoolSize = 30,
            ConnectionIdleLifetime = 10,
            ConnectionPruningInterval = 5,
            IncludeErrorDetail = true,
        }.ConnectionString;
    }

    /// <summary>Removes a database, cutting the connections that are left.</summary>
    public static async Task DropDatabaseAsync(string connectionString)
    {
        await ClearPoolAsync(connectionString);
        await ExecuteAsync($"DROP DATABASE IF EXISTS \"{NameOf(connectionString)}\" WITH (FORCE)");
    }

    private static string NameOf(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString).Database is { Length: > 0 } name && !name.Contains('"', StringComparison.Ordinal)
            ? name
            : throw new ArgumentException("The connection string names no database.", nameof(connectionString));

    private static async Task ClearPoolAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static async Task ExecuteAsync(string sql)
    {
        // one pool for the server's own database, whatever the tests do with theirs
        var maintenance = new NpgsqlConnectionStringBuilder(await ConnectionStringAsync()) { Database = "postgres", MaxPoolSize = 10 };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> FindOrStartAsync()
    {
        if (Environment.GetEnvironmentVariable("DESK_TEST_POSTGRES") is { Length: > 0 } given)
            return given;
        _own = await PostgresCluster.CreateAsync(durable: false);
        await _own.StartAsync();
        return _own.ConnectionString;
    }
}
