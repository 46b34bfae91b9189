using System.Runtime.CompilerServices;
using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;

namespace IncidentDesk.Browser.Tests;

/// <summary>All browser tests belong to this collection: one browser and one running desk of each engine for the suite, one test at a time.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<SharedDesks>
{
    public const string Name = "Browser";
}

/// <summary>The browser of the suite. Every test gets sessions of its own in it: cookies, storage and cache are not shared.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float ExpectMilliseconds = 15_000;
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>
    /// Runs a test, which opens as many people's pages as it needs. Afterwards every error on a browser's console and every
    /// exception in a page's script fails the test, unless <see cref="BrowserSession.Expect"/> announced it. When the test
    /// fails, a picture of each open page is left in <c>TestResults</c>.
    /// </summary>
    public async Task TestAsync(Func<BrowserSession, Task> test, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(test);
        await using var session = new BrowserSession(_browser!, name);
        try
        {
            await test(session);
            session.FailOnErrors();
        }
        catch
        {
            await session.KeepPicturesAsync();
            throw;
        }
    }

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(ExpectMilliseconds);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("DESK_TEST_CHROMIUM") is { Length: > 0 } given)
            return given;
        return Array.Find(Places, File.Exists)
            ?? throw new InvalidOperationException($"These tests need Chromium: install the package 'chromium' (looked for at {string.Join(", ", Places)}), or set DESK_TEST_CHROMIUM to its path.");
    }
}
