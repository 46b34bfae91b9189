using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests;

/// <summary>Every page in both languages: light and dark without a serious violation, and not wider than its window.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EveryPageTests(Chromium chromium, SharedDesks desks)
{
    private static readonly (int Width, int Height)[] Windows = [(390, 844), (1024, 768), (1440, 900)];

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task Pages_before_sign_in_are_accessible_at_every_width(string language)
    {
        await using var fresh = new DeskProcess();
        await fresh.StartAsync();
        var desk = await desks.OnAsync(Engine.Sqlite);
        await chromium.TestAsync(async session =>
        {
            var page = await session.OpenAsync(desk.Address, new Visitor { Locale = language });
            await page.GotoAsync("/signin");
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await IsFineAsync(page, "sign-in");
            await page.Locator("#email").FillAsync("nobody@example.org");
            await page.Locator("#password").FillAsync("not the password");
            await page.Locator("button.primary").ClickAsync();
            await Expect(page.Locator("#signin-error")).ToBeVisibleAsync();
            await IsFineAsync(page, "sign-in, refused");
            await page.GotoAsync("/setup?token=used");
            await IsFineAsync(page, "set-up, ended link");
            await page.GotoAsync("/welcome?token=used");
            await IsFineAsync(page, "welcome, ended link");

            var admin = await desk.VisitAsync(session, desk.Ana);
            await admin.GotoAsync("/people");
            await admin.Locator("#name").FillAsync($"Eva {language}");
            await admin.Locator("#email").FillAsync($"eva-{language}@example.org");
            await admin.Locator("section.panel button.primary").ClickAsync();
            await page.GotoAsync(await admin.Locator("code.secret").InnerTextAsync());
            await Expect(page.Locator("#new-password")).ToBeVisibleAsync();
            await IsFineAsync(page, "welcome");

            await page.GotoAsync((await fresh.SetupLinkAsync()).AbsoluteUri);
            await Expect(page.Locator("#new-password")).ToBeVisibleAsync();
            await IsFineAsync(page, "set-up");
        });
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task Pages_after_sign_in_are_accessible_at_every_width(string language) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        using var admin = await desk.Ana.AddAsync($"Admin-{language}", "Administrator", language, Desk.Password);
        var key = await desk.Ana.DeclareAsync("Uplink saturated, most sites down, and a title that is as long as people write them at three in the morning", "SEV1");
        await desk.Ana.ImportAsync(key, await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "tests", "data", "timelines", "may-first-2015.csv")));
        var entry = await desk.Beto.LogAsync(key, "**blocked** `203.0.113.7`, see https://example.org/a-very-long-address/that-goes-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on", "action");
        await desk.Beto.CorrectAsync(key, entry, 1, "**blocked** `203.0.113.70`\n\n- one\n- two\n\n> quoted");
        var graph = await desk.Beto.AttachAsync(key, "graph of the uplink.gif", Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));
        await desk.Beto.LogAsync(key, $"![graph of the uplink](attachment:{graph}) [the same, to keep](attachment:{graph})");
        var page = await desk.VisitAsync(session, admin);

        await page.GoLiveAsync("/incidents");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await IsFineAsync(page, "list");
        await page.GoLiveAsync("/incidents?q=nothing-has-this-title");
        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
        await IsFineAsync(page, "list, nothing found");
        await page.GoLiveAsync("/incidents?q=uplink&severity=SEV1");
        await Expect(page.Locator(".hits mark").First).ToBeVisibleAsync();
        await IsFineAsync(page, "list, found");
        await page.Locator("button:has(use[href$='i-save'])").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await IsFineAsync(page, "save view");
        await page.Locator("#view-name").FillAsync("Uplink");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".views a")).ToBeVisibleAsync();
        await IsFineAsync(page, "list, with a view");
        await page.GotoAsync("/declare");
        await IsFineAsync(page, "declare");
        await page.GotoAsync("/people");
        await IsFineAsync(page, "people");
        await AskedAsync(desk);
        foreach (var path in new[] { "/audit", "/audit?q=nothing-has-this-name", "/access?key=INC-1999-001" })
        {
            await page.GotoAsync(path);
            await IsFineAsync(page, path);
        }
        await page.GoLiveAsync("/checklists");
        await page.Locator(".checklists summary").First.ClickAsync();
        await IsFineAsync(page, "checklists");
        await page.Locator(".checklists [open] button").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await IsFineAsync(page, "checklist, edited");
        await DefenceAsync(desk, key, $"pages-{language}");
        foreach (var path in new[]
        {
            "/inventory", "/inventory?view=table", "/inventory?view=members", "/inventory?view=table&q=nothing-has-this-name", $"/inventory/uplink-pages-{language}",
            "/follow-ups", "/follow-ups?of=me", "/mitigations", "/mitigations?q=nothing-has-this-name", "/mitigations/kinds", "/mitigations/templates", "/postmortems",
        })
        {
            await page.GoLiveAsync(path);
            await IsFineAsync(page, path);
        }
        await page.GoLiveAsync("/mitigations");
        await page.Locator("main a[href*='/mitigations/rate-limit']").First.ClickAsync();
        await page.WaitForURLAsync("**/mitigations/rate-limit*");
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();
        await IsFineAsync(page, "mitigation");
        await page.GoLiveAsync($"/incidents/{key}/board");
        await page.Locator(".board .ml").First.FocusAsync();
        await IsFineAsync(page, "board");
        await page.GoLiveAsync($"/incidents/{await desk.Ana.DeclareAsync("Nothing yet")}/board");
        await Expect(page.Locator("main .empty")).ToBeVisibleAsync();
        await IsFineAsync(page, "board, empty");
        await page.GotoAsync("/inventory/import");
        await IsFineAsync(page, "inventory, import");
        var member = await desk.Ana.MemberIdAsync($"Cooperativa de comunicaciones independientes pages-{language}");
        foreach (var path in new[] { "/leadership", "/leadership?period=all", "/leadership?from=2014-01-01&to=2014-01-31", "/leadership/resolve?period=all", "/leadership/member-hours", "/leadership/follow-ups", $"/inventory/members/{member}/ledger" })
        {
            await page.GotoAsync(path);
            await IsFineAsync(page, path);
        }
        foreach (var path in new[] { "/account", "/account/factors", "/account/sessions", "/account/tokens" })
        {
            await page.GotoAsync(path);
            await IsFineAsync(page, path);
        }
        await page.GotoAsync("/account/factors");
        await page.Locator("#begin-password").FillAsync(Desk.Password);
        await page.Locator("form:has(> input[value='begin-app']) button").ClickAsync();
        await Expect(page.Locator(".qr svg")).ToBeVisibleAsync();
        await page.Locator("details:has(code.secret) summary").ClickAsync();
        await IsFineAsync(page, "authenticator, set up");
        session.Expect("404");
        await page.GotoAsync("/incidents/INC-1999-001");
        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
        await IsFineAsync(page, "not found");

        await page.GotoAsync($"/incidents/{key}/import");
        await IsFineAsync(page, "import");
        await page.Locator("#text").FillAsync("utc,event,category,precision,stated_time\n2015-07-31T18:00:00Z,all systems back,mitigation-reverted,guess,\"early morning hours of July 30, several hours, as far as anybody remembers\"\nhalf past two,the router was reset,,,\n");
        await page.Locator("button.primary").ClickAsync();
        await Expect(page.Locator("table.preview")).ToBeVisibleAsync();
        await IsFineAsync(page, "import, preview");
        await page.GotoAsync($"/incidents/{key}/import");
        await page.Locator("#file").SetInputFilesAsync(Path.Combine(Checkout.Root, "tests", "data", "timelines", "may-first-2015.csv"));
        await page.Locator("button.primary").ClickAsync();
        await Expect(page.Locator(".offers input[type=checkbox]").First).ToBeVisibleAsync();
        await IsFineAsync(page, "import, what it offers");

        await page.GoLiveAsync($"/incidents/{key}/since?from=2026-01-01T00:00:00Z");
        await Expect(page.Locator(".log .e").First).ToBeVisibleAsync();
        await IsFineAsync(page, "since you left");
        await page.GoLiveAsync("/since?from=2026-01-01T00:00:00Z");
        await IsFineAsync(page, "since you left, all");
        await page.GotoAsync($"/incidents/{key}/handover?from=2026-01-01T00:00:00Z");
        await IsFineAsync(page, "handover note");
        await desk.Ana.SendAsync(HttpMethod.Post, $"/api/v1/incidents/{key}/reports", new { summary = "It holds", nextDueAt = DateTime.UtcNow.AddMinutes(30) });
        await page.GotoAsync($"/incidents/{key}/reports");
        await Expect(page.Locator("#report-1")).ToBeVisibleAsync();
        await IsFineAsync(page, "situation reports");
        await page.GotoAsync("/postmortems/import");
        await IsFineAsync(page, "import of a postmortem");

        await page.GoLiveAsync($"/incidents/{key}");
        await Expect(page.RowOf(entry)).ToBeVisibleAsync();
        await page.Capture().FillAsync("! -15m typed");
        await IsFineAsync(page, "incident");
        await page.Capture().FillAsync("");
        await page.GoLiveAsync($"/incidents/{key}?text=nothing-has-this-text");
        await Expect(page.Locator(".scroll .empty")).ToBeVisibleAsync();
        await IsFineAsync(page, "incident, nothing found");
    });

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

    /// <summary>Something to decide, and something in the audit trail.</summary>
    private static async Task AskedAsync(Desk desk) => await desk.Beto.AskAsync(await desk.Ana.DeclareAsync("Between us", restricted: true), "I know the router that it is about, and this reason is about as long as people write them.");

    private static async Task DefenceAsync(Desk desk, string key, string language)
    {
        await desk.Ana.AddAssetAsync($"uplink-{language}", "Uplink");
        await desk.Ana.AddAssetAsync($"a-name-as-long-as-some-sites-have-them-and-then-a-little-longer.{language}.example.org", "MemberSite", $"uplink-{language}", $"Cooperativa de comunicaciones independientes {language}");
        await desk.Ana.MarkAsync(key, $"uplink-{language}", behind: true);
        await desk.Ana.DefendAsync(key, $"Rate limit of twenty requests a second for each of the networks {language}", reviewBy: DateTime.UtcNow.AddMinutes(5));
        await desk.Ana.AttackAsync(key, "memcached-amplification", $"uplink-{language}");
        var samples = Enumerable.Range(1, 30).Select(n => new { at = DateTime.UtcNow.AddMinutes(-n).ToString("O"), value = 1e9 * n });
        await desk.Ana.SendAsync(HttpMethod.Post, $"/api/v1/incidents/{key}/traffic", new { unit = "bps", measuredAt = "the second of the two uplinks, inbound", samples });
        await desk.Ana.SendAsync(HttpMethod.Post, $"/api/v1/incidents/{key}/follow-ups", new { action = "A second uplink from another carrier", dueOn = "2026-01-31", tracker = "https://tracker.example.org/1" });
    }

    /// <summary>The page as it is now, in its themes and in each window. Leaves it light and wide.</summary>
    private static async Task IsFineAsync(IPage page, string what)
    {
        // an element is visible before the styles have arrived
        await page.WaitForLoadStateAsync(LoadState.Load);
        foreach (var (width, height) in Windows)
        {
            await page.SetViewportSizeAsync(width, height);
            var over = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth");
            Assert.True(over <= 0, $"{what}: {over} pixels wider than a window of {width}");
        }
        // colours are the same in both languages, and words are in both themes: each language looks at one
        var theme = await page.EvaluateAsync<bool>("document.documentElement.lang === 'en'") ? ColorScheme.Dark : ColorScheme.Light;
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
        await Accessibility.HasNoSeriousViolationAsync(page, $"{what}, {theme}");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
    }
}
