using IncidentDesk.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace IncidentDesk.Benchmarks;

/// <summary>What the platform does when it does nothing but the unavoidable: an endpoint that keeps one row and answers.</summary>
internal sealed class Floors : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly NpgsqlDataSource _postgres;
    private readonly string _directory;

    private Floors(WebApplication app, NpgsqlDataSource postgres, string directory, Uri address) => (_app, _postgres, _directory, Address) = (app, postgres, directory, address);

    public Uri Address { get; }

    public static async Task<Floors> StartAsync(string postgres)
    {
        var source = NpgsqlDataSource.Create(postgres);
        await using (var create = source.CreateCommand("""
            CREATE TABLE floor (id uuid PRIMARY KEY, incident uuid NOT NULL, sequence bigint GENERATED ALWAYS AS IDENTITY, body text NOT NULL, at timestamptz NOT NULL);
            CREATE UNIQUE INDEX ON floor (incident, sequence);
            CREATE TABLE counter (id int PRIMARY KEY, last bigint NOT NULL);
            CREATE TABLE numbered (id uuid PRIMARY KEY, sequence bigint NOT NULL, body text NOT NULL, at timestamptz NOT NULL);
            INSERT INTO counter VALUES (1, 0);
            """)) await create.ExecuteNonQueryAsync();

        var directory = Directory.CreateTempSubdirectory("desk-floor-").FullName;
        var file = $"Data Source={Path.Combine(directory, "floor.db")}";
        await using (var sqlite = new SqliteConnection(file))
        {
            await sqlite.OpenAsync();
            await using var create = sqlite.CreateCommand();
            create.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE floor (id TEXT PRIMARY KEY, incident TEXT NOT NULL, sequence INTEGER NOT NULL, body TEXT NOT NULL, at TEXT NOT NULL); CREATE INDEX floor_in ON floor (incident, sequence);";
            await create.ExecuteNonQueryAsync();
        }

        var builder = WebApplication.CreateSlimBuilder();
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        builder.WebHost.UseUrls(address.OriginalString);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var incident = Guid.NewGuid();
        app.MapPost("/postgres", async (Sent sent) =>
        {
            await using var insert = source.CreateCommand("INSERT INTO floor (id, incident, body, at) VALUES ($1, $2, $3, $4) RETURNING sequence");
            insert.Parameters.Add(new() { Value = sent.EntryId });
            insert.Parameters.Add(new() { Value = incident });
            insert.Parameters.Add(new() { Value = sent.Body });
            insert.Parameters.Add(new() { Value = DateTime.UtcNow });
            return Results.Json(new { sequence = (long)(await insert.ExecuteScalarAsync())! }, statusCode: StatusCodes.Status201Created);
        });
        app.MapPost("/notify", (Sent sent) => KeepAsync(sent, "INSERT INTO floor (id, incident, body, at) VALUES ($1, $1, $2, $3) RETURNING sequence, pg_notify('floor', id::text)::text"));
        app.MapPost("/numbered", (Sent sent) => KeepAsync(sent, "WITH next AS (UPDATE counter SET last = last + 1 WHERE id = 1 RETURNING last) INSERT INTO numbered SELECT $1, last, $2, $3 FROM next RETURNING sequence"));
        async Task<IResult> KeepAsync(Sent sent, string sql)
        {
            await using var insert = source.CreateCommand(sql);
            insert.Parameters.Add(new() { Value = sent.EntryId });
            insert.Parameters.Add(new() { Value = sent.Body });
            insert.Parameters.Add(new() { Value = DateTime.UtcNow });
            return Results.Json(new { sequence = (long)(await insert.ExecuteScalarAsync())! }, statusCode: StatusCodes.Status201Created);
        }
        // One writer at a time; without the queue SQLite makes them poll, which is no floor.
        var turn = new SemaphoreSlim(1);
        var sequence = 0L;
        app.MapPost("/sqlite", async (Sent sent) =>
        {
            await turn.WaitAsync();
            try
            {
                await using var sqlite = new SqliteConnection(file);
                await sqlite.OpenAsync();
                await using var insert = sqlite.CreateCommand();
                insert.CommandText = "PRAGMA synchronous = FULL; INSERT INTO floor (id, incident, sequence, body, at) VALUES (@id, @incident, @sequence, @body, @at)";
                insert.Parameters.AddWithValue("@id", sent.EntryId.ToString());
                insert.Parameters.AddWithValue("@incident", incident.ToString());
                insert.Parameters.AddWithValue("@sequence", ++sequence);
                insert.Parameters.AddWithValue("@body", sent.Body);
                insert.Parameters.AddWithValue("@at", DateTime.UtcNow);
                await insert.ExecuteNonQueryAsync();
                return Results.Json(new { sequence }, statusCode: StatusCodes.Status201Created);
            }
            finally
            {
                turn.Release();
            }
        });
        await app.StartAsync();
        return new Floors(app, source, directory, address);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed record Sent(Guid EntryId, string Kind, string Body);
}
