using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using IncidentDesk.Web.People;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>Cookies and tokens that worked on this node within the last hour, by their hash. They spare their owner the strangers' lane and say nothing of who it is.</summary>
internal sealed class KnownCredentials(TimeProvider time)
{
    // Only what worked gets in; a person has a few a day.
    private const int MaxKept = 16 * 1024;
    private static readonly long Kept = TimeSpan.TicksPerHour;

    private readonly ConcurrentDictionary<UInt128, long> _usedAt = [];

    private long Now => time.GetElapsedTime(0).Ticks;

    /// <summary>Of the token or the session alone: what else stands in the headers makes it no other.</summary>
    /// <returns>Zero for who brings none.</returns>
    public static UInt128 HashOf(HttpContext context)
    {
        var credential = Api.IsFor(context) && context.Request.Headers.Authorization is { Count: > 0 } token ? token.ToString() : DeskCookies.RawSession(context);
        return string.IsNullOrEmpty(credential) ? default : HashOf(credential);
    }

    public static UInt128 HashOf(string credential)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(credential), hash);
        return BitConverter.ToUInt128(hash);
    }

    public bool Contains(UInt128 hash) => hash != default && _usedAt.TryGetValue(hash, out var at) && Now - at < Kept;

    public void Remember(UInt128 hash)
    {
        if (hash == default) return;
        if (_usedAt.Count >= MaxKept)
        {
            foreach (var (old, _) in _usedAt.Where(u => Now - u.Value >= Kept).ToList()) _usedAt.TryRemove(old, out _);
            if (_usedAt.Count >= MaxKept) return;
        }
        _usedAt[hash] = Now;
    }

    public void Forget(UInt128 hash) => _usedAt.TryRemove(hash, out _);
}
