using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace IncidentDesk.Postmortems;

/// <param name="Start">In the text itself.</param>
/// <param name="Subject">By which it has its pseudonym; of a term what stands in its place.</param>
/// <param name="IsKnown">False for what only looks so and is left for a person to decide.</param>
internal readonly record struct Finding(int Start, int Length, NamedThing Thing, string Subject, bool IsKnown = true);

/// <summary>Finds in a text whatever must not be told, or looks so. What is replaced and what the check lists come from here, so that the two cannot part.</summary>
internal sealed class TextScan
{
    private readonly TextView _view;
    private readonly Known _known;

    // In the view; Finding.Start too, until the end.
    private readonly List<Finding> _found = [];
    private readonly bool[] _taken;

    private TextScan(TextView view, Known known) => (_view, _known, _taken) = (view, known, new bool[view.Text.Length]);

    /// <summary>In the order of the text; none overlaps another.</summary>
    /// <param name="isRedacted">What a redaction puts in place is not looked at.</param>
    public static List<Finding> Find(string text, Known known, bool isRedacted)
    {
        var scan = new TextScan(TextView.Of(text), known);
        if (isRedacted) foreach (Match match in Suspicious.OurOwn().Matches(scan._view.Text)) scan._taken.AsSpan(match.Index, match.Length).Fill(true);
        scan.Run();
        return [.. scan._found.OrderBy(f => f.Start).Select(f => scan._view.Original(f.Start, f.Length) is var (start, end) ? f with { Start = start, Length = end - start } : f)];
    }

    private void Run()
    {
        var text = _view.Text;
        foreach (var (term, replacement) in _known.Terms)
            for (var at = 0; _view.Folded.IndexOf(term, at, StringComparison.Ordinal) is >= 0 and var start; at = start + term.Length) Add(start, term.Length, NamedThing.Term, replacement);
        if (text.Contains("://", StringComparison.Ordinal)) foreach (Match match in Suspicious.Url().Matches(text)) Url(match);
        if (text.Contains('/', StringComparison.Ordinal) || text.Contains("attachment:", StringComparison.Ordinal))
            foreach (Match match in Suspicious.InternalLink().Matches(text)) Add(match.Index, match.Length, NamedThing.InternalLink, "");
        foreach (var (start, length) in Suspicious.Secrets(text)) Add(start, length, NamedThing.Secret, "");
        if (text.Contains('@', StringComparison.Ordinal) || text.AsSpan().ContainsAny('(', '['))
            foreach (Match match in Suspicious.Email().Matches(text)) Add(match.Index, match.Length, NamedThing.Email, "");
        Addresses(text);
        if (text.AsSpan().ContainsAnyInRange('0', '9')) foreach (Match match in Suspicious.PhoneNumber().Matches(text))
            if (match.Value.Count(char.IsAsciiDigit) >= Suspicious.FewestPhoneDigits) Add(match.Index, match.Length, NamedThing.PhoneNumber, match.Value, isKnown: false);
        if (text.Contains('.', StringComparison.Ordinal)) foreach (Match match in Suspicious.HostName().Matches(text)) HostName(match.Index, match.Length);
        Names(text);
    }

    /// <summary>An address of ours, or one that holds something of ours, goes as a whole.</summary>
    private void Url(Match match)
    {
        var length = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')').Length;
        if (IsTaken(match.Index, length)) return;
        var url = match.Value[..length];
        var from = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var host = url[from..].Split('/', '?', '#')[0];
        var behind = url[(from + host.Length)..];
        var bare = host.StartsWith('[') ? host.Trim('[', ']').Split(']')[0] : host.Split(':')[0];
        var folded = bare.ToLowerInvariant();
        // A name and a password before the host.
        if (host.Contains('@', StringComparison.Ordinal)) Add(match.Index, length, NamedThing.Secret, "");
        else if (_known.OwnHosts.Contains(folded) || Suspicious.InternalLink().IsMatch(behind)) Add(match.Index, length, NamedThing.InternalLink, "");
        else if (Find(bare, _known, isRedacted: false) is [{ IsKnown: true } first, ..]) Add(match.Index, length, first.Thing, first.Subject);
        // The host may be named, what is behind it may not.
        else if (Find(behind, _known, isRedacted: false).Exists(f => f.IsKnown)) Add(match.Index + from + host.Length, behind.Length, NamedThing.InternalLink, "");
    }

    private void Addresses(string text)
    {
        if (text.AsSpan().Count(':') > 1) foreach (Match match in Suspicious.IPv6().Matches(text))
        {
            var address = match.Groups["address"].Value.TrimEnd('.');
            if (address.EndsWith(':') && !address.EndsWith("::", StringComparison.Ordinal)) address = address[..^1];
            if (address.Length > 2 && address.Count(c => c == ':') > 1 && IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6)
                Add(match.Index, address.Length == match.Groups["address"].Length ? match.Length : address.Length, NamedThing.Address, parsed + (match.Value.Contains('/', StringComparison.Ordinal) ? match.Value[match.Value.IndexOf('/', StringComparison.Ordinal)..] : ""));
        }
        if (text.AsSpan().ContainsAnyInRange('0', '9')) foreach (Match match in Suspicious.IPv4().Matches(text))
        {
            var octets = match.Groups["octet"].Captures.Select(c => int.TryParse(c.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var octet) ? octet : -1).ToList();
            if (octets.TrueForAll(o => o <= 255))
                Add(match.Index, match.Length, NamedThing.Address, string.Join('.', octets.Select(o => o < 0 ? "0" : o.ToString(CultureInfo.InvariantCulture))) + (octets.Contains(-1) ? "/24" : match.Value.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? match.Value[slash..] : ""));
        }
    }

    private void HostName(int start, int length)
    {
        if (IsTaken(start, length)) return;
        var folded = _view.Folded.Substring(start, length);
        if (_known.HostName(folded) is { Thing: not NamedThing.Person } name) Named(start, length, name);
        else if (_known.IsAllowed(folded)) Add(start, length, NamedThing.HostName, folded, isKnown: false);
        else if (_known.IsOurs(folded) || HoldsName(start, length)) Add(start, length, NamedThing.HostName, folded);
        else if (Suspicious.IsHostName(_view.Text.AsSpan(start, length))) Add(start, length, NamedThing.HostName, folded, isKnown: false);
    }

    private bool HoldsName(int start, int length)
    {
        for (var at = start; at < start + length; at++)
            if (BeginsWord(at) && _known.NameAt(_view, at) is var (_, named) && at + named <= start + length) return true;
        return false;
    }

    private void Names(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!BeginsWord(at) || _known.NameAt(_view, at) is not var (name, length)) continue;
            Named(at, length, name);
            at += length - 1;
        }
    }

    /// <summary>The sign of a mention goes with it.</summary>
    private void Named(int start, int length, KnownName name)
    {
        var sign = name.Thing is not (NamedThing.Person or NamedThing.Member) && start > 0 && _view.Text[start - 1] == '#' ? 1 : 0;
        Add(start - sign, length + sign, name.Thing, name.Subject);
    }

    private bool BeginsWord(int at) => char.IsLetterOrDigit(_view.Text[at]) && (at == 0 || !char.IsLetterOrDigit(_view.Text[at - 1]));

    private void Add(int start, int length, NamedThing thing, string subject, bool isKnown = true)
    {
        if (length <= 0 || IsTaken(start, length)) return;
        _found.Add(new Finding(start, length, thing, subject, isKnown));
        _taken.AsSpan(start, length).Fill(true);
    }

    private bool IsTaken(int start, int length) => _taken.AsSpan(start, length).Contains(true);
}
