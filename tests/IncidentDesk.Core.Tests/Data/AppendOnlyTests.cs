using IncidentDesk.Attachments;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Data;

/// <summary>What is in the log stays as it was written, whoever asks.</summary>
public sealed class AppendOnlyTests
{
    [Theory]
    [EngineData("""UPDATE "TimelineEntries" SET "Body" = 'rewritten'""")]
    [EngineData("""DELETE FROM "TimelineEntries" """)]
    public async Task The_database_refuses_to_rewrite_entries(Engine engine, string sql)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        await AssertRefusedAsync(desk, sql);
    }

    [Theory]
    [InlineData("""TRUNCATE "TimelineEntries" """)]
    [InlineData("""TRUNCATE "Incidents" CASCADE""")]
    public async Task PostgreSQL_refuses_to_empty_the_log(string sql)
    {
        await using var desk = await TestDesk.OpenAsync(Engine.Postgres);
        await AssertRefusedAsync(desk, sql);
    }

    [Theory]
    [InlineData("\"EntryId\"")]
    [InlineData("\"IncidentId\", \"Sequence\"")]
    [InlineData("\"IncidentId\", \"RootSequence\", \"Revision\"")]
    public async Task SQLite_refuses_to_replace_an_entry_by_any_of_its_keys(string key)
    {
        await using var desk = await TestDesk.OpenAsync(Engine.Sqlite);
        await using var db = await desk.OpenContextAsync();
        var columns = db.Model.FindEntityType(typeof(TimelineEntry))!.GetProperties().Select(p => $"\"{p.Name}\"").ToList();
        var values = columns.Select(column => (key.Contains(column, StringComparison.Ordinal), column) switch
        {
            (true, _) => column,
            (false, "\"EntryId\"") => "'7C9E6679-7425-40DE-944B-E07FC1F90AE7'",
            (false, "\"Sequence\"" or "\"RootSequence\"" or "\"Revision\"") => column + " + 100",
            (false, "\"Body\"") => "'rewritten'",
            _ => column,
        });

        await AssertRefusedAsync(desk, $"INSERT OR REPLACE INTO \"TimelineEntries\" ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM \"TimelineEntries\" LIMIT 1");
    }

    [Theory, EngineData]
    public async Task The_context_refuses_changed_and_removed_entries(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var entry = await desk.LogAsync(ana, await desk.DeclareAsync(ana), "as it was");

        foreach (var state in new[] { EntityState.Modified, EntityState.Deleted })
        {
            await using var db = await desk.OpenContextAsync();
            db.Entry(entry).State = state;

            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
            Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
        }
    }

    [Theory]
    [EngineData("""UPDATE "Attachments" SET "FileName" = 'rewritten'""")]
    [EngineData("""UPDATE "AttachmentContents" SET "Bytes" = NULL""")]
    [EngineData("""DELETE FROM "AttachmentContents" """)]
    [EngineData("""DELETE FROM "Attachments" """)]
    public async Task The_database_refuses_to_rewrite_files(Engine engine, string sql) => await AssertFileStaysAsync(engine, sql);

    [Theory]
    [InlineData("""TRUNCATE "AttachmentContents" """)]
    [InlineData("""TRUNCATE "Attachments" CASCADE""")]
    public async Task PostgreSQL_refuses_to_empty_the_files(string sql) => await AssertFileStaysAsync(Engine.Postgres, sql);

    [Theory]
    [InlineData("""INSERT OR REPLACE INTO "AttachmentContents" ("AttachmentId", "Bytes") SELECT "AttachmentId", x'00' FROM "AttachmentContents" """)]
    [InlineData("""
        INSERT OR REPLACE INTO "Attachments" ("Id", "IncidentId", "FileName", "MediaType", "Size", "Sha256", "AddedById", "AddedByName", "AddedAt")
        SELECT "Id", "IncidentId", 'rewritten', "MediaType", "Size", "Sha256", "AddedById", "AddedByName", "AddedAt" FROM "Attachments"
        """)]
    public async Task SQLite_refuses_to_replace_files(string sql) => await AssertFileStaysAsync(Engine.Sqlite, sql);

    private static async Task AssertFileStaysAsync(Engine engine, string sql)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var file = (await desk.Get<AddAttachment>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), "as it was", new MemoryStream([7])), ana, default)).Value;
        await using var db = await desk.OpenContextAsync();

        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql));

        Assert.Contains("append-only", refused.Message);
        var stands = (await desk.Get<ReadAttachments>().ContentAsync(incident.Key, file.Id, ana, default)).Value;
        Assert.Equal(("as it was", (byte)7), (stands.Attachment!.FileName, Assert.Single(stands.Bytes)));
    }

    private static async Task AssertRefusedAsync(TestDesk desk, string sql)
    {
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.LogAsync(ana, incident, "as it was");
        await using var db = await desk.OpenContextAsync();

        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql));

        Assert.Contains("append-only", refused.Message);
        Assert.Equal(["", "as it was"], (await desk.RowsAsync(incident)).Select(e => e.Body));
    }
}
