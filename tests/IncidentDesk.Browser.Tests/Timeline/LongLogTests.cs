using System.Globalization;
using System.Text;
using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Timeline;

[Collection(BrowserCollection.Name)]
public sealed class LongLogTests(Chromium chromium, SharedDesks desks)
{
    private const int Entries = 19_999;
    private const int MostRows = 300;

    [Fact]
    public async Task Twenty_thousand_entries_are_read_a_stretch_at_a_time() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Three weeks of attack");
        await desk.Ana.ImportAsync(key, Timeline());
        var page = await desk.OpenAsync(session, desk.Beto, key);

        await Expect(page.Row($"reading {Entries} of")).ToBeVisibleAsync();
        await ExpectFewRowsAsync();

        // back, again and again: what was read stays where it is
        for (var i = 0; i < 4; i++)
        {
            var older = page.GetByRole(AriaRole.Button, new() { Name = "Load older" });
            await older.ScrollIntoViewIfNeededAsync();
            var first = page.RowOf(long.Parse((await page.Rows().First.GetAttributeAsync("id"))![1..], CultureInfo.InvariantCulture));
            var before = await first.TopAsync();
            await older.ClickAsync();
            await Expect(page.Rows().First).Not.ToHaveIdAsync((await first.GetAttributeAsync("id"))!);
            await Expect(first).ToBeInViewportAsync();
            Assert.Equal(before, await first.TopAsync(), tolerance: 80);
            await ExpectFewRowsAsync();
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "To the newest" }).ClickAsync();
        await Expect(page.Row($"reading {Entries} of")).ToBeVisibleAsync();
        await ExpectFewRowsAsync();

        // a link to one entry leads there, and what is around it
        await page.GoLiveAsync($"/incidents/{key}?entry=5");
        await Expect(page.RowOf(5)).ToBeInViewportAsync();
        await Expect(page.Row("reading 2 of")).ToHaveCountAsync(1);
        await ExpectFewRowsAsync();
        await desk.Ana.LogAsync(key, "news at the foot");
        var newer = page.GetByRole(AriaRole.Button, new() { Name = "Load newer" });
        await newer.ScrollIntoViewIfNeededAsync();
        var last = await page.Rows().Last.GetAttributeAsync("id");
        await newer.ClickAsync();
        await Expect(page.Rows().Last).Not.ToHaveIdAsync(last!);
        await Expect(page.Locator($"[id='{last}']")).ToBeInViewportAsync();
        await ExpectFewRowsAsync();

        // filters reach all of it
        await page.GoLiveAsync($"/incidents/{key}?text={Uri.EscapeDataString("reading 777 of")}");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await page.GoLiveAsync($"/incidents/{key}?kind=action");
        await Expect(page.Row("reading 19000 of")).ToHaveCountAsync(1);
        await Expect(page.Row("reading 18999 of")).ToHaveCountAsync(0);
        await ExpectFewRowsAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Expect(page.Row("news at the foot")).ToBeInViewportAsync();

        async Task ExpectFewRowsAsync() => Assert.InRange(await page.Rows().CountAsync(), 1, MostRows);
    });

    /// <summary>One entry a minute; every thousandth is an action.</summary>
    private static string Timeline()
    {
        var csv = new StringBuilder("utc,event,category\n");
        var at = new DateTime(2015, 7, 30, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 1; i <= Entries; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mm:ss'Z'},reading {i} of the uplink,{(i % 1000 == 0 ? "action" : "note")}\n");
            at = at.AddMinutes(1);
        }
        return csv.ToString();
    }
}
