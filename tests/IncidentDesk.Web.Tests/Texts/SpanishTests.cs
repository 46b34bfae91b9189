using System.Net;
using AngleSharp.Dom;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Texts;

public sealed class SpanishTests
{
    [Fact]
    public async Task Each_page_speaks_the_language_of_its_reader()
    {
        var desk = await WebDesk.SharedAsync();
        var (english, spanish) = (await desk.PersonAsync(PersonRole.Administrator), await desk.PersonAsync(PersonRole.Administrator, language: "es"));
        var key = await english.DeclareAsync("0");
        await english.LogAsync(key, "0");
        var (en, es) = (await english.BrowserAsync(), await spanish.BrowserAsync());
        foreach (var path in new[] { "/", $"/incidents/{key}", $"/incidents/{key}/import", "/declare", "/people", "/access", "/account", "/audit", "/not-found" })
        {
            var (inEnglish, inSpanish) = (await en.PageAsync(path), await es.PageAsync(path));
            Assert.Equal(("en", "es"), (inEnglish.DocumentElement.GetAttribute("lang"), inSpanish.DocumentElement.GetAttribute("lang")));
            Assert.True(Words(inEnglish).Count() > 3, $"{path}: hardly any text found.");
            var same = Words(inEnglish).Intersect(Words(inSpanish), StringComparer.Ordinal).ToList();
            // Names, keys, labels that are not translated and words that are the same in both languages.
            Assert.True(same.Count == 0, $"{path}: {string.Join(" | ", same)}");
        }
    }

    [Theory]
    [InlineData("es", "es")]
    [InlineData("es-AR,es;q=0.9,en;q=0.5", "es")]
    [InlineData("en-GB", "en")]
    [InlineData("de", "en")]
    public async Task Before_sign_in_the_browser_says_the_language(string asked, string expected)
    {
        var desk = await WebDesk.SharedAsync();
        foreach (var path in new[] { "/signin", "/setup", "/welcome" })
            Assert.Equal(expected, (await desk.Browser(asked).PageAsync(path)).DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_chosen_language_stays_with_the_person()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var browser = await ana.BrowserAsync();
        (await browser.SubmitAsync("/", "form[action='/language']", ("to", "es"), ("back", "/account"))).Expect(HttpStatusCode.Redirect);
        Assert.Equal("es", (await browser.PageAsync("/account")).DocumentElement.GetAttribute("lang"));
        Assert.Equal("es", (await (await ana.BrowserAsync()).PageAsync("/")).DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("es", "No hay ningún incidente")]
    [InlineData("es-MX,es;q=0.8", "No hay ningún incidente")]
    [InlineData("en", "INC-1999-001")]
    public async Task A_program_gets_the_language_that_it_asks_for(string asked, string words)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync(language: "en");
        var missing = (await ana.Api(asked).GetAsync("/api/v1/incidents/INC-1999-001")).ExpectProblem(HttpStatusCode.NotFound, "Incident.NotFound");
        Assert.Contains(words, missing.Detail, StringComparison.Ordinal);
        Assert.Equal(asked[..2], missing.Header("Content-Language"));
    }

    /// <summary>Visible pieces of text with more than one word.</summary>
    private static IEnumerable<string> Words(IDocument page) => page.Body!.Descendants<IText>()
        .Where(t => t.ParentElement is not null && t.ParentElement.Closest("script, datalist, kbd, code, [lang]:not(html), .menu-note, select[id=zone], select[id=person], time, .sub, td, .av") is null)
        .Select(t => t.Text.Trim()).Where(t => t.Contains(' ', StringComparison.Ordinal) && t.Any(char.IsLower) && !t.Contains("Ana Ruiz", StringComparison.Ordinal) && !t.Contains('/', StringComparison.Ordinal)).Distinct();
}
