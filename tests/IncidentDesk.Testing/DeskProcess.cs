using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace IncidentDesk.Testing;

/// <summary>
/// The desk as an operator runs it: a process of its own on a port of 127.0.0.1 that stays the same over every restart.
/// Disposing it kills it; a data directory that it made itself is removed.
/// </summary>
public sealed partial class DeskProcess : IAsyncDisposable
{
    private const int LinesKept = 2_000;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(40);

    private readonly Queue<string> _lines = new();
    private readonly string? _ownDirectory;
    private readonly Dictionary<string, string?> _environment;
    private Process? _process;

    /// <param name="postgres">Connection string of PostgreSQL; SQLite in the data directory when null.</param>
    /// <param name="dataDirectory">A new one under the system's temporary directory when null.</param>
    /// <param name="environment">More variables, or null to take one away.</param>
    public DeskProcess(string? postgres = null, string? dataDirectory = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        if (dataDirectory is null)
            dataDirectory = _ownDirectory = Directory.CreateTempSubdirectory("desk-data-").FullName;
        DataDirectory = dataDirectory;
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        _environment = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["Desk__DataDirectory"] = dataDirectory,
            ["ConnectionStrings__Desk"] = postgres,
        };
        // the static files of a build, not of a publish, are found in Development only
        _environment.TryAdd("ASPNETCORE_ENVIRONMENT", "Development");
    }

    /// <summary>Where it listens, from the start on.</summary>
    public Uri Address { get; }

    public string DataDirectory { get; }

    /// <summary>The last lines that the process wrote, of all its runs.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Of the run that is on, or of the last one.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The desk was never started.");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts it, again too, and returns when <c>/healthz</c> answers 200.</summary>
    /// <exception cref="InvalidOperationException">It has ended instead; the message has its output.</exception>
    public async Task StartAsync()
    {
        if (IsRunning)
            throw new InvalidOperationException("The desk runs already.");
        _process?.Dispose();
        var start = StartInfo("serve", "--urls", Address.OriginalString);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            await Poll.UntilAsync(() => IsHealthyAsync(http), StartDeadline, "the desk answers /healthz with 200");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{Output}", late);
        }
    }

    /// <summary>SIGKILL: no farewell. Returns when the process is gone.</summary>
    public void Kill()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, as a service manager does it. Returns when the process is gone.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It does not end; the message has its output.</exception>
    public async Task<int> StopAsync()
    {
        var process = _process ?? throw new InvalidOperationException("The desk was never started.");
        if (!process.HasExited)
            _ = SendSignal(process.Id, Sigterm);
        using var limit = new CancellationTokenSource(StopDeadline);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"The desk does not stop within {StopDeadline.TotalSeconds:0} s.\n{Output}", late);
        }
        return process.ExitCode;
    }

    /// <summary>An operator command on the same data, in a process of its own: <c>admin create --email …</c>.</summary>
    /// <param name="arguments">As on the command line.</param>
    /// <param name="stdin">All of its input.</param>
    public Task<CommandResult> RunAsync(IEnumerable<string> arguments, string? stdin = null) =>
        Command.RunAsync(StartInfo([.. arguments]), stdin, StartDeadline);

    /// <summary>The one-time link that creates the first administrator, as the desk prints it.</summary>
    public async Task<Uri> SetupLinkAsync()
    {
        Match found = Match.Empty;
        await Poll.UntilAsync(() => (found = SetupLink().Match(Output)).Success, TimeSpan.FromSeconds(10), "the set-up link is printed");
        return new Uri(Address, found.Value);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            Kill();
        _process?.Dispose();
        if (_ownDirectory is not null)
            await Task.Run(() => Directory.Delete(_ownDirectory, recursive: true));
    }

    private ProcessStartInfo StartInfo(params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        var start = new ProcessStartInfo(host, [Checkout.DeskAssembly, .. arguments]) { WorkingDirectory = Checkout.DeskProject, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(IsOfTheTests).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        return start;
    }

    // what the developer's shell or the test platform sets must not reach the desk
    private static bool IsOfTheTests(string name) =>
        name.StartsWith("Desk__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase) || name is "DOTNET_ENVIRONMENT" or "DOTNET_STARTUP_HOOKS";

    private async Task<bool> IsHealthyAsync(HttpClient http)
    {
        if (_process!.HasExited)
        {
            _process.WaitForExit();
            throw new InvalidOperationException($"The desk has ended with exit code {_process.ExitCode}.\n{Output}");
        }
        try
        {
            using var answer = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
                _lines.Dequeue();
        }
    }

    // only its path: behind a proxy the desk prints another host
    [GeneratedRegex(@"/setup\?token=[^\s""'<>]+", RegexOptions.NonBacktracking)]
    private static partial Regex SetupLink();

    private const int Sigterm = 15;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
