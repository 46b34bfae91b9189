using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Postmortems;

[Collection(BrowserCollection.Name)]
public sealed class ReviewTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task What_is_made_final_is_shown_as_it_was_frozen_to_all_who_look_on() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await desk.Ana.SendAsync(HttpMethod.Post, $"/api/v1/incidents/{key}/postmortem", new { language = "en" });
        var (ana, beto) = (await desk.VisitAsync(session, desk.Ana), await desk.VisitAsync(session, desk.Beto));
        foreach (var page in new[] { ana, beto }) await page.GoLiveAsync($"/incidents/{key}/postmortem");

        await ActAsync(ana, "Name reviewers");
        await ana.OpenDialog().GetByLabel("Beto").First.CheckAsync();
        await ana.DialogButton("Save").ClickAsync();
        await ActAsync(ana, "Ask for review");
        await ana.DialogButton("Ask for review").ClickAsync();
        await ActAsync(beto, "Approve");
        await beto.DialogButton("Approve").ClickAsync();
        await ActAsync(ana, "Make final");
        // Not everything was written.
        await Expect(ana.OpenDialog().Locator(".notice")).ToContainTextAsync("Sections without a text");
        await ana.DialogButton("Make final").ClickAsync();

        foreach (var page in new[] { ana, beto })
        {
            await Expect(page.Locator("iframe.document")).ToHaveCountAsync(1);
            await Expect(page.Locator(".sec")).ToHaveCountAsync(0);
            await Expect(page.Locator(".docpage .loading")).ToHaveCountAsync(0);
        }
    });

    private static Task ActAsync(IPage page, string act) => page.Locator("#review").GetByRole(AriaRole.Button, new() { Name = act }).ClickAsync();
}
