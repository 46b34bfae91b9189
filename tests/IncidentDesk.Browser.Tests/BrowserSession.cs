using System.Collections.Concurrent;
using IncidentDesk.Testing;
using Microsoft.Playwright;

namespace IncidentDesk.Browser.Tests;

/// <summary>What a person's browser is like.</summary>
public sealed record Visitor
{
    public string Locale { get; init; } = "en-US";

    /// <summary>IANA name of the browser's zone.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Width of the window in CSS pixels; the product is made for 390, 1024 and 1440.</summary>
    public int Width { get; init; } = 1440;

    public int Height { get; init; } = 900;

    public bool Dark { get; init; }

    public bool HighContrast { get; init; }

    /// <summary>Without script only plain HTML works.</summary>
    public bool Script { get; init; } = true;
}

/// <summary>The browsers of one test.</summary>
public sealed class BrowserSession(IBrowser browser, string test) : IAsyncDisposable
{
    private const float ActionMilliseconds = 15_000;
    private readonly List<IBrowserContext> _contexts = [];
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentBag<string> _expected = [];

    /// <summary>An empty page of a person who has never been here; <paramref name="address"/> is what relative links start from.</summary>
    public async Task<IPage> OpenAsync(Uri address, Visitor? visitor = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        visitor ??= new Visitor();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.AbsoluteUri,
            Locale = visitor.Locale,
            TimezoneId = visitor.Zone,
            ViewportSize = new ViewportSize { Width = visitor.Width, Height = visitor.Height },
            ColorScheme = visitor.Dark ? ColorScheme.Dark : ColorScheme.Light,
            Contrast = visitor.HighContrast ? Contrast.More : Contrast.NoPreference,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = visitor.Script,
        });
        _contexts.Add(context);
        context.SetDefaultTimeout(ActionMilliseconds);
        context.Console += (_, message) =>
        {
            if (string.Equals(message.Type, "error", StringComparison.Ordinal))
                _errors.Enqueue($"{message.Text} ({message.Location})");
        };
        context.WebError += (_, error) => _errors.Enqueue(error.Error);
        return await context.NewPageAsync();
    }

    /// <summary>Console errors that contain <paramref name="text"/> belong to what this test does: a server that is gone, a refused request.</summary>
    public void Expect(string text) => _expected.Add(text);

    /// <summary>The desk goes away under open pages: their connections break, and they try to come back.</summary>
    public void ExpectDeskAway()
    {
        foreach (var text in (string[])["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "503", "WebSocket", "Connection disconnected", "Failed to fetch", "Failed to start the connection", "Failed to complete negotiation"]) Expect(text);
    }

    /// <exception cref="Xunit.Sdk.XunitException">A browser has reported an error that nobody expected.</exception>
    internal void FailOnErrors()
    {
        var unexpected = _errors.Where(error => !_expected.Any(text => error.Contains(text, StringComparison.Ordinal))).ToList();
        if (unexpected.Count > 0)
            Assert.Fail($"The browser reports:\n{string.Join('\n', unexpected)}");
    }

    /// <summary>A picture of each page that is still open; never in the way of the test's own failure.</summary>
    internal async Task KeepPicturesAsync()
    {
        var number = 0;
        foreach (var page in _contexts.SelectMany(context => context.Pages))
        {
            number++;
            try
            {
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Checkout.Root, "TestResults", $"{test}-{number}.png") });
            }
            catch (Exception failure) when (failure is PlaywrightException or TimeoutException or IOException)
            {
                await Console.Error.WriteLineAsync($"No picture of page {number}: {failure.Message}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.DisposeAsync();
    }
}
