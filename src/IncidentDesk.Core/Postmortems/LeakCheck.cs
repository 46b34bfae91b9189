namespace IncidentDesk.Postmortems;

/// <summary>Something in a document that looks as if it must not be told.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="Where">For example <c>section/Impact</c>, <c>entry/3</c>, <c>wave/2</c>: the part of the document, and which one.</param>
public sealed record Leak(NamedThing Thing, string Text, string Where);

/// <summary>The last look at a text before it leaves the house.</summary>
public static class LeakCheck
{
    private const int Longest = 200;

    // The file of an export comes as one text.
    private const int Piece = 20_000;

    /// <summary>What looks like a leak and was not accepted. Too many rather than too few.</summary>
    /// <param name="text">Redacted. In the words of a language or with the marks of <see cref="PseudonymText"/>.</param>
    public static IReadOnlyList<Leak> Find(string where, string text, Known known) => [.. All(where, text, known).Where(l => !known.IsAccepted(l.Thing, l.Text))];

    /// <summary>The accepted ones with them.</summary>
    internal static IEnumerable<Leak> All(string where, string text, Known known) => Pieces(text).SelectMany(piece =>
        TextScan.Find(piece, known, isRedacted: true).Where(f => f.Thing != NamedThing.HostName || !known.IsAllowed(f.Subject)).Select(f => new Leak(f.Thing, piece.Substring(f.Start, Math.Min(f.Length, Longest)), where)));

    /// <summary>Cut between lines, or else between words.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        for (var from = 0; from < text.Length;)
        {
            var length = Math.Min(Piece, text.Length - from);
            if (from + length < text.Length)
            {
                var within = text.AsSpan(from, length);
                if (within.LastIndexOf('\n') is > 0 and var line) length = line;
                else if (within.LastIndexOf(' ') is > 0 and var word) length = word;
            }
            yield return text.Substring(from, length);
            from += length;
        }
    }
}
