using System.Diagnostics;

namespace IncidentDesk.Testing;

/// <summary>Waiting for something that happens outside the test's own clock: a process, a socket, a browser.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns as soon as <paramref name="condition"/> is true.</summary>
    /// <param name="condition">Asked again and again; what it throws ends the wait at once.</param>
    /// <param name="deadline">Real time to wait at most.</param>
    /// <param name="what">What is awaited, as a sentence for the failure.</param>
    /// <exception cref="TimeoutException">The deadline has passed.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan deadline, string what)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > deadline)
                throw new TimeoutException($"Not within {deadline.TotalSeconds:0.#} s: {what}");
            await Task.Delay(Interval);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, TimeSpan, string)"/>
    public static Task UntilAsync(Func<bool> condition, TimeSpan deadline, string what)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return UntilAsync(() => Task.FromResult(condition()), deadline, what);
    }
}
