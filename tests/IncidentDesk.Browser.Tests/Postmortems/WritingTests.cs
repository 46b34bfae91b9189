using System.Text.Json;
using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Postmortems;

[Collection(BrowserCollection.Name)]
public sealed class WritingTests(Chromium chromium, SharedDesks desks)
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Two_people_write_in_one_document_and_see_each_other(Engine engine) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(engine);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var entry = await desk.Ana.LogAsync(key, "Traffic doubled within a minute");
        var (ana, beto) = (await OpenAsync(session, desk, desk.Ana, key), await OpenAsync(session, desk, desk.Beto, key));
        await ana.GetByRole(AriaRole.Button, new() { Name = "Begin postmortem" }).ClickAsync();
        await Expect(beto.Section("Summary").Text()).ToHaveValueAsync("{{facts}}");

        // as it is typed, without a button
        await ana.Section("Summary").Text().FocusAsync();
        await Expect(beto.Section("Summary").Locator(".secwho")).ToContainTextAsync("Ana");
        await ana.Section("Summary").Text().FillAsync("We slept.\n\n{{facts}}");
        await Expect(ana.Section("Summary").Status()).ToContainTextAsync("Saved");
        await Expect(beto.Section("Summary").Text()).ToHaveValueAsync("We slept.\n\n{{facts}}");
        await beto.Section("Summary").Text().FillAsync("We slept, they did not.");
        await Expect(ana.Section("Summary").Text()).ToHaveValueAsync("We slept, they did not.");
        await Expect(ana.Section("Summary").Locator(".conflict")).ToHaveCountAsync(0);

        // evidence goes where the caret was, and into the preview
        await ana.Locator("#evidence-search").FillAsync("doubled");
        await ana.Locator("#evidence-search").PressAsync("Enter");
        await ana.Section("Summary").Text().PressAsync("Control+End");
        await ana.GetByRole(AriaRole.Button, new() { Name = $"Insert: {entry}" }).ClickAsync();
        await Expect(beto.Section("Summary").Text()).ToHaveValueAsync($"We slept, they did not.\n\n{{{{entry {entry}}}}}");
        await ana.Section("Summary").GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(ana.Section("Summary").Locator(".secview .fieldentry")).ToContainTextAsync("Traffic doubled within a minute");

        await ana.Locator(".fieldlist [data-field='{{waves}}']").DragToAsync(ana.Section("Impact").Text());
        await Expect(beto.Section("Impact").Text()).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("{{waves}}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

        // a question is asked, answered and settled
        await beto.Section("Impact").Locator(".seccomments > summary").ClickAsync();
        await beto.Section("Impact").GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await beto.Section("Impact").Locator(".threads textarea").FillAsync("How many members?");
        await beto.Section("Impact").Locator(".threads input[type=checkbox]").CheckAsync();
        await beto.Section("Impact").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(ana.Locator(".docquestions")).ToContainTextAsync("How many members?");
        await ana.Section("Impact").GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await ana.Section("Impact").Locator(".threads textarea").FillAsync("Twelve");
        await ana.Section("Impact").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(beto.Section("Impact").Locator(".thread")).ToContainTextAsync("Twelve");
        await beto.Section("Impact").GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(ana.Locator(".docquestions")).ToHaveCountAsync(0);
        await Expect(ana.Section("Impact").Locator(".thread.over")).ToContainTextAsync("Resolved by Beto");
    });

    [Fact]
    public async Task Who_types_while_another_saves_sees_both_texts_and_chooses() => await chromium.TestAsync(async session =>
    {
        session.Expect("409");
        var desk = await desks.OnAsync(Engine.Sqlite);
        var (key, section) = await BegunAsync(desk);
        var ana = await OpenAsync(session, desk, desk.Ana, key);
        var card = ana.Section("Summary");

        foreach (var (choice, expected) in new[] { ("Take theirs", "Beto 0"), ("Save mine over it", "Ana 1"), ("Put both in and sort it out", "Beto 2\nAna 2") })
        {
            var round = expected[^1];
            // Held back, so that the other is quicker.
            await ana.RouteAsync("**/postmortem/sections/**", route => route.AbortAsync());
            session.Expect("ERR_FAILED");
            await card.Text().FillAsync($"Ana {round}");
            await SaveAsync(desk.Beto, key, section, $"Beto {round}");
            await Expect(card.Locator(".conflict")).ToContainTextAsync($"Beto {round}");
            await Expect(card.Locator(".conflict .diff-new")).ToContainTextAsync($"Ana {round}");
            await Expect(card.Text()).ToHaveValueAsync($"Ana {round}");
            await Accessibility.HasNoSeriousViolationAsync(ana);
            await ana.UnrouteAsync("**/postmortem/sections/**");
            await card.GetByRole(AriaRole.Button, new() { Name = choice }).ClickAsync();
            await Expect(card.Locator(".conflict")).ToHaveCountAsync(0);
            await Expect(card.Text()).ToHaveValueAsync(expected);
            await Expect(card).ToHaveAttributeAsync("data-section-is", "saved");
            Assert.Equal(expected, await BodyAsync(desk.Ana, key));
        }
    });

    [Fact]
    public async Task With_the_plug_pulled_the_text_stays_and_is_saved_when_it_is_back() => await chromium.TestAsync(async session =>
    {
        session.ExpectDeskAway();
        session.Expect("ERR_INTERNET_DISCONNECTED");
        session.Expect("ERR_FAILED");
        var desk = await desks.OnAsync(Engine.Sqlite);
        var (key, _) = await BegunAsync(desk);
        var page = await OpenAsync(session, desk, desk.Carla, key, new Visitor { Locale = "es-MX" });
        var card = page.Section("Resumen");

        await page.Context.SetOfflineAsync(true);
        await card.Text().FillAsync("Escrito sin red");
        await Expect(card.Status()).ToContainTextAsync("queda en este navegador");
        await page.Context.SetOfflineAsync(false);
        await Expect(card).ToHaveAttributeAsync("data-section-is", "saved");
        Assert.Equal("Escrito sin red", await BodyAsync(desk.Ana, key));

        // closed before it could be sent
        await page.RouteAsync("**/postmortem/sections/**", route => route.AbortAsync());
        await card.Text().FillAsync("Escrito antes de cerrar");
        await page.CloseAsync(new() { RunBeforeUnload = false });
        Assert.Equal("Escrito sin red", await BodyAsync(desk.Ana, key));
        var again = await page.Context.NewPageAsync();
        await again.GoLiveAsync($"/incidents/{key}/postmortem");
        await Expect(again.Section("Resumen").Text()).ToHaveValueAsync("Escrito antes de cerrar");
        await Expect(again.Section("Resumen")).ToHaveAttributeAsync("data-section-is", "saved");
        Assert.Equal("Escrito antes de cerrar", await BodyAsync(desk.Ana, key));
    });

    [Fact]
    public async Task A_section_has_a_history_and_can_be_moved_removed_and_brought_back() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var (key, section) = await BegunAsync(desk);
        await SaveAsync(desk.Beto, key, section, "Two nights");
        var page = await OpenAsync(session, desk, desk.Ana, key);
        async Task MenuAsync(string title, string act)
        {
            await page.Section(title).Locator(".menu > summary").ClickAsync();
            await page.Section(title).Locator(".menu-pop").GetByRole(AriaRole.Button, new() { Name = act }).ClickAsync();
        }

        await MenuAsync("Summary", "History");
        await Expect(page.OpenDialog().Locator(".diff-new")).ToContainTextAsync("Two nights");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Restore revision 1" }).ClickAsync();
        await Expect(page.Section("Summary").Text()).ToHaveValueAsync("{{facts}}");
        await MenuAsync("Summary", "Move down");
        await Expect(page.Locator(".sec h3").First).ToHaveTextAsync("Impact");
        await MenuAsync("Impact", "Title and visibility");
        await page.Locator("#section-en").FillAsync("Damage");
        await page.DialogButton("Save").ClickAsync();
        await MenuAsync("Damage", "Remove");
        await Expect(page.Section("Damage")).ToHaveCountAsync(0);
        await page.Locator(".dochead .menu > summary").ClickAsync();
        await page.Locator(".dochead .menu-pop").GetByRole(AriaRole.Button, new() { Name = "Removed sections" }).ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();
        await Expect(page.Section("Damage")).ToHaveCountAsync(1);
    });

    private static async Task<IPage> OpenAsync(BrowserSession session, Desk desk, Colleague who, string key, Visitor? visitor = null)
    {
        var page = await desk.VisitAsync(session, who, visitor);
        await page.GoLiveAsync($"/incidents/{key}/postmortem");
        return page;
    }

    private static async Task<(string Key, Guid Summary)> BegunAsync(Desk desk)
    {
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var begun = await desk.Ana.SendAsync(HttpMethod.Post, $"/api/v1/incidents/{key}/postmortem", new { language = "en" });
        return (key, begun.GetProperty("sections")[0].GetProperty("id").GetGuid());
    }

    private static async Task SaveAsync(Colleague who, string key, Guid section, string body)
    {
        var version = (await DocumentAsync(who, key)).GetProperty("sections").EnumerateArray().Single(s => s.GetProperty("id").GetGuid() == section).GetProperty("version").GetInt32();
        await who.SendAsync(HttpMethod.Patch, $"/api/v1/incidents/{key}/postmortem/sections/{section}", new { version, body });
    }

    private static async Task<string> BodyAsync(Colleague who, string key) => (await DocumentAsync(who, key)).GetProperty("sections")[0].GetProperty("body").GetString()!;

    // Begun already: it is the answer.
    private static Task<JsonElement> DocumentAsync(Colleague who, string key) => who.SendAsync(HttpMethod.Post, $"/api/v1/incidents/{key}/postmortem", new { language = "en" });
}

internal static class DocumentPages
{
    public static ILocator Section(this IPage page, string title) => page.Locator(".sec").Filter(new() { Has = page.Locator("h3", new() { HasTextRegex = new System.Text.RegularExpressions.Regex($"^{title}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }) });

    public static ILocator Text(this ILocator section) => section.Locator("textarea[data-section]");

    public static ILocator Status(this ILocator section) => section.Locator("[data-section-status]");
}
