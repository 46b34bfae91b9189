using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Incidents;

[Collection(BrowserCollection.Name)]
public sealed class ChangeIncidentTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task Two_titles_at_once_are_a_conflict_that_shows_both() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Something is slow");
        var page = await desk.OpenAsync(session, desk.Beto, key);
        await page.ChooseActionAsync("Change title");
        var mine = page.OpenDialog().GetByRole(AriaRole.Textbox);
        await mine.FillAsync("Uplink saturated");

        await desk.Ana.ChangeAsync(key, new { title = "Mail does not arrive" });
        await Expect(page.Locator(".ihead h1")).ToHaveTextAsync("Mail does not arrive");
        await Expect(mine).ToHaveValueAsync("Uplink saturated");
        await page.DialogButton("Save").ClickAsync();

        await Expect(page.OpenDialog().Locator(".conflict")).ToContainTextAsync("Mail does not arrive");
        await Expect(page.OpenDialog().Locator(".conflict")).ToContainTextAsync("Uplink saturated");
        await page.DialogButton("Save mine over it").ClickAsync();
        await Expect(page.Locator(".ihead h1")).ToHaveTextAsync("Uplink saturated");
        // the log keeps the course of it
        await Expect(page.Row("“Something is slow” → “Mail does not arrive”")).ToHaveCountAsync(1);
        await Expect(page.Row("“Mail does not arrive” → “Uplink saturated”")).ToHaveCountAsync(1);
    });

    [Fact]
    public async Task A_status_moves_back_only_with_a_reason() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await desk.Ana.ChangeAsync(key, new { status = "Monitoring" });
        var page = await desk.OpenAsync(session, desk.Beto, key);

        await page.ChooseStatusAsync("Mitigating");
        await Expect(page.OpenDialog().GetByRole(AriaRole.Heading, new() { Name = "Back from “Monitoring” to “Mitigating”" })).ToBeVisibleAsync();
        await page.DialogButton("Move back").ClickAsync();
        await Expect(page.OpenDialog().GetByRole(AriaRole.Alert)).ToContainTextAsync("needs a reason");
        await Expect(page.Status()).ToContainTextAsync("Monitoring");
        await page.OpenDialog().GetByLabel("Reason").FillAsync("the attackers came back with another vector");
        await page.DialogButton("Move back").ClickAsync();

        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await Expect(page.Status()).ToContainTextAsync("Mitigating");
        await Expect(page.Row("the attackers came back with another vector")).ToContainTextAsync("Status");
    });

    [Fact]
    public async Task A_milestone_is_set_with_how_well_it_is_known_and_made_unknown_again() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Beto, key);
        var detected = page.Locator(".aside dt", new() { HasText = "Detected" }).Locator("+ dd");
        await Expect(detected).ToContainTextAsync("unknown");

        await page.ChooseActionAsync("Milestones");
        await page.OpenDialog().GetByLabel("Milestone", new() { Exact = true }).SelectOptionAsync("Detected");
        await page.OpenDialog().Locator("input[type=datetime-local]").FillAsync("2026-01-02T03:04");
        await page.OpenDialog().GetByLabel("How well is it known").SelectOptionAsync("about");
        await page.DialogButton("Save").ClickAsync();

        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await Expect(detected).ToContainTextAsync("03:04");
        await Expect(detected).ToContainTextAsync("about");
        await Expect(page.Row("Detected")).ToHaveCountAsync(1);

        await page.ChooseActionAsync("Milestones");
        await page.OpenDialog().GetByLabel("Milestone", new() { Exact = true }).SelectOptionAsync("Detected");
        await page.OpenDialog().GetByLabel("How well is it known").SelectOptionAsync("unknown");
        await page.DialogButton("Save").ClickAsync();
        await Expect(detected).ToContainTextAsync("unknown");
        await Expect(page.Row("Detected")).ToHaveCountAsync(2);
    });

    [Fact]
    public async Task A_role_that_is_given_in_the_dialogue_shows_everywhere() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        var carla = await desk.OpenAsync(session, desk.Carla, key);

        await ana.ChooseActionAsync("Roles");
        await ana.OpenDialog().GetByLabel("Scribe").SelectOptionAsync(new SelectOptionValue { Label = "Beto" });
        await Expect(carla.Row("Beto")).ToHaveCountAsync(1);
        await ana.OpenDialog().GetByLabel("Scribe").SelectOptionAsync(new SelectOptionValue { Label = "Carla" });
        await Expect(ana.OpenDialog().Locator("ul.history li")).ToHaveCountAsync(2);
        await ana.Keyboard.PressAsync("Escape");

        await Expect(ana.Locator(".facts")).ToContainTextAsync("Carla");
        await Expect(carla.Locator(".facts")).ToContainTextAsync("Carla");
    });

    [Fact]
    public async Task An_incident_restricted_to_named_people_disappears_from_the_others_open_pages() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Threat against the committee");
        await desk.Ana.LogAsync(key, "the letter names two members");
        var ana = await desk.OpenAsync(session, desk.Ana, key);
        var beto = await desk.OpenAsync(session, desk.Beto, key);
        var carla = await desk.OpenAsync(session, desk.Carla, key);
        var list = await desk.VisitAsync(session, desk.Beto);
        await list.GoLiveAsync("/incidents");
        var listed = list.Locator("table.list tr", new() { HasText = key });
        await Expect(listed).ToHaveCountAsync(1);

        await ana.ChooseActionAsync("Who may see it");
        await ana.OpenDialog().GetByLabel("Only people named here, and administrators").CheckAsync();
        await ana.OpenDialog().GetByLabel("Carla").CheckAsync();
        await ana.DialogButton("Save").ClickAsync();
        await Expect(ana.OpenDialog()).ToHaveCountAsync(0);

        await Expect(beto.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();
        await Expect(beto.GetByText("the letter names two members")).ToHaveCountAsync(0);
        await Expect(listed).ToHaveCountAsync(0);
        await Expect(carla.Row("the letter names two members")).ToBeVisibleAsync();
        await carla.LogAsync("@ spoke with both");
        await Expect(ana.Row("spoke with both")).ToBeVisibleAsync();

        session.Expect("404");
        await beto.GotoAsync($"/incidents/{key}");
        await Expect(beto.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();
        // and back to the team
        await ana.ChooseActionAsync("Who may see it");
        await ana.OpenDialog().GetByLabel("The whole team").CheckAsync();
        await ana.DialogButton("Save").ClickAsync();
        await Expect(listed).ToHaveCountAsync(1);
    });
}
