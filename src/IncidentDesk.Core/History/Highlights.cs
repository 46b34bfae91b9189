namespace IncidentDesk.History;

/// <summary>Where in a text stands what was looked for, and the part of a long text that shows it.</summary>
public static class Highlights
{
    /// <param name="IsHit">It is what was looked for.</param>
    public sealed record Piece(string Text, bool IsHit);

    /// <summary>The whole text in pieces, which together are the text.</summary>
    public static IReadOnlyList<Piece> Of(string text, SearchText looked) => Cut(text, 0, text.Length, Ranges(text, looked));

    /// <summary>The part of a text around the first hit, on one line and without the signs of Markdown, with <c>…</c> where something is left out.</summary>
    /// <param name="length">About how long.</param>
    public static IReadOnlyList<Piece> Snippet(string text, SearchText looked, int length)
    {
        var line = MarkdownSigns.Without(text).ReplaceLineEndings(" ").Trim();
        var ranges = Ranges(line, looked);
        if (line.Length <= length) return Cut(line, 0, line.Length, ranges);
        var first = ranges.Count == 0 ? 0 : ranges[0].Start;
        // A third of it before the hit; never within a word.
        var from = first <= length / 3 ? 0 : AtBlank(line, first - (length / 3), first);
        var to = Math.Min(line.Length, from + length);
        if (ranges.Count > 0) to = Math.Max(to, ranges[0].End);
        if (to < line.Length && line.LastIndexOf(' ', to, to - from) is var blank and >= 0 && blank > from + (length / 2) && (ranges.Count == 0 || blank >= ranges[0].End)) to = blank;
        if (to < line.Length && char.IsLowSurrogate(line[to])) to++;
        var pieces = Cut(line, from, to, ranges);
        return [.. from > 0 ? [new Piece("…", false)] : Array.Empty<Piece>(), .. pieces, .. to < line.Length ? [new Piece("…", false)] : Array.Empty<Piece>()];
    }

    private static int AtBlank(string line, int at, int before)
    {
        var blank = line.IndexOf(' ', at, before - at);
        if (blank >= 0) return blank + 1;
        return char.IsLowSurrogate(line[at]) ? at - 1 : at;
    }

    private static List<Piece> Cut(string text, int from, int to, List<(int Start, int End)> ranges)
    {
        var (pieces, at) = (new List<Piece>(), from);
        foreach (var (start, end) in ranges.Where(r => r.End > from && r.Start < to))
        {
            var (first, last) = (Math.Max(start, from), Math.Min(end, to));
            if (first > at) pieces.Add(new(text[at..first], false));
            pieces.Add(new(text[first..last], true));
            at = last;
        }
        if (at < to) pieces.Add(new(text[at..to], false));
        return pieces;
    }

    /// <summary>In order, none over another.</summary>
    private static List<(int Start, int End)> Ranges(string text, SearchText looked)
    {
        var words = SearchWords.Of(text).ToList();
        var isHit = new bool[words.Count];
        var joins = new bool[words.Count];
        foreach (var term in looked.Terms.Where(t => !t.IsExcluded))
        {
            for (var at = 0; at + term.Words.Count <= words.Count; at++)
            {
                if (!Stands(term, words, at)) continue;
                for (var i = 0; i < term.Words.Count; i++)
                {
                    isHit[at + i] = true;
                    if (i > 0) joins[at + i] = true;
                }
            }
        }
        var ranges = new List<(int Start, int End)>();
        for (var i = 0; i < words.Count; i++)
        {
            if (!isHit[i]) continue;
            if (joins[i]) ranges[^1] = (ranges[^1].Start, words[i].End);
            else ranges.Add((words[i].Start, words[i].End));
        }
        return ranges;
    }

    private static bool Stands(SearchText.Term term, List<SearchWords.Word> words, int at)
    {
        for (var i = 0; i < term.Words.Count; i++)
        {
            var (wanted, found) = (term.Words[i], words[at + i].Folded);
            var fits = term.IsPrefix && i == term.Words.Count - 1 ? found.StartsWith(wanted, StringComparison.Ordinal) : string.Equals(found, wanted, StringComparison.Ordinal);
            if (!fits) return false;
        }
        return true;
    }
}
