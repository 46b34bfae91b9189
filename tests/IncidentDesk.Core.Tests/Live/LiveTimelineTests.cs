using System.Data.Common;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace IncidentDesk.Tests.Live;

public sealed class LiveTimelineTests
{
    [Theory, EngineData]
    public async Task Readers_at_every_place_get_each_row_once_while_others_write(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var live = desk.Get<LiveTimeline>();
        const long last = 121;

        var writing = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++) await desk.LogAsync(ana, incident, "x");
        }));
        var reading = Enumerable.Range(0, 12).Select(reader => Task.Run(async () =>
        {
            var seen = new List<long> { reader % 3 };
            while (seen[^1] < last)
            {
                var news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                using var watching = desk.Get<IncidentFeed>().Subscribe(incident.Id, () => Task.FromResult(news.TrySetResult()));
                var rows = await live.AfterAsync(incident.Id, seen[^1], default);
                seen.AddRange(rows.Select(e => e.Sequence));
                if (rows.Count == 0) await news.Task.WaitAsync(TimeSpan.FromSeconds(30));
            }
            return seen;
        })).ToList();
        await Task.WhenAll(writing);

        Assert.All(await Task.WhenAll(reading), seen => Assert.Equal(Enumerable.Range((int)seen[0], (int)(last - seen[0] + 1)).Select(n => (long)n), seen));
    }

    [Theory, EngineData]
    public async Task What_is_new_is_read_from_the_database_once_for_all_who_watch(Engine engine)
    {
        var counting = new CountingReads();
        await using var desk = await TestDesk.OpenAsync(engine, counting);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var live = desk.Get<LiveTimeline>();
        await live.AfterAsync(incident.Id, 0, default);

        for (var round = 1; round <= 3; round++)
        {
            var entry = await desk.LogAsync(ana, incident, $"news {round}");
            counting.Count = 0;
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => live.AfterAsync(incident.Id, entry.Sequence - 1, default))));

            Assert.All(answers, rows => Assert.Equal(entry.EntryId, Assert.Single(rows).EntryId));
            Assert.Equal(1, counting.Count);
        }
    }

    [Theory, EngineData]
    public async Task Readers_far_behind_and_far_ahead_do_not_spoil_it_for_the_others(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await using (var db = await desk.OpenContextAsync())
        {
            var first = await desk.Get<DeskDatabase>().ReserveSequencesAsync(db, incident.Id, 1_199, desk.Now, default);
            var member = new DeskMember(ana.PersonId, "Ana", PersonRole.Responder);
            for (var i = 0; i < 1_199; i++) db.Entries.Add(new EntryDraft(EntryKind.Note, "x", OccurrenceTime.Exactly(desk.Now)).ToEntry(incident.Id, first + i, member, desk.Now));
            await db.SaveChangesAsync();
        }
        desk.Get<IncidentFeed>().Publish(incident.Id, 1_200);
        var live = desk.Get<LiveTimeline>();

        foreach (var after in new[] { -5L, 0, 1_190, 300, 1_200, long.MaxValue - 1, -5, 1_199, 0, 699, 700, 701, 5_000, 1_100, -1, 0 })
        {
            var rows = await live.AfterAsync(incident.Id, after, default);
            var from = Math.Max(0, after);
            Assert.Equal(from < 1_200, rows.Count > 0);
            Assert.Equal(Enumerable.Range(0, rows.Count).Select(i => from + 1 + i), rows.Select(e => e.Sequence));
        }
    }

    [Theory, EngineData]
    public async Task Who_asks_from_before_the_beginning_gets_all_and_the_others_lose_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        foreach (var body in new[] { "second", "third" }) await desk.LogAsync(ana, incident, body);
        var live = desk.Get<LiveTimeline>();

        Assert.Equal([1, 2, 3], (await live.AfterAsync(incident.Id, -2, default)).Select(e => e.Sequence));
        Assert.Equal([1, 2, 3], (await live.AfterAsync(incident.Id, 0, default)).Select(e => e.Sequence));
        Assert.Equal([2, 3], (await live.AfterAsync(incident.Id, 1, default)).Select(e => e.Sequence));
    }

    [Theory, EngineData]
    public async Task Counts_and_incident_are_read_once_for_all_who_watch_and_stay_right(Engine engine)
    {
        var counting = new CountingReads();
        await using var desk = await TestDesk.OpenAsync(engine, counting);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (live, read) = (desk.Get<LiveTimeline>(), desk.Get<ReadTimeline>());
        await live.AfterAsync(incident.Id, 0, default);
        await live.SummaryAsync(incident.Id, 0, default);

        for (var round = 1; round <= 3; round++)
        {
            var key = await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), EntryKind.Note, $"key {round}", IsKeyEvent: true), ana, default);
            await live.AfterAsync(incident.Id, key.Value.Entry.Sequence - 1, default);
            counting.Count = 0;
            var totals = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => live.SummaryAsync(incident.Id, key.Value.Entry.Sequence, default))));
            Assert.Equal(0, counting.Count);
            Assert.All(totals, t => Assert.Equal(new ReadTimeline.Totals(1 + round, round), t.Totals));
        }

        var ben = await desk.PersonAsync(name: "Ben");
        var bens = await desk.LogAsync(ben, incident, "hello");
        await live.AfterAsync(incident.Id, bens.Sequence - 1, default);
        Assert.Equal([ana.PersonId, ben.PersonId], (await live.SummaryAsync(incident.Id, bens.Sequence, default)).Authors.Select(a => a.Id));

        var first = (await live.AfterAsync(incident.Id, 1, default))[0];
        var unmarked = await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, first.Sequence, 1, Guid.CreateVersion7(), IsKeyEvent: false), ana, default);
        await live.AfterAsync(incident.Id, unmarked.Value.Sequence - 1, default);
        Assert.Equal((await read.TotalsAsync(incident.Key, ana, default)).Value, (await live.SummaryAsync(incident.Id, unmarked.Value.Sequence, default)).Totals);

        var changed = (await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, incident.Version, Title: "Another title"), ana, default)).Value;
        Assert.Equal("Another title", (await live.IncidentAsync(incident, changed.LastSequence, ana, default)).Value.Title);
        counting.Count = 0;
        await live.IncidentAsync(incident, changed.LastSequence, ana, default);
        // who asks, and nothing else
        Assert.Equal(1, counting.Count);
    }

    [Theory, EngineData]
    public async Task What_others_read_of_a_restricted_incident_does_not_open_it_to_who_may_not_see_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana, restricted: true);
        var live = desk.Get<LiveTimeline>();

        Assert.Equal(incident.Title, (await live.IncidentAsync(incident, 1, ana, default)).Value.Title);
        Assert.Equal("Incident.NotFound", (await live.IncidentAsync(incident, 1, ben, default)).Error?.Code);
    }

    private sealed class CountingReads : DbCommandInterceptor
    {
        private int _count;

        public int Count { get => Volatile.Read(ref _count); set => Volatile.Write(ref _count, value); }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _count);
            return new(result);
        }
    }
}
