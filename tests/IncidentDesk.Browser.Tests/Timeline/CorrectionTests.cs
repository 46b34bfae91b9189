using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Timeline;

[Collection(BrowserCollection.Name)]
public sealed class CorrectionTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task A_correction_shows_at_once_and_its_history_puts_both_texts_side_by_side() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var entry = await desk.Beto.LogAsync(key, "blocked 203.0.113.7 at the edge", "action");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        var beto = await desk.OpenAsync(session, desk.Beto, key);

        await beto.RowOf(entry).ChooseActionAsync("Correct");
        await beto.OpenDialog().GetByLabel("Entry text").FillAsync("blocked 203.0.113.70 at the edge");
        await beto.DialogButton("Save revision").ClickAsync();
        await Expect(beto.OpenDialog()).ToHaveCountAsync(0);

        await Expect(ana.RowOf(entry)).ToContainTextAsync("blocked 203.0.113.70 at the edge");
        await Expect(ana.Row("blocked 203.0.113.7")).ToHaveCountAsync(1);
        await ana.RowOf(entry).GetByRole(AriaRole.Button, new() { Name = "rev 2" }).ClickAsync();
        await Expect(ana.OpenDialog().Locator(".diff-old")).ToContainTextAsync("blocked 203.0.113.7 at the edge");
        await Expect(ana.OpenDialog().Locator(".diff-new")).ToContainTextAsync("blocked 203.0.113.70 at the edge");
        await Expect(ana.OpenDialog().Locator(".diff-new ins")).ToHaveTextAsync("70");
        await Expect(ana.OpenDialog()).ToContainTextAsync("Beto");
        await ana.Keyboard.PressAsync("Escape");
        await Expect(ana.OpenDialog()).ToHaveCountAsync(0);
    });

    [Fact]
    public async Task Two_corrections_of_one_entry_are_shown_beside_each_other_and_none_is_lost() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var entry = await desk.Beto.LogAsync(key, "about forty sites down", "observation");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        await ana.RowOf(entry).ChooseActionAsync("Correct");
        var mine = ana.OpenDialog().GetByLabel("Entry text");
        await mine.FillAsync("43 sites down");

        await desk.Beto.CorrectAsync(key, entry, revision: 1, "about forty sites and the mail down");
        await Expect(ana.RowOf(entry)).ToContainTextAsync("and the mail down");
        await Expect(mine).ToHaveValueAsync("43 sites down");
        await ana.DialogButton("Save revision").ClickAsync();

        await Expect(ana.OpenDialog().Locator(".conflict")).ToContainTextAsync("about forty sites and the mail down");
        await Expect(ana.OpenDialog().Locator(".conflict")).ToContainTextAsync("43 sites down");
        await Expect(mine).ToHaveValueAsync("43 sites down");
        await mine.FillAsync("43 sites and the mail down");
        await ana.DialogButton("Save mine over it").ClickAsync();
        await Expect(ana.OpenDialog()).ToHaveCountAsync(0);
        await Expect(ana.RowOf(entry)).ToContainTextAsync("43 sites and the mail down");

        var revisions = (await desk.Ana.TimelineAsync(key)).Where(e => e.Kind == "observation").Select(e => e.Body);
        Assert.Equal(["about forty sites down", "about forty sites and the mail down", "43 sites and the mail down"], revisions);
    });

    [Fact]
    public async Task What_was_typed_into_a_correction_outlives_a_reload() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var entry = await desk.Beto.LogAsync(key, "about forty sites down");
        var page = await desk.OpenAsync(session, desk.Beto, key);
        await page.RowOf(entry).ChooseActionAsync("Correct");
        await page.OpenDialog().GetByLabel("Entry text").FillAsync("43 sites down, counted");

        await page.ReloadAsync();
        await page.IsLiveAsync();
        await page.RowOf(entry).ChooseActionAsync("Correct");
        await Expect(page.OpenDialog().GetByLabel("Entry text")).ToHaveValueAsync("43 sites down, counted");
        await page.DialogButton("Save revision").ClickAsync();

        await Expect(page.RowOf(entry)).ToContainTextAsync("43 sites down, counted");
    });

    [Fact]
    public async Task A_key_event_is_marked_and_the_filter_shows_it_alone() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await desk.Beto.LogAsync(key, "coffee arrived");
        var entry = await desk.Beto.LogAsync(key, "upstream filters hold");
        var page = await desk.OpenAsync(session, desk.Ana, key);

        await page.RowOf(entry).ChooseActionAsync("Mark as key event");
        await Expect(page.RowOf(entry).Locator(".star")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Key events" }).ClickAsync();

        await Expect(page.Row("coffee arrived")).ToHaveCountAsync(0);
        await Expect(page.RowOf(entry)).ToBeVisibleAsync();
        Assert.Contains("key=true", page.Url, StringComparison.Ordinal);
    });
}
