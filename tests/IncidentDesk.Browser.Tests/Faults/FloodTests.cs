using System.Diagnostics;
using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;
using Xunit.Abstractions;

namespace IncidentDesk.Browser.Tests.Faults;

[Collection(BrowserCollection.Name)]
public sealed class FloodTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task While_two_thousand_requests_a_second_come_from_strangers_the_people_inside_log_within_a_second(Engine engine)
    {
        var postgres = engine == Engine.Postgres ? await PostgresServer.CreateDatabaseAsync() : null;
        await using var desk = await Desk.StartAsync(postgres, new Dictionary<string, string?> { ["Desk__TrustedProxies"] = "127.0.0.1" });
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await desk.Beto.LogAsync(key, "known before");
        for (var i = 0; i < 20; i++) await desk.Ana.LogAsync(key, $"warming up {i}");
        // On a machine that is busy with something else an append is slow without any flood.
        List<double> calm = [];
        for (var i = 0; i < 20; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await desk.Ana.LogAsync(key, $"before the flood {i}");
            calm.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var flood = await Flood.PrepareAsync(desk.Address, desk.Ana.Email);

        var flooding = flood.RunAsync(2000, Duration);
        List<double> took = [];
        List<long> acknowledged = [];
        while (!flooding.IsCompleted)
        {
            var start = Stopwatch.GetTimestamp();
            acknowledged.Add(await desk.Ana.LogAsync(key, $"during the flood {took.Count}"));
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(50);
        }
        await flooding;

        took.Sort();
        output.WriteLine($"{engine}: {flood.Rate:0} requests a second sent, {flood.Answers.Values.Sum() / Duration.TotalSeconds:0} answered; {string.Join(", ", flood.Answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}"))}");
        output.WriteLine($"{took.Count} appends, ms: p50 {took[took.Count / 2]:0}, p95 {took[took.Count * 95 / 100]:0}, most {took[^1]:0}");
        output.WriteLine($"Before the flood, ms: most {calm.Max():0}");
        Assert.InRange(took[took.Count * 95 / 100], 0, Math.Max(1000, 5 * calm.Max()));
        // one that met a pause of the machine itself
        Assert.InRange(took[^1], 0, Math.Max(3000, 15 * calm.Max()));
        Assert.True(flood.Rate > 500, "The flood was none.");
        Assert.True(flood.Answers.GetValueOrDefault(429) > 0);
        Assert.DoesNotContain(flood.Answers.Keys, status => status >= 500);

        // Everything that was acknowledged is there, and everybody is still inside.
        var kept = (await desk.Beto.TimelineAsync(key)).Select(row => row.Sequence).ToHashSet();
        Assert.DoesNotContain(acknowledged, sequence => !kept.Contains(sequence));
        await desk.Carla.LogAsync(key, "still inside");
        Assert.InRange(desk.Process.Output.Split('\n').Count(line => line.Contains("Too many requests", StringComparison.Ordinal)), 1, 2);
    }
}
