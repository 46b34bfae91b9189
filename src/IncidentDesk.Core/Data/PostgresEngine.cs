using System.Data;
using System.Text;
using IncidentDesk.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
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

    internal override Task<IDbContextTransaction> BeginReadAsync(DeskContext db, CancellationToken ct) => db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);

    internal override IQueryable<SearchDocument> Matching(DeskContext db, SearchText text) => db.SearchDocuments.FromSql(
        $"""
        SELECT "RowId", "IncidentId", "Kind", "SourceId", "Number", "At", "Text" FROM "SearchDocuments" WHERE "Vector" @@ to_tsquery('simple', {TsQuery(text)})
        """);

    /// <summary>In the language of <c>to_tsquery</c>. Words are letters and digits, and quoted none of them is an operator.</summary>
    internal static string TsQuery(SearchText text) => string.Join(" & ", text.Terms.Select(t => (t.IsExcluded ? "!" : "") + TsQuery(t)));

    // The vector is made of decomposed text.
    private static string TsQuery(SearchText.Term term) =>
        $"({string.Join(" <-> ", term.Words.Select(w => $"'{w.Normalize(NormalizationForm.FormD)}'"))}{(term.IsPrefix ? ":*" : "")})";

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
