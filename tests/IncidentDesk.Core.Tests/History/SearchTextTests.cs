using FsCheck;
using FsCheck.Fluent;
using IncidentDesk.Data;
using IncidentDesk.History;
using Xunit;

namespace IncidentDesk.Tests.History;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("flood", "(\"flood\" *)", "('flood':*)")]
    [InlineData("flood ", "(\"flood\")", "('flood')")]
    [InlineData("Inundación  SYN", "(\"inundacion\" AND \"syn\" *)", "('inundacion') & ('syn':*)")]
    [InlineData("\"syn flood\" x", "(\"syn flood\" AND \"x\")", "('syn' <-> 'flood') & ('x')")]
    [InlineData("“syn flood”", "(\"syn flood\")", "('syn' <-> 'flood')")]
    [InlineData("\"syn flo", "(\"syn flo\" *)", "('syn' <-> 'flo':*)")]
    [InlineData("bal* up", "(\"bal\" * AND \"up\" *)", "('bal':*) & ('up':*)")]
    [InlineData("\"syn flo\"* x", "(\"syn flo\" * AND \"x\")", "('syn' <-> 'flo':*) & ('x')")]
    [InlineData("198.51.100.7 up", "(\"198 51 100 7\" AND \"up\" *)", "('198' <-> '51' <-> '100' <-> '7') & ('up':*)")]
    [InlineData("198.51.100.7", "(\"198 51 100 7\" *)", "('198' <-> '51' <-> '100' <-> '7':*)")]
    [InlineData("www.example.org ", "(\"www example org\")", "('www' <-> 'example' <-> 'org')")]
    [InlineData("INC-2026-001 ", "(\"inc 2026 001\")", "('inc' <-> '2026' <-> '001')")]
    [InlineData("flood -udp -\"big one\" ", "(\"flood\") NOT \"udp\" NOT \"big one\"", "('flood') & !('udp') & !('big' <-> 'one')")]
    [InlineData("-ud", "()NOT", null)]
    [InlineData("AND OR NOT NEAR(a b) ", "(\"and\" AND \"or\" AND \"not\" AND \"near a\" AND \"b\")", "('and') & ('or') & ('not') & ('near' <-> 'a') & ('b')")]
    [InlineData("a'b\\ c:*&|!<-> ", "(\"a b\" AND \"c\")", "('a' <-> 'b') & ('c')")]
    [InlineData("Text : x ", "(\"text\" AND \"x\")", "('text') & ('x')")]
    public void What_is_typed_becomes_terms(string typed, string fts5, string? tsQuery)
    {
        var text = SearchText.Parse(typed);
        if (tsQuery is null)
        {
            Assert.True(text.IsEmpty);
            return;
        }
        Assert.False(text.IsEmpty);
        Assert.Equal(fts5, SqliteEngine.Fts5(text));
        Assert.Equal(tsQuery, PostgresEngine.TsQuery(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("\"\" * - -- % ' \\ \0 ☃")]
    public void Where_there_is_no_word_there_is_nothing_to_look_for(string? typed) => Assert.True(SearchText.Parse(typed).IsEmpty);

    [Fact]
    public void Whatever_is_typed_only_letters_and_digits_are_looked_for() => Prop.ForAll<string>(typed =>
    {
        var text = SearchText.Parse(typed);
        return text.Terms.All(t => t.Words.Count > 0 && t.Words.All(w => w.Length > 0 && w.EnumerateRunes().All(r => System.Text.Rune.IsLetterOrDigit(r) || System.Text.Rune.GetUnicodeCategory(r) == System.Globalization.UnicodeCategory.SpacingCombiningMark)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_pieces_of_a_highlighted_text_are_the_text() => Prop.ForAll<string, string>((written, typed) =>
    {
        var text = written ?? "";
        return string.Concat(Highlights.Of(text, SearchText.Parse(typed)).Select(p => p.Text)) == text
            && Highlights.Snippet(text, SearchText.Parse(typed), 20).All(p => p.Text.Length > 0);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Inundación SYN en el sur", "inundacion sur", "[Inundación] SYN en el [sur]")]
    [InlineData("from 198.51.100.7:443", "198.51.100.7", "from [198.51.100.7]:443")]
    [InlineData("from 198.51.100.70 and 198.51.100.7", "198.51.100.7 ", "from 198.51.100.70 and [198.51.100.7]")]
    [InlineData("Floods, flooded, flo", "floo", "[Floods], [flooded], flo")]
    [InlineData("a b a b c", "\"a b c\"", "a b [a b c]")]
    [InlineData("flood udp", "flood -udp", "[flood] udp")]
    [InlineData("<b>flood</b>", "flood", "<b>[flood]</b>")]
    [InlineData("nothing", "flood", "nothing")]
    [InlineData("👍 ñandú 👍", "nandu", "👍 [ñandú] 👍")]
    public void Hits_are_seen_in_the_text_as_written(string text, string typed, string expected) => Assert.Equal(expected, Shown(Highlights.Of(text, SearchText.Parse(typed))));

    [Fact]
    public void A_long_text_is_cut_around_its_first_hit()
    {
        var text = string.Concat(Enumerable.Repeat("some words before ", 20)) + "the\nflood " + string.Concat(Enumerable.Repeat("and after it ", 20));
        var snippet = Shown(Highlights.Snippet(text, SearchText.Parse("flood"), 60));
        Assert.StartsWith("…", snippet, StringComparison.Ordinal);
        Assert.EndsWith("…", snippet, StringComparison.Ordinal);
        Assert.Contains("the [flood] and after", snippet, StringComparison.Ordinal);
        Assert.InRange(snippet.Length, 30, 66);
    }

    [Theory]
    [InlineData("### What is **due**\n- call the _upstream_", "due upstream", "What is [due] - call the [upstream]")]
    [InlineData("> quoted\n* one\n* two", "two", "quoted one [two]")]
    [InlineData("see [the **notice**](https://example.org/flood) and ![graph](attachment:01990000)", "flood", "see the notice (https://example.org/[flood]) and graph")]
    [InlineData("`203.0.113.7` ~~gone~~ ~15 min", "203.0.113.7", "[203.0.113.7] gone ~15 min")]
    [InlineData("```\nlimit_req zone=a\n```", "limit", "[limit]_req zone=a")]
    [InlineData("*.example.org, *.example.net, 2 * 3, snake_case_name, #1", "snake", "*.example.org, *.example.net, 2 * 3, [snake]_case_name, #1")]
    [InlineData("_a_*b*", "b", "a [b]")]
    public void An_excerpt_has_no_signs_of_markdown(string text, string typed, string expected) => Assert.Equal(expected, Shown(Highlights.Snippet(text, SearchText.Parse(typed), 200)));

    [Fact]
    public void An_excerpt_loses_no_word() => Prop.ForAll<string>(written =>
    {
        var text = (written ?? "").ReplaceLineEndings("\n");
        return SearchWords.Of(MarkdownSigns.Without(text)).Select(w => w.Folded).SequenceEqual(SearchWords.Of(text).Select(w => w.Folded), StringComparer.Ordinal);
    }).QuickCheckThrowOnFailure();

    private static string Shown(IEnumerable<Highlights.Piece> pieces) => string.Concat(pieces.Select(p => p.IsHit ? $"[{p.Text}]" : p.Text));
}
