using System.Net;
using System.Text.RegularExpressions;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Assets;

/// <summary>The whole inventory by what people or machines call its assets, for many texts at once.</summary>
/// <param name="assets">With their names.</param>
internal sealed class NamedAssets(IReadOnlyList<Asset> assets)
{
    private readonly ILookup<string, Asset> _byName = assets.SelectMany(a => a.Names.Select(n => n.Folded).Append(a.FoldedName).Distinct(StringComparer.Ordinal).Select(n => (Name: n, Asset: a))).ToLookup(n => n.Name, n => n.Asset, StringComparer.Ordinal);
    private readonly List<(IPNetwork Network, Asset Asset)> _networks = [.. assets.SelectMany(a => a.Names.Where(n => n.Kind == AssetNameKind.Address && n.Folded.Contains('/', StringComparison.Ordinal)).Select(n => (IPNetwork.Parse(n.Folded), a)))];

    public static async Task<NamedAssets> ReadAsync(DeskContext db, CancellationToken ct) =>
        new(await db.Assets.AsNoTracking().Include(a => a.Names).Where(a => a.RetiredAt == null).ToListAsync(ct));

    /// <summary>Those that a text names, each once, by name.</summary>
    public IReadOnlyList<Asset> In(string text)
    {
        if (_byName.Count == 0) return [];
        var words = AssetWords.Of(text);
        return [.. words.Names.SelectMany(n => _byName[n]).Concat(_networks.Where(n => words.Addresses.Any(n.Network.Contains)).Select(n => n.Asset)).DistinctBy(a => a.Id).OrderBy(a => a.FoldedName, StringComparer.Ordinal)];
    }
}

/// <summary>The words of a text that may name an asset.</summary>
/// <param name="Names">Folded; addresses in their canonical form among them.</param>
internal sealed partial record AssetWords(HashSet<string> Names, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>More words than this of a pasted text are not looked up.</summary>
    private const int Most = 500;

    public static AssetWords Of(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var match in Word().EnumerateMatches(text))
        {
            var word = text.Substring(match.Index, match.Length);
            words.Add(word);
            // The host of an address, without scheme, port and path.
            foreach (var part in word.Split('/')) words.Add(part.Split(':')[0]);
            if (words.Count >= Most) break;
        }
        var addresses = words.Select(w => IPAddress.TryParse(w.Trim('[', ']'), out var address) ? address : null).OfType<IPAddress>().Distinct().ToList();
        return new(words.Select(Folding.Fold).Concat(addresses.Select(a => a.ToString())).ToHashSet(StringComparer.Ordinal), addresses);
    }

    // Names, host names, IPv4 and IPv6 addresses; a full stop or colon at the end belongs to the sentence.
    [GeneratedRegex(@"[\p{L}\p{N}](?:[\p{L}\p{N}._:/-]*[\p{L}\p{N}])?|::[0-9a-fA-F:]*", RegexOptions.None, 1_000)]
    private static partial Regex Word();
}
