using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Incidents;

/// <summary>Somebody finds an earlier incident by what was written in it, and keeps the question.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SearchTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task Typing_shows_marked_hits_a_facet_narrows_and_a_saved_view_brings_both_back() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var word = $"mangrove{Guid.NewGuid():N}"[..16];
        var (severe, slight) = (await desk.Ana.DeclareAsync("Flood in the harbour", "SEV1"), await desk.Ana.DeclareAsync("Slow answers", "SEV4"));
        var entry = await desk.Beto.LogAsync(severe, $"the {word} link is full");
        await desk.Beto.LogAsync(slight, $"all is well at the {word}");
        var page = await desk.VisitAsync(session, desk.Ana);
        await page.GoLiveAsync("/");
        var field = page.Locator("#q");

        await page.Keyboard.PressAsync("/");
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(word[..12].ToUpperInvariant(), new() { Delay = 20 });
        await Expect(page.Locator(".hits mark")).ToHaveTextAsync([word, word]);
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/incidents\\?q=MANGROVE"));
        await Expect(field).ToBeFocusedAsync();
        await Expect(field).ToHaveValueAsync(word[..12].ToUpperInvariant());

        var severity = page.Locator("details.facet").Filter(new() { HasText = "SEV1" });
        await severity.Locator("summary").ClickAsync();
        await severity.GetByRole(AriaRole.Link, new() { NameRegex = new("^SEV1") }).ClickAsync();
        await Expect(page.Locator(".hits mark")).ToHaveTextAsync([word]);
        await Expect(severity.Locator("summary")).ToContainTextAsync("SEV1");
        await page.Keyboard.PressAsync("Escape");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await page.Locator("#view-name").FillAsync($"Severe {word}");
        await page.Keyboard.PressAsync("Enter");
        var view = page.Locator(".views a").Filter(new() { HasText = word });
        await Expect(view).ToHaveAttributeAsync("aria-current", "true");

        await page.GoLiveAsync("/");
        await view.ClickAsync();
        await Expect(page.Locator(".hits mark")).ToHaveTextAsync([word]);
        await Expect(field).ToHaveValueAsync(word[..12].ToUpperInvariant());
        await page.ReloadAsync();
        await page.IsLiveAsync();
        await Expect(page.Locator(".hits mark")).ToHaveTextAsync([word]);

        await field.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(field).ToHaveValueAsync("");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/incidents\\?severity=SEV1$"));
        await page.GoBackAsync();
        await view.ClickAsync();
        await page.Locator(".hits a").ClickAsync();
        await Expect(page.RowOf(entry)).ToBeVisibleAsync();
    });
}
