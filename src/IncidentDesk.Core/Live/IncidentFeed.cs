using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace IncidentDesk.Live;

/// <summary>Tells those who watch that an incident has changed. It carries ids only; truth is read from the database.</summary>
/// <remarks>
/// A write publishes after its commit and never waits: one loop tells the subscribers. Each subscriber has one slot, so
/// that many changes become one refresh, at most one per <see cref="MinInterval"/> (<see cref="MinIntervalOfLists"/> for lists), and a slow one costs nobody anything.
/// </remarks>
public sealed class IncidentFeed : IAsyncDisposable
{
    public static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly ILogger<IncidentFeed> _log;
    private readonly ConcurrentDictionary<Guid, long> _latest = [];
    private readonly ConcurrentDictionary<Subscription, byte> _everything = [];
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Subscription, byte>> _byIncident = [];
    private readonly Channel<Guid> _changed = Channel.CreateUnbounded<Guid>(new() { SingleReader = true });
    private readonly Task _telling;

    public IncidentFeed(TimeProvider time, ILogger<IncidentFeed> log)
    {
        (_time, _log) = (time, log);
        _telling = Task.Run(TellAsync);
    }

    /// <summary>To be told only of whether the database answers.</summary>
    public static readonly Guid StaleOnly = Guid.Empty;

    /// <summary>Lists of incidents are refreshed less often: a busy incident must not make every list read all the time.</summary>
    public static readonly TimeSpan MinIntervalOfLists = TimeSpan.FromSeconds(1);

    /// <summary>UTC since when this process may be missing changes, because the database does not answer; null while it is live.</summary>
    public DateTime? StaleSince { get; private set; }

    /// <summary>The incidents that somebody watches here.</summary>
    public ICollection<Guid> Watched => [.. _byIncident.Where(watched => !watched.Value.IsEmpty).Select(watched => watched.Key)];

    /// <summary>The highest sequence that this process has heard of, or 0.</summary>
    public long Latest(Guid incidentId) => _latest.GetValueOrDefault(incidentId);

    /// <summary>This process among those that share a database.</summary>
    internal string Node { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Tells the other nodes; null where there are none. Must not wait.</summary>
    internal Action<Guid, long>? Wire { get; set; }

    /// <summary>Says that this process has committed: the incident's log is at <paramref name="sequence"/> now. Cannot fail and does not wait.</summary>
    public void Publish(Guid incidentId, long sequence)
    {
        Hear(incidentId, sequence);
        Wire?.Invoke(incidentId, sequence);
    }

    /// <summary>As <see cref="Publish"/>, for what others have committed.</summary>
    internal void Hear(Guid incidentId, long sequence)
    {
        _latest.AddOrUpdate(incidentId, sequence, (_, known) => Math.Max(known, sequence));
        _changed.Writer.TryWrite(incidentId);
    }

    /// <summary>Says whether the database answers. A change of that is told to everybody, and so is what may have been missed.</summary>
    public void SetStale(DateTime? since)
    {
        if (StaleSince is null == since is null) return;
        StaleSince = since;
        _changed.Writer.TryWrite(Guid.Empty);
    }

    /// <summary>Calls <paramref name="refresh"/> after changes of one incident, or of any when <paramref name="incidentId"/> is null, until disposed.</summary>
    /// <remarks>Subscribe first, then read the snapshot, then apply only newer sequences: so nothing falls between.</remarks>
    public IDisposable Subscribe(Guid? incidentId, Func<Task> refresh)
    {
        var subscription = new Subscription(this, incidentId, refresh);
        if (incidentId is { } id) _byIncident.GetOrAdd(id, _ => []).TryAdd(subscription, 0);
        else _everything.TryAdd(subscription, 0);
        return subscription;
    }

    private void Remove(Subscription subscription)
    {
        if (subscription.IncidentId is not { } id) _everything.TryRemove(subscription, out _);
        else if (_byIncident.TryGetValue(id, out var watchers)) watchers.TryRemove(subscription, out _);
    }

    private async Task TellAsync()
    {
        await foreach (var incidentId in _changed.Reader.ReadAllAsync())
        {
            foreach (var subscription in _everything.Keys) subscription.Wake();
            if (incidentId == Guid.Empty)
            {
                foreach (var subscription in _byIncident.Values.SelectMany(watchers => watchers.Keys)) subscription.Wake();
            }
            else if (_byIncident.TryGetValue(incidentId, out var watchers))
            {
                foreach (var subscription in watchers.Keys) subscription.Wake();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _changed.Writer.TryComplete();
        await _telling;
        foreach (var subscription in _everything.Keys.Concat(_byIncident.Values.SelectMany(w => w.Keys))) subscription.Dispose();
    }

    private sealed class Subscription(IncidentFeed feed, Guid? incidentId, Func<Task> refresh) : IDisposable
    {
        // One viewer's trouble is not the others'.
        private readonly RefreshSlot _slot = new(refresh, incidentId is null ? MinIntervalOfLists : MinInterval, feed._time, e => feed._log.RefreshFailed(e, incidentId));

        public Guid? IncidentId => incidentId;

        public void Wake() => _slot.Wake();

        public void Dispose()
        {
            _slot.Dispose();
            feed.Remove(this);
        }
    }
}

internal static partial class FeedLog
{
    [LoggerMessage(101, LogLevel.Warning, "A refresh of incident {IncidentId} failed; it is tried again until it works.")]
    public static partial void RefreshFailed(this ILogger log, Exception exception, Guid? incidentId);

    [LoggerMessage(102, LogLevel.Warning, "The database does not answer; pages show that they are stale. Next try in {Seconds} s.")]
    public static partial void Stale(this ILogger log, Exception exception, double seconds);

    [LoggerMessage(103, LogLevel.Information, "The database answers again; pages catch up.")]
    public static partial void LiveAgain(this ILogger log);
}
