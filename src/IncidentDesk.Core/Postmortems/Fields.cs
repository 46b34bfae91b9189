using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDesk.Leadership;

namespace IncidentDesk.Postmortems;

/// <summary>What a section may ask the desk to fill in: <c>{{timeline}}</c>, <c>{{entry 42}}</c>, <c>{{ttd}}</c>. Alone on its line it is a block; within a line, a word.</summary>
/// <remarks>A field follows the record until the document is frozen. Within code nothing is filled in. An unknown one stands as it was typed and is shown to the author.</remarks>
public static partial class Fields
{
    /// <summary>Those that fill a block of their own.</summary>
    public static IReadOnlyList<string> Blocks { get; } = ["facts", "impact", "timeline", "waves", "mitigations", "metrics", "board", "follow-ups", "entry", "file", "measurements"];

    /// <summary>Those that are a word or a number. Milestones are named as in the API (<c>impact-started</c>, <c>first-public-word</c>).</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "key", "title", "severity", "status", "tlp", "lead", "members", "members-affected", "sites-affected",
        "impact-started", "detected", "declared", "acknowledged", "mitigated", "resolved", "first-public-word",
        "ttd", "tta", "ttm", "ttr", "time-to-first-public-word",
    ];

    /// <summary>Which figure each duration is.</summary>
    public static IReadOnlyDictionary<string, Figure> Durations { get; } = new Dictionary<string, Figure>(StringComparer.Ordinal)
    {
        ["ttd"] = Figure.Detect,
        ["tta"] = Figure.Acknowledge,
        ["ttm"] = Figure.Mitigate,
        ["ttr"] = Figure.Resolve,
        ["time-to-first-public-word"] = Figure.FirstPublicWord,
    };

    /// <summary>A piece of a body.</summary>
    /// <param name="Text">As it was typed, braces and all.</param>
    /// <param name="Name">Null for plain text.</param>
    /// <param name="Argument">Which entry, file or series; empty for none.</param>
    public sealed record Piece(string Text, string? Name = null, string Argument = "")
    {
        public bool IsKnown => Name is not null && (Blocks.Contains(Name, StringComparer.Ordinal) || Values.Contains(Name, StringComparer.Ordinal));

        public bool IsBlock => Name is not null && Blocks.Contains(Name, StringComparer.Ordinal);

        /// <summary>The number of the entry, for <c>{{entry 42}}</c>.</summary>
        public long? Entry => Name == "entry" && long.TryParse(Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

        /// <summary>The id of the file, for <c>{{file …}}</c>.</summary>
        public Guid? File => Name == "file" && Guid.TryParseExact(Argument, "D", out var id) ? id : null;
    }

    /// <summary>Text and fields in their order; together their texts are the body.</summary>
    public static IReadOnlyList<Piece> Of(string body)
    {
        var pieces = new List<Piece>();
        var (from, code) = (0, Code().Matches(body));
        foreach (Match match in Field().Matches(body))
        {
            if (code.Any(c => c.Index <= match.Index && match.Index < c.Index + c.Length)) continue;
            if (match.Index > from) pieces.Add(new Piece(body[from..match.Index]));
            pieces.Add(new Piece(match.Value, match.Groups["name"].Value.ToLowerInvariant(), match.Groups["argument"].Value.Trim()));
            from = match.Index + match.Length;
        }
        if (from < body.Length) pieces.Add(new Piece(body[from..]));
        return pieces;
    }

    public static string Entry(long sequence) => "{{entry " + sequence.ToString(CultureInfo.InvariantCulture) + "}}";

    public static string File(Guid id) => "{{file " + id.ToString("D") + "}}";

    /// <param name="series">Its unit and where it was measured, as <c>bps uplink, inbound</c>.</param>
    public static string Measurements(string series) => "{{measurements " + series + "}}";

    [GeneratedRegex(@"\{\{\s*(?<name>[a-zA-Z][a-zA-Z-]{0,40})(?<argument>\s[^{}\n]{0,260})?\s*\}\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Field();

    /// <summary>Fenced blocks, closed or not, and code within a line.</summary>
    [GeneratedRegex(@"^(?<fence>`{3,}|~{3,})[\s\S]*?(^\k<fence>|\z)|`[^`\n]+`", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Code();
}
