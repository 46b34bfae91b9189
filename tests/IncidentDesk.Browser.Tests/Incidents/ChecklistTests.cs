using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Incidents;

/// <summary>Checklists, beside the timeline.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ChecklistTests(Chromium chromium, SharedDesks desks)
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_list_is_attached_and_ticked_by_keyboard_and_the_other_sees_it_live_and_in_the_timeline(Engine engine) => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(engine);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        var beto = await desk.OpenAsync(session, desk.Beto, key);
        var carla = await desk.OpenAsync(session, desk.Carla, key, new Visitor { Locale = "es" });
        var keys = beto.Keyboard;

        await beto.Locator("#steps .offers summary").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(beto.Locator("#steps .offers button")).ToHaveCountAsync(5);
        await beto.Locator("#steps .offers button", new() { HasText = "Volumetric attack" }).FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(carla.Locator("#steps h3")).ToHaveTextAsync("Ataque volumétrico");
        await Expect(carla.Row("Lista agregada: Ataque volumétrico")).ToHaveCountAsync(1);

        var (mine, theirs) = (beto.Locator("#steps input"), carla.Locator("#steps input"));
        await mine.First.FocusAsync();
        await keys.PressAsync("Space");
        await Expect(theirs.First).ToBeCheckedAsync();
        await Expect(carla.Locator("#steps .n")).ToHaveTextAsync("1 de 9");
        await Expect(carla.Locator("#steps .by")).ToContainTextAsync("Beto");
        await Expect(carla.Row("Ataque volumétrico: hecho, Mide en el borde")).ToHaveCountAsync(1);
        await Expect(mine.First).ToBeFocusedAsync();

        await theirs.Nth(1).CheckAsync();
        await Expect(beto.Locator("#steps .n")).ToHaveTextAsync("2 of 9");
        await theirs.First.UncheckAsync();
        await Expect(mine.First).Not.ToBeCheckedAsync();
        await Expect(beto.Row("Volumetric attack: open again, Measure at the edge")).ToHaveCountAsync(1);

        await carla.Locator("#steps .rowmenu summary").ClickAsync();
        await carla.Locator("#steps .rowmenu button").ClickAsync();
        await Expect(beto.Locator("#steps .checks")).ToHaveCountAsync(0);
        await Expect(beto.Row("Checklist removed: Volumetric attack")).ToHaveCountAsync(1);
    });

    [Fact]
    public async Task Administrators_write_a_list_and_responders_read_it() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var ana = await desk.VisitAsync(session, desk.Ana);
        await ana.GoLiveAsync("/checklists");
        await ana.GetByRole(AriaRole.Button, new() { Name = "Add a checklist" }).ClickAsync();
        await ana.Locator("#checklist-en").FillAsync("Registrar hijacked");
        await ana.Locator("#checklist-es").FillAsync("Registrador secuestrado");
        await ana.GetByLabel("Step 1 in English").FillAsync("Lock the domain");
        await ana.DialogButton("Save").ClickAsync();
        await Expect(ana.OpenDialog()).ToContainTextAsync("Step 1 needs its text in English and in Spanish.");
        await ana.GetByLabel("Step 1 in Spanish").FillAsync("Bloquea el dominio");
        await ana.DialogButton("Save").ClickAsync();
        await Expect(ana.OpenDialog()).ToHaveCountAsync(0);

        var carla = await desk.VisitAsync(session, desk.Carla, new Visitor { Locale = "es" });
        await carla.GoLiveAsync("/checklists");
        await carla.GetByText("Registrador secuestrado").ClickAsync();
        await Expect(carla.GetByText("Bloquea el dominio")).ToBeVisibleAsync();
        await Expect(carla.Locator("#main button")).ToHaveCountAsync(0);

        // out of the way of the other tests on this desk
        await ana.GetByText("Registrar hijacked").ClickAsync();
        await ana.GetByRole(AriaRole.Button, new() { Name = "Edit: Registrar hijacked" }).ClickAsync();
        await ana.OpenDialog().GetByText("No longer offer it").ClickAsync();
        await ana.DialogButton("Save").ClickAsync();
        await Expect(ana.Locator(".checklists .off")).ToContainTextAsync("no longer offered");
    });
}
