using System.Diagnostics;
using IncidentDesk.Testing;

namespace IncidentDesk.Benchmarks;

/// <summary>From the start of the published program to its first page.</summary>
internal static class Starting
{
    private const int Starts = 5;

    public static async Task MeasureAsync(Report report)
    {
        var published = Directory.CreateTempSubdirectory("desk-published-").FullName;
        var data = Directory.CreateTempSubdirectory("desk-start-").FullName;
        try
        {
            await PublishAsync(published);
            var first = await StartAsync(published, data);
            var again = new List<double>();
            for (var i = 0; i < Starts; i++) again.Add(await StartAsync(published, data));
            report.Amount("published start → first page, new database, SQLite", "ms", 1, first);
            report.Time("published start → first page, SQLite", new Samples(again));
        }
        finally
        {
            Directory.Delete(published, recursive: true);
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task PublishAsync(string to)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Checkout.DeskProject, "-c", "Release", "-o", to, "--nologo", "-v", "q"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0) throw new InvalidOperationException(output);
    }

    private static async Task<double> StartAsync(string published, string data)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(published, "IncidentDesk.Web.dll"), "serve", "--urls", address.OriginalString])
        {
            UseShellExecute = false,
            WorkingDirectory = published,
            RedirectStandardOutput = true,
            Environment = { ["Desk__DataDirectory"] = data, ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ConnectionStrings__Desk"] = null },
        };
        using var http = new HttpClient { BaseAddress = address };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            while (true)
            {
                if (process.HasExited) throw new InvalidOperationException($"The desk has ended with exit code {process.ExitCode}.");
                try
                {
                    using var answer = await http.GetAsync("/signin");
                    await answer.Content.ReadAsByteArrayAsync();
                    if (answer.IsSuccessStatusCode) return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                }
                catch (HttpRequestException)
                {
                    // not there yet
                }
                await Task.Delay(5);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
