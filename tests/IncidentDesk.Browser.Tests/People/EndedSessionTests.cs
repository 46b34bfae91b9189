using IncidentDesk.Browser.Tests.Desks;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.People;

[Collection(BrowserCollection.Name)]
public sealed class EndedSessionTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task An_open_page_whose_session_has_ended_leads_to_the_door_within_a_minute_and_shows_nothing_any_more() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        using var gone = await desk.Ana.AddAsync("Gone", "Responder", "en", Desk.Password);
        var key = await desk.Ana.DeclareAsync("Only for those who are in");
        var page = await desk.OpenAsync(session, gone, key);
        await Expect(page.GetByText("Only for those who are in").First).ToBeVisibleAsync();

        await gone.SignOutAsync();

        await page.WaitForURLAsync("**/signin?to=*", new() { Timeout = 60_000 });
        await Expect(page.Locator("#password")).ToBeVisibleAsync();
        await Expect(page.GetByText("Only for those who are in")).ToHaveCountAsync(0);
        Assert.Contains(key, page.Url, StringComparison.Ordinal);
    });
}
