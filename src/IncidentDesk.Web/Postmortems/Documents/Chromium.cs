using System.Diagnostics;
using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Prints and draws documents by a Chromium on the server: without a network, one at a time and not for ever.</summary>
/// <remarks>That no script runs is up to the page's own policy: with scripts switched off altogether, Chromium's command to print does nothing.</remarks>
public sealed class Chromium(DeskOptions options, ILogger<Chromium> log) : IDisposable
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly string[] Known =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable", "/usr/bin/google-chrome", "/usr/lib/chromium/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Null where there is none.</summary>
    public string? Path { get; } = options.Chromium switch
    {
        null or "" => Known.FirstOrDefault(File.Exists),
        DeskOptions.NoChromium => null,
        var path => path,
    };

    /// <param name="isTagged">With an outline and with tags for those who do not see.</param>
    /// <returns>Whether <paramref name="pdf"/> is there.</returns>
    public Task<bool> PrintAsync(DocumentFolder.Work folder, string html, string pdf, bool isTagged, CancellationToken ct) =>
        RunAsync(folder, html, pdf, ["--no-pdf-header-footer", .. isTagged ? new[] { "--generate-pdf-document-outline", "--export-tagged-pdf" } : ["--disable-pdf-tagging"], $"--print-to-pdf={pdf}"], ct);

    /// <param name="page">Of the size of the picture.</param>
    /// <returns>Whether <paramref name="png"/> is there.</returns>
    public Task<bool> DrawAsync(DocumentFolder.Work folder, string page, int width, int height, string png, CancellationToken ct) =>
        RunAsync(folder, page, png, [$"--window-size={width},{height}", "--hide-scrollbars", "--force-device-scale-factor=2", $"--screenshot={png}"], ct);

    private async Task<bool> RunAsync(DocumentFolder.Work folder, string page, string made, string[] what, CancellationToken ct)
    {
        if (Path is null) return false;
        await _one.WaitAsync(ct);
        try
        {
            var start = new ProcessStartInfo(Path) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder.Path };
            start.Environment["HOME"] = folder.Path;
            string[] always =
            [
                "--headless=new", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync", "--disable-component-update",
                "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", $"--user-data-dir={folder.File("profile")}", "--timeout=110000",
                // A container's root has no sandbox to go into; what is printed has no scripts.
                .. options.ChromiumSandbox && !Environment.IsPrivilegedProcess ? [] : new[] { "--no-sandbox" },
            ];
            foreach (var argument in (string[])[.. always, .. what, new Uri(page).AbsoluteUri]) start.ArgumentList.Add(argument);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Longest);
            using var process = Process.Start(start)!;
            try
            {
                // Read, or it waits for room to say more.
                var said = process.StandardError.ReadToEndAsync(limit.Token);
                _ = process.StandardOutput.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                if (process.ExitCode == 0 && new FileInfo(made) is { Exists: true, Length: > 0 }) return true;
                log.LogWarning("Chromium ended with {Code}: {Said}", process.ExitCode, (await said)[..Math.Min(500, (await said).Length)]);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Chromium was not done after {Longest}", Longest);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                    // What it still writes would keep the folder from going.
                    process.WaitForExit(TimeSpan.FromSeconds(5));
                }
            }
            return false;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            log.LogWarning(e, "Chromium does not start");
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
