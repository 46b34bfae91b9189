using IncidentDesk.Attacks;
using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.Testing;
using Xunit;

namespace IncidentDesk.Tests.Live;

public sealed class FeedPollTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, EngineData]
    public async Task A_change_that_nobody_told_of_is_found_within_one_round(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        await using var silent = desk.AnotherNode();
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.StartAsync<FeedPoll>();
        var told = 0;
        using var watching = desk.Get<IncidentFeed>().Subscribe(incident.Id, () => Task.FromResult(Interlocked.Increment(ref told)));

        await silent.LogAsync(ana, incident, "behind its back");

        await UntilAsync(desk, () => desk.Get<IncidentFeed>().Latest(incident.Id) == 2 && Volatile.Read(ref told) > 0, "the poll finds the change");
        Assert.Null(desk.Get<IncidentFeed>().StaleSince);
    }

    [Theory, EngineData]
    public async Task A_measurement_that_nobody_told_of_is_found_too(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        await using var silent = desk.AnotherNode();
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.StartAsync<FeedPoll>();
        using var watching = desk.Get<IncidentFeed>().Subscribe(incident.Id, () => Task.CompletedTask);

        Assert.True((await silent.Get<RecordTraffic>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), [new(TrafficUnit.Bps, "uplink", [new(desk.Now, 5)])]), ana, default)).Succeeded);

        await UntilAsync(desk, () => desk.Get<IncidentFeed>().Latest(TrafficBatch.FeedId(incident.Id)) == 1, "the poll finds the measurement");
    }

    [Fact]
    public async Task SQLite_whose_file_is_gone_makes_the_pages_stale_until_it_is_back()
    {
        await using var desk = await TestDesk.OpenAsync(Engine.Sqlite);
        await desk.StartAsync<FeedPoll>();
        var file = desk.Database.File;

        await AssertStaleAndBackAsync(
            desk,
            () =>
            {
                desk.Database.LetGoOfFile();
                File.Move(file, file + ".away");
                return Task.CompletedTask;
            },
            () =>
            {
                desk.Database.LetGoOfFile();
                File.Move(file + ".away", file, overwrite: true);
                return Task.CompletedTask;
            });
    }

    [Fact]
    public async Task PostgreSQL_that_is_down_makes_the_pages_stale_until_it_is_up()
    {
        await using var server = await DurablePostgres.StartNewAsync();
        await using var database = TestDatabase.On(server);
        await using var desk = new TestDesk(database);
        await desk.Get<DeskDatabase>().MigrateAsync(default);
        await desk.StartAsync<FeedPoll>();

        await AssertStaleAndBackAsync(desk, () => server.StopAsync(PostgresStop.Immediate), server.StartAsync);
    }

    private static async Task AssertStaleAndBackAsync(TestDesk desk, Func<Task> takeAway, Func<Task> bringBack)
    {
        var feed = desk.Get<IncidentFeed>();
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var told = 0;
        using var watching = feed.Subscribe(incident.Id, () => Task.FromResult(Interlocked.Increment(ref told)));
        await UntilAsync(desk, () => feed.Latest(incident.Id) == 1, "the poll runs");

        await takeAway();
        await UntilAsync(desk, () => feed.StaleSince is not null && Volatile.Read(ref told) > 0, "the pages are told that they are stale");
        var since = feed.StaleSince;
        desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await UntilAsync(desk, () => desk.Now > since!.Value.AddMinutes(11), "some rounds pass");
        Assert.Equal(since, feed.StaleSince);

        var toldBefore = Volatile.Read(ref told);
        await bringBack();
        await UntilAsync(desk, () => feed.StaleSince is null && Volatile.Read(ref told) > toldBefore, "the pages are told that they are live again");
    }

    /// <summary>While one round after the other passes.</summary>
    private static Task UntilAsync(TestDesk desk, Func<bool> condition, string what) => Poll.UntilAsync(
        () =>
        {
            if (condition()) return true;
            desk.Clock.Advance(TimeSpan.FromSeconds(5));
            return false;
        },
        Patience, what);
}
