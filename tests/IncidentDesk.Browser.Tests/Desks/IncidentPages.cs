using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Desks;

/// <summary>What a person finds and does on the pages of the desk.</summary>
internal static class IncidentPages
{
    /// <summary>Goes there and returns when the page is live.</summary>
    public static async Task GoLiveAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.IsLiveAsync();
    }

    public static async Task IsLiveAsync(this IPage page)
    {
        await Expect(page.Locator(".live")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.Locator(".live.stale")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Expect(page.StaleBanner()).ToBeHiddenAsync();
    }

    public static ILocator Capture(this IPage page) => page.Locator("#capture-text");

    /// <summary>The kind that the typed entry will have.</summary>
    public static ILocator CaptureKind(this IPage page) => page.Locator("#capture-kind summary > span:not(.vh)");

    /// <summary>What the bar says of the entry that is typed and of those on their way.</summary>
    public static ILocator CaptureStatus(this IPage page) => page.Locator("#capture-status");

    /// <summary>The log's own rows, without those on their way.</summary>
    public static ILocator Rows(this IPage page) => page.Locator("ol.log li.e");

    public static ILocator Row(this IPage page, string text) => page.Rows().Filter(new() { HasText = text });

    public static ILocator RowOf(this IPage page, long entry) => page.Locator($"ol.log li.e[id='e{entry}']");

    /// <summary>Entries on their way to the desk.</summary>
    public static ILocator Outbox(this IPage page) => page.Locator("#outbox li");

    public static ILocator StaleBanner(this IPage page) => page.Locator("#stale-banner");

    public static ILocator DatabaseBanner(this IPage page) => page.Locator("#database-banner");

    /// <summary>Rows have come while the reader was further up.</summary>
    public static ILocator Pill(this IPage page) => page.Locator(".pill");

    public static ILocator Status(this IPage page) => page.Locator(".ihead [data-key-status] > summary");

    public static ILocator Severity(this IPage page) => page.Locator(".ihead summary.chip.solid");

    public static ILocator OpenDialog(this IPage page) => page.Locator("dialog[open]");

    public static ILocator DialogButton(this IPage page, string name) => page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Types a line into the capture bar and sends it by Enter.</summary>
    public static async Task LogAsync(this IPage page, string line)
    {
        await page.Capture().FillAsync(line);
        await page.Capture().PressAsync("Enter");
    }

    public static async Task ChooseStatusAsync(this IPage page, string status)
    {
        await page.Status().ClickAsync();
        await page.Locator(".ihead [data-key-status] .menu-pop button", new() { HasText = status }).ClickAsync();
    }

    /// <summary>One of the incident's rarer actions.</summary>
    public static async Task ChooseActionAsync(this IPage page, string name)
    {
        await page.Locator(".ihead .acts summary").ClickAsync();
        await page.Locator(".ihead .acts .menu-pop").GetByText(name).ClickAsync();
    }

    /// <summary>One of the actions on an entry.</summary>
    public static async Task ChooseActionAsync(this ILocator row, string name)
    {
        await row.HoverAsync();
        await row.Locator(".acts").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
    }

    /// <summary>How far the row stands below the upper edge of the window, in CSS pixels.</summary>
    public static Task<double> TopAsync(this ILocator row) => row.EvaluateAsync<double>("row => row.getBoundingClientRect().top");
}
