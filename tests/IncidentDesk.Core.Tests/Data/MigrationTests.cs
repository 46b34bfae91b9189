using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Data;

public sealed class MigrationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory, EngineData]
    public async Task An_empty_database_gets_the_whole_schema(Engine engine)
    {
        await using var database = await TestDatabase.EmptyAsync(engine);
        await using var desk = new TestDesk(database);

        await desk.Get<DeskDatabase>().MigrateAsync(default);

        await using var db = await desk.OpenContextAsync();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        await desk.DeclareAsync(await desk.PersonAsync());
    }

    [Theory, EngineData]
    public async Task Migrating_again_changes_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var incident = await desk.DeclareAsync(await desk.PersonAsync());

        await desk.Get<DeskDatabase>().MigrateAsync(default);

        Assert.Single(await desk.RowsAsync(incident));
    }

    [Theory, EngineData]
    public async Task The_migrations_say_all_that_the_model_says(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        await using var db = await desk.OpenContextAsync();

        Assert.False(db.Database.HasPendingModelChanges(), "The model has changed: migrations/add.sh writes the migration for both engines.");
    }

    [Theory, EngineData]
    public async Task Nodes_that_start_at_once_all_come_up(Engine engine)
    {
        for (var round = 0; round < 4; round++)
        {
            await using var database = await TestDatabase.EmptyAsync(engine);
            await using var one = new TestDesk(database);
            await using var other = new TestDesk(database);
            await using var third = new TestDesk(database);

            await Task.WhenAll(new[] { one, other, third }.Select(desk => Task.Run(() => desk.Get<DeskDatabase>().MigrateAsync(default)))).WaitAsync(Patience);

            await using var db = await other.OpenContextAsync();
            Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
        }
    }

    [Fact]
    public async Task A_lock_left_by_a_killed_process_does_not_hold_up_the_next_start_on_sqlite()
    {
        await using var desk = await TestDesk.OpenAsync(Engine.Sqlite);
        await desk.SqlAsync($"""CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
        await desk.SqlAsync($"""INSERT OR REPLACE INTO "__EFMigrationsLock" VALUES (1, '2026-03-14 11:59:00')""");

        await desk.Get<DeskDatabase>().MigrateAsync(default).WaitAsync(Patience);
    }

    [Theory, EngineData]
    public async Task A_newer_schema_is_refused_in_one_line_and_left_alone(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        await desk.SqlAsync($"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('99990101000000_FromTomorrow', '99.0.0')""");
        // As if this binary also had something to add: it must not, beneath a schema that it does not know.
        await desk.SqlAsync($"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%AppendOnlyTimeline'""");
        await using var db = await desk.OpenContextAsync();
        var before = await db.Database.GetAppliedMigrationsAsync();

        var refused = await Assert.ThrowsAsync<NewerSchemaException>(() => desk.Get<DeskDatabase>().MigrateAsync(default));

        Assert.Contains("99990101000000_FromTomorrow", refused.Message);
        Assert.Contains("newer", refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(before, await db.Database.GetAppliedMigrationsAsync());
    }
}
