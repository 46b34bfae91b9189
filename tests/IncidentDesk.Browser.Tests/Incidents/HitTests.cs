using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Incidents;

/// <summary>What is hit, beside the timeline.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HitTests(Chromium chromium, SharedDesks desks)
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_uplink_goes_down_by_keyboard_alone_and_the_other_sees_it_live(Engine engine) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(engine);
        await InventoryAsync(desk, "north");
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        var beto = await desk.OpenAsync(session, desk.Beto, key);
        var keys = ana.Keyboard;

        await keys.PressAsync("h");
        await Expect(ana.Locator("#hit-asset")).ToBeFocusedAsync();
        await keys.TypeAsync("north-upl");
        await Expect(ana.Locator("#hit-asset-list li")).ToHaveTextAsync(["north-uplinkUplink"]);
        await keys.PressAsync("Enter");
        await Expect(ana.Locator(".behind")).ToContainTextAsync("and what is behind it (assets: 3; sites: 2; members: 1)");
        await keys.PressAsync("Enter");

        await Expect(ana.OpenDialog()).ToHaveCountAsync(0);
        await Expect(beto.Locator("#hit .grp", new() { HasText = "Targeted" })).ToContainTextAsync("1");
        await Expect(beto.Locator("#hit .bundle")).ToContainTextAsync("3 went down with it · sites 2 · members 1");
        await Expect(beto.Locator(".tabs [data-tab=hit] .count")).ToHaveTextAsync("4");
        await Expect(beto.Row("north-uplink and 3 behind it")).ToHaveCountAsync(1);
        await beto.Locator("#hit .bundle .fold").ClickAsync();
        await Expect(beto.Locator("#hit .bundle .hits a")).ToHaveTextAsync(["north-site-1", "north-site-2", "north-web"]);

        // back in two keys, with all that went down with it; the focus stays in that part of the page
        await ana.Locator("#hit [data-back]").First.FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(ana.DialogButton("Back")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(ana.Locator("#hit-title")).ToBeFocusedAsync();
        await Expect(beto.Locator("#hit .ended .fold")).ToHaveTextAsync("4 ended");
        await Expect(beto.Locator("#hit .grp")).ToHaveCountAsync(0);
    });

    [Fact]
    public async Task A_correction_that_somebody_else_made_first_shows_both() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        await InventoryAsync(desk, "south");
        var key = await desk.Ana.DeclareAsync("Web server slow");
        await desk.Ana.MarkAsync(key, "south-web");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        var beto = await desk.OpenAsync(session, desk.Beto, key);
        foreach (var page in new[] { ana, beto })
        {
            await page.Locator("#hit .hit").HoverAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Correct south-web" }).ClickAsync();
        }
        await Choose(ana, "Degraded");
        await ana.DialogButton("Save the correction").ClickAsync();
        await Expect(ana.OpenDialog()).ToHaveCountAsync(0);

        await Choose(beto, "Partial outage");
        await beto.DialogButton("Save the correction").ClickAsync();
        await Expect(beto.Locator(".conflict")).ToContainTextAsync("Degraded");
        await Expect(beto.Locator(".conflict")).ToContainTextAsync("Partial outage");
        await beto.DialogButton("Save mine over it").ClickAsync();
        await Expect(ana.Locator("#hit .hit")).ToContainTextAsync("Partial outage");
    });

    [Fact]
    public async Task Resting_on_a_name_shows_what_the_asset_went_through() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        await InventoryAsync(desk, "east");
        var earlier = await desk.Ana.DeclareAsync("Earlier flood");
        await desk.Ana.MarkAsync(earlier, "east-web", "Degraded", "Precaution");
        var key = await desk.Ana.DeclareAsync("Flood again");
        await desk.Ana.MarkAsync(key, "east-web");
        var page = await desk.OpenAsync(session, desk.Beto, key);
        var name = page.Locator("#hit a", new() { HasText = "east-web" });
        var card = page.GetByRole(AriaRole.Tooltip);

        await name.HoverAsync();
        await Expect(card).ToContainTextAsync("This incident");
        await Expect(card).ToContainTextAsync("Earlier flood");
        await Expect(name).ToHaveAttributeAsync("aria-describedby", "asset-card");
        await page.Keyboard.PressAsync("Escape");
        await Expect(card).ToHaveCountAsync(0);

        await page.Locator("#hit [data-key-hit]").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(name).ToBeFocusedAsync();
        await Expect(card).ToContainTextAsync(earlier);
    });

    [Fact]
    public async Task On_a_phone_the_tabs_choose_what_is_seen_and_say_how_much_it_is() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        await InventoryAsync(desk, "west");
        var key = await desk.Ana.DeclareAsync("Small screen");
        await desk.Ana.MarkAsync(key, "west-web");
        await desk.Ana.DefendAsync(key, "Rate limit at the edge");
        var page = await desk.OpenAsync(session, desk.Beto, key, new Visitor { Width = 390, Height = 844 });
        ILocator Tab(string name) => page.Locator($".tabs [data-tab={name}]");

        await Expect(Tab("hit")).ToHaveTextAsync("Hit 1");
        await Expect(Tab("waves")).ToHaveTextAsync("Waves 0");
        await Expect(Tab("defence")).ToHaveTextAsync("Defence 1");
        await Expect(page.Locator("#hit")).ToBeHiddenAsync();
        await Tab("hit").ClickAsync();
        await Expect(page.Locator("#hit")).ToBeVisibleAsync();
        await Expect(page.Locator("#defence")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark hit" }).ClickAsync();
        await Expect(page.Locator("#hit-asset")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Tab("defence").ClickAsync();
        await Expect(page.Locator("#defence .mit")).ToContainTextAsync("Rate limit at the edge");
        await Tab("timeline").ClickAsync();
        await Expect(page.Capture()).ToBeVisibleAsync();
    });

    [Fact]
    public async Task Who_observes_sees_it_without_buttons() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        await InventoryAsync(desk, "quiet");
        using var eva = await desk.Ana.AddAsync("Eva-observes", "Observer", "en", Desk.Password);
        var key = await desk.Ana.DeclareAsync("Looked at");
        await desk.Ana.MarkAsync(key, "quiet-web");
        await desk.Ana.DefendAsync(key, "Rate limit looked at");
        var page = await desk.OpenAsync(session, eva, key);
        await Expect(page.Locator("#hit .hit")).ToContainTextAsync("quiet-web");
        await Expect(page.Locator("#defence .mit")).ToContainTextAsync("Rate limit looked at");
        await Expect(page.Locator(".aside .btn:visible")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("h");
        await page.Keyboard.PressAsync("d");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
    });

    [Fact]
    public async Task Focus_and_place_stay_while_others_mark_and_bring_back() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        await InventoryAsync(desk, "busy");
        var key = await desk.Ana.DeclareAsync("Everything at once");
        await desk.Ana.MarkAsync(key, "busy-web", "Degraded");
        await desk.Ana.DefendAsync(key, "First one");
        var page = await desk.OpenAsync(session, desk.Beto, key);
        var name = page.Locator("#hit a", new() { HasText = "busy-web" });
        await name.FocusAsync();

        // both come to stand above what the reader is on
        await desk.Ana.MarkAsync(key, "busy-uplink");
        await desk.Ana.DefendAsync(key, "Second one", reviewBy: DateTime.UtcNow.AddMinutes(5));
        await Expect(page.Locator("#hit .hit")).ToHaveCountAsync(2);
        await Expect(page.Locator("#defence .mit")).ToHaveCountAsync(2);
        await Expect(name).ToBeFocusedAsync();
    });

    private static Task Choose(IPage page, string state) => page.OpenDialog().Locator("label", new() { HasText = state }).First.ClickAsync();

    private static async Task InventoryAsync(Desk desk, string place)
    {
        await desk.Ana.AddAssetAsync($"{place}-uplink", "Uplink");
        await desk.Ana.AddAssetAsync($"{place}-web", "Server", $"{place}-uplink");
        await desk.Ana.AddAssetAsync($"{place}-site-1", "MemberSite", $"{place}-web", $"{place} library");
        await desk.Ana.AddAssetAsync($"{place}-site-2", "MemberSite", $"{place}-web", $"{place} library");
    }
}
