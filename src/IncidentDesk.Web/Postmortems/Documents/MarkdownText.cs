using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>A tree of the authors' text as GitHub Flavored Markdown again, in which nothing is open at its end.</summary>
/// <param name="image">The address of a picture that the text shows.</param>
internal sealed class MarkdownText(Func<LinkInline, string> image)
{
    private const string Special = "\\`*_[]<>|~&";

    /// <summary>Text that is nothing but itself.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (Special.Contains(c, StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(c is '\r' or '\n' ? ' ' : c);
        }
        return escaped.ToString();
    }

    /// <summary>As above, at the beginning of a line.</summary>
    public static string EscapeLine(string text) => AtStart(Escape(text));

    public string Of(ContainerBlock blocks) => Of(blocks, "\n\n");

    private string Of(ContainerBlock blocks, string between) => string.Join(between, blocks.Select(Block).Where(b => b.Length > 0));

    private string Block(Block block) => block switch
    {
        HeadingBlock heading => $"{new string('#', heading.Level)} {OneLine(heading.Inline)}".TrimEnd(),
        ParagraphBlock paragraph => string.Join('\n', Inlines(paragraph.Inline).Split('\n').Select(line => AtStart(line.TrimStart(' ', '\t')))),
        CodeBlock code => Fence(code),
        ThematicBreakBlock => "---",
        QuoteBlock quote => Prefix(Of(quote), "> ", "> "),
        ListBlock list => List(list),
        Table table => Rows(table),
        ContainerBlock container => Of(container),
        _ => "",
    };

    private string List(ListBlock list)
    {
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        var between = list.IsLoose ? "\n\n" : "\n";
        return string.Join(between, list.OfType<ListItemBlock>().Select((item, n) =>
        {
            var mark = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number + n}. ") : "- ";
            return Prefix(Of(item, between), mark, new string(' ', mark.Length));
        }));
    }

    private string Rows(Table table)
    {
        var columns = table.OfType<TableRow>().Select(r => r.Count).DefaultIfEmpty().Max();
        var lines = table.OfType<TableRow>().Select(row => "| " + string.Join(" | ", Enumerable.Range(0, columns).Select(n => n < row.Count && row[n] is TableCell cell ? Cell(cell) : "")) + " |").ToList();
        if (lines.Count > 0) lines.Insert(1, "|" + string.Concat(Enumerable.Repeat(" --- |", columns)));
        return string.Join('\n', lines);
    }

    private string Cell(TableCell cell) => string.Join(' ', cell.OfType<LeafBlock>().Select(b => OneLine(b.Inline)));

    private static string Fence(CodeBlock code)
    {
        var text = code.Lines.ToString();
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        var info = code is FencedCodeBlock { Info: { Length: > 0 } its } && its.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '#') ? its : "";
        return $"{fence}{info}\n{text}\n{fence}";
    }

    private string OneLine(ContainerInline? inlines) => Inlines(inlines).Replace("\\\n", " ", StringComparison.Ordinal).Replace('\n', ' ');

    private string Inlines(ContainerInline? inlines) => inlines is null ? "" : string.Concat(inlines.Select(Inline));

    private string Inline(Inline inline) => inline switch
    {
        LiteralInline literal => Escape(literal.Content.ToString()),
        CodeInline code => Code(code.Content),
        LineBreakInline => "\\\n",
        HtmlEntityInline entity => Escape(entity.Transcoded.ToString()),
        EmphasisInline emphasis => Emphasis(emphasis),
        LinkInline { IsImage: true } picture => $"![{Inlines(picture)}]({image(picture)})",
        LinkInline { IsAutoLink: true, Url: { } url } => $"<{url}>",
        LinkInline link => $"[{Inlines(link)}](<{Address(link.Url)}>)",
        AutolinkInline link => $"<{link.Url}>",
        DelimiterInline delimiter => Escape(delimiter.ToLiteral()) + Inlines(delimiter),
        ContainerInline container => Inlines(container),
        _ => "",
    };

    private string Emphasis(EmphasisInline emphasis)
    {
        var mark = new string(emphasis.DelimiterChar, emphasis.DelimiterCount);
        return mark + Inlines(emphasis) + mark;
    }

    private static string Code(string text)
    {
        var ticks = new string('`', LongestRun(text) + 1);
        var room = text.StartsWith('`') || text.EndsWith('`') ? " " : "";
        return ticks + room + text.Replace('\n', ' ') + room + ticks;
    }

    private static string Address(string? url) => (url ?? "").Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text) longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        return longest;
    }

    /// <summary>What would begin a heading, a list or a rule does not.</summary>
    private static string AtStart(string line)
    {
        if (line.Length == 0) return line;
        if (line[0] is '#' or '+' or '-' or '=') return "\\" + line;
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && digits < line.Length && line[digits] is '.' or ')' ? line.Insert(digits, "\\") : line;
    }

    /// <summary>Puts a mark before the first line and room before the others.</summary>
    public static string Prefix(string text, string first, string others) =>
        first + string.Join('\n', text.Split('\n').Select((line, n) => n == 0 ? line : line.Length > 0 ? others + line : others.TrimEnd()));
}
