using System.Runtime.InteropServices;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>A token bucket for each of any number of networks or people, in a memory that does not grow.</summary>
/// <remarks>
/// A flood comes from more networks than one wants to keep a bucket for. Each has two places in a fixed table, by a hash with a secret, and the
/// emptier one counts: whoever shares one place with a flooding network is not held back by it, sharing both is rare.
/// </remarks>
internal sealed class Lanes(Rate rate, TimeProvider time)
{
    private const int Places = 32 * 1024;

    private readonly Lock _lock = new();

    // When the bucket of a place will be full again, in ticks of the clock (the "theoretical arrival time" of GCRA, ITU-T I.371).
    private readonly long[] _fullAt = new long[2 * Places];
    private readonly long _interval = (long)(TimeSpan.TicksPerSecond / rate.EachSecond);

    /// <summary>Takes one, if there is one.</summary>
    /// <param name="key">Of the network or person.</param>
    /// <param name="retryAfter">When the next one will be there.</param>
    public bool TryTake(UInt128 key, out TimeSpan retryAfter)
    {
        // The framework's hash of texts has a secret of the process, so that nobody can choose whom to share places with.
        var hash = (uint)string.GetHashCode(MemoryMarshal.Cast<byte, char>(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in key))), StringComparison.Ordinal);
        var (first, second) = ((int)(hash & (Places - 1)), Places + (int)(hash >> 17));
        lock (_lock)
        {
            var now = time.GetElapsedTime(0).Ticks;
            var fullAt = Math.Max(now, Math.Min(_fullAt[first], _fullAt[second]));
            var wait = fullAt - now - (rate.Burst - 1) * _interval;
            retryAfter = TimeSpan.FromTicks(Math.Max(0, wait));
            if (wait > 0) return false;
            _fullAt[first] = Math.Max(_fullAt[first], fullAt + _interval);
            _fullAt[second] = Math.Max(_fullAt[second], fullAt + _interval);
            return true;
        }
    }
}
