using IncidentDesk.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace IncidentDesk.Data;

/// <summary>What differs between the two engines; everything else is written once.</summary>
public abstract class DatabaseEngine(string connectionString)
{
    public string ConnectionString { get; } = connectionString;

    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Held by one process at a time while it migrates; released by the system or the server when that process dies.</summary>
    internal abstract Task<IAsyncDisposable> LockForMigrationAsync(DeskContext db, CancellationToken ct);

    /// <summary>Waits for this process's turn to write, where the engine has one writer at a time.</summary>
    internal abstract Task<IDisposable?> WaitForTurnToWriteAsync(CancellationToken ct);

    /// <summary>All that the context reads until the transaction ends is of one moment. Nobody waits for it.</summary>
    internal abstract Task<IDbContextTransaction> BeginReadAsync(DeskContext db, CancellationToken ct);

    /// <summary>Held by one transaction at a time while it changes the inventory; null where there is one writer anyway.</summary>
    internal virtual string? LockInventorySql => null;

    /// <summary>The texts in which all of <paramref name="text"/> stands, which is not empty; the context's filter on restricted incidents still applies.</summary>
    internal abstract IQueryable<SearchDocument> Matching(DeskContext db, SearchText text);

    /// <summary>The same, where only those of some incidents will be read out of <paramref name="all"/>.</summary>
    internal virtual IQueryable<SearchDocument> Matching(DeskContext db, SearchText text, int all) => Matching(db, text);

    /// <summary>The engine that a connection string speaks of.</summary>
    /// <param name="connectionString">PostgreSQL's when it names a host; null or empty for a SQLite file.</param>
    /// <param name="dataDirectory">Where the SQLite file lives; made when missing.</param>
    public static DatabaseEngine From(string? connectionString, string dataDirectory)
    {
        if (!string.IsNullOrWhiteSpace(connectionString) && !connectionString.Contains("Data Source", StringComparison.OrdinalIgnoreCase))
            return new PostgresEngine(connectionString);
        if (!string.IsNullOrWhiteSpace(connectionString)) return new SqliteEngine(connectionString);
        // The database, and the keys beside it, are nobody else's to read.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(dataDirectory);
        else Directory.CreateDirectory(dataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new SqliteEngine($"Data Source={Path.Combine(dataDirectory, "desk.db")}");
    }
}
