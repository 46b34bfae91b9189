using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace IncidentDesk.Benchmarks;

/// <summary>Where the numbers come from: without it they mean nothing.</summary>
/// <param name="LoadBefore">One-minute load average at the start: above the number of cores, others were at work.</param>
internal sealed record Machine(DateTime MeasuredAt, int Cores, string Processor, double MemoryGiB, string System, string Runtime, string Postgres, string Browser, double LoadBefore, double LoadAfter)
{
    public static async Task<Machine> ReadAsync(string postgres, string browser)
    {
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var command = source.CreateCommand("SHOW server_version");
        var version = (string)(await command.ExecuteScalarAsync())!;
        var processor = (await File.ReadAllLinesAsync("/proc/cpuinfo")).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "?";
        return new Machine(DateTime.UtcNow, Environment.ProcessorCount, processor, Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024.0 / 1024 / 1024, 1),
            RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, version, browser, Load(), 0);
    }

    public static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
