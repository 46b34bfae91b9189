using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Assets;

/// <summary>The inventory's pages.</summary>
[Collection(BrowserCollection.Name)]
public sealed class InventoryTests(Chromium chromium, SharedDesks desks)
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_file_shows_each_bad_line_first_and_the_mended_one_stands_in_tree_and_table(Engine engine) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(engine);
        var page = await desk.VisitAsync(session, desk.Ana);
        await PreviewAsync(page, "kind,name,sits_on\nuplink,fjord-uplink,\nserver,fjord-web,fjord-nowhere\nserver,fjord-a,fjord-b\nserver,fjord-b,fjord-a\nuplink,fjord-uplink,\n");
        var problems = page.Locator("tr.problem");
        await Expect(problems).ToHaveCountAsync(4);
        foreach (var (line, why) in new[] { (3, "fjord-nowhere"), (4, "would sit on itself"), (5, "would sit on itself"), (6, "first on line 2") })
            await Expect(problems.Filter(new() { Has = page.Locator("td:first-child", new() { HasTextString = $"{line}" }) })).ToContainTextAsync(why);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the inventory was not changed");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep" })).ToHaveCountAsync(0);

        await PreviewAsync(page, "kind,name,sits_on,host_names\nuplink,fjord-uplink,,\nserver,fjord-web,fjord-uplink,\nsite,fjord-site,fjord-web,fjord.example.org\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep 3 changes" }).ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/inventory");
        await page.IsLiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open fjord-uplink" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open fjord-web" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Tree).GetByRole(AriaRole.Link, new() { Name = "fjord-site" })).ToBeVisibleAsync();

        await page.GotoAsync("/inventory?view=table&q=fjord.example.org");
        await Expect(page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("table.list tbody tr")).ToContainTextAsync("fjord-site");
    });

    [Fact]
    public async Task An_asset_that_one_adds_comes_to_the_page_of_the_other() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var (ana, beto) = (await desk.VisitAsync(session, desk.Ana), await desk.VisitAsync(session, desk.Beto));
        await ana.GoLiveAsync("/inventory?view=table&q=geyser");
        await beto.GoLiveAsync("/inventory?view=table&q=geyser");
        await ana.GetByRole(AriaRole.Button, new() { Name = "Add an asset" }).ClickAsync();
        await Expect(ana.Locator("#asset-name")).ToBeFocusedAsync();
        await ana.Keyboard.TypeAsync("geyser-web");
        await ana.DialogButton("Save").ClickAsync();
        await Expect(ana.OpenDialog()).ToHaveCountAsync(0);
        await Expect(beto.Locator("table.list tbody tr")).ToContainTextAsync("geyser-web");
    });

    private static async Task PreviewAsync(IPage page, string file)
    {
        await page.GotoAsync("/inventory/import");
        await page.Locator("#text").FillAsync(file);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
    }
}
