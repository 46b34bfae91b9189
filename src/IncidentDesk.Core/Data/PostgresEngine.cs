using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace IncidentDesk.Data;

/// <summary>PostgreSQL: several nodes, told of each other's commits by <c>NOTIFY</c>.</summary>
public sealed class PostgresEngine(string connectionString) : DatabaseEngine(connectionString)
{
    /// <summary>The channel on which commits and presence are announced.</summary>
    public const string Channel = "incidentdesk";

    private const long MigrationLock = 0x1DC1DE57;
    private const long InventoryLock = 0x1DC1DE58;

    public override void Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(ConnectionString, o => o.MigrationsAssembly("IncidentDesk.Migrations.Postgres"));

    internal override string LockInventorySql => $"SELECT pg_advisory_xact_lock({InventoryLock})";

    internal override Task<IDisposable?> WaitForTurnToWriteAsync(CancellationToken ct) => Task.FromResult<IDisposable?>(null);

    internal override async Task<IAsyncDisposable> LockForMigrationAsync(DeskContext db, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { CommandTimeout = 300, Parameters = { new() { Value = MigrationLock } } };
            await command.ExecuteNonQueryAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
