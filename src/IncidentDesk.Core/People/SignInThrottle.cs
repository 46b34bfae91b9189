using IncidentDesk.Shared;

namespace IncidentDesk.People;

/// <summary>Counts failed attempts and says how long the next one has to wait. Kept in memory: each node counts what comes to it.</summary>
/// <remarks>
/// An account is counted in two lanes: each device that its owner has signed in on has one, all others share another. Strangers
/// use up their own lane only, so that whoever hammers on a name does not lock its owner out. Names that nobody has are counted
/// like all others.
/// </remarks>
public sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Attempts that may fail before the next one waits.</summary>
    public const int Free = 5;

    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // After this long without an attempt all is forgotten.
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    // About 20 MB.
    private const int MaxLanes = 100_000;

    private readonly Dictionary<string, Count> _lanes = new(StringComparer.Ordinal);

    private sealed class Count
    {
        public int Failures;
        public DateTime Last;
    }

    /// <summary>Whether the lane's next attempt may be made now. An attempt that may is counted as failed until <see cref="Succeeded"/> says otherwise, so that many at once are not all free.</summary>
    /// <returns>How long to wait; zero when it may.</returns>
    public TimeSpan Enter(string lane)
    {
        var now = time.UtcNow();
        lock (_lanes)
        {
            if (!_lanes.TryGetValue(lane, out var count) || now - count.Last > Memory)
            {
                if (_lanes.Count >= MaxLanes) Forget(now);
                _lanes[lane] = count = new Count { Last = now };
            }
            var wait = count.Failures < Free ? TimeSpan.Zero : count.Last + WaitAfter(count.Failures) - now;
            if (wait > TimeSpan.Zero) return wait;
            count.Failures++;
            count.Last = now;
            return TimeSpan.Zero;
        }
    }

    /// <summary>How many attempts of the lane have failed.</summary>
    public int Failures(string lane)
    {
        lock (_lanes) return _lanes.TryGetValue(lane, out var count) ? count.Failures : 0;
    }

    /// <summary>The attempt was not made after all.</summary>
    public void Withdraw(string lane)
    {
        lock (_lanes)
        {
            if (_lanes.TryGetValue(lane, out var count) && count.Failures > 0) count.Failures--;
        }
    }

    public void Succeeded(string lane)
    {
        lock (_lanes) _lanes.Remove(lane);
    }

    /// <summary>1, 2, 4 … seconds, a minute at the most.</summary>
    private static TimeSpan WaitAfter(int failures) => TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(failures - Free, 16))));

    private void Forget(DateTime now)
    {
        foreach (var old in _lanes.Where(l => now - l.Value.Last > Memory).Select(l => l.Key).ToList()) _lanes.Remove(old);
        if (_lanes.Count < MaxLanes) return;
        // All of the last hour, from strangers who invent names. Those with the fewest failures say the least.
        foreach (var lane in _lanes.OrderBy(l => l.Value.Failures).ThenBy(l => l.Value.Last).Take(MaxLanes / 10).Select(l => l.Key).ToList()) _lanes.Remove(lane);
    }
}
