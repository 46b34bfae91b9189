using System.Diagnostics;

namespace IncidentDesk.Testing;

/// <summary>How a PostgreSQL server goes down.</summary>
public enum PostgresStop
{
    /// <summary>Connections are cut, transactions rolled back, data written: an administrator's restart.</summary>
    Fast,

    /// <summary>No farewell, recovery from the log at the next start: a crash.</summary>
    Immediate,
}

/// <summary>A cluster of this process alone: own directory, own port on 127.0.0.1, trust authentication, superuser <c>postgres</c>.</summary>
internal sealed class PostgresCluster
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly string _binaries;
    private readonly string _directory;
    private readonly string _options;
    private readonly Process _undertaker;

    private PostgresCluster(string binaries, string directory, int port, bool durable)
    {
        (_binaries, _directory) = (binaries, directory);
        _options = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory} -c max_connections=300"
            + (durable ? " -c fsync=on -c synchronous_commit=on" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres";
        _undertaker = WatchOver();
    }

    public string ConnectionString { get; }

    private string Data => Path.Combine(_directory, "data");

    /// <summary>A new, stopped cluster.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or refuses.</exception>
    public static async Task<PostgresCluster> CreateAsync(bool durable)
    {
        var cluster = new PostgresCluster(FindBinaries(), Directory.CreateTempSubdirectory("desk-pg-").FullName, FreePort.Next(), durable);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", cluster._directory);
        await cluster.RunAsServerAsync("initdb", "--pgdata", cluster.Data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        return cluster;
    }

    public Task StartAsync() =>
        RunAsServerAsync("pg_ctl", "start", "--wait", "--pgdata", Data, "--log", Path.Combine(_directory, "log"), "--options", _options);

    public Task StopAsync(PostgresStop how) =>
        RunAsServerAsync("pg_ctl", "stop", "--wait", "--pgdata", Data, "--mode", how == PostgresStop.Fast ? "fast" : "immediate");

    /// <summary>Stops whatever still runs and removes the files.</summary>
    public async Task RemoveAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await StopAsync(PostgresStop.Immediate);
        Directory.Delete(_directory, recursive: true);
        _undertaker.Dispose();
    }

    /// <summary>Stops the server and removes its files when this process ends, however it ends.</summary>
    /// <remarks>
    /// The test platform kills a test process 0.1 s after its last test, before any cleaning up of its own. So a process in
    /// a session of its own waits for the end of its input, which this object holds open.
    /// </remarks>
    private Process WatchOver()
    {
        const string script = """
            exec >/dev/null 2>&1
            cat
            if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$1/pg_ctl" stop -D "$2/data" -m immediate; else "$1/pg_ctl" stop -D "$2/data" -m immediate; fi
            rm -rf "$2"
            """;
        return Process.Start(new ProcessStartInfo("setsid", ["--fork", "sh", "-c", script, "sh", _binaries, _directory])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        })!;
    }

    private static string FindBinaries()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian).OrderByDescending(Version) : Enumerable.Empty<string>();
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return versions.Select(version => Path.Combine(version, "bin")).Concat(path).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            ?? throw new InvalidOperationException(
                "These tests need PostgreSQL: install the package 'postgresql' (initdb is looked for in /usr/lib/postgresql/*/bin and PATH), or set DESK_TEST_POSTGRES to the connection string of a server's superuser.");
    }

    private static int Version(string directory) => int.TryParse(Path.GetFileName(directory).Split('.')[0], out var version) ? version : 0;

    // the server refuses to run as root
    private Task RunAsServerAsync(string program, params string[] arguments)
    {
        var file = Path.Combine(_binaries, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", file, .. arguments])
            : RunAsync(file, arguments);
    }

    private static async Task RunAsync(string file, params string[] arguments)
    {
        // a directory that the user 'postgres' may enter, too
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = Path.GetTempPath() };
        start.Environment["LC_ALL"] = "C.UTF-8";
        var result = await Command.RunAsync(start, stdin: null, Deadline);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)}: {result}");
    }
}
