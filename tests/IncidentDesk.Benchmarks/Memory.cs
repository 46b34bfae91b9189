using System.Globalization;

namespace IncidentDesk.Benchmarks;

/// <summary>What the desk's process holds: idle, and for each page that is open.</summary>
internal static class Memory
{
    private const int Browsed = 30;
    private const int Circuits = 200;

    public static async Task MeasureAsync(Report report, Browsers browsers, string postgres)
    {
        foreach (var engine in new[] { "PostgreSQL", "SQLite" })
        {
            await using var desk = await Desk.StartAsync(engine == "SQLite" ? null : postgres);
            report.Amount($"resident memory idle, {engine}, after the start", "MiB", 1, Resident(desk.ProcessId), most: 200);
            if (engine == "SQLite") continue;

            var key = await desk.DeclareAsync("Watched by many");
            await desk.FillAsync(key, 200);
            // What the first pages load stays loaded, and is not the price of the next page.
            await using (await OpenPages.GatherAsync(desk, key, 10)) await SettleAsync(desk);
            await SettleAsync(desk);

            // The desk allows each person twenty pages.
            await using var context = await browsers.SignInAsync(desk);
            await using var other = await browsers.SignInAsync(desk, person: 1);
            var before = await SettleAsync(desk);
            for (var i = 0; i < Browsed; i++) await Browsers.GotoInteractiveAsync(await (i % 2 == 0 ? context : other).NewPageAsync(), $"/incidents/{key}");
            var withBrowsers = await SettleAsync(desk);
            report.Amount($"resident memory a page, {engine}, {Browsed} pages in Chromium, 100 entries shown", "MiB", Browsed, (withBrowsers - before) / Browsed, most: 1.5);

            await using (await OpenPages.GatherAsync(desk, key, Circuits))
            {
                var withAll = await SettleAsync(desk);
                report.Amount($"resident memory a page, {engine}, {Circuits} more circuits, 100 entries shown", "MiB", Circuits, (withAll - withBrowsers) / Circuits, most: 1.5);
            }
            report.Amount($"resident memory in use, {engine}, {Browsed} pages open, after the circuits went", "MiB", 1, await SettleAsync(desk));
        }
    }

    /// <summary>Resident memory after full collections, in MiB.</summary>
    private static async Task<double> SettleAsync(Desk desk)
    {
        for (var i = 0; i < 3; i++)
        {
            await DiagnosticsPort.CollectGarbageAsync(desk.ProcessId);
            await Task.Delay(700);
        }
        return Resident(desk.ProcessId);
    }

    private static double Resident(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }
}
