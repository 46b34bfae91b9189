using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class FirstRunTests(Chromium chromium)
{
    private static readonly string[] Examples = ["INC-2014-001", "INC-2015-001"];

    [Fact]
    public async Task The_printed_link_leads_to_a_desk_with_examples_and_a_second_person()
    {
        await using var desk = new DeskProcess();
        await desk.StartAsync();
        await chromium.TestAsync(async session =>
        {
            var link = await desk.SetupLinkAsync();

            var ana = await session.OpenAsync(desk.Address);
            await ana.GotoAsync(link.AbsoluteUri);
            await ana.GetByLabel("Name shown in the timeline").FillAsync("Ana");
            await ana.GetByLabel("E-mail").FillAsync("ana@example.org");
            await ana.GetByLabel("New password").FillAsync(Desk.Password);
            await Expect(ana.GetByLabel("Load the attacks of 2014 and 2015")).ToBeCheckedAsync();
            await ana.GetByRole(AriaRole.Button, new() { Name = "Create administrator" }).ClickAsync();

            await ana.IsLiveAsync();
            foreach (var key in Examples)
                await Expect(ana.Locator("table.list tr", new() { HasText = key })).ToBeVisibleAsync();

            // the link has done its work, for whoever has it
            var stranger = await session.OpenAsync(desk.Address);
            await stranger.GotoAsync(link.AbsoluteUri);
            await Expect(stranger.GetByText("This link does not work")).ToBeVisibleAsync();
            await Expect(stranger.GetByLabel("New password")).ToHaveCountAsync(0);

            await ana.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
            await ana.GetByLabel("Name shown in the timeline").FillAsync("Beto");
            await ana.GetByLabel("E-mail").FillAsync("beto@example.org");
            await ana.GetByRole(AriaRole.Button, new() { Name = "Add person" }).ClickAsync();
            var invitation = await ana.Locator("code.secret").InnerTextAsync();

            var beto = await session.OpenAsync(desk.Address);
            await beto.GotoAsync(invitation);
            await beto.GetByLabel("New password").FillAsync(Desk.Password);
            await beto.GetByRole(AriaRole.Button, new() { Name = "Choose password and sign in" }).ClickAsync();
            await beto.IsLiveAsync();
            await Expect(beto.GetByRole(AriaRole.Link, new() { Name = "People" })).ToHaveCountAsync(0);

            // and from another browser with the password
            var again = await session.OpenAsync(desk.Address);
            await again.GotoAsync($"/incidents/{Examples[0]}");
            await again.GetByLabel("E-mail").FillAsync("beto@example.org");
            await again.GetByLabel("Password").FillAsync(Desk.Password);
            await again.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Expect(again.Locator(".ihead .key")).ToHaveTextAsync(Examples[0]);
        });
    }

    [Fact]
    public async Task A_desk_without_examples_says_what_to_do_first()
    {
        await using var desk = new DeskProcess();
        await desk.StartAsync();
        await chromium.TestAsync(async session =>
        {
            var carla = await session.OpenAsync(desk.Address, new Visitor { Locale = "es-MX" });
            await carla.GotoAsync((await desk.SetupLinkAsync()).AbsoluteUri);

            await carla.Locator("#name").FillAsync("Carla");
            await carla.Locator("#email").FillAsync("carla@example.org");
            await carla.Locator("#new-password").FillAsync(Desk.Password);
            await carla.Locator("input[name='Input.LoadExamples']").UncheckAsync();
            await carla.Locator("button.primary").ClickAsync();

            await carla.IsLiveAsync();
            await Expect(carla.Locator(".empty h2")).ToHaveTextAsync("Aún no hay incidentes");
            await Accessibility.HasNoSeriousViolationAsync(carla);
        });
    }
}
