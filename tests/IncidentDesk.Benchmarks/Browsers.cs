using Microsoft.Playwright;

namespace IncidentDesk.Benchmarks;

/// <summary>The Chromium of the run.</summary>
internal sealed class Browsers : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browsers(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public string Version => _browser.Version;

    public static async Task<Browsers> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new Browsers(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("DESK_TEST_CHROMIUM") is { Length: > 0 } given ? given : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows"],
        }));
    }

    /// <summary>Somebody's browser with a session of its own on the desk.</summary>
    public async Task<IBrowserContext> SignInAsync(Desk desk, int person = 0)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = desk.Address.AbsoluteUri, Locale = "en-US", ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(90_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/signin");
        await page.FillAsync("#email", Desk.Email(person));
        await page.FillAsync("#password", Desk.Password);
        await page.ClickAsync("button[type=submit].primary");
        await page.WaitForSelectorAsync(".live", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        await page.CloseAsync();
        return context;
    }

    /// <summary>Returns when the page's circuit has rendered the log.</summary>
    public static async Task GotoInteractiveAsync(IPage page, string path)
    {
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        // The circuit shows the frame before it has read the log.
        await page.WaitForFunctionAsync("() => document.querySelector('.live') && document.querySelector('.log [data-entry-id]')");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
