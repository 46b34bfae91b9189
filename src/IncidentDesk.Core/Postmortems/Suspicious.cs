using System.Text.RegularExpressions;

namespace IncidentDesk.Postmortems;

/// <summary>The forms by which something is recognised that nobody has a list of.</summary>
internal static partial class Suspicious
{
    private static readonly HashSet<string> FileEndings = new(
        ["png", "jpg", "jpeg", "gif", "webp", "svg", "pdf", "md", "txt", "csv", "json", "xml", "yml", "yaml", "html", "htm", "css", "js", "ts", "cs", "py", "rb", "rs", "sh", "log", "conf", "cfg", "ini", "zip", "gz", "tar", "pcap", "docx", "xlsx", "odt", "sql", "bak", "service", "php"],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Endings = new(
        ["com", "org", "net", "info", "coop", "edu", "gov", "gob", "mil", "int", "biz", "name", "pro", "app", "dev", "cloud", "online", "site", "xyz", "lat", "social", "network", "host", "hosting", "tech", "systems", "email", "zone", "space", "world", "link", "live", "news", "media", "studio", "club", "store", "shop", "mobi", "museum", "jobs", "travel", "cat", "asia", "tel", "onion"],
        StringComparer.Ordinal);

    /// <summary>A key, a password, a token, a certificate, an id of the desk: whatever opens or names something by itself.</summary>
    public static IEnumerable<(int Start, int Length)> Secrets(string text)
    {
        // What a text cannot hold is not looked for: most hold nothing of all this.
        var (strokes, colons) = (text.AsSpan().Count('-'), text.AsSpan().Count(':'));
        var likely = new List<Regex> { Token() };
        if (text.Contains("-----BEGIN", StringComparison.Ordinal)) likely.Add(Certificate());
        if (text.Contains("eyJ", StringComparison.Ordinal)) likely.Add(WebToken());
        if (text.Contains("earer", StringComparison.Ordinal) || text.Contains("asic", StringComparison.Ordinal)) likely.Add(Credential());
        if (strokes >= 4) likely.Add(Id());
        if (strokes >= 5 || colons >= 5) likely.Add(Hardware());
        foreach (var pattern in likely) foreach (Match match in pattern.Matches(text)) yield return (match.Index, match.Length);
        if (colons > 0 || text.Contains('=', StringComparison.Ordinal)) foreach (Match match in Assigned().Matches(text))
        {
            var value = match.Groups["value"];
            if (match.Groups["sign"].Value.Contains('=', StringComparison.Ordinal) ? value.Length >= 3 : value.Length >= 6 && value.ValueSpan.IndexOfAnyInRange('0', '9') >= 0) yield return (value.Index, value.Length);
        }
        foreach (Match match in Long().Matches(text))
        {
            var value = match.ValueSpan;
            var (digit, upper, lower) = (value.IndexOfAnyInRange('0', '9') >= 0, value.IndexOfAnyInRange('A', 'Z') >= 0, value.IndexOfAnyInRange('a', 'z') >= 0);
            var isHex = value.IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;
            if (digit && (upper || lower) && (isHex || (upper && lower && value.Length >= 24 && IsMixed(match.Value)))) yield return (match.Index, match.Length);
        }
    }

    /// <summary>Words and numbers that are joined by strokes are no key.</summary>
    private static bool IsMixed(string text) => Array.Exists(text.Split('-', '_', '/', '+'), part => part.AsSpan().IndexOfAnyInRange('0', '9') >= 0 && !part.All(char.IsAsciiDigit));

    /// <summary>Whether it reads as the name of a host rather than as a sentence without a blank or a file.</summary>
    public static bool IsHostName(ReadOnlySpan<char> text)
    {
        var labels = text.ToString().Split('.');
        var (last, folded) = (labels[^1], labels[^1].ToLowerInvariant());
        if (labels.Length == 2 && (FileEndings.Contains(folded) || labels[0].Length < 2 || (char.IsUpper(last[0]) && char.IsLower(labels[0][^1])))) return false;
        // Names for documentation: RFC 2606 and RFC 6761.
        if (folded is "example" or "test" or "invalid" || (labels.Length > 1 && labels[^2].Equals("example", StringComparison.OrdinalIgnoreCase) && folded is "com" or "org" or "net")) return false;
        return labels.Length > 2 ? last.Length > 1 && labels.Count(l => l.Length > 1) > 1 : last.Length == 2 || folded.StartsWith("xn--", StringComparison.Ordinal) || Endings.Contains(folded);
    }

    // PEM.
    [GeneratedRegex(@"-----BEGIN [A-Z ]{2,40}-----[\s\S]*?(-----END [A-Z ]{2,40}-----|\z)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Certificate();

    // JWT.
    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*)?", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex WebToken();

    [GeneratedRegex(@"(?<=\b([Bb]earer|[Bb]asic)\s{1,4})[A-Za-z0-9._~+/=-]{8,}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Credential();

    // With the beginnings of well-known services.
    [GeneratedRegex(@"\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_|sk-|pk_|rk_|AKIA|ASIA|AIza)[A-Za-z0-9_-]{10,}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token();

    // All but those of version 8: see RedactDocument.Outside.
    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-79a-fA-F][0-9a-fA-F]{3}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Id();

    [GeneratedRegex(@"(?<![0-9a-fA-F:-])[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}(?![0-9a-fA-F:-])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Hardware();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[\p{L}\p{N}_-]{0,40}?(key|token|secret|passw(or)?d|passwd|pwd|pass|passphrase|contrasena|clave|credentials?|auth|psk)[""']?(?<sign>\s{0,3}[=:]\s{0,3})[""']?(?<value>[^\s""',;&<>()\[\]{}]{3,})", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{20,}={0,2}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Long();

    [GeneratedRegex(@"[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s<>""'`\[\]{}|\\^⟦⟧]+", RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex Url();

    [GeneratedRegex(@"(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]{1,200}(@|\s{0,2}[\[(](at|arroba)[\])]\s{0,2})[\p{L}\p{N}-]{1,63}((\.|\s{0,2}[\[(](dot|punto)[\])]\s{0,2})[\p{L}\p{N}-]{1,63})+", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1_000)]
    public static partial Regex Email();

    // A version is one only where it says so.
    [GeneratedRegex(@"(?<![vV0-9]|[0-9]\.)(?<!\b([Vv]ersion|[Rr]elease|[Vv]ersiones|[Vv]ersions)\s{1,2})(?<address>(?<octet>[0-9]{1,3})((\.|\[\.\]|\(\.\)|\s?\[dot\]\s?)(?<octet>[0-9]{1,3}|[xX*](?=[.\s/,;:)]|$))){3})(/[0-9]{1,3})?(?![0-9])", RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex IPv4();

    [GeneratedRegex(@"(?<![\p{L}\p{N}_.])(?<address>(?>[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,45}))(/[0-9]{1,3})?(?![\p{L}\p{N}_])", RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex IPv6();

    /// <summary>Of those that are written with their country or as in the United States and Mexico.</summary>
    public const int FewestPhoneDigits = 8;

    [GeneratedRegex(@"(?<![\p{L}\p{N}.+/_-])(\+[1-9][0-9]{0,2}[ .-]?(\(?[0-9]{1,4}\)?[ .-]?){2,5}[0-9]{2,4}|\([0-9]{2,3}\)[ .-]?[0-9]{3,4}[ .-]?[0-9]{4}|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4}|[0-9]{2}[ -][0-9]{4}[ -][0-9]{4})(?![\p{L}\p{N}_-])", RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex PhoneNumber();

    [GeneratedRegex(@"(?<![\p{L}\p{N}@._-])([\p{L}\p{N}_]([\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.)+(xn--[a-zA-Z0-9-]{1,59}|[\p{L}]{2,24})(?![\p{L}\p{N}-]|\.[\p{L}\p{N}])", RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex HostName();

    /// <summary>Pages and files of the desk.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{N}.])(/(incidents|api/v1|inventory|mitigations|people|account|audit|postmortems)/[^\s<>""')\]]+|attachment:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-79a-fA-F][0-9a-fA-F]{3}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})", RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex InternalLink();

    /// <summary>What the redaction itself put there, and the bytes of a picture within a page.</summary>
    [GeneratedRegex(@"⟦[a-z0-9:-]{1,44}⟧|203\.0\.113\.x[0-9]+(/24)?|2001:db8::x[0-9]+(/48)?|host-[a-z]+\.example|data:image/[a-z+]{3,10};base64,[A-Za-z0-9+/=]+", RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex OurOwn();
}
