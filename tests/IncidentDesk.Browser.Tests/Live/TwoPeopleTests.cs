using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Live;

[Collection(BrowserCollection.Name)]
public sealed class TwoPeopleTests(Chromium chromium, SharedDesks desks)
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Two_people_on_one_incident_see_each_others_entries_and_changes_live(Engine engine) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(engine);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var list = await desk.VisitAsync(session, desk.Carla);
        await list.GoLiveAsync("/incidents");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        var beto = await desk.OpenAsync(session, desk.Beto, key);

        await Expect(ana.Locator(".avs")).ToHaveAttributeAsync("aria-label", "Here now: Ana, Beto");
        await Expect(beto.Locator(".avs")).ToHaveAttributeAsync("aria-label", "Here now: Ana, Beto");

        await ana.LogAsync("? SYN flood on both uplinks");
        await Expect(beto.Row("SYN flood on both uplinks")).ToContainTextAsync("Observation");
        await beto.LogAsync("! rate limit in place");
        await Expect(ana.Row("rate limit in place")).ToContainTextAsync("Beto");
        await Expect(ana.Outbox()).ToHaveCountAsync(0);
        await Expect(beto.Outbox()).ToHaveCountAsync(0);

        await beto.ChooseStatusAsync("Mitigating");
        await Expect(ana.Status()).ToContainTextAsync("Mitigating");
        await ana.Severity().ClickAsync();
        await ana.Locator(".ihead .menu-pop button", new() { HasText = "SEV1" }).ClickAsync();
        await Expect(beto.Severity()).ToContainTextAsync("SEV1");
        await beto.GetByRole(AriaRole.Button, new() { Name = "nobody, take it" }).ClickAsync();
        await Expect(ana.Locator(".facts")).ToContainTextAsync("Beto");

        // what was changed is in everybody's log, and in the list of somebody who only looks on
        await Expect(ana.Row("Mitigating")).ToHaveCountAsync(1);
        await Expect(beto.Row("SEV1")).ToHaveCountAsync(1);
        var row = list.Locator("table.list tr", new() { HasText = key });
        await Expect(row).ToContainTextAsync("En mitigación");
        await Expect(row).ToContainTextAsync("SEV1");
        await Expect(row).ToContainTextAsync("Beto");

        await beto.CloseAsync();
        await Expect(ana.Locator(".avs")).ToHaveAttributeAsync("aria-label", "Here now: Ana");
    });

    [Fact]
    public async Task An_incident_that_somebody_declares_appears_in_an_open_list() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var list = await desk.VisitAsync(session, desk.Beto);
        await list.GoLiveAsync("/incidents");

        var key = await desk.Ana.DeclareAsync("Name servers do not answer", "SEV1");

        await Expect(list.Locator("table.list tr", new() { HasText = key })).ToContainTextAsync("Name servers do not answer");
    });

    [Fact]
    public async Task Who_reads_back_keeps_the_place_while_others_write() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Mail queue grows");
        for (var i = 1; i <= 60; i++) await desk.Beto.LogAsync(key, $"reading {i} of the queue");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        await Expect(ana.Row("reading 60 of the queue")).ToBeInViewportAsync();

        var read = ana.Row("reading 5 of the queue");
        await read.ScrollIntoViewIfNeededAsync();
        await Expect(ana.Row("reading 60 of the queue")).Not.ToBeInViewportAsync();
        var before = await read.TopAsync();
        for (var i = 1; i <= 20; i++) await desk.Beto.LogAsync(key, $"news {i} from the night shift");

        await Expect(ana.Pill()).ToContainTextAsync("20 new");
        await Expect(read).ToBeInViewportAsync();
        Assert.Equal(before, await read.TopAsync(), tolerance: 2);

        await ana.Pill().ClickAsync();
        await Expect(ana.Row("news 20 from the night shift")).ToBeInViewportAsync();
        await Expect(ana.Pill()).ToBeHiddenAsync();

        // at the foot the log follows by itself
        await desk.Beto.LogAsync(key, "and one more from the night shift");
        await Expect(ana.Row("and one more from the night shift")).ToBeInViewportAsync();
        await Expect(ana.Pill()).ToBeHiddenAsync();
    });

    [Fact]
    public async Task Typed_text_caret_and_focus_stay_while_twenty_entries_arrive() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Web servers overloaded");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        await ana.Capture().FillAsync("! moving the site behind the shield");
        await ana.Capture().EvaluateAsync("field => field.setSelectionRange(2, 8)");

        for (var i = 1; i <= 20; i++) await desk.Beto.LogAsync(key, $"answer {i} of the upstream provider");
        await Expect(ana.Row("answer 20 of the upstream provider")).ToBeVisibleAsync();
        await desk.Beto.ChangeAsync(key, new { status = "Mitigating" });
        await Expect(ana.Status()).ToContainTextAsync("Mitigating");

        await Expect(ana.Capture()).ToBeFocusedAsync();
        await ana.Keyboard.TypeAsync("putting");
        await Expect(ana.Capture()).ToHaveValueAsync("! putting the site behind the shield");
        await ana.Keyboard.PressAsync("Enter");
        await Expect(ana.Row("putting the site behind the shield")).ToContainTextAsync("Action");
    });
}
