using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Timeline;

/// <summary>Assets and mitigations in what is written.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MentionTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task Names_are_completed_by_keyboard_and_lead_to_what_they_name() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        await desk.Ana.AddAssetAsync("lagoon-web", "Server");
        await desk.Ana.AddAssetAsync("lagoon-mail", "Server");
        var key = await desk.Ana.DeclareAsync("Names in the log");
        await desk.Ana.DefendAsync(key, "Lagoon filter");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        var beto = await desk.OpenAsync(session, desk.Beto, key);
        var options = ana.Locator("#capture-mentions [role=option]");

        await ana.Capture().PressSequentiallyAsync("slow: #lagoon");
        await Expect(options).ToHaveTextAsync(["#lagoon-mailServer", "#lagoon-webServer"]);
        await ana.Keyboard.PressAsync("ArrowDown");
        await ana.Keyboard.PressAsync("Enter");
        await Expect(ana.Capture()).ToHaveValueAsync("slow: #lagoon-web ");
        await ana.Keyboard.TypeAsync("with +lagoon");
        await Expect(options).ToHaveCountAsync(1);
        await ana.Keyboard.PressAsync("Tab");
        await Expect(ana.Capture()).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"with \+\S+ $"));
        await ana.Keyboard.PressAsync("Enter");

        var row = beto.Row("slow: #lagoon-web with");
        await Expect(row.Locator("a.mention")).ToHaveCountAsync(2);
        await row.Locator("a.mention[data-asset]").HoverAsync();
        await Expect(beto.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("lagoon-web");
        await row.Locator("a.mention[data-asset]").ClickAsync();
        await Expect(beto.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("lagoon-web");
    });

    [Fact]
    public async Task A_number_behind_the_sign_is_sent_as_it_stands_and_escape_closes_the_list() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        await desk.Ana.AddAssetAsync("delta-77", "Server");
        var key = await desk.Ana.DeclareAsync("Numbers in the log");
        var page = await desk.OpenAsync(session, desk.Ana, key);
        var list = page.Locator("#capture-mentions");

        await page.Capture().PressSequentiallyAsync("see #77");
        await Expect(list).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Row("see #77")).ToHaveCountAsync(1);
        await Expect(list).ToBeHiddenAsync();

        await page.Capture().PressSequentiallyAsync("about #delt");
        await Expect(list).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(list).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Row("about #delt")).ToHaveCountAsync(1);
    });
}
