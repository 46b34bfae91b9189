using IncidentDesk.Browser.Tests.Desks;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Timeline;

/// <summary>Assets and mitigations in what is written.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MentionTests(Chromium chromium, SharedDesks desks)
{
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
