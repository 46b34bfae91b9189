using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.People;

/// <summary>Passkeys with the browser's own (virtual) authenticator.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PasskeyTests(Chromium chromium, SharedDesks desks)
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_passkey_is_added_and_signs_in_by_itself_even_while_strangers_try_the_password(Engine engine) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(engine);
        // the only address without TLS at which browsers offer passkeys
        var address = new UriBuilder(desk.Address) { Host = "localhost" }.Uri;
        using var dora = await desk.Ana.AddAsync($"Dora-{engine}", "Responder", "en", Desk.Password);
        var page = await session.OpenAsync(address);
        var authenticator = await AuthenticatorAsync(page);

        await SignInAsync(page, dora.Email, Desk.Password);
        await page.IsLiveAsync();
        await page.GotoAsync("/account/factors");
        await page.GetByLabel("What you call it").FillAsync("Laptop");
        await page.Locator("#passkey-password").FillAsync(Desk.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page.Locator(".codes li")).ToHaveCountAsync(10);
        await Expect(page.GetByText("Laptop", new() { Exact = true })).ToBeVisibleAsync();
        await SignOutAsync(page);

        // the password alone opens nothing any more
        await SignInAsync(page, dora.Email, Desk.Password);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Second step" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.IsLiveAsync();
        await SignOutAsync(page);

        for (var i = 0; i < 7; i++) await SignInAsync(page, dora.Email, "not the password of anybody");
        await Expect(page.Locator("#signin-error")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.IsLiveAsync();
        await page.GotoAsync("/account/sessions");
        await Expect(page.GetByText("by passkey").First).ToBeVisibleAsync();
        await SignOutAsync(page);

        // somebody who found the laptop and does not know its PIN
        await page.GotoAsync("/signin");
        await authenticator.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator.Id, ["isUserVerified"] = false });
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page.Locator("form[data-passkey] [role=alert]")).ToContainTextAsync("No passkey came");
    });

    private sealed record Authenticator(ICDPSession Session, string Id)
    {
        public Task SendAsync(string method, Dictionary<string, object> arguments) => Session.SendAsync(method, arguments);
    }

    private static async Task<Authenticator> AuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new Authenticator(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GotoAsync("/signin");
        await page.Locator("#email").FillAsync(email);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("button.primary").ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator(".appbar summary.av").ClickAsync();
        await page.Locator("form[action='/signout'] button").ClickAsync();
        await page.WaitForURLAsync("**/signin");
    }
}
