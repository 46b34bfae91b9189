using System.Diagnostics;
using IncidentDesk.Benchmarks;
using IncidentDesk.Testing;
using Npgsql;

// benchmarks [FILE.json] [--only append,watched,push,page,memory,start]
var only = Array.IndexOf(args, "--only") is >= 0 and var at ? args[at + 1].Split(',') : null;
var path = args.FirstOrDefault(a => a.EndsWith(".json", StringComparison.Ordinal)) ?? "benchmarks.json";
bool Wanted(string part) => only is null || only.Contains(part, StringComparer.Ordinal);

var clock = Stopwatch.StartNew();
var report = new Report();
await using var postgres = await DurablePostgres.StartNewAsync();
await using var browsers = await Browsers.LaunchAsync();
var machine = await Machine.ReadAsync(postgres.ConnectionString, browsers.Version);
Console.WriteLine($"{machine.Cores} cores ({machine.Processor}), {machine.MemoryGiB} GiB, {machine.System}, {machine.Runtime}, PostgreSQL {machine.Postgres}, Chromium {machine.Browser}, load {machine.LoadBefore}");

await using (var floors = await Floors.StartAsync(await DatabaseAsync("floor")))
await using (var onPostgres = await Desk.StartAsync(await DatabaseAsync("desk")))
{
    if (Wanted("append"))
    {
        await using (var onSqlite = await Desk.StartAsync(null)) await Appending.MeasureAsync(report, "SQLite", onSqlite, floors.Address, "/sqlite");
        await Appending.MeasureAsync(report, "PostgreSQL", onPostgres, floors.Address, "/postgres");
        await Appending.MeasurePartsAsync(report, floors.Address);
    }
    if (Wanted("watched"))
    {
        using var session = await onPostgres.SignInAsync();
        await Appending.MeasureWatchedAsync(report, "PostgreSQL", "200 on the hub", onPostgres, key => HubFollower.GatherAsync(onPostgres, key, 200));
        await Appending.MeasureWatchedAsync(report, "PostgreSQL", "200 pages open", onPostgres, key => Circuit.GatherAsync(onPostgres, session, key, 200));
    }
    if (Wanted("push"))
    {
        await Pushing.MeasureAsync(report, "one node", browsers, onPostgres, onPostgres);
        await using var second = await Desk.StartAsync(await DatabaseAsync("desk"), onPostgres);
        await Pushing.MeasureAsync(report, "two nodes", browsers, onPostgres, second);
    }
}
if (Wanted("page")) await PageLoads.MeasureAsync(report, browsers, await DatabaseAsync("pages"));
if (Wanted("memory")) await Memory.MeasureAsync(report, browsers, await DatabaseAsync("memory"));
if (Wanted("start")) await Starting.MeasureAsync(report);

report.Print();
await report.WriteAsync(path, machine with { LoadAfter = Machine.Load() });
Console.WriteLine($"{Path.GetFullPath(path)} written after {clock.Elapsed.TotalSeconds:0} s, load {Machine.Load()}");

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
