using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests;

/// <summary>What still works where script or WebSocket does not.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PlainHtmlTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task Without_script_a_person_signs_in_declares_reads_and_logs() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var page = await session.OpenAsync(desk.Address, new Visitor { Script = false });
        await page.GotoAsync("/");
        await page.GetByLabel("E-mail").FillAsync(desk.Beto.Email);
        await page.GetByLabel("Password").FillAsync(Desk.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Declare incident" }).ClickAsync();
        await page.GetByLabel("What is happening").FillAsync("Declared without script");
        await page.GetByRole(AriaRole.Button, new() { Name = "Declare", Exact = true }).ClickAsync();
        await Expect(page.Locator(".ihead h1")).ToHaveTextAsync("Declared without script");
        var key = await page.Locator(".ihead .key").InnerTextAsync();

        await page.Capture().FillAsync("! -5m pulled the plug");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log", Exact = true }).ClickAsync();

        await Expect(page.Row("pulled the plug")).ToContainTextAsync("Action");
        await Expect(page.Capture()).ToHaveValueAsync("");
        var logged = Assert.Single(await desk.Ana.TimelineAsync(key), e => e.Body == "pulled the plug");
        Assert.Equal(5, (DateTime.UtcNow - logged.OccurredAt.At!.Value).TotalMinutes, tolerance: 2);
    });

    [Fact]
    public async Task The_back_button_after_the_plain_form_logs_nothing_twice() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        session.Expect("422");
        var page = await desk.VisitAsync(session, desk.Beto, new Visitor { Script = false });
        await page.GotoAsync($"/incidents/{key}");
        await page.Capture().FillAsync("sent once");
        var log = page.GetByRole(AriaRole.Button, new() { Name = "Log", Exact = true });
        await log.ClickAsync();
        await Expect(page.Row("sent once")).ToHaveCountAsync(1);

        await page.GoBackAsync();
        await log.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("The entry was not logged");

        Assert.Single(await desk.Ana.TimelineAsync(key), e => e.Body == "sent once");
    });

    [Fact]
    public async Task A_text_that_the_plain_form_cannot_keep_is_given_back() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        session.Expect("422");
        var page = await desk.VisitAsync(session, desk.Beto, new Visitor { Script = false });
        await page.GotoAsync($"/incidents/{key}");
        await page.Capture().FillAsync("2031-01-01 10:00 from the future");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("The entry was not logged");
        await Expect(page.Locator("textarea")).ToHaveValueAsync("2031-01-01 10:00 from the future");
    });

    [Fact]
    public async Task Where_no_circuit_comes_through_entries_still_do() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        session.Expect("_blazor");
        session.Expect("circuit");
        session.Expect("Failed to");
        session.Expect("The live connection did not start");
        session.Expect("ERR_FAILED");
        var page = await desk.VisitAsync(session, desk.Beto);
        await page.RouteAsync("**/_blazor**", route => route.AbortAsync());
        await page.RouteWebSocketAsync("**/_blazor**", socket => _ = socket.CloseAsync());
        await page.GotoAsync($"/incidents/{key}");
        await Expect(page.CaptureKind()).ToHaveTextAsync("Note");

        await page.LogAsync("! over plain HTTP");

        await Expect(page.CaptureStatus()).ToContainTextAsync("acknowledged");
        Assert.Single(await desk.Ana.TimelineAsync(key), e => e.Body == "over plain HTTP" && e.Kind == "action");
    });
}
