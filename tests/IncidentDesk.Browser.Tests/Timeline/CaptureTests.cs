using System.Globalization;
using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Timeline;

[Collection(BrowserCollection.Name)]
public sealed class CaptureTests(Chromium chromium, SharedDesks desks)
{
    private static readonly (string Line, string Shown)[] Lines =
    [
        ("! blackholed 203.0.113.7", "Action"),
        ("? SYN flood on both uplinks", "Observation"),
        ("= accept the offer of the upstream", "Decision"),
        ("@ told the members by telephone", "Communication"),
        ("graphs look flat again", "Note"),
    ];

    [Fact]
    public async Task A_prefix_says_the_kind_and_the_bar_shows_it_while_it_is_typed() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Beto, key);

        foreach (var (line, shown) in Lines)
        {
            var body = line.TrimStart('!', '?', '=', '@', ' ');
            await page.Capture().PressSequentiallyAsync(line);
            await Expect(page.CaptureKind()).ToHaveTextAsync(shown);
            await page.Keyboard.PressAsync("Enter");

            await Expect(page.Row(body)).ToContainTextAsync(shown);
            await Expect(page.Capture()).ToHaveValueAsync("");
            var logged = Assert.Single(await desk.Ana.TimelineAsync(key), e => e.Body == body);
            Assert.Equal(shown, logged.Kind, ignoreCase: true);
            await Expect(page.CaptureStatus()).ToContainTextAsync($"#{logged.Sequence} acknowledged");
        }
    });

    [Fact]
    public async Task A_time_before_the_text_says_when_it_happened() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Beto, key);

        await page.Capture().FillAsync("! -15m restarted the router");
        await Expect(page.Locator("#capture-time")).ToContainTextAsync("−15m");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Row("restarted the router")).ToBeVisibleAsync();
        await page.LogAsync("? yesterday ~23:10 first alarm");
        await Expect(page.Row("first alarm")).ToContainTextAsync("~23:10");
        await Expect(page.Row("first alarm").Locator(".tags")).ToContainTextAsync("late");

        var log = await desk.Ana.TimelineAsync(key);
        var restarted = Assert.Single(log, e => e.Body == "restarted the router").OccurredAt;
        Assert.Equal(15, (DateTime.UtcNow - restarted.At!.Value).TotalMinutes, tolerance: 2);
        var alarm = Assert.Single(log, e => e.Body == "first alarm").OccurredAt;
        Assert.Equal("about", alarm.Precision);
        Assert.Equal("23:10", alarm.At!.Value.ToString("HH:mm", CultureInfo.InvariantCulture));
        Assert.Equal(DateTime.UtcNow.Date.AddDays(-1), alarm.At.Value.Date);
        // earlier than all that is known: above it
        await Expect(page.Rows().First).ToContainTextAsync("first alarm");
    });

    [Fact]
    public async Task In_Spanish_the_bar_understands_ayer_and_answers_in_Spanish() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Enlace saturado");
        var page = await desk.OpenAsync(session, desk.Carla, key, new Visitor { Locale = "es-MX", Zone = "America/Mexico_City" });

        await page.Capture().FillAsync("? ayer 23:10 primera alarma");
        await Expect(page.CaptureKind()).ToHaveTextAsync("Observación");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Row("primera alarma")).ToContainTextAsync("23:10");
        await Expect(page.Row("primera alarma")).ToContainTextAsync("Observación");
        await Expect(page.CaptureStatus()).ToContainTextAsync("confirmada");
        var logged = Assert.Single(await desk.Ana.TimelineAsync(key), e => e.Body == "primera alarma");
        Assert.Equal(DateTime.UtcNow.Date.AddDays(-1), logged.OccurredAt.At!.Value.Date);
    });

    [Fact]
    public async Task Shift_and_Enter_begin_a_new_line() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Beto, key);

        await page.Capture().FocusAsync();
        await page.Keyboard.TypeAsync("! two things:");
        await page.Keyboard.PressAsync("Shift+Enter");
        await page.Keyboard.TypeAsync("- moved DNS");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Row("moved DNS")).ToContainTextAsync("two things:");
        Assert.Single(await desk.Ana.TimelineAsync(key), e => e.Body == "two things:\n- moved DNS");
    });

    [Fact]
    public async Task The_menu_chooses_a_kind_that_has_no_prefix() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Beto, key);

        await page.Capture().FillAsync("! night shift takes over");
        await page.Locator("#capture-kind summary").ClickAsync();
        await page.Locator("#capture-kind [data-kind=handover]").ClickAsync();
        await Expect(page.Capture()).ToHaveValueAsync("night shift takes over");
        await Expect(page.Capture()).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Row("night shift takes over")).ToContainTextAsync("Handover");
        // for this entry only
        await Expect(page.CaptureKind()).ToHaveTextAsync("Note");
    });

    [Fact]
    public async Task An_entry_can_be_put_between_two_others() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await desk.Ana.LogAsync(key, "first alarm");
        await desk.Ana.LogAsync(key, "links back up");
        var page = await desk.OpenAsync(session, desk.Beto, key);

        await page.Row("first alarm").ChooseActionAsync("Insert after");
        await Expect(page.Locator("#capture .after")).ToContainTextAsync("after #");
        await Expect(page.Capture()).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("! upstream was called");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Row("upstream was called")).ToBeVisibleAsync();
        await Expect(page.Locator("#capture .after")).ToHaveCountAsync(0);
        var texts = await page.Rows().AllInnerTextsAsync();
        var order = texts.Select((text, place) => (text, place)).ToList();
        var between = order.Single(o => o.text.Contains("upstream was called", StringComparison.Ordinal)).place;
        Assert.Equal(between - 1, order.Single(o => o.text.Contains("first alarm", StringComparison.Ordinal)).place);
        Assert.Equal(between + 1, order.Single(o => o.text.Contains("links back up", StringComparison.Ordinal)).place);
    });

    [Fact]
    public async Task A_draft_outlives_a_reload() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Beto, key);

        await page.Capture().FillAsync("= half a decision");
        await Expect(page.CaptureStatus()).ToContainTextAsync("Draft saved");
        await page.ReloadAsync();
        await page.IsLiveAsync();

        await Expect(page.Capture()).ToHaveValueAsync("= half a decision");
        await Expect(page.CaptureKind()).ToHaveTextAsync("Decision");
        await page.Capture().PressAsync("Enter");
        await Expect(page.Row("half a decision")).ToHaveCountAsync(1);

        // what was sent is no draft any more
        await page.ReloadAsync();
        await page.IsLiveAsync();
        await Expect(page.Capture()).ToHaveValueAsync("");
    });

    [Fact]
    public async Task Enter_twice_and_a_double_click_log_one_entry_each() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Beto, key);

        await page.Capture().FillAsync("by key");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await page.Capture().FillAsync("by mouse");
        await page.Locator("#capture button[type=submit]").DblClickAsync();
        await page.LogAsync("the last one");

        await Expect(page.Row("the last one")).ToBeVisibleAsync();
        await Expect(page.Outbox()).ToHaveCountAsync(0);
        var bodies = (await desk.Ana.TimelineAsync(key)).Where(e => e.Kind == "note").Select(e => e.Body);
        Assert.Equal(["by key", "by mouse", "the last one"], bodies);
    });

    [Fact]
    public async Task A_refused_entry_stays_in_sight_and_goes_back_into_the_bar() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var page = await desk.OpenAsync(session, desk.Beto, key);
        session.Expect("422");

        await page.LogAsync("2031-01-01 10:00 from the future");
        await Expect(page.Outbox()).ToContainTextAsync("is in the future");
        await page.Outbox().GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();

        await Expect(page.Outbox()).ToHaveCountAsync(0);
        await Expect(page.Capture()).ToHaveValueAsync("2031-01-01 10:00:00Z from the future");
        await page.LogAsync("from today");
        await Expect(page.Row("from today")).ToBeVisibleAsync();
        Assert.DoesNotContain(await desk.Ana.TimelineAsync(key), e => e.Body.Contains("future", StringComparison.Ordinal));
    });
}
