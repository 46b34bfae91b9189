using System.Text;
using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Import;

[Collection(BrowserCollection.Name)]
public sealed class ImportTests(Chromium chromium, SharedDesks desks)
{
    private static readonly string Attack2015 = Path.Combine(Checkout.Root, "tests", "data", "timelines", "may-first-2015.csv");

    [Fact]
    public async Task A_file_is_previewed_with_its_doubts_imported_whole_and_adds_nothing_a_second_time() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("The attack of 2015");
        var page = await desk.OpenAsync(session, desk.Beto, key);
        await page.ChooseActionAsync("Import a timeline");

        await page.GetByLabel("File").SetInputFilesAsync(Attack2015);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator(".totals")).ToContainTextAsync("15 new");
        await Expect(page.Locator("table.preview tbody tr")).ToHaveCountAsync(15);
        await Expect(page.Locator("table.preview")).ToContainTextAsync("no time, only its place");
        // nothing has happened yet
        Assert.Single(await desk.Ana.TimelineAsync(key));

        await page.GetByRole(AriaRole.Button, new() { Name = "Import 15 entries" }).ClickAsync();
        await page.IsLiveAsync();
        await Expect(page.Row("All systems back on line")).ToContainTextAsync("about");
        await Expect(page.Row("Attack resumed on a Monday")).ToContainTextAsync("order only");
        var imported = await desk.Ana.TimelineAsync(key);

        await page.ChooseActionAsync("Import a timeline");
        await page.GetByLabel("File").SetInputFilesAsync(Attack2015);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator(".totals")).ToContainTextAsync("15 already here");
        await Expect(page.GetByText("Every entry of this file is already in the incident.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import" })).ToHaveCountAsync(0);
        Assert.Equal(imported.Count, (await desk.Ana.TimelineAsync(key)).Count);
    });

    [Fact]
    public async Task A_file_in_Latin_1_is_refused_in_the_readers_language_and_changes_nothing() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Enlace saturado");
        var page = await desk.VisitAsync(session, desk.Carla);
        await page.GotoAsync($"/incidents/{key}/import");

        await page.Locator("#file").SetInputFilesAsync(new FilePayload
        {
            Name = "cronologia.csv",
            MimeType = "text/csv",
            Buffer = Encoding.Latin1.GetBytes("utc,event\n2015-07-31T18:00:00Z,Se cayó el enlace\n"),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Vista previa" }).ClickAsync();

        await Expect(page.Locator(".problem")).ToContainTextAsync("UTF-8");
        await Expect(page.Locator(".problem")).ToContainTextAsync("Latin-1");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Importar" })).ToHaveCountAsync(0);
        Assert.Single(await desk.Ana.TimelineAsync(key));
    });

    [Fact]
    public async Task What_the_timeline_offers_is_done_as_the_person_chooses_and_only_once() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("The attack of 2015, with what it offers");
        var page = await desk.VisitAsync(session, desk.Beto);
        await page.GotoAsync($"/incidents/{key}/import");
        await page.GetByLabel("File").SetInputFilesAsync(Attack2015);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

        var offers = page.GetByRole(AriaRole.Group, new() { Name = "What else the timeline says" });
        await Expect(offers.GetByLabel("Milestone: First public word")).ToBeCheckedAsync();
        await Expect(offers.GetByLabel("New mitigation (reverse-proxy, Applied)")).ToBeCheckedAsync();
        await Expect(offers.GetByLabel("Milestone: Resolved")).Not.ToBeCheckedAsync();
        await Expect(offers.Locator("label", new() { HasText = "Milestone: Resolved" })).ToContainTextAsync("the attack went on after it");
        await Expect(offers.GetByLabel("→ Adapted around")).Not.ToBeCheckedAsync();

        // A choice that cannot be done changes nothing and is kept.
        await offers.GetByLabel("New mitigation (reverse-proxy, Applied)").UncheckAsync();
        await offers.GetByLabel("→ Adapted around").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 15 entries" }).ClickAsync();
        await Expect(page.GetByText("which you did not choose")).ToBeVisibleAsync();
        await Expect(offers.GetByLabel("→ Adapted around")).ToBeCheckedAsync();
        Assert.Single(await desk.Ana.TimelineAsync(key));

        await offers.GetByLabel("New mitigation (reverse-proxy, Applied)").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 15 entries" }).ClickAsync();
        await page.IsLiveAsync();
        await Expect(page.Row("site comes up (hour unknown").Locator("a.mention").First).ToHaveTextAsync("+reverse-proxy");
        var imported = await desk.Ana.TimelineAsync(key);
        Assert.Equal(3, imported.Count(e => e.Kind == "mitigation"));

        await page.GotoAsync($"/incidents/{key}/import");
        await page.GetByLabel("File").SetInputFilesAsync(Attack2015);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.GetByText("can still be done")).ToBeVisibleAsync();
        await Expect(offers.Locator("label")).ToHaveCountAsync(2);
    });

    [Fact]
    public async Task Markdown_is_pasted_and_imported() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("From the notes");
        var page = await desk.VisitAsync(session, desk.Beto);
        await page.GotoAsync($"/incidents/{key}/import");

        await page.GetByLabel("Or paste the text").FillAsync("## 2015-07-31\n\n- 14:05 name servers do not answer\n- 18:00 all systems back\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator("table.preview tbody tr")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 2 entries" }).DblClickAsync();

        await page.IsLiveAsync();
        await Expect(page.Row("name servers do not answer")).ToContainTextAsync("14:05");
        Assert.Equal(2, (await desk.Ana.TimelineAsync(key)).Count(e => e.OccurredAt.At?.Year == 2015));
    });

    [Fact]
    public async Task A_line_that_cannot_be_read_holds_up_the_whole_file_and_is_named() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.VisitAsync(session, desk.Beto);
        await page.GotoAsync($"/incidents/{key}/import");

        await page.GetByLabel("Or paste the text").FillAsync("utc,event\n2015-07-31T18:00:00Z,all systems back\nhalf past two,the router was reset\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

        await Expect(page.Locator(".problem")).ToContainTextAsync("“half past two” is not a time that can be read");
        await Expect(page.Locator(".problem td").First).ToHaveTextAsync("3");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing can be imported while a line has a problem");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import" })).ToHaveCountAsync(0);
    });
}
