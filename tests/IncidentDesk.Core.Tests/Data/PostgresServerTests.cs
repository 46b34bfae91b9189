using IncidentDesk.Testing;
using Npgsql;
using Xunit;

namespace IncidentDesk.Core.Tests.Data;

/// <summary>What the tests of both engines stand on.</summary>
public sealed class PostgresServerTests
{
    [Fact]
    public async Task A_database_is_a_copy_of_its_template_and_of_nobody_else()
    {
        var template = await PostgresServer.CreateDatabaseAsync();
        await RunAsync(template, "CREATE TABLE entry (id int); INSERT INTO entry VALUES (1)");
        var copies = await Task.WhenAll(PostgresServer.CreateDatabaseAsync(template), PostgresServer.CreateDatabaseAsync(template));

        await RunAsync(copies[0], "INSERT INTO entry VALUES (2)");

        Assert.Equal(2L, await RunAsync(copies[0], "SELECT count(*) FROM entry"));
        Assert.Equal(1L, await RunAsync(copies[1], "SELECT count(*) FROM entry"));
        foreach (var database in copies.Append(template))
            await PostgresServer.DropDatabaseAsync(database);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(copies[0], "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, refused.SqlState);
    }

    [Fact]
    public async Task A_durable_server_keeps_what_was_committed_before_a_crash()
    {
        await using var server = await DurablePostgres.StartNewAsync();
        await RunAsync(server.ConnectionString, "CREATE TABLE entry (id int)");
        await RunAsync(server.ConnectionString, "INSERT INTO entry VALUES (1)");

        await server.StopAsync(PostgresStop.Immediate);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(server.ConnectionString, "SELECT 1"));
        await server.StartAsync();
        Assert.Equal(1L, await RunAsync(server.ConnectionString, "SELECT count(*) FROM entry"));

        await server.RestartAsync(PostgresStop.Fast);
        Assert.Equal(1L, await RunAsync(server.ConnectionString, "SELECT count(*) FROM entry"));
        Assert.Equal("on", await RunAsync(server.ConnectionString, "SHOW fsync"));
    }

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
