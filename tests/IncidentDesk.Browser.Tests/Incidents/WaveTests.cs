using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Incidents;

/// <summary>What they do, beside the timeline.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WaveTests(Chromium chromium, SharedDesks desks)
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task One_is_declared_by_keyboard_and_the_other_says_that_it_is_over(Engine engine) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(engine);
        var key = await desk.Ana.DeclareAsync("Questions for the name servers");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        var beto = await desk.OpenAsync(session, desk.Beto, key);
        var keys = ana.Keyboard;

        await keys.PressAsync("w");
        await Expect(ana.Locator("#wave-vector")).ToBeFocusedAsync();
        // nothing is chosen of a list that nobody has narrowed down
        await keys.PressAsync("Enter");
        await Expect(ana.OpenDialog()).ToBeVisibleAsync();
        await Expect(ana.Locator("#wave-vector")).ToHaveValueAsync("");
        await keys.TypeAsync("water");
        await Expect(ana.Locator("#wave-vector-list [role=option]")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect(ana.Locator("#wave-vector")).ToHaveValueAsync("DNS water torture (random subdomains)");
        // a target that is not in the inventory is not lost on the way: the form is not done yet
        await ana.Locator("#wave-target").FocusAsync();
        await keys.TypeAsync("no-such-host");
        await Expect(ana.Locator("#wave-target[aria-invalid=true]")).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Expect(ana.OpenDialog()).ToBeVisibleAsync();
        await ana.Locator("#wave-target").FillAsync("");
        await ana.Locator("#wave-magnitude").FillAsync("1.2M pps");
        await Expect(ana.Locator("#wave-read")).ToHaveTextAsync("= 1.2 M packets/s");
        await ana.Locator("#wave-where").FillAsync("balancer");
        await ana.Locator("#wave-magnitude").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(ana.OpenDialog()).ToHaveCountAsync(0);

        var row = beto.Locator("#waves .wave", new() { HasText = "DNS water torture" });
        await Expect(row).ToContainTextAsync("about 1.2 M packets/s, peak (balancer)");
        await Expect(beto.Row("Wave 1, DNS water torture")).ToBeVisibleAsync();
        await row.Locator(".act .btn").ClickAsync();
        await Expect(ana.Locator("#waves .ended")).ToContainTextAsync("1 over");
        await Expect(ana.Row("over since")).ToBeVisibleAsync();
    });

    [Fact]
    public async Task Thousands_of_pasted_lines_are_folded_before_they_are_kept() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("From everywhere");
        var page = await desk.OpenAsync(session, desk.Ana, key);
        await page.Keyboard.PressAsync("w");
        await Expect(page.Locator("#wave-vector")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("udp-flood");
        await Expect(page.Locator("#wave-vector-list [role=option]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".more-fields summary").ClickAsync();
        // At once, as a paste does: filling types so many lines one by one.
        await page.Locator("#wave-sources").EvaluateAsync(
            "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }",
            "nothing here\n" + string.Concat(Enumerable.Range(0, 6_000).Select(n => $"198.51.{n % 100}.{1 + (n % 200)} - - \"GET / HTTP/1.1\" 200\n")));
        await Expect(page.Locator("#wave-sources-read")).ToContainTextAsync("200 addresses in 100 networks");
        await Expect(page.Locator("#wave-sources-read")).ToContainTextAsync("Lines without an address: 1.");
        await page.DialogButton("Declare wave").ClickAsync();
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await page.Locator("#waves .wavemore summary").ClickAsync();
        await Expect(page.Locator("#waves .wavemore")).ToContainTextAsync("198.51.0.0/24");
    });
}
