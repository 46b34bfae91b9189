using System.Diagnostics;
using System.Net.Http.Json;

namespace IncidentDesk.Benchmarks;

/// <summary>Logging over HTTP: the same client code for the desk and for its floor.</summary>
internal static class Appending
{
    private const int Rounds = 4;

    /// <summary>How long each answer took, and how many were refused.</summary>
    /// <param name="ServerCpu">What the server's process spent meanwhile; zero where none was named. Unlike the times it does not depend on what else the machine does.</param>
    public sealed record Outcome(Samples Times, int Refused, TimeSpan ServerCpu);

    /// <summary>Appends as many clients at once do, each waiting for its answer before the next.</summary>
    public static async Task<Outcome> RunAsync(HttpClient http, string path, int clients, int each, int? server = null)
    {
        var cpu = Cpu(server);
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
        return new Outcome(Samples.Of([.. times]), refused, Cpu(server) - cpu);
    }

    private static TimeSpan Cpu(int? processId)
    {
        if (processId is null) return TimeSpan.Zero;
        using var process = Process.GetProcessById(processId.Value);
        return process.TotalProcessorTime;
    }

    /// <summary>Desk and floor in turn, so that both meet the same machine.</summary>
    public static async Task MeasureAsync(Report report, string engine, Desk desk, Uri floors, string floorPath)
    {
        using var floor = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = floors };
        var key = await desk.DeclareAsync($"Append on {engine}");
        var path = $"/api/v1/incidents/{key}/timeline";
        await RunAsync(desk.Api, path, 8, 300);
        await RunAsync(floor, floorPath, 8, 300);
        foreach (var (clients, each) in new[] { (1, 100), (8, 50) })
        {
            var (ours, theirs, refused) = (new List<Samples>(), new List<Samples>(), 0);
            var spent = TimeSpan.Zero;
            for (var round = 0; round < Rounds; round++)
            {
                theirs.Add((await RunAsync(floor, floorPath, clients, each)).Times);
                var outcome = await RunAsync(desk.Api, path, clients, each, desk.ProcessId);
                ours.Add(outcome.Times);
                spent += outcome.ServerCpu;
                refused += outcome.Refused;
            }
            report.Time($"append, {engine}, {clients} client{(clients > 1 ? "s" : "")}", Samples.Of([.. ours.Select(s => s.Milliseconds)]), Samples.Of([.. theirs.Select(s => s.Milliseconds)]), most: 2, holds: refused == 0, budget: "≤ 2 × floor, none refused");
            report.Amount($"the desk's processor time an append, {engine}, {clients} client{(clients > 1 ? "s" : "")}", "ms", Rounds * clients * each, spent.TotalMilliseconds / (Rounds * clients * each));
            if (refused > 0) report.Note($"{engine}, {clients} clients: {refused} refused");
        }
    }

    /// <summary>What the two things cost that an append does on top of one INSERT and commit: numbering under one row's lock, and NOTIFY.</summary>
    public static async Task MeasurePartsAsync(Report report, Uri floors)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = floors };
        var paths = new[] { "/postgres", "/numbered", "/notify" };
        var times = paths.ToDictionary(p => p, _ => new List<double>(), StringComparer.Ordinal);
        foreach (var path in paths) await RunAsync(http, path, 8, 50);
        for (var round = 0; round < Rounds; round++)
            foreach (var path in paths) times[path].AddRange((await RunAsync(http, path, 8, 50)).Times.Milliseconds);
        var floor = new Samples(times["/postgres"]);
        report.Time("floor, 8 clients, numbered under the lock of one row", new Samples(times["/numbered"]), floor);
        report.Time("floor, 8 clients, with pg_notify in the transaction", new Samples(times["/notify"]), floor);
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
