using IncidentDesk.Browser.Tests.Desks;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Faults;

[Collection(BrowserCollection.Name)]
public sealed class AnotherPersonTests(Chromium chromium, SharedDesks desks)
{
    // Before any of the page's own: what the network does to a connection.
    private const string KeepSockets = "const Socket = WebSocket; window.sockets = []; window.WebSocket = class extends Socket { constructor(...a) { super(...a); window.sockets.push(this); } };";

    [Fact]
    public async Task A_page_that_comes_back_after_somebody_else_signed_in_starts_again_as_theirs()
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await chromium.TestAsync(async session =>
        {
            session.ExpectDeskAway();
            session.Expect("401");
            var page = await desk.VisitAsync(session, desk.Ana);
            await page.AddInitScriptAsync(KeepSockets);
            await page.GoLiveAsync($"/incidents/{key}");
            await Expect(page.Locator(".avs")).ToHaveAttributeAsync("aria-label", "Here now: Ana");
            await page.EvaluateAsync("() => window.opened = 'for Ana'");
            await page.Capture().FillAsync("! typed by Ana");

            await page.Context.AddCookiesAsync([desk.Beto.Session]);
            await page.EvaluateAsync("() => window.sockets.forEach(s => s.close())");
            await page.Keyboard.PressAsync("Enter");

            await page.WaitForFunctionAsync("() => window.opened === undefined");
            await page.IsLiveAsync();
            await Expect(page.Locator(".avs")).ToHaveAttributeAsync("aria-label", "Here now: Beto");
            await page.LogAsync("= decided by Beto");
            await Expect(page.Row("decided by Beto")).ToContainTextAsync("Beto");
            var rows = await desk.Ana.TimelineAsync(key);
            Assert.DoesNotContain(rows, row => row.Body.Contains("typed by Ana", StringComparison.Ordinal) && row.Author != "Ana");
            Assert.Equal("Beto", Assert.Single(rows, row => row.Body.Contains("decided by Beto", StringComparison.Ordinal)).Author);
        });
    }
}
