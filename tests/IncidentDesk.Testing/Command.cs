using System.Diagnostics;

namespace IncidentDesk.Testing;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">All of standard output.</param>
/// <param name="Error">All of standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}".TrimEnd();
}

internal static class Command
{
    /// <summary>Runs to the end, with <paramref name="stdin"/> (or nothing) as its whole input.</summary>
    /// <exception cref="TimeoutException">Not ended within the deadline; it has been killed.</exception>
    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, string? stdin, TimeSpan deadline)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(stdin);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended without reading its input: the exit code tells
        }
        using var limit = new CancellationTokenSource(deadline);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"Not ended within {deadline.TotalSeconds:0} s: {start.FileName} {string.Join(' ', start.ArgumentList)}\n{await output}\n{await error}", late);
        }
        return new CommandResult(process.ExitCode, await output, await error);
    }
}
