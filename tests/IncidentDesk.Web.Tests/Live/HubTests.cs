using System.Collections.Concurrent;
using IncidentDesk.People;
using IncidentDesk.Testing;
using IncidentDesk.Web.Tests.Hosting;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace IncidentDesk.Web.Tests.Live;

public sealed class HubTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory, EngineData]
    public async Task A_follower_who_comes_among_three_writers_gets_every_row_once(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, ben, eva) = (await desk.PersonAsync(), await desk.PersonAsync(), await desk.PersonAsync());
        var key = await ana.DeclareAsync();
        var written = 0;
        var writing = Task.WhenAll(new[] { ana, ben, eva }.Select(async person =>
        {
            for (var i = 0; i < 30; i++)
            {
                await person.LogAsync(key, $"{person.Id} {i}");
                Interlocked.Increment(ref written);
            }
        }));
        await Poll.UntilAsync(() => Volatile.Read(ref written) > 20, Deadline, "the writers are under way");

        await using var follower = await Follower.StartAsync(ana, key);
        await follower.UntilAsync(20);
        // Gone and back in the middle: it goes on behind what it has.
        await using var second = await Follower.StartAsync(ana, key, follower.Last);
        var since = second.Since;
        await writing;
        await follower.UntilAsync(91);
        await second.UntilAsync((int)(91 - since));
        Assert.Equal(Enumerable.Range(1, 91).Select(i => (long)i), follower.Sequences);
        Assert.Equal(Enumerable.Range((int)since + 1, (int)(91 - since)).Select(i => (long)i), second.Sequences);
    }

    [Fact]
    public async Task What_comes_over_the_hub_is_what_the_api_says()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        await ana.LogAsync(key, "Call upstream", "decision");
        await using var follower = await Follower.StartAsync(ana, key, since: 1);
        await follower.UntilAsync(1);
        var row = Assert.Single(follower.Rows);
        Assert.Equal(("decision", "Call upstream", "Ana Ruiz", "exact"), (row.Kind, row.Body, row.Author, row.OccurredAt.Precision));
    }

    [Theory, EngineData]
    public async Task What_one_may_not_see_and_what_does_not_exist_are_one_refusal(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (owner, other) = (await desk.PersonAsync(), await desk.PersonAsync());
        var hidden = await owner.DeclareAsync(restricted: true);
        await using var toHidden = await Follower.StartAsync(other, hidden);
        await using var toNothing = await Follower.StartAsync(other, "INC-1999-999");
        var (a, b) = (await Assert.ThrowsAsync<HubException>(() => toHidden.Ended), await Assert.ThrowsAsync<HubException>(() => toNothing.Ended));
        Assert.Equal(a.Message.Replace(hidden, "KEY", StringComparison.Ordinal), b.Message.Replace("INC-1999-999", "KEY", StringComparison.Ordinal));
        Assert.Empty(toHidden.Rows);
        await Assert.ThrowsAsync<HttpRequestException>(() => Follower.StartAsync(owner with { Token = "wrong" }, hidden));
    }

    [Theory, EngineData]
    public async Task A_stream_ends_when_access_is_taken_away(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (owner, other) = (await desk.PersonAsync(), await desk.PersonAsync());
        var key = await owner.DeclareAsync();
        await using var follower = await Follower.StartAsync(other, key);
        await follower.UntilAsync(1);
        (await owner.Api().PutAsync($"/api/v1/incidents/{key}/restriction", new { version = 1, isRestricted = true, people = Array.Empty<Guid>() })).Expect(System.Net.HttpStatusCode.OK);
        await owner.LogAsync(key, "Among us");
        await Assert.ThrowsAsync<HubException>(() => follower.Ended.WaitAsync(Deadline));
        Assert.Equal([1L], follower.Sequences);
    }

    [Fact]
    public async Task A_stream_ends_when_the_account_is_closed()
    {
        var clock = new ShiftedClock();
        await using var desk = await WebDesk.StartAsync(clock: clock);
        var (owner, other, admin) = (await desk.PersonAsync(), await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        var key = await owner.DeclareAsync();
        await using var follower = await Follower.StartAsync(other, key);
        await follower.UntilAsync(1);
        Assert.True((await desk.Get<ManagePeople>().ChangeAsync(other.Id, PersonRole.Responder, disabled: true, admin.Actor, default)).Succeeded);
        clock.Shift(TimeSpan.FromMinutes(5));
        await owner.LogAsync(key, "Not for those who left");
        await Assert.ThrowsAsync<HubException>(() => follower.Ended.WaitAsync(Deadline));
        Assert.Equal([1L], follower.Sequences);
    }

    [Fact]
    public async Task Two_nodes_on_one_database_see_each_others_rows()
    {
        await using var first = await WebDesk.StartAsync(Engine.Postgres);
        await using var second = await WebDesk.StartAsync(beside: first);
        var ana = await first.PersonAsync();
        var key = await ana.DeclareAsync();
        await using var here = await Follower.StartAsync(ana, key);
        await using var there = await Follower.StartAsync(ana with { Desk = second }, key);
        await here.UntilAsync(1);
        await there.UntilAsync(1);
        for (var i = 0; i < 5; i++)
        {
            await ana.LogAsync(key, $"here {i}");
            await (ana with { Desk = second }).LogAsync(key, $"there {i}");
        }
        await here.UntilAsync(11);
        await there.UntilAsync(11);
        Assert.Equal(Enumerable.Range(1, 11).Select(i => (long)i), here.Sequences);
        Assert.Equal(Enumerable.Range(1, 11).Select(i => (long)i), there.Sequences);
    }

    /// <summary>A program that follows an incident.</summary>
    private sealed class Follower : IAsyncDisposable
    {
        private readonly HubConnection _connection;
        private readonly ConcurrentQueue<EntryAnswer> _rows = new();
        private readonly CancellationTokenSource _leaving = new();

        private Follower(HubConnection connection, string key, long since)
        {
            (_connection, Since) = (connection, since);
            Ended = RunAsync(key, since);
        }

        public long Since { get; }
        public Task Ended { get; }
        public IReadOnlyList<EntryAnswer> Rows => [.. _rows];
        public IEnumerable<long> Sequences => _rows.Select(r => r.Sequence);
        public long Last => _rows.LastOrDefault()?.Sequence ?? 0;

        public static async Task<Follower> StartAsync(Somebody person, string key, long since = 0)
        {
            var connection = new HubConnectionBuilder().WithUrl(new Uri(person.Desk.Address, "/hubs/incidents"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(person.Token)).Build();
            await connection.StartAsync();
            return new Follower(connection, key, since);
        }

        public Task UntilAsync(int rows) => Poll.UntilAsync(
            () => _rows.Count >= rows || (Ended.IsFaulted ? throw Ended.Exception!.InnerException! : false), Deadline, $"{rows} rows have come");

        public async ValueTask DisposeAsync()
        {
            await _leaving.CancelAsync();
            await _connection.DisposeAsync();
            _leaving.Dispose();
        }

        private async Task RunAsync(string key, long since)
        {
            await foreach (var row in _connection.StreamAsync<EntryAnswer>("Follow", key, since, _leaving.Token)) _rows.Enqueue(row);
        }
    }

    /// <summary>The system's clock, put forward by the test.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        private long _ticks;

        public void Shift(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));

        public override long GetTimestamp() => base.GetTimestamp() + (Interlocked.Read(ref _ticks) * TimestampFrequency / TimeSpan.TicksPerSecond);
    }
}
