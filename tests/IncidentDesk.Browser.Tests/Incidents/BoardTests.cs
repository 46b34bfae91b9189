using System.Globalization;
using IncidentDesk.Browser.Tests.Desks;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Incidents;

[Collection(BrowserCollection.Name)]
public sealed class BoardTests(Chromium chromium, SharedDesks desks)
{
    [Fact]
    public async Task What_a_colleague_does_appears_on_an_open_board_and_the_keyboard_shows_its_card() => await chromium.TestAsync(async session =>
    {
        var desk = await desks.OnAsync(Engine.Sqlite);
        var key = await desk.Ana.DeclareAsync("Name servers flooded");
        var page = await desk.VisitAsync(session, desk.Beto);
        await page.GoLiveAsync($"/incidents/{key}/board");
        await Expect(page.Locator("main .empty")).ToBeVisibleAsync();

        await WaveAsync(desk, key);
        await desk.Ana.DefendAsync(key, "Rate limit of the name servers");
        await Expect(page.Locator(".board .wave")).ToHaveCountAsync(1);
        await Expect(page.Locator(".board .ml")).ToHaveCountAsync(1);
        await Expect(page.Locator(".twin tbody tr")).ToHaveCountAsync(2);

        await page.Locator(".bwrap").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".boardcard")).ToContainTextAsync("Rate limit of the name servers");
        await Expect(page.Locator(".board .ml")).ToHaveAttributeAsync("aria-describedby", "board-card");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".boardcard")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("+");
        await page.WaitForURLAsync("**/board?from=*");
        await page.Keyboard.PressAsync("0");
        await page.WaitForURLAsync(url => !url.Contains("from=", StringComparison.Ordinal));

        var svg = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-board-svg]").ClickAsync());
        Assert.Equal($"{key}-board.svg", svg.SuggestedFilename);
        var png = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-board-png]").ClickAsync());
        Assert.Equal($"{key}-board.png", png.SuggestedFilename);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await File.ReadAllBytesAsync((await png.PathAsync())!)).Take(4).Select(b => (int)b));
    });

    /// <summary>A wave as another process writes it.</summary>
    private static async Task WaveAsync(Desk desk, string key)
    {
        await using var connection = new SqliteConnection($"Data Source={Directory.GetFiles(desk.Process.DataDirectory, "*.db").Single()}");
        await connection.OpenAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = """
            INSERT INTO AttackWaves (Id, IncidentId, Number, Vector, FromAt, FromPrecision, MeasuredAt, Signature, Notes, Countries, Networks, IsWithdrawn, CreatedAt, CreatedByName, Version)
            SELECT $id, Id, 1, 'dns-query-flood', $at, 'Exact', '', '', '', '[]', '[]', 0, $at, 'Ana', 1 FROM Incidents WHERE Key = $key
            """;
        insert.Parameters.AddWithValue("$id", Guid.CreateVersion7().ToString().ToUpperInvariant());
        insert.Parameters.AddWithValue("$at", DateTime.UtcNow.AddMinutes(-30).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        insert.Parameters.AddWithValue("$key", key);
        Assert.Equal(1, await insert.ExecuteNonQueryAsync());
    }
}
