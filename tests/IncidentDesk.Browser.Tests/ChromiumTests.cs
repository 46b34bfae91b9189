using IncidentDesk.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace IncidentDesk.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ChromiumTests(Chromium chromium)
{
    [Fact]
    public async Task The_browser_starts_and_shows_a_page()
    {
        await using var site = await SiteAsync("<h1>Guardia</h1><script src='/clock.js'></script>", "document.title = new Date(0).toString() + navigator.language");
        await chromium.TestAsync(async session =>
        {
            var page = await session.OpenAsync(Address(site), new Visitor { Locale = "es-MX", Zone = "America/Mexico_City", Width = 390, Dark = true });
            await page.GotoAsync("/");

            await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Guardia");
            var title = await page.TitleAsync();
            Assert.Contains("Dec 31 1969 18:00:00", title, StringComparison.Ordinal);
            Assert.EndsWith("es-MX", title, StringComparison.Ordinal);
            Assert.Equal(390, await page.EvaluateAsync<int>("innerWidth"));
            Assert.True(await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
            await Accessibility.HasNoSeriousViolationAsync(page);
        });
    }

    [Theory]
    [InlineData("throw new Error('draft lost')", "draft lost")]
    [InlineData("console.error('circuit gone')", "circuit gone")]
    public async Task An_error_in_a_page_fails_the_test_unless_it_was_expected(string script, string error)
    {
        await using var site = await SiteAsync("<h1>Shift</h1><script src='/clock.js'></script>", script);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => VisitAsync(expected: null));
        Assert.Contains(error, failure.Message, StringComparison.Ordinal);
        var picture = Path.Combine(Checkout.Root, "TestResults", $"{nameof(An_error_in_a_page_fails_the_test_unless_it_was_expected)}-1.png");
        Assert.True(File.Exists(picture));
        File.Delete(picture);

        await VisitAsync(expected: error);
        Assert.False(File.Exists(picture));

        Task VisitAsync(string? expected) => chromium.TestAsync(async session =>
        {
            if (expected is not null)
                session.Expect(expected);
            var page = await session.OpenAsync(Address(site));
            await page.GotoAsync("/");
            // the script has run: what it reported has been heard before this answer
            await page.EvaluateAsync("1");
        });
    }

    [Fact]
    public async Task A_violation_of_accessibility_fails_the_test()
    {
        await using var site = await SiteAsync("<img src='/none.png'>", "");
        await chromium.TestAsync(async session =>
        {
            session.Expect("404");
            var page = await session.OpenAsync(Address(site));
            await page.GotoAsync("/");

            var failure = await Assert.ThrowsAnyAsync<Exception>(() => Accessibility.HasNoSeriousViolationAsync(page));
            Assert.Contains("image-alt", failure.Message, StringComparison.Ordinal);
        });
    }

    /// <summary>A page under the policy that the desk itself sends.</summary>
    private static async Task<WebApplication> SiteAsync(string body, string script)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Run(async context =>
        {
            (context.Response.StatusCode, context.Response.ContentType, var content) = context.Request.Path.Value switch
            {
                "/" => (200, "text/html; charset=utf-8", $"<!doctype html><html lang='es'><title>Desk</title><link rel='icon' href='data:,'><main>{body}</main></html>"),
                "/clock.js" => (200, "text/javascript", script),
                _ => (404, "text/plain", ""),
            };
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:";
            await context.Response.WriteAsync(content);
        });
        await site.StartAsync();
        return site;
    }

    private static Uri Address(WebApplication site) => new(site.Urls.Single());
}
