using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>How many connections there may be, and how slow and large what comes over them.</summary>
internal static class ConnectionLimits
{
    // Each idle one costs some ten kilobytes: 40 MB at most.
    private const int MaxConnections = 4000;

    // Live pages and followers of the hub: far more than members, and what memory allows is less (a page has megabytes).
    private const int MaxLiveConnections = 1000;

    // A page loads over six connections and keeps one live; a team of thirty behind one address has some two hundred.
    private const int MaxOfNetwork = 256;

    // A browser sends some 25, proxies add a few.
    private const int MaxHeaders = 64;

    // The cookies of the desk have about 2 KB.
    private const int MaxHeaderBytes = 16 * 1024;

    // The longest address, of a filtered log, has less than 2 KB.
    private const int MaxRequestLineBytes = 8 * 1024;

    // Who is slower than this with the headers is no browser.
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    // Longer than proxies keep theirs (two minutes), or a request meets a connection that closes.
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(130);

    // A phone at the edge of its network still sends a kilobyte a second; ten times slower is no one who wants an answer.
    public static readonly MinDataRate SlowestBody = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    public static void Set(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MaxLiveConnections;
        kestrel.Limits.MaxRequestBodySize = DeskHost.MaxRequestBytes;
        kestrel.Limits.MaxRequestHeaderCount = MaxHeaders;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = KeepAliveTimeout;
        kestrel.Limits.MinRequestBodyDataRate = SlowestBody;
        kestrel.Limits.MinResponseDataRate = SlowestBody;
        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            var proxies = endpoint.ApplicationServices.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.KnownIPNetworks;
            var count = new OfNetworks(address => proxies.Any(p => p.Contains(address)));
            endpoint.Use(next => connection => count.EnterAsync(connection, next));
        });
    }

    /// <param name="isTrusted">Whether everybody comes from this address: a trusted proxy.</param>
    internal sealed class OfNetworks(Func<IPAddress, bool> isTrusted)
    {
        private readonly ConcurrentDictionary<ClientNetwork, int> _open = [];

        public async Task EnterAsync(ConnectionContext connection, ConnectionDelegate next)
        {
            // Who is on this machine has other means, and a proxy on it that was not named yet brings everybody; a socket's file says who may use it.
            if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || IPAddress.IsLoopback(address) || isTrusted(address))
            {
                await next(connection);
                return;
            }
            var network = ClientNetwork.Of(address);
            try
            {
                if (_open.AddOrUpdate(network, 1, (_, count) => count + 1) > MaxOfNetwork) connection.Abort(new ConnectionAbortedException("Too many connections of one network."));
                else await next(connection);
            }
            finally
            {
                if (_open.AddOrUpdate(network, 0, (_, count) => count - 1) <= 0) _open.TryRemove(KeyValuePair.Create(network, 0));
            }
        }
    }
}
