using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class KeyboardTests(Chromium chromium, SharedDesks desks)
{
    private const int MostTabs = 60;

    [Fact]
    public async Task A_whole_shift_is_done_without_a_mouse() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var other = await desk.Ana.DeclareAsync("Keyboards and their layouts");
        var page = await session.OpenAsync(desk.Address);
        var keys = page.Keyboard;
        await page.GotoAsync("/");

        await Expect(page.GetByLabel("E-mail")).ToBeFocusedAsync();
        await keys.TypeAsync(desk.Beto.Email);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Desk.Password);
        await keys.PressAsync("Enter");
        await page.IsLiveAsync();

        await keys.PressAsync("n");
        await Expect(page.GetByLabel("What is happening")).ToBeFocusedAsync();
        await keys.TypeAsync("Declared by keyboard alone");
        await TabToAsync(page, page.GetByRole(AriaRole.Radio, new() { Name = "SEV2" }));
        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("Enter");
        await page.IsLiveAsync();
        await Expect(page.Locator(".ihead h1")).ToHaveTextAsync("Declared by keyboard alone");
        await Expect(page.Severity()).ToContainTextAsync("SEV1");

        await keys.PressAsync("/");
        await Expect(page.Capture()).ToBeFocusedAsync();
        await keys.TypeAsync("! unplugged the mouse");
        await keys.PressAsync("Enter");
        await Expect(page.Row("unplugged the mouse")).ToBeVisibleAsync();

        // out of the bar, into the log, back
        await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("k");
        await Expect(page.Row("unplugged the mouse")).ToBeFocusedAsync();
        await keys.PressAsync("s");
        await Expect(page.Locator(".ihead [data-key-status] .menu-pop")).ToBeVisibleAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(page.Locator(".menu-pop button", new() { HasText = "Mitigating" })).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Status()).ToContainTextAsync("Mitigating");

        await keys.PressAsync("Control+k");
        await Expect(page.Locator("#palette input")).ToBeFocusedAsync();
        await keys.TypeAsync("layouts");
        await Expect(page.Locator("#palette [role=option]").First).ToContainTextAsync(other);
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".ihead .key")).ToHaveTextAsync(other);
        await page.IsLiveAsync();
        await Expect(page.Capture()).ToHaveValueAsync("");

        await keys.PressAsync("?");
        await Expect(page.Locator("#shortcuts")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page.Locator("#shortcuts")).ToBeHiddenAsync();

        await TabToAsync(page, page.Locator(".appbar summary.av"));
        await keys.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
        await keys.PressAsync("Enter");
        await Expect(page.GetByLabel("E-mail")).ToBeFocusedAsync();
        await page.GotoAsync("/");
        await Expect(page.GetByLabel("E-mail")).ToBeVisibleAsync();
    });

    [Fact]
    public async Task Focus_stays_inside_a_dialogue_and_goes_back_to_where_it_was() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Beto, key);

        await TabToAsync(page, page.Locator(".ihead .acts summary"));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Change title" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog().GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        for (var i = 0; i < 8; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            // the browser's own parts are between the last and the first
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement === document.body || !!document.activeElement.closest('dialog[open]')"));
        }
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await Expect(page.Locator(".ihead .acts summary")).ToBeFocusedAsync();
    });

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        for (var i = 0; i < MostTabs; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{MostTabs} times Tab do not lead there: {target}");
    }
}
