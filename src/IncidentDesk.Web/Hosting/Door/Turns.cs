using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>How many of one kind are worked on at once: from everywhere, and from one network.</summary>
internal sealed class Turns(int atOnce, int waiting, int ofNetwork) : IDisposable
{
    private readonly ConcurrencyLimiter _all = new(new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    // Only networks that are in: it is empty when nobody is.
    private readonly ConcurrentDictionary<ClientNetwork, int> _inside = [];

    /// <returns>Null when there is no place.</returns>
    public async ValueTask<IDisposable?> TakeAsync(ClientNetwork network, CancellationToken ct)
    {
        // Those who wait count too, or one network would fill the queue.
        if (_inside.AddOrUpdate(network, 1, (_, count) => count + 1) > ofNetwork)
        {
            Leave(network);
            return null;
        }
        RateLimitLease? lease = null;
        try
        {
            lease = await _all.AcquireAsync(1, ct);
        }
        finally
        {
            if (lease is not { IsAcquired: true }) Leave(network);
        }
        return lease.IsAcquired ? new Turn(this, network, lease) : null;
    }

    public void Dispose() => _all.Dispose();

    private void Leave(ClientNetwork network)
    {
        if (_inside.AddOrUpdate(network, 0, (_, count) => count - 1) <= 0) _inside.TryRemove(KeyValuePair.Create(network, 0));
    }

    private sealed class Turn(Turns turns, ClientNetwork network, RateLimitLease lease) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) != 0) return;
            lease.Dispose();
            turns.Leave(network);
        }
    }
}
