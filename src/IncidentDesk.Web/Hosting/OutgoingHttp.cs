using System.Net;
using System.Net.Sockets;
using IPNetwork = System.Net.IPNetwork;

namespace IncidentDesk.Web.Hosting;

/// <summary>Finds the addresses of a name.</summary>
internal delegate Task<IPAddress[]> ResolveName(string host, CancellationToken ct);

/// <summary>
/// The one way out of the desk to addresses that somebody typed: nothing on the desk's own machine or networks is reached by it, so that
/// nobody makes the desk ask for them what they may not ask for themselves.
/// </summary>
internal static class OutgoingHttp
{
    /// <summary>Of the client: <c>IHttpClientFactory.CreateClient(OutgoingHttp.Client)</c>. What it refuses is an <see cref="HttpRequestException"/>.</summary>
    public const string Client = "outgoing";

    /// <summary>Of an answer; a longer one is an error, not a part.</summary>
    public const int MaxAnswerBytes = 1024 * 1024;

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddOutgoingHttp(this IServiceCollection services, DeskOptions desk)
    {
        var allowed = TrustedProxies.Read(desk.AllowedOutgoingNetworks).Networks;
        services.AddSingleton<ResolveName>(Dns.GetHostAddressesAsync);
        services.AddHttpClient(Client, http => (http.Timeout, http.MaxResponseContentBufferSize) = (AnswerWithin, MaxAnswerBytes))
            .ConfigurePrimaryHttpMessageHandler(s => NewHandler(allowed, s.GetRequiredService<ResolveName>()))
            // The factory's log would hold the addresses, and with them their secrets.
            .RemoveAllLoggers();
        return services;
    }

    /// <param name="allowed">By the administrator, although they are refused otherwise.</param>
    /// <param name="resolve">Asked once for each connection.</param>
    internal static SocketsHttpHandler NewHandler(IReadOnlyList<IPNetwork> allowed, ResolveName resolve) => new()
    {
        // Each hop to another host opens a connection of its own and is checked like the first.
        AllowAutoRedirect = true,
        MaxAutomaticRedirections = 3,
        // A proxy would resolve the name once more, out of our sight.
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = ConnectWithin,
        MaxResponseHeadersLength = 32,
        ConnectCallback = async (context, ct) =>
        {
            var host = context.DnsEndPoint.Host;
            var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, ct);
            // One address inside is enough to refuse the name: no other answer of the same name is any better.
            if (addresses.Length == 0 || addresses.Any(a => !MayReach(a, allowed))) throw new HttpRequestException(HttpRequestError.ConnectionError, $"{host} is not an address that the desk asks.");
            return await ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
        },
    };

    /// <summary>Whether it is an address of the public internet, or of an allowed network.</summary>
    internal static bool MayReach(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        // An IPv4 address in the clothes of IPv6 leads to the IPv4 address.
        if (Inner(address) is { } inner) return MayReach(inner, allowed);
        return allowed.Any(n => n.Contains(address)) || !NotPublic.Any(n => n.Contains(address));
    }

    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            // IANA's registries of special-purpose addresses (RFC 6890), and multicast.
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");

    private static IPAddress? Inner(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return null;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (SixToFour.Contains(address)) return new IPAddress(bytes.AsSpan(2, 4));
        return Nat64.Contains(address) || (Compatible.Contains(address) && !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.IPv6Loopback)) ? new IPAddress(bytes.AsSpan(12, 4)) : null;
    }

    // To the very addresses that were checked: the name is not asked for again.
    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
