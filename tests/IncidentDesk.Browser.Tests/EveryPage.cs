using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;

namespace IncidentDesk.Browser.Tests;

/// <summary>What is looked for on every page, and what stands on them.</summary>
internal static class EveryPage
{
    private static readonly (int Width, int Height)[] Windows = [(390, 844), (1024, 768), (1440, 900)];

    /// <summary>The page as it is now, in its themes and in each window. Leaves it light and wide.</summary>
    public static async Task IsFineAsync(IPage page, string what)
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

    /// <summary>Something hit, something against it, and what was measured.</summary>
    public static async Task DefenceAsync(Desk desk, string key, string language)
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
}
