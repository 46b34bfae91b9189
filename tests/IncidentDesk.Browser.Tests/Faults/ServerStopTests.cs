using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Faults;

/// <summary>How the desk goes down.</summary>
public enum Ending
{
    /// <summary>SIGTERM, as in an upgrade.</summary>
    Stopped,

    /// <summary>SIGKILL, as by a lack of memory.</summary>
    Killed,
}

[Collection(BrowserCollection.Name)]
public sealed class ServerStopTests(Chromium chromium)
{
    [Theory]
    [InlineData(Ending.Stopped)]
    [InlineData(Ending.Killed)]
    public async Task While_the_desk_is_away_nothing_typed_is_lost_and_the_pages_come_back_by_themselves(Ending ending)
    {
        await using var desk = await Desk.StartAsync();
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await desk.Beto.LogAsync(key, "known before");
        await chromium.TestAsync(async session =>
        {
            session.ExpectDeskAway();
            var ana = await desk.OpenAsync(session, desk.Ana, key);
            var beto = await desk.OpenAsync(session, desk.Beto, key);
            await ana.Capture().FillAsync("! logged while the desk is away");

            if (ending == Ending.Stopped) Assert.Equal(0, await desk.Process.StopAsync());
            else desk.Process.Kill();

            // it says since when, and what was known stays in sight
            await Expect(ana.StaleBanner()).ToContainTextAsync("Not live since ");
            await Expect(ana.StaleBanner()).ToContainTextAsync(" UTC");
            await Expect(ana.Locator(".live")).ToHaveClassAsync("live stale");
            await Expect(beto.StaleBanner()).ToBeVisibleAsync();
            await Expect(ana.Row("known before")).ToBeVisibleAsync();
            await Expect(ana.Capture()).ToBeFocusedAsync();

            await ana.Keyboard.PressAsync("Enter");
            await Expect(ana.Outbox()).ToContainTextAsync("logged while the desk is away");
            await Expect(ana.CaptureStatus()).ToContainTextAsync("1 waiting");
            await Expect(ana.Outbox()).ToContainTextAsync("Not yet acknowledged");
            await ana.Keyboard.TypeAsync("= half a decision");
            await Expect(ana.CaptureStatus()).ToContainTextAsync("Draft saved");

            await desk.Process.StartAsync();

            await ana.IsLiveAsync();
            await beto.IsLiveAsync();
            await Expect(ana.Capture()).ToHaveValueAsync("= half a decision");
            await Expect(ana.Capture()).ToBeFocusedAsync();
            await Expect(ana.Row("logged while the desk is away")).ToHaveCountAsync(1, new() { Timeout = 40_000 });
            await Expect(beto.Row("logged while the desk is away")).ToHaveCountAsync(1);
            await Expect(ana.Outbox()).ToHaveCountAsync(0);

            // live again, in both directions
            await ana.Capture().PressAsync("Enter");
            await Expect(beto.Row("half a decision")).ToContainTextAsync("Decision");
            await beto.LogAsync("? traffic falls");
            await Expect(ana.Row("traffic falls")).ToBeVisibleAsync();

            var log = await desk.Ana.TimelineAsync(key);
            Assert.Equal(["known before", "logged while the desk is away", "half a decision", "traffic falls"], log.Where(e => e.Kind != "incident").Select(e => e.Body));
            Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Sequence));
        });
    }

    [Fact]
    public async Task An_entry_that_waits_outlives_the_browser_tab()
    {
        await using var desk = await Desk.StartAsync();
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await chromium.TestAsync(async session =>
        {
            session.ExpectDeskAway();
            var page = await desk.OpenAsync(session, desk.Ana, key);
            desk.Process.Kill();
            await Expect(page.StaleBanner()).ToBeVisibleAsync();
            await page.LogAsync("! written on a dying link");
            await Expect(page.CaptureStatus()).ToContainTextAsync("1 waiting");
            var browser = page.Context;
            await page.CloseAsync();

            await desk.Process.StartAsync();
            var again = await browser.NewPageAsync();
            await again.GoLiveAsync($"/incidents/{key}");

            await Expect(again.Row("written on a dying link")).ToHaveCountAsync(1);
            await Expect(again.Outbox()).ToHaveCountAsync(0);
            Assert.Single(await desk.Ana.TimelineAsync(key), e => e.Body == "written on a dying link");
        });
    }
}
