using System.Text;
using System.Text.RegularExpressions;
using IncidentDesk.Attacks;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace IncidentDesk.Web.Attacks;

/// <summary>The board as a file that needs nothing else: its styles and shapes are in it, and no script.</summary>
/// <remarks>Variables of the style sheets are resolved: a program that draws is not always a browser.</remarks>
public sealed partial class BoardFile(IWebHostEnvironment host, ILoggerFactory logging, Say say)
{
    public const double Width = 1_400;

    /// <summary>On a sheet of paper: what is drawn wider could not be read there.</summary>
    public const double WidthOnPaper = 900;

    public static IReadOnlyList<string> Themes { get; } = ["light", "dark"];

    /// <param name="services">Of the request.</param>
    /// <param name="theme">Of <see cref="Themes"/>.</param>
    /// <param name="range">UTC; null for the whole.</param>
    /// <returns>The text of an SVG document, in the language of the request.</returns>
    public async Task<string> DrawAsync(IServiceProvider services, ReadBoard.Facts facts, DateTime now, (DateTime From, DateTime To)? range, TimeZoneInfo zone, string theme, bool showAll, double width = Width)
    {
        var board = facts.Board(now);
        var text = new BoardText(say, board, zone);
        var picture = BoardPicture.Of(board, range, width, zone, w => $"{text.Loud(w)} {text.Beside(w)}", showAll);
        var body = await RenderAsync(services, facts, picture, text, "");
        return await RenderAsync(services, facts, picture, text, $"<style>{Style(theme, body)}</style><defs>{Shapes(body)}</defs>");
    }

    private async Task<string> RenderAsync(IServiceProvider services, ReadBoard.Facts facts, BoardPicture picture, BoardText text, string defs)
    {
        await using var renderer = new HtmlRenderer(services, logging);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<BoardSvg>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(BoardSvg.Picture)] = picture,
            [nameof(BoardSvg.Text)] = text,
            [nameof(BoardSvg.Key)] = facts.Incident.Key,
            [nameof(BoardSvg.Title)] = $"{facts.Incident.Key} {facts.Incident.Title}: {text.Range(picture.Axis.From, picture.Axis.To)}",
            [nameof(BoardSvg.Caption)] = $"{facts.Incident.Tlp.Label()}  {facts.Incident.Key} {facts.Incident.Title}: {text.Range(picture.Axis.From, picture.Axis.To)}",
            [nameof(BoardSvg.Description)] = string.Concat(BoardSentence.Sentences(say, picture.Board.Summary).Select(s => s.Replace("*", "", StringComparison.Ordinal) + " ")).Trim(),
            [nameof(BoardSvg.IsFile)] = true,
            [nameof(BoardSvg.Defs)] = defs,
        }))).ToHtmlString());
    }

    private string Shapes(string body)
    {
        var wanted = UsedShape().Matches(body).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        return string.Concat(Symbol().Matches(Read("icons.svg")).Where(m => wanted.Contains(m.Groups[1].Value)).Select(m => m.Value));
    }

    /// <summary>The rules of the picture with the theme's values in place of variables.</summary>
    private string Style(string theme, string body)
    {
        var tokens = Read("css/tokens.css");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match block in Rule().Matches(tokens))
        {
            var selector = block.Groups[1].Value.Trim();
            if (selector is not (":root" or ":root, [data-theme]") && !selector.Contains($"[data-theme=\"{theme}\"]", StringComparison.Ordinal)) continue;
            foreach (Match value in Variable().Matches(block.Groups[2].Value)) values.TryAdd(value.Groups[1].Value, value.Groups[2].Value.Trim());
        }
        var sheet = Read("css/boardsvg.css");
        var used = ClassName().Matches(body).SelectMany(m => m.Groups[1].Value.Split(' ')).ToHashSet(StringComparer.Ordinal);
        var meanings = Meaning().Matches(Read("css/parts.css") + sheet).Where(m => used.Contains(m.Groups[1].Value)).DistinctBy(m => m.Groups[1].Value, StringComparer.Ordinal)
            .Select(m => (Class: m.Groups[1].Value, Values: Variable().Matches(m.Groups[2].Value).ToDictionary(v => v.Groups[1].Value, v => v.Groups[2].Value.Trim(), StringComparer.Ordinal))).ToList();
        var style = new StringBuilder();
        foreach (Match rule in Rule().Matches(sheet))
        {
            var (selector, declarations) = (rule.Groups[1].Value.Trim(), rule.Groups[2].Value.Trim());
            // What answers to a pointer has no place in a file.
            if (declarations.StartsWith("--c:", StringComparison.Ordinal) || selector.Contains(':', StringComparison.Ordinal) || selector.Contains('[', StringComparison.Ordinal)) continue;
            if (!declarations.Contains("var(--c", StringComparison.Ordinal)) style.Append(selector).Append('{').Append(Resolve(declarations, values, [])).Append('}');
            else
                foreach (var (name, own) in meanings) style.Append(string.Join(',', selector.Split(',').Select(s => $"{s.Trim()}.{name}"))).Append('{').Append(Resolve(declarations, values, own)).Append('}');
        }
        return style.ToString();
    }

    private static string Resolve(string declarations, Dictionary<string, string> values, Dictionary<string, string> own)
    {
        for (var depth = 0; depth < 6 && declarations.Contains("var(", StringComparison.Ordinal); depth++)
            declarations = Use().Replace(declarations, m => own.GetValueOrDefault(m.Groups[1].Value) ?? values.GetValueOrDefault(m.Groups[1].Value) ?? "currentColor");
        return declarations;
    }

    private string Read(string path)
    {
        using var stream = host.WebRootFileProvider.GetFileInfo(path).CreateReadStream();
        using var reader = new StreamReader(stream);
        return Comment().Replace(reader.ReadToEnd(), "");
    }

    [GeneratedRegex("""href="#(?<1>i-[a-z0-9-]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex UsedShape();

    [GeneratedRegex("""<symbol id="(?<1>i-[a-z0-9-]+)".*?</symbol>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Symbol();

    [GeneratedRegex("""(?<1>[^{}]+)\{(?<2>[^{}]*)\}""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Rule();

    [GeneratedRegex("""(?<1>--[a-z0-9-]+):\s*(?<2>[^;]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Variable();

    [GeneratedRegex("""\.(?<1>[a-z0-9-]+) \{\s*(?<2>--c:[^}]+)\}""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Meaning();

    [GeneratedRegex("""class="(?<1>[^"]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ClassName();

    [GeneratedRegex("""var\((?<1>--[a-z0-9-]+)\)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Use();

    [GeneratedRegex("""/\*.*?\*/""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Comment();
}
