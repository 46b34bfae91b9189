using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static IncidentDesk.Browser.Tests.EveryPage;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests;

/// <summary>Every dialogue and menu of an incident in both languages: without a serious violation, and not wider than its window.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EveryDialogueTests(Chromium chromium, SharedDesks desks)
{
    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task Dialogues_and_menus_of_an_incident_are_accessible_at_every_width(string language) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var who = language == "es" ? desk.Carla : desk.Beto;
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await desk.Ana.ChangeAsync(key, new { status = "Monitoring" });
        var entry = await desk.Beto.LogAsync(key, "blocked 203.0.113.7");
        await desk.Beto.CorrectAsync(key, entry, 1, "blocked 203.0.113.70");
        await DefenceAsync(desk, key, language);
        var page = await desk.OpenAsync(session, who, key);

        await page.Locator("#steps .offers summary").ClickAsync();
        await page.Locator("#steps .offers button").First.ClickAsync();
        await page.Locator("#steps input").First.CheckAsync();
        await Expect(page.Locator("#steps .by")).ToHaveCountAsync(1);
        await page.Locator("#steps .offers summary").ClickAsync();
        await IsFineAsync(page, "checklist and menu of checklists");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#hit .bundle .fold").ClickAsync();
        await page.Locator("#defence .rowmenu summary").First.ClickAsync();
        await IsFineAsync(page, "menu of a defence");
        await page.Keyboard.PressAsync("Escape");
        foreach (var opener in new[] { "[data-key-hit]", "#hit [data-back]", "#hit .rowacts .icon", "#defence [data-key-defence]", "#defence .act button", "#traffic header button", "#follow-ups header button", "#follow-ups .rowmenu .menu-pop button", "[data-key-wave]", "#waves .menu-pop button", "#waves .menu-pop button + button" })
        {
            await page.Locator(opener).First.EvaluateAsync("button => button.click()");
            await Expect(page.OpenDialog()).ToBeVisibleAsync();
            await IsFineAsync(page, $"dialogue of {opener}");
            // The first closes the list of suggestions that some begin with.
            if (await page.Locator("dialog[open] [role=listbox]:not([hidden]) [role=option]").CountAsync() > 0) await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        }

        for (var i = 0; i < 4; i++)
        {
            await page.Locator(".ihead .acts summary").ClickAsync();
            if (i == 0) await IsFineAsync(page, "menu of actions");
            await page.Locator(".ihead .acts .menu-pop button").Nth(i).ClickAsync();
            await Expect(page.OpenDialog()).ToBeVisibleAsync();
            await IsFineAsync(page, $"dialogue {i + 1} of the actions");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        }
        await page.Status().ClickAsync();
        await IsFineAsync(page, "menu of statuses");
        await page.Locator(".ihead [data-key-status] .menu-pop button").First.ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await IsFineAsync(page, "dialogue of a status moved back");
        await page.Keyboard.PressAsync("Escape");
        await page.Severity().ClickAsync();
        await IsFineAsync(page, "menu of severities");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".tools details.menu summary").First.ClickAsync();
        await IsFineAsync(page, "menu of filters");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#capture-kind summary").ClickAsync();
        await IsFineAsync(page, "menu of kinds");
        await page.Keyboard.PressAsync("Escape");

        await page.RowOf(entry).Locator(".tags button").ClickAsync();
        await Expect(page.OpenDialog().Locator(".diff")).ToBeVisibleAsync();
        await IsFineAsync(page, "history");
        await page.Keyboard.PressAsync("Escape");
        await page.RowOf(entry).ChooseActionAsync(language == "es" ? "Corregir" : "Correct");
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await IsFineAsync(page, "correction");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator("#palette [role=option]").First).ToBeVisibleAsync();
        await IsFineAsync(page, "palette");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".appbar summary.av").ClickAsync();
        await IsFineAsync(page, "menu of the account");
        await page.Locator("[data-opens=shortcuts]").ClickAsync();
        await Expect(page.Locator("#shortcuts")).ToBeVisibleAsync();
        await IsFineAsync(page, "shortcuts");
    });

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task A_request_for_access_comes_to_the_open_page_and_is_accessible(string language) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        using var admin = await desk.Ana.AddAsync($"Decider-{language}", "Administrator", language, Desk.Password);
        using var asker = await desk.Ana.AddAsync($"Asker-{language}", "Responder", language, Desk.Password);
        var key = await desk.Ana.DeclareAsync("Between us", restricted: true);
        var page = await desk.OpenAsync(session, admin, key);
        await asker.AskAsync(key, "I know the router that it is about");
        await Expect(page.Locator(".asked")).ToBeVisibleAsync();
        await IsFineAsync(page, "incident with a request for access");
        await page.Locator(".asked button").ClickAsync();
        await Expect(page.OpenDialog().Locator(".requests li")).ToHaveCountAsync(1);
        await IsFineAsync(page, "dialogue of requests for access");
        await page.OpenDialog().Locator(".requests button").First.ClickAsync();
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await Expect(page.Locator(".asked")).ToHaveCountAsync(0);
    });
}
