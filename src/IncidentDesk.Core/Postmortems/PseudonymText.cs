using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Postmortems;

/// <summary>The marks that stand in a redacted document in place of names, so that it stays without a language: <c>⟦site:1⟧</c>, <c>⟦role:lead⟧</c>, <c>⟦secret⟧</c>.</summary>
/// <remarks>
/// Whoever lays a document out calls <see cref="Resolve(DocumentRecord, Func{NamedThing, string}, Func{IncidentRole, string})"/> on it once, before anything else, with the words of the reader's
/// language; in a document that was not redacted nothing changes. Addresses and host names need no word: they stand as <c>203.0.113.x1</c>, <c>2001:db8::x1</c> and <c>host-a.example</c>.
/// </remarks>
public static partial class PseudonymText
{
    /// <summary>Every text of a document in the words of a language.</summary>
    /// <param name="thing">For example "Site" for what becomes "Site A"; for <see cref="NamedThing.Email"/>, <see cref="NamedThing.Secret"/> and <see cref="NamedThing.InternalLink"/> what stands in its place.</param>
    /// <param name="role">For example "the lead".</param>
    public static DocumentRecord Resolve(DocumentRecord record, Func<NamedThing, string> thing, Func<IncidentRole, string> role) =>
        DocumentStrings.Map(record, (_, text, _) => Resolve(text, thing, role));

    /// <summary>One text in the words of a language.</summary>
    public static string Resolve(string text, Func<NamedThing, string> thing, Func<IncidentRole, string> role)
    {
        if (!text.Contains('⟦', StringComparison.Ordinal)) return text;
        return Mark().Replace(text, match =>
        {
            var (what, which) = (match.Groups["what"].Value, match.Groups["which"].Value);
            if (what == "role") return Labels.TryParse<IncidentRole>(which, out var of) ? role(of) : match.Value;
            if (!Labels.TryParse<NamedThing>(what, out var named)) return match.Value;
            return int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? $"{thing(named)} {Letters(number)}" : thing(named);
        });
    }

    /// <summary>A, B, … Z, AA, AB, …</summary>
    /// <param name="number">1, 2, 3, …</param>
    public static string Letters(int number)
    {
        var letters = "";
        for (; number > 0; number = (number - 1) / 26) letters = (char)('A' + ((number - 1) % 26)) + letters;
        return letters;
    }

    /// <summary>What stands in the place of a subject.</summary>
    internal static string Of(Pseudonym p) => p.Thing switch
    {
        NamedThing.Address => Address(p.Subject, p.Number),
        NamedThing.HostName => HostName(p.Number),
        _ => Of(p.Thing, p.Number),
    };

    internal static string HostName(int number) => $"host-{Letters(number).ToLowerInvariant()}.example";

    /// <summary>In a network for documentation (RFC 5737, RFC 3849), and no address for all that.</summary>
    internal static string Address(string subject, int number)
    {
        var (isV6, isNetwork) = (subject.Contains(':', StringComparison.Ordinal), subject.Contains('/', StringComparison.Ordinal));
        return (isV6 ? "2001:db8::x" : "203.0.113.x") + number.ToString(CultureInfo.InvariantCulture) + (isNetwork ? isV6 ? "/48" : "/24" : "");
    }

    internal static string Of(NamedThing thing, int number) => $"⟦{thing.Label()}:{number.ToString(CultureInfo.InvariantCulture)}⟧";

    internal static string Of(NamedThing thing) => $"⟦{thing.Label()}⟧";

    internal static string Of(IncidentRole role) => $"⟦role:{role.Label()}⟧";

    [GeneratedRegex(@"⟦(?<what>[a-z-]{1,20})(:(?<which>[a-z0-9-]{1,20}))?⟧", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Mark();
}
