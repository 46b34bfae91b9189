using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;

namespace IncidentDesk.Browser.Tests.Faults;

[Collection(BrowserCollection.Name)]
public sealed class KilledWritersTests
{
    private const int Writers = 8;
    private const int EntriesEach = 25;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_desk_killed_under_eight_writers_has_every_acknowledged_entry_once_and_no_gap(Engine engine)
    {
        await using var postgres = engine == Engine.Postgres ? await DurablePostgres.StartNewAsync() : null;
        await using var desk = await Desk.StartAsync(postgres?.ConnectionString);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var acknowledged = 0;

        var writers = Enumerable.Range(1, Writers).Select(WriteAsync).ToList();
        // twice in the middle of it
        foreach (var reached in (int[])[Writers * EntriesEach / 4, Writers * EntriesEach / 2])
        {
            await Poll.UntilAsync(() => Volatile.Read(ref acknowledged) >= reached, TimeSpan.FromMinutes(1), $"{reached} entries are acknowledged");
            desk.Process.Kill();
            await desk.Process.StartAsync();
        }
        var answers = (await Task.WhenAll(writers)).SelectMany(a => a).ToList();

        var log = await desk.Ana.TimelineAsync(key);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Sequence));
        var notes = log.Where(e => e.Kind == "note").Select(e => (e.Sequence, e.Body)).ToList();
        Assert.Equal(answers.OrderBy(a => a.Sequence), notes);
        Assert.Equal(Writers * EntriesEach, notes.Select(n => n.Body).Distinct(StringComparer.Ordinal).Count());

        async Task<List<(long Sequence, string Body)>> WriteAsync(int writer)
        {
            List<(long, string)> mine = [];
            for (var i = 1; i <= EntriesEach; i++)
            {
                var body = $"writer {writer}, entry {i}";
                mine.Add((await desk.Ana.LogUntilAcknowledgedAsync(key, body, deadline.Token), body));
                Interlocked.Increment(ref acknowledged);
            }
            return mine;
        }
    }
}
