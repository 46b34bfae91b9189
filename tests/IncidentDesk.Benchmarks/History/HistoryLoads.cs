using System.Data.Common;
using System.Diagnostics;
using IncidentDesk.Data;
using IncidentDesk.History;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Benchmarks.History;

/// <summary>Ten thousand incidents and a million entries: search, facets, the figures of the leadership, and the page of a long log among them.</summary>
/// <remarks>Beside each stands the bare SQL that answers the same question, through the same driver, on the same database, in turns.</remarks>
internal static class HistoryLoads
{
    private const int Rounds = 9;

    // A desk that has answered before; the compiler has seen what it asks.
    private const int Warm = 3;

    private static readonly string[] Searches =
    [
        "ticket-4711", "memcached", "inundación amplificación", "\"mail dns\"", "saturacion*", "198.51.100.7", "flowspec blackhole scrubbing", "conex", "handshake renegotiation -botnet", "traffic server uplink", "INC-2015", "greyl", "petición autónomo", "bgp prefix announcement", "the",
    ];

    public static async Task MeasureAsync(Report report, string postgres)
    {
        var directory = Directory.CreateTempSubdirectory("desk-history-").FullName;
        try
        {
            foreach (var (engine, connection) in new[] { ("SQLite", $"Data Source={Path.Combine(directory, "desk.db")}"), ("PostgreSQL", postgres) })
            {
                await using var desk = HistoryDesk.On(connection);
                report.Amount($"made-up history written, {engine}", "s", 1, (await desk.Data.FillAsync()).TotalSeconds);
                await desk.FindPeopleAsync();
                await SearchAsync(report, engine, desk);
                await FiguresAsync(report, engine, desk);
                await PagesAsync(report, engine, engine == "SQLite" ? null : postgres, directory, desk);
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>On a database that was filled before.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> MeasureAsync(string connection)
    {
        var report = new Report();
        await using var desk = HistoryDesk.On(connection);
        var engine = desk.Get<DeskDatabase>().Engine is PostgresEngine ? "PostgreSQL" : "SQLite";
        await desk.FindPeopleAsync();
        await SearchAsync(report, engine, desk);
        await FiguresAsync(report, engine, desk);
        report.Print();
        return 0;
    }

    private static async Task SearchAsync(Report report, string engine, HistoryDesk desk)
    {
        var (ours, bare) = (Searches.ToDictionary(t => t, _ => new List<double>(), StringComparer.Ordinal), Searches.ToDictionary(t => t, _ => new List<double>(), StringComparer.Ordinal));
        for (var round = -Warm; round < Rounds; round++)
        {
            foreach (var text in Searches)
            {
                var b = await BareAsync(desk, [Matching(engine, text)]);
                var o = await TimeAsync(() => desk.Get<SearchIncidents>().HandleAsync(new IncidentQuestion(text, Take: 50), desk.Reader, default));
                if (round < 0) continue;
                ours[text].Add(o);
                bare[text].Add(b);
            }
        }
        // The promise is about the p95 over the mix of words; each of them stands below it.
        var (found, floor) = (Samples.Of([.. ours.Values]), Samples.Of([.. bare.Values]));
        report.Time($"search, {engine}", found, floor, null, "bare SQL");
        report.Time($"search, {engine}: the p95 of both", new([found.P95]), new([floor.P95]), 1.5, "bare SQL");
        foreach (var text in Searches) report.Time($"search “{text}”, {engine}", new(ours[text]), new(bare[text]), null, "bare SQL");

        const string year = """ WHERE "IncidentId" IN (SELECT "Id" FROM "Incidents" WHERE substr("Key", 5, 4) = '2015')""";
        foreach (var (name, question, where) in new[] { ("nothing chosen", new IncidentQuestion(), ""), ("a year chosen", new IncidentQuestion(Years: [2015]), year), ("a text", new IncidentQuestion("memcached"), "") })
        {
            // Each facet but the year's own is counted among those of the year.
            string[] sql =
            [
                """SELECT "Id", "Status", "Severity", substr("Key", 5, 4), "Tlp" FROM "Incidents" """,
                $"""SELECT "IncidentId", "Vector" FROM "AttackWaves"{where}""",
                $"""SELECT "IncidentId", "PersonId" FROM "RoleAssignments"{where}""",
                $"""SELECT "IncidentId", "AssetId" FROM "Impacts"{where}""",
                $"""SELECT w."IncidentId", t."AssetId" FROM "WaveTargets" t JOIN (SELECT "Id", "IncidentId" FROM "AttackWaves"{where}) w ON w."Id" = t."WaveId" """,
                """SELECT "Id", "MemberId", "Name" FROM "Assets" """,
                """SELECT "Id", "Name" FROM "Members" """,
                .. question.Text.Length == 0 ? [] : new[] { Matching(engine, question.Text) },
            ];
            await CompareAsync(report, $"facets, {name}, {engine}", desk, sql, () => desk.Get<CountFacets>().HandleAsync(question, "", "", desk.Reader, default), null);
        }
    }

    private static string Matching(string engine, string text) => engine == "SQLite"
        ? $"""SELECT d."IncidentId", sum(d."Kind" = 'Title'), count(*), max(d."At") FROM "SearchIndex" JOIN "SearchDocuments" d ON d."RowId" = "SearchIndex".rowid WHERE "SearchIndex" MATCH '{SqliteEngine.Fts5(SearchText.Parse(text))}' GROUP BY d."IncidentId" """
        : $"""SELECT "IncidentId", sum(CASE WHEN "Kind" = 'Title' THEN 1 ELSE 0 END), count(*), max("At") FROM "SearchDocuments" WHERE "Vector" @@ to_tsquery('simple', '{PostgresEngine.TsQuery(SearchText.Parse(text)).Replace("'", "''")}') GROUP BY "IncidentId" """;

    private static async Task FiguresAsync(Report report, string engine, HistoryDesk desk)
    {
        const string incidents = """SELECT "Id", "Key", "Title", "Severity", "IsRestricted", "DeclaredAt" FROM "Incidents" """;
        const string milestones = """SELECT "IncidentId", "Kind", "At", "Precision" FROM "Milestones" """;
        // As the figure asks for them: those that place an incident, and the end that is measured.
        static string MilestonesOf(Figure figure) => $"""SELECT "IncidentId", "Kind", "At", "Precision" FROM "Milestones" WHERE "Kind" IN ('ImpactStarted', 'Declared', '{figure.Ends()?.To.ToString() ?? "Declared"}')""";
        const string impacts = """SELECT i."ImpactId", i."Revision", i."IncidentId", i."AssetId", a."MemberId", a."Kind", i."State", i."Cause", i."FromAt", i."FromPrecision", i."ToAt", i."ToPrecision", i."IsWithdrawn", i."RecordedAt" FROM "Impacts" i JOIN "Assets" a ON a."Id" = i."AssetId" WHERE a."MemberId" IS NOT NULL""";
        const string waves = """SELECT "IncidentId", "Number", "Vector", "FromAt", "FromPrecision", "ToAt", "ToPrecision", "AdaptedToId" FROM "AttackWaves" WHERE NOT "IsWithdrawn" """;
        const string served = """SELECT l."IncidentId", l."MitigationId", m."Name", m."Kind" FROM "IncidentMitigations" l JOIN "Mitigations" m ON m."Id" = l."MitigationId" """;
        const string steps = """SELECT "MitigationId", "Number", "State", "At", "Precision" FROM "MitigationSteps" """;
        const string targeted = """SELECT i."ImpactId", i."Revision", i."IncidentId", a."MemberId", i."Cause", i."IsWithdrawn" FROM "Impacts" i JOIN "Assets" a ON a."Id" = i."AssetId" WHERE a."MemberId" IS NOT NULL AND (i."Cause" = 'Targeted' OR i."Revision" > 1)""";
        const string aims = """SELECT w."IncidentId", a."MemberId" FROM "WaveTargets" t JOIN "AttackWaves" w ON w."Id" = t."WaveId" JOIN "Assets" a ON a."Id" = t."AssetId" WHERE NOT w."IsWithdrawn" AND a."MemberId" IS NOT NULL""";
        const string members = """SELECT "Id", "Name" FROM "Members" """;
        const string followUps = """SELECT i."Key", f."Action", f."DueOn" FROM "FollowUps" f JOIN "Incidents" i ON i."Id" = f."IncidentId" WHERE f."State" = 'Open'""";
        // What began in two years, as the page reads it of one and the one before.
        static string Within(string column, int from, int to) => $"""{column} IN (SELECT "IncidentId" FROM "Milestones" WHERE "Kind" = 'ImpactStarted' AND "At" >= '{from}-01-01' AND "At" < '{to}-01-01')""";
        string[] SqlOf(Figure figure) => figure switch
        {
            Figure.MemberHours => [incidents, MilestonesOf(figure), impacts],
            Figure.Vectors => [incidents, MilestonesOf(figure), waves],
            Figure.Defences => [incidents, MilestonesOf(figure), served, steps, $"""{waves} AND "AdaptedToId" IS NOT NULL"""],
            Figure.Targets => [incidents, MilestonesOf(figure), targeted, aims, members],
            Figure.FollowUps => [incidents, MilestonesOf(figure), followUps],
            _ => [incidents, MilestonesOf(figure)],
        };
        foreach (var figure in Enum.GetValues<Figure>())
            await CompareAsync(report, $"{figure} of all years, {engine}", desk, SqlOf(figure), () => desk.Get<ReadFigure>().HandleAsync(figure, Period.All, desk.Administrator, default));
        var query = new ReadLeadership.Query(Period.Year(2025), ["America/New_York", "America/Mexico_City"]);
        await CompareAsync(report, $"leadership page, one year, {engine}", desk,
            [
                incidents, milestones, $"{impacts} AND {Within("i.\"IncidentId\"", 2024, 2026)}", waves, $"{served} WHERE {Within("l.\"IncidentId\"", 2025, 2026)}",
                $"""{steps} WHERE "MitigationId" IN (SELECT "MitigationId" FROM "IncidentMitigations" WHERE {Within("\"IncidentId\"", 2025, 2026)})""", $"{aims} AND {Within("w.\"IncidentId\"", 2025, 2026)}", members, followUps,
            ], () => desk.Get<ReadLeadership>().HandleAsync(query, desk.Administrator, default));
    }

    private static async Task CompareAsync<T>(Report report, string name, HistoryDesk desk, string[] sql, Func<Task<Result<T>>> ask, double? most = 1.5)
    {
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = -Warm; round < Rounds; round++)
        {
            var (b, o) = (await BareAsync(desk, sql), await TimeAsync(ask));
            if (round < 0) continue;
            ours.Add(o);
            bare.Add(b);
        }
        report.Time(name, new Samples(ours), new Samples(bare), most, "bare SQL");
    }

    private static async Task PagesAsync(Report report, string engine, string? postgres, string directory, HistoryDesk data)
    {
        string longLog, shortLog;
        await using (var db = await data.Get<DeskDatabase>().OpenAsync(default))
        {
            longLog = await db.Incidents.IgnoreQueryFilters().Where(i => i.LastSequence == HistoryData.LongLog).Select(i => i.Key).FirstAsync();
            shortLog = await db.Incidents.IgnoreQueryFilters().OrderBy(i => i.LastSequence < 200 ? 1 : 0).ThenBy(i => i.LastSequence).Select(i => i.Key).FirstAsync();
        }
        await using var desk = await Desk.StartAsync(postgres, dataDirectory: directory);
        using var session = await desk.SignInAsync();
        var (shorts, longs) = (new List<double>(), new List<double>());
        for (var i = -5; i < 40; i++)
        {
            var (s, l) = (await ServeAsync(session, $"/incidents/{shortLog}"), await ServeAsync(session, $"/incidents/{longLog}"));
            if (i < 0) continue;
            shorts.Add(s);
            longs.Add(l);
        }
        var floor = new Samples(shorts);
        report.Time($"GET incident page among a million entries, {engine}, 200 entries", floor);
        report.Time($"GET incident page among a million entries, {engine}, 20,000 entries", new Samples(longs), floor, most: 1.3, against: "200 entries");
        foreach (var path in new[] { "/", "/?q=memcached", "/leadership", "/leadership?period=all" })
        {
            var times = new List<double>();
            for (var i = -2; i < 10; i++)
            {
                var took = await ServeAsync(session, path);
                if (i >= 0) times.Add(took);
            }
            report.Time($"GET {path}, {engine}", new Samples(times));
        }
    }

    private static async Task<double> ServeAsync(HttpClient session, string path)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await session.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException($"{path} was answered with {answer.StatusCode}.");
    }

    private static async Task<double> TimeAsync<T>(Func<Task<Result<T>>> ask)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await ask();
        return result.Succeeded ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException(result.Error!.Code);
    }

    /// <summary>Reads all columns of all rows, as whoever wants the answer must.</summary>
    private static async Task<double> BareAsync(HistoryDesk desk, string[] statements)
    {
        var start = Stopwatch.GetTimestamp();
        await using var db = await desk.Get<DeskDatabase>().OpenAsync(default);
        await db.Database.OpenConnectionAsync();
        foreach (var sql in statements)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            var row = new object[reader.FieldCount];
            while (await reader.ReadAsync()) reader.GetValues(row);
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
