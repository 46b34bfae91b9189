using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Playwright;
using Npgsql;

namespace IncidentDesk.Benchmarks;

/// <summary>A large inventory and an incident in which much is hit and much is up against it.</summary>
internal static class SituationLoads
{
    private const int Requests = 40;
    private const int Marks = 5;
    private const int Members = 1_000;
    private const int Servers = 150;
    private const int Sites = 3_000;

    public static async Task MeasureAsync(Report report, Browsers browsers, string postgres)
    {
        foreach (var engine in new[] { "PostgreSQL", "SQLite" })
        {
            await using var desk = await Desk.StartAsync(engine == "SQLite" ? null : postgres);
            using var session = await desk.SignInAsync();
            report.Time($"import of the inventory, {engine}", new Samples([await ImportAsync(desk)]));
            var (empty, full) = (await desk.DeclareAsync("Nothing yet"), await desk.DeclareAsync("Everything at once"));
            await FillAsync(desk, full);
            if (engine == "PostgreSQL")
            {
                // The server does this by itself within a minute of such an import.
                await using var source = NpgsqlDataSource.Create(postgres);
                await using var analyze = source.CreateCommand("ANALYZE");
                await analyze.ExecuteNonQueryAsync();
            }
            await MeasurePagesAsync(report, engine, session, empty, full);
            await MeasureMarksAsync(report, engine, desk, browsers);
        }
    }

    private static async Task MeasurePagesAsync(Report report, string engine, HttpClient session, string empty, string full)
    {
        var (empties, fulls) = (new List<double>(), new List<double>());
        for (var i = -5; i < Requests; i++)
        {
            var (e, f) = (await ServeAsync(session, $"/incidents/{empty}"), await ServeAsync(session, $"/incidents/{full}"));
            if (i < 0) continue;
            empties.Add(e);
            fulls.Add(f);
        }
        var without = new Samples(empties);
        report.Time($"GET incident page, {engine}, empty incident", without);
        report.Time($"GET incident page, {engine}, 500 impacts, 200 mitigations, 20,000 entries", new Samples(fulls), without, (without.P50 + 100) / without.P50, "empty incident", budget: "≤ empty + 100 ms");
        foreach (var (name, path) in new[] { ("tree", "/inventory"), ("table", "/inventory?view=table"), ("members", "/inventory?view=members") })
        {
            var times = new List<double>();
            for (var i = -3; i < Requests; i++)
            {
                var took = await ServeAsync(session, path);
                if (i >= 0) times.Add(took);
            }
            report.Time($"GET inventory as {name}, {engine}", new Samples(times));
        }
    }

    /// <summary>An uplink goes down with 2,000 sites behind it, each time in an incident of its own that a page and a follower watch.</summary>
    private static async Task MeasureMarksAsync(Report report, string engine, Desk desk, Browsers browsers)
    {
        var (marks, arrivals, drawn) = (new List<double>(), new List<double>(), new List<double>());
        await using var context = await browsers.SignInAsync(desk);
        for (var i = -1; i < Marks; i++)
        {
            var key = await desk.DeclareAsync("Uplink down");
            var page = await context.NewPageAsync();
            await Browsers.GotoInteractiveAsync(page, $"/incidents/{key}");
            await using var follower = await HubFollower.FollowAsync(desk, key, 0);
            while (follower.Arrivals.IsEmpty) await Task.Delay(20);
            var before = follower.Arrivals.Count;
            var seen = page.Locator("#hit .bundle").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = 60_000 });
            var start = Stopwatch.GetTimestamp();
            var marked = MarkAsync(desk, key, "uplink-a");
            var shown = seen.ContinueWith(done => done.IsCompletedSuccessfully ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw done.Exception!, TaskScheduler.Default);
            await marked;
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var inDom = await shown;
            while (follower.Arrivals.Count == before) await Task.Delay(5);
            await page.CloseAsync();
            if (i < 0) continue;
            marks.Add(took);
            arrivals.Add(Stopwatch.GetElapsedTime(start, follower.Arrivals.Values.Max()).TotalMilliseconds);
            drawn.Add(inDom);
        }
        report.Time($"uplink with 2,000 sites behind it marked, {engine}", new Samples(marks));
        report.Amount($"… the slowest, {engine}", "ms", Marks, marks.Max(), most: 1_000);
        report.Time($"… until a follower of the hub has it, {engine}", new Samples(arrivals));
        report.Time($"… until another page shows it, {engine}", new Samples(drawn));
    }

    /// <summary>150 servers behind two uplinks, the first with 100 servers and 2,000 sites; every member has three sites.</summary>
    private static async Task<double> ImportAsync(Desk desk)
    {
        var csv = new StringBuilder("kind,name,member,sits_on,host_names,addresses,invented\nuplink,uplink-a,,,,,yes\nuplink,uplink-b,,,,,yes\n");
        for (var n = 0; n < Members; n++) csv.Append("member,Member ").Append(n).Append(",,,,,yes\n");
        for (var n = 0; n < Servers; n++) csv.Append("server,web-").Append(n).Append(",,uplink-").Append(n < 100 ? 'a' : 'b').Append(",web-").Append(n).Append(".example.org,2001:db8::").Append(n + 1).Append(",yes\n");
        for (var n = 0; n < Sites; n++) csv.Append("site,site-").Append(n).Append(",Member ").Append(n % Members).Append(",web-").Append(n % Servers).Append(",site-").Append(n).Append(".example.org,,yes\n");
        using var content = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
        var start = Stopwatch.GetTimestamp();
        using var answer = await desk.Api.PostAsync("/api/v1/inventory/import", content);
        await CheckAsync(answer);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task FillAsync(Desk desk, string key)
    {
        await desk.FillAsync(key, 20_000);
        // A server and the 20 sites on it, 23 times, and 17 sites by themselves: 500.
        for (var n = 100; n < 123; n++) await MarkAsync(desk, key, $"web-{n}");
        for (var n = 0; n < 17; n++) await MarkAsync(desk, key, $"site-{123 + (n * Servers)}");
        for (var n = 0; n < 200; n++)
        {
            using var answer = await desk.Api.PostAsJsonAsync($"/api/v1/incidents/{key}/mitigations", new { facts = new { title = $"Rate limit {n}", kind = "rate-limit", scope = new[] { $"web-{n % Servers}" } } });
            await CheckAsync(answer);
        }
    }

    private static async Task MarkAsync(Desk desk, string key, string asset)
    {
        using var answer = await desk.Api.PostAsJsonAsync($"/api/v1/incidents/{key}/impacts", new { asset, state = "MajorOutage", cause = "Targeted", behind = true });
        await CheckAsync(answer);
    }

    private static async Task<double> ServeAsync(HttpClient session, string path)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await session.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? took : throw new InvalidOperationException($"{path} was answered with {answer.StatusCode}.");
    }

    private static async Task CheckAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }
}
