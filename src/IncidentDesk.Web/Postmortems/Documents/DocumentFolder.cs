using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Where files are made before the first byte of them is given. They go when they have been given; what a crash left goes when the desk starts.</summary>
public sealed class DocumentFolder(DeskOptions options) : IHostedService
{
    /// <summary>Older than any export takes.</summary>
    private static readonly TimeSpan Left = TimeSpan.FromHours(1);

    private readonly string _path = Path.Combine(options.DataDirectory, "exports");

    /// <summary>An empty folder for one export.</summary>
    public Work Begin()
    {
        var path = Path.Combine(_path, Guid.NewGuid().ToString("N"));
        // Nobody else on the server reads what is for an audience.
        return new((OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).FullName);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_path)) return Task.CompletedTask;
        // Another desk or an operator's command may be at work in the same folder.
        foreach (var left in new DirectoryInfo(_path).EnumerateDirectories().Where(d => d.LastWriteTimeUtc < DateTime.UtcNow - Left)) Work.Remove(left.FullName);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One export's folder, gone when disposed.</summary>
    public sealed class Work(string path) : IDisposable
    {
        public string Path { get; } = path;

        public string File(string name) => System.IO.Path.Combine(Path, name);

        public void Dispose() => Remove(Path);

        internal static void Remove(string path)
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody reads it still: the next start takes it away.
            }
        }
    }
}
