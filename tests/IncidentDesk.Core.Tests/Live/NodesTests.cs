using IncidentDesk.Live;
using IncidentDesk.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Live;

/// <summary>Processes that share a PostgreSQL database.</summary>
public sealed class NodesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Nodes_hear_of_each_others_commits()
    {
        await using var here = await TestDesk.OpenAsync(Engine.Postgres);
        await using var there = here.AnotherNode();
        var ana = await here.PersonAsync();
        var incident = await here.DeclareAsync(ana);
        await ListenAsync(here, there);
        var told = 0;
        using var watching = there.Get<IncidentFeed>().Subscribe(incident.Id, () => Task.FromResult(Interlocked.Increment(ref told)));

        await here.LogAsync(ana, incident, "from here");
        await Poll.UntilAsync(() => there.Get<IncidentFeed>().Latest(incident.Id) == 2 && Volatile.Read(ref told) > 0, Patience, "the other node is told");
        Assert.Equal("from here", (await there.Get<LiveTimeline>().AfterAsync(incident.Id, 1, default)).Single().Body);

        await there.LogAsync(ana, incident, "from there");
        await Poll.UntilAsync(() => here.Get<IncidentFeed>().Latest(incident.Id) == 3, Patience, "this node is told");
    }

    [Fact]
    public async Task A_write_that_was_undone_is_not_told()
    {
        var breaking = new BreakingInserts();
        await using var here = await TestDesk.OpenAsync(Engine.Postgres, breaking);
        await using var there = here.AnotherNode();
        var ana = await here.PersonAsync();
        var incident = await here.DeclareAsync(ana);
        await ListenAsync(here, there);

        breaking.Break = true;
        await Assert.ThrowsAnyAsync<Exception>(() => here.LogAsync(ana, incident, "lost"));
        breaking.Break = false;
        var heard = new List<long>();
        using var watching = there.Get<IncidentFeed>().Subscribe(incident.Id, () =>
        {
            lock (heard) heard.Add(there.Get<IncidentFeed>().Latest(incident.Id));
            return Task.CompletedTask;
        });
        await here.LogAsync(ana, incident, "kept");

        await Poll.UntilAsync(() => there.Get<IncidentFeed>().Latest(incident.Id) == 2, Patience, "the other node is told of what was kept");
        lock (heard) Assert.All(heard, sequence => Assert.Equal(2, sequence));
    }

    [Fact]
    public async Task People_on_one_node_are_seen_on_the_other()
    {
        await using var here = await TestDesk.OpenAsync(Engine.Postgres);
        await using var there = here.AnotherNode();
        foreach (var desk in new[] { here, there }) await desk.StartAsync<PresenceWire>();
        await ListenAsync(here, there);
        var (incident, ana) = (Guid.NewGuid(), new Visitor(Guid.NewGuid(), "Ana"));

        var visit = here.Get<Presence>().Enter(incident, ana);
        await Poll.UntilAsync(() => there.Get<Presence>().On(incident).Contains(ana), Patience, "Ana is seen on the other node");
        visit.Dispose();
        await Poll.UntilAsync(() => there.Get<Presence>().On(incident).Count == 0, Patience, "Ana is gone on the other node");
    }

    [Fact]
    public async Task A_node_hears_again_after_its_listening_connection_was_cut()
    {
        await using var here = await TestDesk.OpenAsync(Engine.Postgres);
        await using var there = here.AnotherNode();
        var ana = await here.PersonAsync();
        var incident = await here.DeclareAsync(ana);
        await ListenAsync(here, there);

        await here.SqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
        await ListenersAsync(here, 2);

        await here.LogAsync(ana, incident, "after the cut");
        await Poll.UntilAsync(() => there.Get<IncidentFeed>().Latest(incident.Id) == 2, Patience, "the other node is told again");
    }

    [Fact]
    public async Task A_commit_while_the_other_nodes_cannot_be_told_is_told_when_they_can()
    {
        await using var here = await TestDesk.OpenAsync(Engine.Postgres);
        await using var there = here.AnotherNode();
        var ana = await here.PersonAsync();
        var incident = await here.DeclareAsync(ana);
        await ListenAsync(here, there);
        await here.LogAsync(ana, incident, "the wire has a connection");
        await Poll.UntilAsync(() => there.Get<IncidentFeed>().Latest(incident.Id) == 2, Patience, "the other node is told");

        await here.SqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_notify%' AND pid <> pg_backend_pid()");
        await here.LogAsync(ana, incident, "over a dead connection");
        await Poll.UntilAsync(() => there.Get<IncidentFeed>().Latest(incident.Id) == 3, Patience, "the other node is told after all");
    }

    private static async Task ListenAsync(params TestDesk[] desks)
    {
        foreach (var desk in desks)
        {
            await desk.StartAsync<PostgresListener>();
            await desk.StartAsync<IncidentWire>();
        }
        await ListenersAsync(desks[0], desks.Length);
    }

    // "idle" only when the LISTEN is done
    private static Task ListenersAsync(TestDesk desk, int count) => Poll.UntilAsync(
        async () => await desk.WithContextAsync(db => db.Database.SqlQuery<int>(
            $"SELECT pid AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'").CountAsync()) == count,
        Patience, $"{count} nodes listen");
}
