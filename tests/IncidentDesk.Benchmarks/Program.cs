using System.Diagnostics;
using System.Globalization;
using IncidentDesk.Benchmarks;
using IncidentDesk.Benchmarks.Documents;
using IncidentDesk.Benchmarks.History;
using IncidentDesk.Testing;
using Npgsql;

// benchmarks [FILE.json] [--only append,watched,push,page,situation,history,documents,memory,start]
// benchmarks generate CONNECTION [INCIDENTS ENTRIES]: fills an empty database with a made-up history
// benchmarks measure CONNECTION: search and figures on a database that was filled so, without its pages
if (args is ["generate", var into, ..]) return await HistoryDesk.GenerateAsync(into, args.Length > 3 ? int.Parse(args[2], CultureInfo.InvariantCulture) : HistoryDesk.Incidents, args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : HistoryDesk.Entries);
if (args is ["measure", var on]) return await HistoryLoads.MeasureAsync(on);

var only = Array.IndexOf(args, "--only") is >= 0 and var at ? args[at + 1].Split(',') : null;
var path = args.FirstOrDefault(a => a.EndsWith(".json", StringComparison.Ordinal)) ?? "benchmarks.json";
var failures = 0;

var clock = Stopwatch.StartNew();
var report = new Report();
await using var postgres = await DurablePostgres.StartNewAsync();
await using var browsers = await Browsers.LaunchAsync();
var machine = await Machine.ReadAsync(postgres.ConnectionString, browsers.Version);
Console.WriteLine($"{machine.Cores} cores ({machine.Processor}), {machine.MemoryGiB} GiB, {machine.System}, {machine.Runtime}, PostgreSQL {machine.Postgres}, Chromium {machine.Browser}, load {machine.LoadBefore}");

await using (var floors = await Floors.StartAsync(await DatabaseAsync("floor")))
await using (var onPostgres = await Desk.StartAsync(await DatabaseAsync("desk")))
{
    await PartAsync("append", async () =>
    {
        await using (var onSqlite = await Desk.StartAsync(null)) await Appending.MeasureAsync(report, "SQLite", onSqlite, floors.Address, "/sqlite");
        await Appending.MeasureAsync(report, "PostgreSQL", onPostgres, floors.Address, "/postgres");
        await Appending.MeasurePartsAsync(report, floors.Address);
    });
    await PartAsync("watched", async () =>
    {
        await Appending.MeasureWatchedAsync(report, "PostgreSQL", "200 on the hub", onPostgres, key => HubFollower.GatherAsync(onPostgres, key, 200));
        await Appending.MeasureWatchedAsync(report, "PostgreSQL", "200 pages open", onPostgres, key => OpenPages.GatherAsync(onPostgres, key, 200));
    });
    await PartAsync("push", async () =>
    {
        await Pushing.MeasureAsync(report, "one node", browsers, onPostgres, onPostgres);
        await using var second = await Desk.StartAsync(await DatabaseAsync("desk"), onPostgres);
        await Pushing.MeasureAsync(report, "two nodes", browsers, onPostgres, second);
    });
}
await PartAsync("page", async () => await PageLoads.MeasureAsync(report, browsers, await DatabaseAsync("pages")));
await PartAsync("situation", async () => await SituationLoads.MeasureAsync(report, browsers, await DatabaseAsync("situation")));
await PartAsync("history", async () => await HistoryLoads.MeasureAsync(report, await DatabaseAsync("history")));
await PartAsync("documents", async () => await DocumentLoads.MeasureAsync(report, await DatabaseAsync("documents")));
await PartAsync("memory", async () => await Memory.MeasureAsync(report, browsers, await DatabaseAsync("memory")));
await PartAsync("start", () => Starting.MeasureAsync(report));

report.Print();
await report.WriteAsync(path, machine with { LoadAfter = Machine.Load() });
Console.WriteLine($"{Path.GetFullPath(path)} written after {clock.Elapsed.TotalSeconds:0} s, load {Machine.Load()}");

return failures;

// One part that fails does not take the others' numbers with it.
async Task PartAsync(string part, Func<Task> measure)
{
    if (only is not null && !only.Contains(part, StringComparer.Ordinal)) return;
    try
    {
        await measure();
    }
    catch (Exception e)
    {
        failures++;
        report.Note($"{part} was not measured to its end: {e.Message.Split('\n')[0]}");
    }
}

async Task<string> DatabaseAsync(string name)
{
    await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
    await using var exists = source.CreateCommand($"SELECT 1 FROM pg_database WHERE datname = '{name}'");
    if (await exists.ExecuteScalarAsync() is null)
    {
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
    }
    return new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = name }.ConnectionString;
}
