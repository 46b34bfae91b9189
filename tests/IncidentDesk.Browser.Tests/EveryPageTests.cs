using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;
using Microsoft.Playwright;
using static IncidentDesk.Browser.Tests.EveryPage;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests;

/// <summary>Every page in both languages: light and dark without a serious violation, and not wider than its window.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EveryPageTests(Chromium chromium, SharedDesks desks)
{
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
        var written = await desk.Ana.DeclareAsync("Written down");
        await page.GoLiveAsync($"/incidents/{written}/postmortem");
        await IsFineAsync(page, "postmortem, not begun");
        await DocumentAsync(desk, written);
        await Expect(page.Locator(".sec")).Not.ToHaveCountAsync(0);
        await page.Locator(".sec [aria-pressed]").First.ClickAsync();
        await Expect(page.Locator(".secview img")).ToBeVisibleAsync();
        await page.Locator(".docchanges summary").ClickAsync();
        await Expect(page.Locator(".docchanges li").First).ToBeVisibleAsync();
        await page.Locator(".sec .menu > summary").First.ClickAsync();
        await IsFineAsync(page, "postmortem");
        await page.Keyboard.PressAsync("Escape");
        foreach (var opener in new[] { ".sec .menu-pop button", ".sec .menu-pop button:nth-of-type(4)", ".dochead .menu-pop button", ".dochead .menu-pop button + button", ".evidence li .acts button:last-child" })
        {
            await page.Locator(opener).First.EvaluateAsync("button => button.click()");
            await Expect(page.OpenDialog()).ToBeVisibleAsync();
            await IsFineAsync(page, $"postmortem, dialogue of {opener}");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        }
        await page.GoLiveAsync("/postmortems/templates");
        await page.Locator(".checklists summary").First.ClickAsync();
        await IsFineAsync(page, "templates of postmortems");
        await page.Locator(".checklists [open] button").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await page.OpenDialog().Locator("summary").First.ClickAsync();
        await IsFineAsync(page, "template of postmortems, edited");
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

        await desk.Ana.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{key}/postmortem/redaction/terms/{Guid.CreateVersion7()}", new { text = "the data centre in the basement of the old cinema", replacement = "an office" });
        await page.GotoAsync($"/incidents/{key}/postmortem/redaction");
        await Expect(page.Locator(".termform")).ToBeVisibleAsync();
        await IsFineAsync(page, "redaction");
        await page.GoLiveAsync($"/incidents/{key}/postmortem/exports");
        await IsFineAsync(page, "files of documents");

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

    /// <summary>Something to decide, and something in the audit trail.</summary>
    private static async Task AskedAsync(Desk desk) => await desk.Beto.AskAsync(await desk.Ana.DeclareAsync("Between us", restricted: true), "I know the router that it is about, and this reason is about as long as people write them.");

    /// <summary>A document with something of everything in it.</summary>
    private static async Task DocumentAsync(Desk desk, string key)
    {
        var (at, entry) = ($"/api/v1/incidents/{key}/postmortem", await desk.Ana.LogAsync(key, "an-entry-with-a-word-that-is-longer-than-any-column-is-wide-and-then-some-more-of-it.example.org went away"));
        var file = await desk.Ana.AttachAsync(key, "graph-of-the-night.gif", Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));
        var section = (await desk.Ana.SendAsync(HttpMethod.Post, at, new { language = "en" })).GetProperty("sections")[0].GetProperty("id").GetGuid();
        await desk.Ana.SendAsync(HttpMethod.Patch, $"{at}/sections/{section}", new { version = 1, body = $"## {{{{title}}}}\n\n{{{{entry {entry}}}}}\n\n{{{{file {file}}}}}\n\n{{{{facts}}}}\n\n{{{{nonsense}}}}\n\n```\n{new string('x', 200)}\n```" });
        await desk.Ana.SendAsync(HttpMethod.Post, $"{at}/comments", new { sectionId = section, body = "How many members could not reach their mail?", isQuestion = true });
        await desk.Ana.SendAsync(HttpMethod.Put, $"{at}/entries/{entry}", new { isInTimeline = true, visibility = "public", wording = "" });
        await desk.Ana.CorrectAsync(key, entry, 1, "Corrected since");
    }
}
