using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace IncidentDesk.Attacks;

/// <summary>The addresses of a pasted text, folded: IPv4 to /24, IPv6 to /48. A network that was given stays as it is where it is wider.</summary>
/// <param name="Prefixes">By family and number; of a network that was given as such only the single addresses in it are counted.</param>
/// <param name="Addresses">How many different ones there were.</param>
/// <param name="LinesWithout">The numbers, from 1, of the lines that hold no address; blank ones left out.</param>
/// <param name="LengthV4">24, or shorter where otherwise more than <see cref="MaxPrefixes"/> were left.</param>
/// <param name="LengthV6">48, or shorter for the same reason.</param>
public sealed partial record SourceAddresses(IReadOnlyList<SourcePrefix> Prefixes, int Addresses, IReadOnlyList<int> LinesWithout, int LengthV4, int LengthV6)
{
    public const int MaxTextLength = 256 * 1024;
    public const int MaxPrefixes = 500;

    private const int FoldV4 = 24;
    private const int FoldV6 = 48;

    /// <summary>Each address once, for a look into the inventory.</summary>
    internal IReadOnlyCollection<IPAddress> All { get; private init; } = [];

    public static SourceAddresses Fold(string text)
    {
        var (found, without) = (new HashSet<Network>(), new List<int>());
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var networks = In(line).ToList();
            if (networks.Count == 0 && !string.IsNullOrWhiteSpace(line)) without.Add(number);
            found.UnionWith(networks);
        }
        var addresses = found.Where(n => n.IsAddress).ToList();
        for (var (v4, v6) = (FoldV4, FoldV6); ;)
        {
            var folded = Fold(found, v4, v6);
            if (folded.Count <= MaxPrefixes)
                return new([.. folded.OrderBy(f => f.Key.IsV6).ThenBy(f => f.Key.Value).Select(f => new SourcePrefix(f.Key.ToString(), f.Value))], addresses.Count, without, v4, v6) { All = [.. addresses.Select(a => a.Address)] };
            if (folded.Keys.Count(n => n.IsV6) > MaxPrefixes / 2) v6 -= 4;
            else v4--;
        }
    }

    /// <summary>Whether it is a network in the form in which <see cref="Fold"/> gives them.</summary>
    internal static bool IsPrefix(string text) => In(text).ToList() is [var network] && network.ToString() == text;

    private static Dictionary<Network, int> Fold(HashSet<Network> found, int v4, int v6)
    {
        var folded = new Dictionary<Network, int>();
        var wide = new HashSet<(bool IsV6, int Length)>();
        // The widest first, so that whatever lies within one that was given is counted there.
        foreach (var network in found.OrderBy(n => n.Length))
        {
            var length = Math.Min(network.Length, network.IsV6 ? v6 : v4);
            var within = wide.Where(w => w.IsV6 == network.IsV6 && w.Length < length).Select(w => network.Cut(w.Length)).FirstOrDefault(folded.ContainsKey);
            var prefix = within ?? network.Cut(length);
            if (length < (network.IsV6 ? v6 : v4)) wide.Add((network.IsV6, length));
            folded[prefix] = folded.GetValueOrDefault(prefix) + (network.IsAddress ? 1 : 0);
        }
        return folded;
    }

    private static IEnumerable<Network> In(string line)
    {
        foreach (Match match in Candidate().Matches(line))
        {
            var length = match.Groups["length"] is { Success: true } given ? int.Parse(given.ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : (int?)null;
            var text = match.Groups["address"].Value;
            var network = text.Count(c => c == ':') >= 2 ? V6(text, length, line.AsSpan(0, match.Index)) : V4(text, length);
            if (network is not null) yield return network;
        }
    }

    private static Network? V4(string text, int? length)
    {
        var match = Octets().Match(text);
        if (!match.Success) return null;
        UInt128 value = 0;
        foreach (var part in match.Groups["address"].Value.Split('.'))
        {
            // With a leading zero it may be octal; nobody knows.
            if ((part.Length > 1 && part[0] == '0') || !byte.TryParse(part, out var octet)) return null;
            value = (value << 8) | octet;
        }
        return Network.Of(isV6: false, value, length);
    }

    private static Network? V6(string text, int? length, ReadOnlySpan<char> before)
    {
        // What is left of a longer word.
        if (before is [.., var digit, ':'] && char.IsAsciiHexDigit(digit)) return null;
        text = text.TrimEnd('.');
        if (text.EndsWith(':') && !text.EndsWith("::", StringComparison.Ordinal)) text = text[..^1];
        if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6) return null;
        return address.IsIPv4MappedToIPv6
            ? Network.Of(isV6: false, Number(address.MapToIPv4()), length is >= 96 ? length - 96 : null)
            : Network.Of(isV6: true, Number(address), length);
    }

    private static UInt128 Number(IPAddress address) => address.GetAddressBytes().Aggregate(UInt128.Zero, (value, octet) => (value << 8) | octet);

    // A run of digits, colons and full stops that does not end a word and is no version behind one (Chrome/120.0.0.0).
    [GeneratedRegex(@"(?<![\p{L}\p{N}_]|[\p{L}\p{N}]/)(?<address>(?>[0-9A-Fa-f:.]{2,}))(?:/(?<length>[0-9]{1,3})(?![\p{L}\p{N}_./-]))?(?![\p{L}\p{N}_])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Candidate();

    // Behind a colon, as most write it, or a full stop, as packet captures do, stands the port.
    [GeneratedRegex(@"^:?(?<address>[0-9]{1,3}(\.[0-9]{1,3}){3})([.:][0-9]{1,5})?[.:]*$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Octets();

    private sealed record Network(bool IsV6, UInt128 Value, int Length)
    {
        // Wider ones would be half of the world: no source is one.
        private const int WidestV4 = 8;
        private const int WidestV6 = 16;

        private int Bits => IsV6 ? 128 : 32;

        public bool IsAddress => Length == Bits;

        public IPAddress Address => new(Enumerable.Range(1, Bits / 8).Select(n => (byte)(Value >> (Bits - (8 * n)))).ToArray());

        /// <returns>Null for the address that means none, and for a network that is too wide to be one.</returns>
        public static Network? Of(bool isV6, UInt128 value, int? length)
        {
            var address = new Network(isV6, value, isV6 ? 128 : 32);
            if (value == 0 || length < (isV6 ? WidestV6 : WidestV4)) return null;
            return length < address.Bits ? address.Cut(length.Value) : address;
        }

        public Network Cut(int length) => this with { Value = length == 0 ? 0 : Value >> (Bits - length) << (Bits - length), Length = length };

        public override string ToString() => $"{Address}/{Length}";
    }
}
