using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace IncidentDesk.Web.Hosting;

/// <summary>Whose word on a request's scheme and origin is believed.</summary>
internal static class TrustedProxies
{
    /// <summary>Takes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> from the configured proxies and from nobody else.</summary>
    /// <remarks>Not the host: a proxy hands on <c>Host</c> as it came, which is what the same-origin check compares.</remarks>
    public static void AddTrustedProxies(this IServiceCollection services, DeskOptions desk) => services.Configure<ForwardedHeadersOptions>(options =>
    {
        // The framework trusts this machine by default; here nobody is trusted unless named.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        var (networks, _) = Read(desk.TrustedProxies);
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        options.ForwardedHeaders = networks.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        // A chain of trusted proxies is followed to its end, and no further.
        options.ForwardLimit = null;
    });

    public static (IReadOnlyList<IPNetwork> Networks, IReadOnlyList<string> Unreadable) Read(string? list)
    {
        var networks = new List<IPNetwork>();
        var unreadable = new List<string>();
        foreach (var proxy in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(proxy, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(proxy, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else unreadable.Add(proxy);
        }
        return (networks, unreadable);
    }
}
