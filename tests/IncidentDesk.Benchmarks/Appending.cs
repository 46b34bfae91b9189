using System.Diagnostics;
using System.Net.Http.Json;

namespace IncidentDesk.Benchmarks;

/// <summary>Logging over HTTP: the same client code for the desk and for its floor.</summary>
internal static class Appending
{
    private const int Rounds = 4;

    /// <summary>How long each answer took, and how many were refused.</summary>
    public sealed record Outcome(Samples Times, int Refused);

    /// <summary>Appends as many clients at once do, each waiting for its answer before the next.</summary>
    public static async Task<Outcome> RunAsync(HttpClient http, string path, int clients, int each)
    {
        var refused = 0;
        var times = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var taken = new List<double>(each);
            for (var i = 0; i < each; i++)
            {
                var entry = new { entryId = Guid.CreateVersion7(), kind = "observation", body = $"Uplink {client} at 410 kpps, the filter of {i} holds; members on the east segment answer again." };
                var start = Stopwatch.GetTimestamp();
                using var answer = await http.PostAsJsonAsync(path, entry);
                await answer.Content.ReadAsByteArrayAsync();
                taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode) Interlocked.Increment(ref refused);
            }
            return taken;
        })));
        return new Outcome(Samples.Of([.. times]), refused);
    }

    /// <summary>Desk and floor in turn, so that both meet the same machine.</summary>
    public static async Task MeasureAsync(Report report, string engine, Desk desk, Uri floors, string floorPath)
    {
        using var floor = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = floors };
        var key = await desk.DeclareAsync($"Append on {engine}");
        var path = $"/api/v1/incidents/{key}/timeline";
        await RunAsync(desk.Api, path, 8, 100);
        await RunAsync(floor, floorPath, 8, 100);
        foreach (var (clients, each) in new[] { (1, 100), (8, 50) })
        {
            var (ours, theirs, refused) = (new List<Samples>(), new List<Samples>(), 0);
            for (var round = 0; round < Rounds; round++)
            {
                theirs.Add((await RunAsync(floor, floorPath, clients, each)).Times);
                var outcome = await RunAsync(desk.Api, path, clients, each);
                ours.Add(outcome.Times);
                refused += outcome.Refused;
            }
            report.Time($"append, {engine}, {clients} client{(clients > 1 ? "s" : "")}", Samples.Of([.. ours.Select(s => s.Milliseconds)]), Samples.Of([.. theirs.Select(s => s.Milliseconds)]), most: 2, holds: refused == 0, budget: "≤ 2 × floor, none refused");
            if (refused > 0) report.Note($"{engine}, {clients} clients: {refused} refused");
        }
    }

    /// <summary>The same desk without and with watchers, in turn.</summary>
    /// <param name="gather">Brings the watchers; disposing the result sends them away.</param>
    public static async Task MeasureWatchedAsync(Report report, string engine, string who, Desk desk, Func<string, Task<IAsyncDisposable>> gather)
    {
        // Both incidents are as long; one is watched.
        var (watched, alone) = (await desk.DeclareAsync($"Watched on {engine}"), await desk.DeclareAsync($"Alone on {engine}"));
        await using var watchers = await gather(watched);
        await RunAsync(desk.Api, Path(watched), 4, 25);
        await RunAsync(desk.Api, Path(alone), 4, 25);
        foreach (var (clients, each) in new[] { (1, 50), (8, 15) })
        {
            var (with, without, refused) = (new List<Samples>(), new List<Samples>(), 0);
            for (var round = 0; round < Rounds; round++)
            {
                await Task.Delay(500);
                without.Add((await RunAsync(desk.Api, Path(alone), clients, each)).Times);
                var outcome = await RunAsync(desk.Api, Path(watched), clients, each);
                with.Add(outcome.Times);
                refused += outcome.Refused;
            }
            report.Time($"append, {engine}, {clients} client{(clients > 1 ? "s" : "")}, {who}", Samples.Of([.. with.Select(s => s.Milliseconds)]), Samples.Of([.. without.Select(s => s.Milliseconds)]), most: 1.1, against: "unwatched", holds: refused == 0, budget: "no slower than unwatched (≤ 1.1 ×)");
        }

        static string Path(string key) => $"/api/v1/incidents/{key}/timeline";
    }

    /// <summary>Appends and gives the sequence that the answer names.</summary>
    public static async Task<(Guid EntryId, long SentAt)> AppendOneAsync(HttpClient http, string key, int number)
    {
        var entryId = Guid.CreateVersion7();
        var sentAt = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync($"/api/v1/incidents/{key}/timeline", new { entryId, kind = "note", body = $"Push {number}" });
        answer.EnsureSuccessStatusCode();
        return (entryId, sentAt);
    }
}
