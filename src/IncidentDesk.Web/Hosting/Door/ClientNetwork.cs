using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>The network from which somebody comes: /24 of IPv4, /64 of IPv6, which is the least that one customer gets.</summary>
/// <param name="Prefix">The network's bits, at the top.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClientNetwork(AddressFamily Family, ulong Prefix)
{
    /// <summary>For <see cref="Lanes"/>.</summary>
    public UInt128 Key => new((ulong)Family, Prefix);

    /// <param name="address">Null counts as one network: a Unix socket has no address.</param>
    public static ClientNetwork Of(IPAddress? address)
    {
        if (address is null) return default;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(bytes, out var length);
        if (length == 4) bytes[3] = 0;
        return new ClientNetwork(address.AddressFamily, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
