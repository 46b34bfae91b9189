using System.Data.Common;
using IncidentDesk.History;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace IncidentDesk.Data;

/// <summary>SQLite: one file, one process, one writer at a time.</summary>
public sealed class SqliteEngine(string connectionString) : DatabaseEngine(connectionString), IDisposable
{
    private const int Many = 10_000;

    // SQLite makes waiting writers poll; a queue in front of it is fair and costs nothing.
    private readonly SemaphoreSlim _turn = new(1);

    public override void Configure(DbContextOptionsBuilder options) =>
        options.UseSqlite(ConnectionString, o => o.MigrationsAssembly("IncidentDesk.Migrations.Sqlite")).AddInterceptors(LowerCase.Instance);

    internal override async Task<IDisposable?> WaitForTurnToWriteAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        return new Turn(_turn);
    }

    // Not by EF Core, which begins as a writer and would wait for its turn.
    internal override async Task<IDbContextTransaction> BeginReadAsync(DeskContext db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return (await db.Database.UseTransactionAsync(((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true), ct))!;
    }

    internal override async Task<IAsyncDisposable> LockForMigrationAsync(DeskContext db, CancellationToken ct)
    {
        var file = new SqliteConnectionStringBuilder(ConnectionString).DataSource;
        var gate = await OpenGateAsync(file + ".migrate.lock", ct);
        try
        {
            if (File.Exists(file))
            {
                // A process killed inside a migration leaves its row in EF's lock table, and every later start would wait for ever.
                await db.Database.ExecuteSqlRawAsync(
                    """
                    CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                    DELETE FROM "__EFMigrationsLock";
                    """, ct);
            }
            return gate;
        }
        catch
        {
            await gate.DisposeAsync();
            throw;
        }
    }

    internal override IQueryable<SearchDocument> Matching(DeskContext db, SearchText text) => db.SearchDocuments.FromSql(
        $"""
        SELECT d.* FROM "SearchIndex" JOIN "SearchDocuments" AS d ON d."RowId" = "SearchIndex".rowid WHERE "SearchIndex" MATCH {Fts5(text)}
        """);

    // SQLite joins in the order of the index, a row of the table for each text that it names. Where it names very many, the other way is shorter.
    internal override IQueryable<SearchDocument> Matching(DeskContext db, SearchText text, int all) => all < Many ? Matching(db, text) : db.SearchDocuments.FromSql(
        $"""
        SELECT d.* FROM "SearchDocuments" AS d WHERE +d."RowId" IN (SELECT rowid FROM "SearchIndex" WHERE "SearchIndex" MATCH {Fts5(text)})
        """);

    /// <summary>In the language of FTS5 (https://www.sqlite.org/fts5.html, section 3). Words are letters and digits, and quoted none of them is an operator.</summary>
    internal static string Fts5(SearchText text) =>
        $"({string.Join(" AND ", text.Terms.Where(t => !t.IsExcluded).Select(Fts5))})" + string.Concat(text.Terms.Where(t => t.IsExcluded).Select(t => " NOT " + Fts5(t)));

    private static string Fts5(SearchText.Term term) => $"\"{string.Join(' ', term.Words)}\"{(term.IsPrefix ? " *" : "")}";

    private static async Task<FileStream> OpenGateAsync(string path, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(50, ct);
            }
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>SQLite's own <c>lower()</c> knows only a to z.</summary>
    private sealed class LowerCase : DbConnectionInterceptor
    {
        public static readonly LowerCase Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Teach(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Teach(connection);
            return Task.CompletedTask;
        }

        private static void Teach(DbConnection connection) =>
            ((SqliteConnection)connection).CreateFunction("lower", (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
