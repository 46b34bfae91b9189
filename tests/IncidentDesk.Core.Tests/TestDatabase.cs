using IncidentDesk.Data;
using IncidentDesk.Testing;
using Microsoft.Data.Sqlite;

namespace IncidentDesk.Tests;

/// <summary>A database of one test. Disposing it removes it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    // Migrating takes much longer than copying: each engine's schema is made once in a run.
    private static readonly Lazy<Task<TestDatabase>> SqliteTemplate = new(() => MigratedAsync(Engine.Sqlite));
    private static readonly Lazy<Task<TestDatabase>> PostgresTemplate = new(() => MigratedAsync(Engine.Postgres));

    private readonly string? _directory;
    private readonly bool _isOfItsOwnServer;

    private TestDatabase(Engine kind, string connectionString, string? directory, bool isOfItsOwnServer = false) =>
        (Kind, ConnectionString, _directory, _isOfItsOwnServer) = (kind, connectionString, directory, isOfItsOwnServer);

    public Engine Kind { get; }
    public string ConnectionString { get; }

    /// <summary>The SQLite file.</summary>
    public string File => new SqliteConnectionStringBuilder(ConnectionString).DataSource;

    /// <summary>As another process would have it.</summary>
    public DatabaseEngine NewEngine() => Kind == Engine.Sqlite ? new SqliteEngine(ConnectionString) : new PostgresEngine(ConnectionString);

    public static async Task<TestDatabase> EmptyAsync(Engine kind)
    {
        if (kind == Engine.Postgres) return new(kind, await PostgresServer.CreateDatabaseAsync(), null);
        var directory = Directory.CreateTempSubdirectory("desk-test-").FullName;
        return new(kind, $"Data Source={Path.Combine(directory, "desk.db")}", directory);
    }

    public static async Task<TestDatabase> WithSchemaAsync(Engine kind)
    {
        if (kind == Engine.Postgres)
            return new(kind, await PostgresServer.CreateDatabaseAsync((await PostgresTemplate.Value).ConnectionString), null);
        var database = await EmptyAsync(kind);
        System.IO.File.Copy((await SqliteTemplate.Value).File, database.File);
        return database;
    }

    /// <summary>The empty database of a server that the test may stop; it goes with the server.</summary>
    public static TestDatabase On(DurablePostgres server) => new(Engine.Postgres, server.ConnectionString, null, isOfItsOwnServer: true);

    /// <summary>Closes the idle SQLite connections, so that nothing holds the file.</summary>
    public void LetGoOfFile()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOfItsOwnServer) return;
        if (_directory is null)
        {
            await PostgresServer.DropDatabaseAsync(ConnectionString);
            return;
        }
        LetGoOfFile();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<TestDatabase> MigratedAsync(Engine kind)
    {
        var database = await EmptyAsync(kind);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (database._directory is not null) Directory.Delete(database._directory, recursive: true);
        };
        await using (var desk = new TestDesk(database)) await desk.Get<DeskDatabase>().MigrateAsync(default);
        if (kind == Engine.Sqlite) database.LetGoOfFile();
        return database;
    }
}
