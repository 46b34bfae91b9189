using IncidentDesk.Shared;

namespace IncidentDesk.Postmortems;

/// <summary>How a known name is looked for.</summary>
internal enum NameForm
{
    /// <summary>Without regard to case, where it is longer than two letters.</summary>
    Whole,

    /// <summary>A given or family name by itself: only with a capital.</summary>
    Part,

    /// <summary>What many things are called, such as <c>mail</c>: only behind a <c>#</c>.</summary>
    Common,

    /// <summary>What is below it belongs to the house as well.</summary>
    HostName,
}

/// <param name="Subject">An id, or a folded name, by which it has its pseudonym.</param>
internal sealed record KnownName(NamedThing Thing, string Subject, string Text, NameForm Form = NameForm.Whole);

/// <summary>What must not be told: the names of the house, its own terms, and what was decided about single findings.</summary>
public sealed class Known
{
    private static readonly HashSet<string> Endings = new(["local", "internal", "lan", "corp", "intranet", "private", "home", "localdomain", "arpa"], StringComparer.Ordinal);

    private readonly string[] _sorted;
    private readonly Dictionary<string, List<KnownName>> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _domains = new(StringComparer.Ordinal);
    private readonly HashSet<string> _allowed;
    private readonly HashSet<Guid> _mayBeNamed;
    private readonly HashSet<(NamedThing, string)> _accepted;

    /// <param name="allowed">Names and host names of those who agreed to be named.</param>
    /// <param name="mayBeNamed">Ids of those members and of their sites.</param>
    internal Known(IEnumerable<KnownName> names, IEnumerable<string>? allowed = null, IEnumerable<Guid>? mayBeNamed = null, IEnumerable<string>? ownHosts = null, IEnumerable<RedactionTerm>? terms = null, IEnumerable<(NamedThing, string)>? accepted = null)
    {
        _allowed = (allowed ?? []).Select(Form).ToHashSet(StringComparer.Ordinal);
        _mayBeNamed = (mayBeNamed ?? []).ToHashSet();
        OwnHosts = (ownHosts ?? []).Select(Form).ToHashSet(StringComparer.Ordinal);
        Terms = [.. (terms ?? []).Select(t => (Text: TextView.Of(t.Text.Trim()).Folded, t.Replacement)).Where(t => t.Text.Length > 0).OrderByDescending(t => t.Text.Length)];
        _accepted = (accepted ?? []).ToHashSet();
        foreach (var name in names)
        {
            var form = Form(name.Text);
            if (form.Length < 2 || (name.Thing is NamedThing.Member or NamedThing.Site && _allowed.Contains(form))) continue;
            if (!_names.TryGetValue(form, out var same)) _names[form] = same = [];
            same.Add(name);
            if (name.Form == NameForm.HostName && Domain(form) is { } domain) _domains.Add(domain);
        }
        _sorted = [.. _names.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Of the desk itself.</summary>
    internal IReadOnlySet<string> OwnHosts { get; }

    /// <summary>Folded, the longest first.</summary>
    internal IReadOnlyList<(string Text, string Replacement)> Terms { get; }

    internal bool IsAccepted(NamedThing thing, string text) => _accepted.Contains((thing, Folding.Fold(text)));

    /// <param name="id">Of a member or an asset.</param>
    internal bool MayBeNamed(Guid id) => _mayBeNamed.Contains(id);

    /// <summary>Whether its owner agreed to be named by it.</summary>
    internal bool IsAllowed(string hostName) => _allowed.Contains(hostName);

    /// <summary>What a host name of ours is called.</summary>
    internal KnownName? HostName(string folded) => _names.TryGetValue(folded, out var names) ? names[0] : null;

    /// <summary>The subject of somebody of that name.</summary>
    internal string? Person(string name) => _names.GetValueOrDefault(Form(name))?.Find(n => n.Thing == NamedThing.Person && n.Form == NameForm.Whole)?.Subject;

    /// <summary>Whether a host name is one of the house, by what stands above it.</summary>
    internal bool IsOurs(string folded)
    {
        for (var rest = folded; ;)
        {
            if (_domains.Contains(rest)) return true;
            if (rest.IndexOf('.', StringComparison.Ordinal) is not (>= 0 and var dot)) return Endings.Contains(rest);
            rest = rest[(dot + 1)..];
        }
    }

    /// <summary>The longest known name that begins at a place.</summary>
    internal (KnownName Name, int Length)? NameAt(TextView view, int start)
    {
        (KnownName, int)? best = null;
        var (low, high, at, depth) = (0, _sorted.Length, start, 0);
        while (low < high)
        {
            if (_sorted[low].Length == depth && depth > 0)
            {
                if (EndsAt(view.Text, at, _sorted[low]) && Fitting(_names[_sorted[low]], view.Text, start, at) is { } name) best = (name, at - start);
                low++;
                continue;
            }
            if (at >= view.Folded.Length) break;
            var c = view.Folded[at++];
            if (char.IsWhiteSpace(c))
            {
                c = ' ';
                while (at < view.Folded.Length && char.IsWhiteSpace(view.Folded[at])) at++;
            }
            (low, high) = (Bound(low, high, depth, c), Bound(low, high, depth, (char)(c + 1)));
            depth++;
        }
        return best;
    }

    private static bool EndsAt(string text, int at, string name) => at >= text.Length || !char.IsLetterOrDigit(text[at]) || !char.IsLetterOrDigit(name[^1]);

    private static KnownName? Fitting(List<KnownName> names, string text, int start, int end) => names.Find(n => n.Form switch
    {
        NameForm.Part => char.IsUpper(text[start]),
        NameForm.Common => start > 0 && text[start - 1] == '#',
        _ => end - start > 2 || string.CompareOrdinal(text, start, TextView.Of(n.Text.Trim()).Text, 0, end - start) == 0,
    });

    /// <summary>The first of the names whose character at a depth is not before one.</summary>
    private int Bound(int low, int high, int depth, char c)
    {
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle].Length <= depth || _sorted[middle][depth] < c) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Folded, beginning with a letter or digit, each blank space a single one.</summary>
    internal static string Form(string name)
    {
        var folded = TextView.Of(name.Trim()).Folded;
        var begin = folded.AsSpan().IndexOfAnyExcept("¡¿\"'()[]{}<>#+*_-.,;: ");
        return begin < 0 ? "" : string.Join(' ', folded[begin..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What a host name stands in, unless everybody can have a name there.</summary>
    private static string? Domain(string host)
    {
        var labels = host.Split('.');
        if (labels.Length < 2) return null;
        if (labels.Length == 2) return host;
        // Below co.uk, org.mx and the like each name has another owner.
        var isSuffix = labels.Length == 3 && labels[2].Length == 2 && labels[1] is "co" or "com" or "org" or "net" or "gob" or "gov" or "edu" or "ac";
        return isSuffix ? host : string.Join('.', labels.Skip(1));
    }
}
