using System.Net;
using IncidentDesk.Shared;

namespace IncidentDesk.Assets;

/// <summary>Which names, addresses and places the inventory accepts.</summary>
internal static class AssetRules
{
    /// <summary>What people can type after <c>#</c>.</summary>
    /// <returns>The name, or <c>Text.*</c> or <c>Asset.NameForm</c>.</returns>
    public static Result<string> Name(string field, string? text)
    {
        if (!TextRules.Line(field, text?.Trim().TrimStart('#'), Asset.MaxNameLength).TryGet(out var name, out var error)) return error;
        return name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '/') && char.IsLetterOrDigit(name[0]) && char.IsLetterOrDigit(name[^1]) ? name : new Invalid(field, "Asset.NameForm", name);
    }

    /// <summary>An alias, a host name or an address in the form in which it is kept.</summary>
    /// <returns>The name, or <c>Text.*</c>, <c>Asset.AddressForm</c> or <c>Asset.HostNameForm</c>.</returns>
    public static Result<AssetName> Other(string field, AssetNameKind kind, string? text)
    {
        if (!TextRules.Line(field, text, Asset.MaxNameLength).TryGet(out var line, out var error)) return error;
        switch (kind)
        {
            case AssetNameKind.Address when IPAddress.TryParse(line, out var address) && (line.Contains(':', StringComparison.Ordinal) || line.Count(c => c == '.') == 3):
                line = address.ToString();
                break;
            case AssetNameKind.Address when line.Contains('/', StringComparison.Ordinal) && IPNetwork.TryParse(line, out var network):
                line = network.ToString();
                break;
            case AssetNameKind.Address:
                return new Invalid(field, "Asset.AddressForm", line);
            case AssetNameKind.HostName when Uri.CheckHostName(line.TrimEnd('.')) != UriHostNameType.Dns:
                return new Invalid(field, "Asset.HostNameForm", line);
            case AssetNameKind.HostName:
                line = line.TrimEnd('.');
                break;
        }
        return new AssetName { Kind = kind, Text = line, Folded = Folding.Fold(line) };
    }

    /// <summary>Whether one kind can sit on or behind another: nothing sits on a site, and an uplink only behind an uplink.</summary>
    public static bool MaySitOn(AssetKind kind, AssetKind on) => on != AssetKind.MemberSite && (kind != AssetKind.Uplink || on == AssetKind.Uplink);
}
