using System.Diagnostics;
using Npgsql;

namespace IncidentDesk.Benchmarks;

/// <summary>The incident page with a short and with a long log.</summary>
internal static class PageLoads
{
    private const int Requests = 100;
    private const int Opens = 15;

    public static async Task MeasureAsync(Report report, Browsers browsers, string postgres)
    {
        foreach (var engine in new[] { "PostgreSQL", "SQLite" })
        {
            await using var desk = await Desk.StartAsync(engine == "SQLite" ? null : postgres);
            using var session = await desk.SignInAsync();
            var (small, large) = (await desk.DeclareAsync("A short log"), await desk.DeclareAsync("A long log"));
            await desk.FillAsync(small, 200);
            await desk.FillAsync(large, 20_000);
            if (engine == "PostgreSQL")
            {
                // The server does this by itself within a minute of such an import.
                await using var source = NpgsqlDataSource.Create(postgres);
                await using var analyze = source.CreateCommand("ANALYZE");
                await analyze.ExecuteNonQueryAsync();
            }

            var served = await InTurnAsync(Requests, key => ServeAsync(session, key), small, large);
            report.Time($"GET incident page, {engine}, 200 entries", served.Small);
            report.Time($"GET incident page, {engine}, 20,000 entries", served.Large, served.Small, most: 1.3, against: "200 entries");

            await using var context = await browsers.SignInAsync(desk);
            async Task<double> OpenAsync(string key)
            {
                var page = await context.NewPageAsync();
                var start = Stopwatch.GetTimestamp();
                await Browsers.GotoInteractiveAsync(page, $"/incidents/{key}");
                var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                await page.CloseAsync();
                return took;
            }
            var opened = await InTurnAsync(Opens, OpenAsync, small, large);
            report.Time($"until interactive in Chromium, {engine}, 200 entries", opened.Small);
            report.Time($"until interactive in Chromium, {engine}, 20,000 entries", opened.Large, opened.Small, most: 1.3, against: "200 entries");
        }
    }

    /// <summary>After a warm-up, one and the other in turn, so that both meet the same machine.</summary>
    private static async Task<(Samples Small, Samples Large)> InTurnAsync(int times, Func<string, Task<double>> measure, string small, string large)
    {
        var (smalls, larges) = (new List<double>(), new List<double>());
        for (var i = -5; i < times; i++)
        {
            var (s, l) = (await measure(small), await measure(large));
            if (i < 0) continue;
            smalls.Add(s);
            larges.Add(l);
        }
        return (new Samples(smalls), new Samples(larges));
    }

    private static async Task<double> ServeAsync(HttpClient session, string key)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await session.GetAsync($"/incidents/{key}");
        var html = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return html.Contains("data-entry-id", StringComparison.Ordinal) ? took : throw new InvalidOperationException($"{answer.StatusCode}: no timeline in the page");
    }
}
