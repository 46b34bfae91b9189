using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace IncidentDesk.Web.Hosting.Keys;

/// <summary>The framework's key manager, which keeps what it read for a day, made to read again when it is told.</summary>
internal sealed class DeskKeyManager(XmlKeyManager inner) : IKeyManager, IDisposable
{
    private CancellationTokenSource _refresh = new();

    /// <summary>Makes the next use of a key read all keys again.</summary>
    public void Refresh()
    {
        using var before = Interlocked.Exchange(ref _refresh, new CancellationTokenSource());
        before.Cancel();
    }

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => inner.CreateNewKey(activationDate, expirationDate);

    public IReadOnlyCollection<IKey> GetAllKeys() => inner.GetAllKeys();

    /// <remarks>Asked for when all keys are read, once a day or after a change: the linked sources are few.</remarks>
    public CancellationToken GetCacheExpirationToken() =>
        CancellationTokenSource.CreateLinkedTokenSource(inner.GetCacheExpirationToken(), Volatile.Read(ref _refresh).Token).Token;

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => inner.RevokeAllKeys(revocationDate, reason);

    public void RevokeKey(Guid keyId, string? reason = null) => inner.RevokeKey(keyId, reason);

    public void Dispose() => _refresh.Dispose();
}
