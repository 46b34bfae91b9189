using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Incidents;

/// <summary>What stands against an attack, beside the timeline.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DefenceTests(Chromium chromium, SharedDesks desks)
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task It_is_put_up_by_keyboard_and_the_other_sees_it_come_and_go(Engine engine) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(engine);
        var key = await desk.Ana.DeclareAsync("Flood of small packets");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        var beto = await desk.OpenAsync(session, desk.Beto, key);
        var keys = ana.Keyboard;

        await keys.PressAsync("d");
        await ana.Locator("#mit-title").FillAsync("Limit small packets");
        await ana.Locator("#mit-kind").SelectOptionAsync("rate-limit");
        await ana.Locator("#mit-title").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(ana.OpenDialog()).ToHaveCountAsync(0);
        var row = beto.Locator("#defence .mit", new() { HasText = "Limit small packets" });
        await Expect(row).ToContainTextAsync("Applied");
        await Expect(beto.Row("Limit small packets").Locator("a.mention")).ToHaveCountAsync(1);

        // judged in two clicks
        await row.HoverAsync();
        await row.Locator(".act .btn").First.ClickAsync();
        await beto.OpenDialog().Locator("button[type=submit]").ClickAsync();
        await Expect(beto.OpenDialog()).ToHaveCountAsync(0);
        await Expect(ana.Locator("#defence .mit", new() { HasText = "Limit small packets" })).Not.ToContainTextAsync("Applied");
    });
}
