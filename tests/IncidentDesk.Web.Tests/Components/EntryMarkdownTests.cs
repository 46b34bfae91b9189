using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using IncidentDesk.Web.Timeline;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class EntryMarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<a href='javascript:alert(1)'>x</a>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("before\n\n<div style=\"position:fixed\">x</div>\n\nafter")]
    [InlineData("<!-- comment --><![CDATA[x]]><?php ?>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](vbscript:x) [y](file:///etc/passwd) [z](//evil.example) [w](/signout)")]
    [InlineData("![x](https://evil.example/pixel.png)")]
    [InlineData("![x](data:image/svg+xml,x)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[x][r]\n\n[r]: javascript:alert(1)")]
    [InlineData("[x](https://example.org \"a\\\" onmouseover=\\\"alert(1)\")")]
    [InlineData("[x](https://example.org/\"onmouseover=alert(1))")]
    [InlineData("`<script>` and\n\n```html\" onclick=alert(1)\n<script>\n```")]
    [InlineData("| a |\n|---|\n| <script>alert(1)</script> |")]
    public void Nothing_that_could_act_comes_through(string markdown)
    {
        var page = Parse(EntryMarkdown.ToHtml(markdown));
        Assert.Empty(page.QuerySelectorAll("script, img, svg, iframe, object, embed, form, input, style, link, meta, base, div[style]"));
        Assert.DoesNotContain(page.Body!.QuerySelectorAll("*"), e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name == "style" || a.Name == "src"));
        Assert.All(page.QuerySelectorAll("a"), a => Assert.Matches("^(https?|mailto):", a.GetAttribute("href")));
        Assert.All(page.QuerySelectorAll("a"), a => Assert.Contains("noopener", a.GetAttribute("rel"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("See https://example.org/a?b=c for more", "https://example.org/a?b=c", "https://example.org/a?b=c")]
    [InlineData("[status page](http://status.example)", "http://status.example", "status page")]
    [InlineData("<noc@example.org>", "mailto:noc@example.org", "noc@example.org")]
    [InlineData("[mail](mailto:noc@example.org)", "mailto:noc@example.org", "mail")]
    [InlineData("![graph](https://example.org/g.png)", "https://example.org/g.png", "graph")]
    public void Links_to_pages_and_addresses_are_links(string markdown, string address, string text)
    {
        var link = Assert.Single(Parse(EntryMarkdown.ToHtml(markdown)).QuerySelectorAll("a"));
        Assert.Equal(address, link.GetAttribute("href"));
        Assert.Equal(text, link.TextContent);
    }

    [Fact]
    public void A_link_that_is_not_allowed_keeps_its_words_and_shows_its_address() =>
        Assert.Equal("press here (javascript:alert(1))", Text("[press **here**](javascript:alert(1))"));

    [Fact]
    public void Html_is_shown_as_it_was_typed() => Assert.Equal("a <b>bold</b> claim & more", Text("a <b>bold</b> claim & more"));

    [Fact]
    public void Headings_stand_below_those_of_the_page()
    {
        var page = Parse(EntryMarkdown.ToHtml("# One\n\n## Two\n\n##### Five"));
        Assert.Empty(page.QuerySelectorAll("h1, h2, h3"));
        Assert.Equal(["One", "Two", "Five"], page.QuerySelectorAll("h4, h5, h6").Select(h => h.TextContent));
    }

    [Fact]
    public void Lines_tables_and_code_are_kept()
    {
        var page = Parse(EntryMarkdown.ToHtml("one\ntwo\n\n| ip | pps |\n|---|---|\n| 203.0.113.7 | 4M |\n\n```\nip route add blackhole 203.0.113.7\n```"));
        Assert.Single(page.QuerySelectorAll("br"));
        Assert.Equal("4M", page.QuerySelector("td:last-child")!.TextContent);
        Assert.Equal("ip route add blackhole 203.0.113.7\n", page.QuerySelector("pre code")!.TextContent);
    }

    [Fact]
    public void Text_from_right_to_left_is_kept() => Assert.Equal("\u202Eמתקפה\u202C ‏هجوم", Text("\u202Eמתקפה\u202C ‏هجوم"));

    [Theory]
    [InlineData(">")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("(")]
    [InlineData("*a ")]
    [InlineData("`")]
    [InlineData("- ")]
    [InlineData("<")]
    [InlineData("|")]
    [InlineData("[a](")]
    [InlineData("**_")]
    [InlineData("https://")]
    [InlineData("&#")]
    public void Whatever_is_nested_to_the_limit_of_an_entry_comes_back(string piece)
    {
        var typed = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));
        var html = "";
        // Its own thread: a parser that runs out of stack would take the whole desk with it.
        var rendering = new Thread(() => html = EntryMarkdown.ToHtml(typed)) { IsBackground = true };
        rendering.Start();
        Assert.True(rendering.Join(TimeSpan.FromSeconds(60)), "It does not come back.");
        Assert.NotEmpty(html);
    }

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    [Fact]
    public void Names_with_their_sign_lead_to_what_they_name()
    {
        var id = Guid.NewGuid();
        var page = Parse(EntryMarkdown.ToHtml("#web-11. **#WEB-11** and +rate-1, but not #web-12, `#web-11`, [#web-11](https://example.org) or a#web-11", [new("web-11", id), new("rate-1", MitigationId: Guid.NewGuid())]));
        Assert.Equal(["#web-11", "#WEB-11", "+rate-1"], page.QuerySelectorAll("a.mention").Select(a => a.TextContent));
        Assert.Equal(["/inventory/web-11", "/inventory/web-11", "/mitigations/rate-1"], page.QuerySelectorAll("a.mention").Select(a => a.GetAttribute("href")));
        Assert.Equal(id.ToString(), page.QuerySelector("a.mention")!.GetAttribute("data-asset"));
        Assert.Equal("#web-11. #WEB-11 and +rate-1, but not #web-12, #web-11, #web-11 or a#web-11", page.Body!.TextContent.Trim());
    }

    [Fact]
    public void A_file_of_the_incident_is_a_picture_or_a_link()
    {
        var page = Parse(EntryMarkdown.ToHtml($"![a \"graph\"](attachment:{File}) and [dump.pcap](attachment:{File})", null, "INC-2026-001"));
        var address = $"/api/v1/incidents/INC-2026-001/attachments/{File}";
        var image = Assert.Single(page.QuerySelectorAll("img"));
        Assert.Equal((address, "a \"graph\"", "lazy"), (image.GetAttribute("src"), image.GetAttribute("alt"), image.GetAttribute("loading")));
        Assert.Equal([address, address], page.QuerySelectorAll("a[download].file").Select(a => a.GetAttribute("href")));
        Assert.Same(page.QuerySelector("a"), image.ParentElement);
        Assert.Equal("dump.pcap", page.QuerySelectorAll("a")[1].TextContent);
    }

    [Fact]
    public void A_picture_within_a_link_keeps_that_link() =>
        Assert.Equal("https://example.org", Assert.Single(Parse(EntryMarkdown.ToHtml($"[![graph](attachment:{File})](https://example.org)", null, "INC-2026-001")).QuerySelectorAll("a:has(img)")).GetAttribute("href"));

    [Theory]
    [InlineData("![x](attachment:)")]
    [InlineData("![x](attachment:01990000)")]
    [InlineData("![x](attachment:../../etc/passwd)")]
    [InlineData("![x](attachment:01990000-0000-7000-8000-00000000000f/../../people)")]
    [InlineData("![x](attachment:01990000-0000-7000-8000-00000000000f?x=1)")]
    [InlineData("![x](attachment://evil.example/01990000-0000-7000-8000-00000000000f)")]
    [InlineData("![x](javascript:01990000-0000-7000-8000-00000000000f)")]
    [InlineData("![x](https://evil.example/attachment:01990000-0000-7000-8000-00000000000f)")]
    [InlineData("![x](/api/v1/incidents/INC-2026-001/attachments/01990000-0000-7000-8000-00000000000f)")]
    [InlineData("<attachment:01990000-0000-7000-8000-00000000000f>")]
    [InlineData("attachment:01990000-0000-7000-8000-00000000000f")]
    public void Anything_else_that_speaks_of_files_is_text_or_a_link_to_elsewhere(string markdown)
    {
        var page = Parse(EntryMarkdown.ToHtml(markdown, null, "INC-2026-001"));
        Assert.Empty(page.QuerySelectorAll("img, [src], [download]"));
        Assert.All(page.QuerySelectorAll("a"), a => Assert.StartsWith("https://evil.example/", a.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("![x\" onerror=\"alert(1)](attachment:01990000-0000-7000-8000-00000000000f)")]
    [InlineData("![x](attachment:01990000-0000-7000-8000-00000000000f \"t\\\" onload=\\\"alert(1)\")")]
    [InlineData("[![x](attachment:01990000-0000-7000-8000-00000000000f)](javascript:alert(1))")]
    public void A_picture_brings_nothing_that_could_act(string markdown)
    {
        var page = Parse(EntryMarkdown.ToHtml(markdown, null, "INC-2026-001\" onerror=\"x"));
        Assert.Single(page.QuerySelectorAll("img"));
        Assert.DoesNotContain(page.Body!.QuerySelectorAll("*"), e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.All(page.QuerySelectorAll("a"), a => Assert.StartsWith("/api/v1/incidents/", a.GetAttribute("href"), StringComparison.Ordinal));
    }

    private const string File = "01990000-0000-7000-8000-00000000000f";

    private static string Text(string markdown) => Parse(EntryMarkdown.ToHtml(markdown)).Body!.TextContent.Trim();
}
