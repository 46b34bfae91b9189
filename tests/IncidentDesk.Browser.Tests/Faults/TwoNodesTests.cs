using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Faults;

[Collection(BrowserCollection.Name)]
public sealed class TwoNodesTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task People_on_two_nodes_of_one_desk_see_each_other_and_each_others_entries()
    {
        var desk = await desks.OnAsync(Engine.Postgres);
        await using var other = desk.NewNode();
        await other.StartAsync();
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await chromium.TestAsync(async session =>
        {
            var ana = await desk.OpenAsync(session, desk.Ana, key);
            var beto = await desk.OpenAsync(session, desk.Beto, key, address: other.Address);
            await Expect(ana.Locator(".avs")).ToHaveAttributeAsync("aria-label", "Here now: Ana, Beto");
            await Expect(beto.Locator(".avs")).ToHaveAttributeAsync("aria-label", "Here now: Ana, Beto");

            await ana.LogAsync("! typed on one node");
            await Expect(beto.Row("typed on one node")).ToContainTextAsync("Action");
            await beto.LogAsync("? typed on the other");
            await Expect(ana.Row("typed on the other")).ToContainTextAsync("Observation");
            await beto.ChooseStatusAsync("Mitigating");
            await Expect(ana.Status()).ToContainTextAsync("Mitigating");

            // As a person does: a context that is closed takes its pages away before they can say so.
            await beto.GotoAsync("about:blank");
            await Expect(ana.Locator(".avs")).ToHaveAttributeAsync("aria-label", "Here now: Ana");
        });
    }
}
