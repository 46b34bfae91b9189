namespace IncidentDesk.History;

/// <summary>What somebody typed to search, as terms. Every text is one: there are no errors.</summary>
/// <remarks>
/// A text is found when it holds all terms and none that is excluded. The words of a term stand beside each other: <c>"syn flood"</c>, <c>198.51.100.7</c>
/// and <c>www.example.org</c> are terms of several words. <c>flo*</c> and the last word, which may not be typed to its end, stand for all words that begin so.
/// </remarks>
public sealed record SearchText(IReadOnlyList<SearchText.Term> Terms)
{
    /// <summary>What goes beyond is not looked for.</summary>
    public const int MaxLength = 200;

    private const int MaxTerms = 20;
    private const string Quotes = "\"“”";

    /// <param name="Words">Folded; letters and digits, nothing else.</param>
    /// <param name="IsPrefix">The last word may go on.</param>
    public sealed record Term(IReadOnlyList<string> Words, bool IsPrefix, bool IsExcluded);

    /// <summary>There is nothing to look for, only blanks, signs or exclusions; nothing is found by it.</summary>
    public bool IsEmpty => Terms.All(t => t.IsExcluded);

    public static SearchText Parse(string? typed)
    {
        var text = typed ?? "";
        if (text.Length > MaxLength) text = text[..MaxLength];
        var terms = new List<Term>();
        for (var at = 0; at < text.Length && terms.Count < MaxTerms;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var isExcluded = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
            if (isExcluded) at++;
            var isQuoted = Quotes.Contains(text[at], StringComparison.Ordinal);
            if (isQuoted) at++;
            var length = isQuoted ? text.AsSpan(at).IndexOfAny(Quotes) : LengthOfTerm(text.AsSpan(at));
            var isClosed = isQuoted && length >= 0;
            var end = length < 0 ? text.Length : at + length;
            var written = text[at..end];
            at = isClosed ? end + 1 : end;
            var isStarred = isQuoted ? at < text.Length && text[at] == '*' : written.EndsWith('*');
            if (isQuoted && isStarred) at++;
            var isStillTyped = !isClosed && !isExcluded && end == text.Length && !char.IsWhiteSpace(text[^1]);
            string[] words = [.. SearchWords.Of(written).Select(w => w.Folded)];
            if (words.Length == 0) continue;
            // All words that begin with one letter are as good as all words.
            var mayGoOn = words.Length > 1 || words[0].Length > 1;
            terms.Add(new(words, (isStarred || isStillTyped) && mayGoOn, isExcluded));
        }
        return new(terms);
    }

    private static int LengthOfTerm(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) || (i > 0 && Quotes.Contains(text[i], StringComparison.Ordinal))) return i;
        }
        return -1;
    }
}
