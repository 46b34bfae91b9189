using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Security;

/// <summary>A corpus of attacks in every field: no script runs, no page breaks, others keep working. A refusal by the policy would stand on the console and fail the test too.</summary>
[Collection(BrowserCollection.Name)]
public sealed class XssTests(Chromium chromium)
{
    private const int MaxPersonName = 80;
    private const int MaxKindName = 100;

    private static readonly string[] Corpus = File.ReadAllLines(Path.Combine(Checkout.Root, "tests", "data", "xss.txt"));

    // A name is one line without control characters; a name that begins with these would lose them.
    private static IEnumerable<string> Names => Corpus.Where(p => !p.Any(char.IsControl)).Select(p => p.TrimStart('#').Trim());

    [Fact]
    public async Task Nothing_that_anybody_types_or_imports_runs_in_the_browser_of_another()
    {
        Assert.True(Corpus.Length >= 80);
        await using var desk = await Desk.StartAsync();
        var key = await desk.Ana.DeclareAsync("Of the corpus");
        await FillAsync(desk, key);

        await chromium.TestAsync(async session =>
        {
            // what a browser fetches from an address that a payload names would be a request of ours to another host
            var page = await desk.VisitAsync(session, desk.Ana);
            List<string> foreign = [];
            page.Request += (_, request) =>
            {
                if (new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Authority != desk.Address.Authority) foreign.Add(request.Url);
            };
            page.Dialog += (_, dialog) =>
            {
                foreign.Add($"dialogue: {dialog.Message}");
                _ = dialog.DismissAsync();
            };

            string[] live =
            [
                "/", "/?q=script", $"/incidents/{key}", $"/incidents/{key}?text=svg", "/inventory", "/inventory?view=table", "/inventory?view=members", "/inventory/server-3",
                "/mitigations", "/mitigations?q=%3Csvg%20onload%3Dwindow.pwned%3D1%3E", "/mitigations/kinds", "/mitigations/templates", "/checklists",
            ];
            foreach (var path in live)
            {
                await page.GoLiveAsync(path);
                await IsUnharmedAsync(page, path);
            }
            await page.GoLiveAsync("/mitigations");
            await page.Locator("main a[href^='/mitigations/']").First.ClickAsync();
            await Expect(page.Locator("main h1")).ToBeVisibleAsync();
            await IsUnharmedAsync(page, "mitigation");
            foreach (var path in new[] { "/people", "/declare", "/account", "/account/sessions", "/audit", $"/signin?to={Uri.EscapeDataString("javascript:window.pwned=1")}" })
            {
                await page.GotoAsync(path);
                await IsUnharmedAsync(page, path);
            }

            // a pasted file that is nothing but the corpus, before it is imported
            await page.GotoAsync($"/incidents/{key}/import");
            await page.Locator("#text").FillAsync("utc,event,category,precision,stated_time\n" + string.Join('\n', Corpus.Select(p => $"2026-01-01T00:00:00Z,{Cell(p)},{Cell(p)},exact,{Cell(p)}")));
            await page.Locator("button.primary").ClickAsync();
            await Expect(page.Locator("table.preview")).ToBeVisibleAsync();
            await IsUnharmedAsync(page, "import");

            // another person's page goes on: what is typed into it stands as it was typed
            var other = await desk.OpenAsync(session, desk.Carla, key);
            await other.LogAsync("<img src=x onerror=window.pwned=1> still here");
            await Expect(other.Row("still here")).ToContainTextAsync("<img src=x onerror=window.pwned=1> still here");
            await IsUnharmedAsync(other, "incident, live");
            await other.Keyboard.PressAsync("Control+k");
            await other.Locator("#palette input").FillAsync("svg");
            await Expect(other.Locator("#palette [role=option]").First).ToBeVisibleAsync();
            await IsUnharmedAsync(other, "palette");
            Assert.Empty(foreign);
        });
    }

    private static async Task FillAsync(Desk desk, string key)
    {
        var (ana, names) = (desk.Ana, Names.Distinct(StringComparer.OrdinalIgnoreCase).ToList());
        foreach (var payload in Corpus) await desk.Beto.LogAsync(key, payload);
        await ana.LogAsync(key, string.Join("\n\n", Corpus));
        // An asset's name is typed after #: letters, digits and a few marks. What else it has may be anything.
        foreach (var (name, i) in names.Select((n, i) => (n, i)))
        {
            await ana.SendAsync(HttpMethod.Post, "/api/v1/members", new { name, aliases = new[] { name + " alias" }, notes = name });
            await ana.SendAsync(HttpMethod.Post, "/api/v1/assets", new { kind = "Server", name = $"server-{i}", member = name, notes = name });
            await ana.DeclareAsync(name, "SEV4");
        }
        foreach (var (name, i) in names.Select((n, i) => (n, i)).Take(30))
        {
            await ana.SendAsync(HttpMethod.Post, $"/api/v1/incidents/{key}/impacts", new { asset = $"server-{i}", state = "MajorOutage", cause = "Targeted", evidence = name });
            await ana.SendAsync(HttpMethod.Post, $"/api/v1/incidents/{key}/mitigations", new
            {
                state = "applied",
                reason = name,
                facts = new { title = name, kind = "rate-limit", appliedBy = name, command = name, revert = name, expectedEffect = name, sideEffects = name, askedWhom = name, ticket = name, answer = name, scope = new[] { $"server-{i}" } },
            });
        }
        foreach (var (name, i) in names.Where(n => n.Length <= MaxKindName).Select((n, i) => (n, i)))
            await ana.SendAsync(HttpMethod.Put, $"/api/v1/mitigation-kinds/corpus-{i}", new { nameEn = name, nameEs = name, actor = "own" });
        foreach (var name in names.Take(20)) await ana.SendAsync(HttpMethod.Put, $"/api/v1/mitigation-templates/{Guid.CreateVersion7()}", new { version = 0, facts = new { title = name, kind = "rate-limit", command = name, revert = name } });
        await ana.SendAsync(HttpMethod.Put, $"/api/v1/checklists/{Guid.CreateVersion7()}", new { version = 0, titleEn = names[0], titleEs = names[0], source = names[0], steps = names.Take(30).Select(n => new { en = n, es = n }) });
        foreach (var name in names.Where(n => n.Length <= MaxPersonName)) await ana.InviteAsync(name);
        var version = (await ana.IncidentAsync(key)).GetProperty("version").GetInt32();
        await ana.SendAsync(HttpMethod.Patch, $"/api/v1/incidents/{key}", new { version, severity = "SEV1", reason = names[3] });
    }

    private static async Task IsUnharmedAsync(IPage page, string what)
    {
        Assert.False(await page.EvaluateAsync<bool>("'pwned' in window"), what);
        Assert.True(await page.Locator("#blazor-error-ui").IsHiddenAsync(), $"{what}: the page broke");
        // nothing of theirs became an element that could act
        var alive = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("main script, main iframe, main object, main embed, main base, main meta, main [srcdoc], dialog script")]
                .concat([...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => /^on/i.test(a.name) || /^\s*(javascript|vbscript|data:text)/i.test(a.value) && /^(href|src|action|formaction|xlink:href)$/i.test(a.name))))
                .map(e => e.outerHTML.slice(0, 200))
            """);
        Assert.True(alive.Length == 0, $"{what}: {string.Join('\n', alive)}");
    }

    private static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
