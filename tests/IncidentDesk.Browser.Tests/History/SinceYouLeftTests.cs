using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.History;

[Collection(BrowserCollection.Name)]
public sealed class SinceYouLeftTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task Somebody_who_left_reads_what_came_since_and_hands_it_over() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await desk.Ana.LogAsync(key, "seen while there");
        var page = await desk.OpenAsync(session, desk.Beto, key);
        await Expect(page.Row("seen while there")).ToBeVisibleAsync();
        await page.Locator(".brand").ClickAsync();
        await page.WaitForURLAsync("**/");
        await Poll.UntilAsync(async () => (await desk.Beto.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{key}/changes", new { })).GetProperty("since").ValueKind != JsonValueKind.Null, TimeSpan.FromSeconds(10), "The visit is noted.");
        await desk.Ana.LogAsync(key, "came later", "observation");

        await page.GoLiveAsync($"/incidents/{key}/since");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await Expect(page.Rows()).ToContainTextAsync("came later");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write handover note" }).ClickAsync();
        await Expect(page.Locator("#note")).ToHaveValueAsync(new Regex("came later"));
        await page.Locator("#note").FillAsync("Came later: the mail queue. Call the upstream at six.");
        await page.GetByRole(AriaRole.Button, new() { Name = "File as handover" }).ClickAsync();
        await Expect(page.Row("Call the upstream at six.")).ToContainTextAsync("Handover");
    });
}
