using System.Text;
using System.Text.RegularExpressions;
using IncidentDesk.Incidents;

namespace IncidentDesk.Postmortems;

/// <summary>Replaces in texts what must not be told by what stands for it. The same is always replaced by the same.</summary>
/// <param name="roles">Of people by their subject: who held one is spoken of by it.</param>
internal sealed partial class Redactor(Known known, PseudonymNumbers numbers, IReadOnlyDictionary<string, IncidentRole> roles)
{
    // A link in a link in a link is nobody's.
    private const int Deepest = 3;

    /// <summary>Ids of the entries that the document holds, by the numbers that they have there.</summary>
    public IReadOnlyDictionary<long, long> Entries { get; init; } = new Dictionary<long, long>();

    /// <summary>The files that the document holds, by the ids that they have there.</summary>
    public IReadOnlyDictionary<Guid, Guid> Files { get; init; } = new Dictionary<Guid, Guid>();

    public string Text(string text)
    {
        var found = TextScan.Find(text, known, isRedacted: false);
        if (!found.Exists(f => f.IsKnown)) return text;
        var (told, at) = (new StringBuilder(text.Length), 0);
        foreach (var finding in found.Where(f => f.IsKnown))
        {
            told.Append(text, at, finding.Start - at).Append(Of(finding.Thing, finding.Subject));
            at = finding.Start + finding.Length;
        }
        return told.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Links to what is not for everybody become their text; fields and pictures lead to what they lead to in this document, or go.</summary>
    public string Markdown(string text) => string.Concat(Fields.Of(text).Select(piece => piece.Name switch
    {
        null => Text(Links(piece.Text)),
        "entry" => piece.Entry is { } entry && Entries.TryGetValue(entry, out var number) ? Fields.Entry(number) : "",
        "file" => piece.File is { } file && Files.TryGetValue(file, out var id) ? Fields.File(id) : "",
        "measurements" when piece.Argument.Length > 0 => Fields.Measurements(Series(piece.Argument)),
        _ => piece.IsKnown && piece.Argument.Length == 0 ? piece.Text : Text(piece.Text),
    }));

    /// <summary>What stands for a thing.</summary>
    public string Of(NamedThing thing, string subject) => thing switch
    {
        NamedThing.Term => subject,
        NamedThing.Secret or NamedThing.Email or NamedThing.InternalLink => PseudonymText.Of(thing),
        NamedThing.Person when roles.TryGetValue(subject, out var role) => PseudonymText.Of(role),
        NamedThing.Address => PseudonymText.Address(subject, numbers.Of(thing, subject)),
        NamedThing.HostName => PseudonymText.HostName(numbers.Of(thing, subject)),
        _ => PseudonymText.Of(thing, numbers.Of(thing, subject)),
    };

    /// <summary>A unit, and the place where it was measured as it is told in the series themselves.</summary>
    private string Series(string argument) => argument.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank ? $"{argument[..blank]} {Text(argument[(blank + 1)..].Trim())}" : Text(argument);

    private string Links(string text)
    {
        if (!text.Contains("](", StringComparison.Ordinal) && !text.Contains("]:", StringComparison.Ordinal)) return text;
        for (var depth = 0; depth < Deepest; depth++)
        {
            var rewritten = Link().Replace(text, Rewritten);
            if (rewritten == text) break;
            text = rewritten;
        }
        return Definition().Replace(text, match => IsOutside(match.Groups["to"].Value) ? match.Value : "");
    }

    private string Rewritten(Match match)
    {
        var (to, isPicture) = (match.Groups["to"].Value.Trim('<', '>'), match.Groups["picture"].Length > 0);
        if (AttachmentLinks.In($"({to}").Cast<Guid?>().FirstOrDefault() is { } file)
        {
            // Mapped before: a picture within a link is looked at twice.
            if (Files.Values.Contains(file)) return match.Value;
            return Files.TryGetValue(file, out var id) ? $"{match.Groups["picture"].Value}[{match.Groups["text"].Value}](attachment:{id:D})" : isPicture ? "" : match.Groups["text"].Value;
        }
        return IsOutside(to) ? match.Value : match.Groups["text"].Value;
    }

    /// <summary>Whether it leads to a page of somebody else, and holds nothing of ours.</summary>
    private bool IsOutside(string to) =>
        Uri.TryCreate(to, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && !TextScan.Find(to, known, isRedacted: false).Exists(f => f.IsKnown);

    [GeneratedRegex(@"(?<picture>!?)\[(?<text>(\\.|[^\[\]\\]){0,2000})\]\(\s{0,5}(?<to><[^<>\n]{0,1000}>|[^\s()]{0,1000}(\([^\s()]{0,200}\)[^\s()]{0,1000})?)(?<title>\s{1,5}(""[^""]{0,500}""|'[^']{0,500}'|\([^()]{0,500}\)))?\s{0,5}\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]*<?(?<to>[^\s>]{1,1000})>?.*$\n?", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Definition();
}
