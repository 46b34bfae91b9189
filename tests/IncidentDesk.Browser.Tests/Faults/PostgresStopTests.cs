using IncidentDesk.Browser.Tests.Desks;
using IncidentDesk.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentDesk.Browser.Tests.Faults;

[Collection(BrowserCollection.Name)]
public sealed class PostgresStopTests(Chromium chromium)
{
    [Theory]
    [InlineData(PostgresStop.Fast)]
    [InlineData(PostgresStop.Immediate)]
    public async Task While_the_database_is_away_pages_say_that_they_are_stale_and_catch_up_afterwards(PostgresStop how)
    {
        await using var postgres = await DurablePostgres.StartNewAsync();
        await using var desk = await Desk.StartAsync(postgres.ConnectionString);
        var key = await desk.Ana.DeclareAsync("Uplink saturated");
        await chromium.TestAsync(async session =>
        {
            session.Expect("503");
            var ana = await desk.OpenAsync(session, desk.Ana, key);
            var beto = await desk.OpenAsync(session, desk.Beto, key);
            await ana.LogAsync("known before");
            await Expect(beto.Row("known before")).ToBeVisibleAsync();

            await postgres.StopAsync(how);

            await Expect(ana.DatabaseBanner()).ToContainTextAsync("Not live since ");
            await Expect(ana.DatabaseBanner()).ToContainTextAsync("the database does not answer");
            await Expect(ana.Locator(".live")).ToHaveClassAsync("live stale");
            await Expect(beto.DatabaseBanner()).ToBeVisibleAsync();
            await Expect(beto.Row("known before")).ToBeVisibleAsync();
            await ana.LogAsync("! logged without a database");
            await Expect(ana.Outbox()).ToContainTextAsync("Not yet acknowledged");
            // what needs the database now is refused, and the page stays
            await beto.ChooseStatusAsync("Mitigating");
            await Expect(beto.GetByRole(AriaRole.Alert)).ToContainTextAsync("The database does not answer now");
            await Expect(beto.Locator("#blazor-error-ui")).ToBeHiddenAsync();
            await Expect(beto.Row("known before")).ToBeVisibleAsync();

            await postgres.StartAsync();

            await Expect(ana.DatabaseBanner()).ToHaveCountAsync(0);
            await Expect(beto.DatabaseBanner()).ToHaveCountAsync(0);
            await ana.IsLiveAsync();
            await Expect(beto.Row("logged without a database")).ToHaveCountAsync(1, new() { Timeout = 40_000 });
            await Expect(ana.Outbox()).ToHaveCountAsync(0);
            await beto.LogAsync("? traffic falls");
            await Expect(ana.Row("traffic falls")).ToBeVisibleAsync();

            var log = await desk.Ana.TimelineAsync(key);
            Assert.Equal(["known before", "logged without a database", "traffic falls"], log.Where(e => e.Kind != "incident").Select(e => e.Body));
            Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Sequence));
        });
    }
}
