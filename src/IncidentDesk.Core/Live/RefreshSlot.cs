using System.Threading.Channels;

namespace IncidentDesk.Live;

/// <summary>Many wake-ups, few refreshes: one at a time, at most one per interval, never missing the last. One that fails is tried again.</summary>
public sealed class RefreshSlot : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Func<Task> _refresh;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _failed;
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private volatile bool _disposed;

    /// <param name="failed">Told of the first failure of a row of them.</param>
    public RefreshSlot(Func<Task> refresh, TimeSpan interval, TimeProvider time, Action<Exception> failed)
    {
        (_refresh, _interval, _time, _failed) = (refresh, interval, time, failed);
        _ = RunAsync();
    }

    /// <summary>Asks for a refresh soon. Does not wait.</summary>
    public void Wake() => _woken.Writer.TryWrite(true);

    public void Dispose()
    {
        _disposed = true;
        _woken.Writer.TryComplete();
    }

    private async Task RunAsync()
    {
        var failing = false;
        await foreach (var _ in _woken.Reader.ReadAllAsync())
        {
            // What still lies in the slot is of no use to a page that is gone.
            if (_disposed) return;
            try
            {
                await _refresh();
                failing = false;
            }
            catch (Exception e)
            {
                if (!failing) _failed(e);
                failing = true;
                Wake();
            }
            await Task.Delay(failing ? RetryAfter : _interval, _time);
        }
    }
}
