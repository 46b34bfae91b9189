using System.Globalization;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace IncidentDesk.Data;

/// <summary>Contexts and write transactions.</summary>
public sealed class DeskDatabase(IDbContextFactory<DeskContext> contexts, DatabaseEngine engine)
{
    private const string RaiseSequenceSql = """
        UPDATE "Incidents" SET "LastSequence" = "LastSequence" + {1}, "ChangedAt" = CASE WHEN {1} > 0 THEN {2} ELSE "ChangedAt" END WHERE "Id" = {0} RETURNING "LastSequence" AS "Value"
        """;

    public DatabaseEngine Engine => engine;

    public Task<DeskContext> OpenAsync(CancellationToken ct) => contexts.CreateDbContextAsync(ct);

    /// <summary>Begins the transaction of one write. On SQLite it waits for its turn and takes the write lock at once.</summary>
    public async Task<WriteTransaction> BeginWriteAsync(DeskContext db, CancellationToken ct)
    {
        var turn = await engine.WaitForTurnToWriteAsync(ct);
        // What fails ends the whole transaction; a savepoint around each save would cost two round trips while the row is locked.
        db.Database.AutoSavepointsEnabled = false;
        try
        {
            return new WriteTransaction(await db.Database.BeginTransactionAsync(ct), turn);
        }
        catch
        {
            turn?.Dispose();
            throw;
        }
    }

    /// <summary>Reserves the next <paramref name="count"/> numbers of the incident's log and locks its row until the transaction ends.</summary>
    /// <returns>The first of them.</returns>
    internal async Task<long> ReserveSequencesAsync(DeskContext db, Guid incidentId, int count, DateTime now, CancellationToken ct)
    {
        var last = await db.Database.SqlQueryRaw<long>(RaiseSequenceSql, incidentId, count, now).ToListAsync(ct);
        return last.Single() - count + 1;
    }

    /// <summary>As above for one entry, and asks in the same round trip, but behind the lock, whether its id is there already and whether the incident is restricted.</summary>
    internal async Task<(long Sequence, bool IsKnown, bool IsRestricted)> ReserveForAsync(DeskContext db, Guid incidentId, Guid entryId, DateTime now, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"""
            {string.Format(CultureInfo.InvariantCulture, RaiseSequenceSql, "@incident", "@count", "@now")};
            SELECT EXISTS (SELECT 1 FROM "TimelineEntries" WHERE "EntryId" = @entry), (SELECT "IsRestricted" FROM "Incidents" WHERE "Id" = @incident)
            """;
        foreach (var (name, value) in new (string, object)[] { ("incident", incidentId), ("count", 1), ("now", now), ("entry", entryId) })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@" + name, value);
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var sequence = reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return (sequence, Convert.ToBoolean(reader.GetValue(0), CultureInfo.InvariantCulture), Convert.ToBoolean(reader.GetValue(1), CultureInfo.InvariantCulture));
    }

    /// <summary>Lets one transaction at a time change the inventory.</summary>
    internal Task LockInventoryAsync(DeskContext db, CancellationToken ct) =>
        engine.LockInventorySql is { } sql ? db.Database.ExecuteSqlRawAsync(sql, ct) : Task.CompletedTask;

    /// <summary>Brings the database to this binary's schema; safe when two processes start at once or one was killed half-way.</summary>
    /// <exception cref="NewerSchemaException">The database was made by a newer version; nothing is changed.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await using var held = await engine.LockForMigrationAsync(db, ct);
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var unknown = (await db.Database.GetAppliedMigrationsAsync(ct)).Where(m => !known.Contains(m)).ToList();
        if (unknown.Count > 0) throw new NewerSchemaException(unknown[^1]);
        await db.Database.MigrateAsync(ct);
    }
}

/// <summary>Commits or, when disposed before, undoes.</summary>
public sealed class WriteTransaction(IDbContextTransaction transaction, IDisposable? turn) : IAsyncDisposable
{
    /// <remarks>Not cancellable: whoever asked must learn whether it was kept.</remarks>
    public async Task CommitAsync() => await transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            turn?.Dispose();
        }
    }
}

/// <summary>The database's schema is newer than this binary.</summary>
public sealed class NewerSchemaException(string migration) : Exception(
    $"The database was made by a newer IncidentDesk (migration {migration} is not known here). Start that version or a newer one. Nothing was changed.");
