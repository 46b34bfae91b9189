using System.Globalization;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>The style sheet that travels in an HTML document: for the screen, light and dark, and for paper with a running head.</summary>
internal static class DocumentStyle
{
    /// <summary>For a page that only a printer sees: what is laid out for no screen is laid out once, not twice.</summary>
    public static string ForPrinter(Document document) => Of(document) + "@media screen { main { display: none; } }";

    public static string Of(Document document) => Sheet + $$"""
        @page {
          size: A4; margin: 20mm 16mm 18mm;
          @top-left { content: {{Quoted(document.Mark)}}; font: 8pt sans-serif; color: #444; }
          @bottom-right { content: {{Pages(document.Page)}}; font: 8pt sans-serif; color: #444; }
        }
        """;

    private const string Sheet = """
        :root { color-scheme: light dark; }
        * { box-sizing: border-box; }
        body { margin: 0; font: 15px/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; color: #1a1c19; background: #fff; overflow-wrap: anywhere; }
        main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 .5em; text-wrap: balance; }
        h1 { font-size: 1.9rem; margin: .2em 0 .6em; } h2 { font-size: 1.4rem; border-bottom: 1px solid #cdcdc6; padding-bottom: .2em; } h3 { font-size: 1.15rem; } h4, h5, h6 { font-size: 1rem; }
        p, ul, ol, pre, table, dl, figure, blockquote { margin: 0 0 .9em; }
        .mark { font-weight: 600; font-size: .85rem; margin: 0; }
        header + dl, p + dl, .text + dl { margin-top: .9em; } dl > div { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: 0 1rem; padding: .15rem 0; border-bottom: 1px solid #ececea; }
        dt { color: #4c4f49; } dd { margin: 0; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .86rem; }
        caption { text-align: start; font-weight: 600; padding: .3rem 0; }
        th, td { border: 1px solid #cdcdc6; padding: .3rem .45rem; text-align: start; vertical-align: top; min-width: 4rem; overflow-wrap: normal; } .long { overflow-wrap: anywhere; } thead th { background: #efefec; } tbody th { font-weight: 600; }
        .events { list-style: none; padding: 0; } .events > li { border-inline-start: 3px solid #cdcdc6; padding: .1rem 0 .1rem .8rem; margin: 0 0 .7rem; } .when { margin: 0 0 .2rem; font-size: .86rem; color: #4c4f49; } .when b { color: #1a1c19; }
        .events p:last-child, .text > :last-child { margin-bottom: .2em; }
        pre { background: #f4f4f1; border: 1px solid #e2e2dd; padding: .6rem; white-space: pre-wrap; font-size: .84rem; } code { font-family: ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; font-size: .92em; }
        blockquote { border-inline-start: 3px solid #cdcdc6; padding-inline-start: .8rem; color: #4c4f49; }
        figure { margin-inline: 0; } img { max-width: 100%; height: auto; } .board { width: 100%; background: #fff; } figcaption { font-size: .86rem; color: #4c4f49; }
        .notice { border: 1px solid #956600; background: #fbf2d3; color: #574000; padding: .45rem .6rem; }
        a { color: #2b47bd; }
        @media (max-width: 40rem) { dl > div { grid-template-columns: 1fr; } }
        @media screen and (prefers-color-scheme: dark) {
          body { color: #e9ebec; background: #151819; } .when b { color: inherit; } dt, figcaption, .when, blockquote { color: #b3babf; } thead th { background: #1d2123; } th, td, h2, blockquote, .events > li { border-color: #394045; } dl > div { border-color: #262b2e; }
          pre { background: #0e1011; border-color: #262b2e; } .notice { background: #2d250e; color: #e4bd55; border-color: #cfa12f; } a { color: #a4b6ff; }
        }
        @media print {
          body { font-size: 10pt; color: #000; } main { max-width: none; padding: 0; } .wide { overflow: visible; } table { font-size: 8pt; } th, td { min-width: 0; }
          h1, h2, h3, h4, h5, h6, caption, .when { break-after: avoid; } tr, figure, img, .notice, dl > div { break-inside: avoid; } thead { display: table-header-group; } p, li { orphans: 2; widows: 2; } img { max-height: 230mm; } a { color: inherit; }
        }

        """;

    /// <summary>"page {0} of {1}" as a value of <c>content</c>.</summary>
    private static string Pages(string words)
    {
        var parts = words.Split("{0}", 2);
        var rest = parts.Length > 1 ? parts[1].Split("{1}", 2) : [""];
        return string.Create(CultureInfo.InvariantCulture, $"{Quoted(parts[0])} counter(page) {Quoted(rest[0])} counter(pages) {Quoted(rest.Length > 1 ? rest[1] : "")}");
    }

    /// <summary>A string of CSS in a style element: nothing in it ends either.</summary>
    private static string Quoted(string text) => "\"" + string.Concat(text.Select(c => char.IsLetterOrDigit(c) || c is ' ' or ':' or '-' or '·' or '.' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\{(int)c:x6} "))) + "\"";
}
