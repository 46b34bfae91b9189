using System.Globalization;
using System.Net;
using IncidentDesk.Web.Hosting.Door;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Door;

public sealed class DoorTests
{
    private const string TrustThisMachine = "Desk:TrustedProxies=127.0.0.1";

    // Refilled so slowly that no test sees it.
    private static Rate Few(int burst) => new(burst, 0.001);

    [Fact]
    public async Task A_network_that_asks_too_often_waits_and_others_come_in()
    {
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { Anonymous = Few(3) }, settings: TrustThisMachine);
        for (var i = 1; i <= 3; i++) (await FromAsync(desk, $"192.0.2.{i}", "/signin")).Expect(HttpStatusCode.OK);

        var page = (await FromAsync(desk, "192.0.2.4", "/signin", ("Accept-Language", "es"))).Expect(HttpStatusCode.TooManyRequests);
        Assert.Equal("text/html", page.MediaType);
        Assert.Contains("desde tu red", page.Text, StringComparison.Ordinal);
        Assert.Equal("es", page.Header("Content-Language"));
        Assert.True(int.Parse(page.Header("Retry-After"), CultureInfo.InvariantCulture) > 0);
        Assert.Contains("default-src 'self'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        var problem = (await FromAsync(desk, "192.0.2.4", "/api/v1/incidents", ("Accept-Language", "en"))).ExpectProblem(HttpStatusCode.TooManyRequests, "Request.TooManyOfNetwork");
        Assert.Contains("your network", problem.Detail, StringComparison.Ordinal);

        (await FromAsync(desk, "192.0.2.4", "/healthz")).Expect(HttpStatusCode.OK);
        (await FromAsync(desk, "192.0.2.4", "/css/desk.css")).Expect(HttpStatusCode.OK);
        (await FromAsync(desk, "198.51.100.1", "/signin")).Expect(HttpStatusCode.OK);
        (await FromAsync(desk, "2001:db8::1", "/signin")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Made_up_tokens_and_cookies_are_strangers_and_are_refused_before_anybody_looks_them_up()
    {
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { Anonymous = Few(3) }, settings: TrustThisMachine);
        for (var i = 0; i < 3; i++) (await FromAsync(desk, "192.0.2.1", "/api/v1/incidents", ("Authorization", $"Bearer made-up-{i}"))).Expect(HttpStatusCode.Unauthorized);
        (await FromAsync(desk, "192.0.2.1", "/api/v1/incidents", ("Authorization", "Bearer made-up-4"))).Expect(HttpStatusCode.TooManyRequests);
        (await FromAsync(desk, "192.0.2.1", "/", ("Cookie", "incidentdesk=made-up"))).Expect(HttpStatusCode.TooManyRequests);
        (await FromAsync(desk, "192.0.2.1", "/css/desk.css", ("Authorization", "Bearer made-up-5"))).Expect(HttpStatusCode.TooManyRequests);
        (await FromAsync(desk, "192.0.2.1", "/healthz", ("Authorization", "Bearer made-up-6"))).Expect(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Who_is_inside_works_on_while_their_own_network_floods_the_door()
    {
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { Anonymous = Few(12) });
        var ana = await desk.PersonAsync();
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        (await browser.GetAsync("/")).Expect(HttpStatusCode.OK);
        Answer last;
        do last = await desk.Browser().GetAsync("/signin");
        while (last.Status == HttpStatusCode.OK);
        last.Expect(HttpStatusCode.TooManyRequests);

        (await browser.GetAsync($"/incidents/{key}")).Expect(HttpStatusCode.OK);
        await ana.LogAsync(key, "logged beside the flood");
    }

    [Fact]
    public async Task A_token_that_stopped_working_is_a_stranger_again()
    {
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { Anonymous = Few(2) });
        var ana = await desk.PersonAsync();
        (await ana.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
        foreach (var token in (await desk.Get<IncidentDesk.People.MyAccount>().TokensAsync(ana.Actor, default)).Value)
            Assert.True((await desk.Get<IncidentDesk.People.MyAccount>().RevokeTokenAsync(ana.Actor, token.Id, default)).Succeeded);
        (await ana.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.Unauthorized);
        (await ana.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.Unauthorized);
        (await ana.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_program_that_runs_away_does_not_stop_the_others()
    {
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { Person = Few(5) });
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync());
        for (var i = 0; i < 5; i++) (await ana.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
        var refused = (await ana.Api("es").GetAsync("/api/v1/incidents")).ExpectProblem(HttpStatusCode.TooManyRequests, "Request.TooManyOfPerson");
        Assert.Contains("Tu cuenta", refused.Detail, StringComparison.Ordinal);
        (await ben.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Attempts_to_sign_in_have_a_narrower_lane_than_pages()
    {
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { SignIn = Few(2) });
        var ana = await desk.PersonAsync();
        for (var i = 0; i < 2; i++) (await desk.Browser().SignInAsync(ana.Email, "wrong")).Expect(HttpStatusCode.OK);
        Assert.Contains("attempts to sign in", (await desk.Browser().SignInAsync(ana.Email, WebDesk.Password)).Expect(HttpStatusCode.TooManyRequests).Text, StringComparison.Ordinal);
        (await desk.Browser().GetAsync("/signin")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_full_desk_says_so_and_the_people_inside_do_not_notice()
    {
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { Anonymous = Few(100_000), AnonymousAtOnce = 1, AnonymousWaiting = 0 });
        var ana = await desk.PersonAsync();
        (await ana.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
        // A stranger's form that does not come to its end keeps the only place; one that comes while somebody else has it is refused as well.
        var slow = new List<SlowSender>();
        try
        {
            Answer refused;
            do
            {
                slow.Add(new SlowSender(desk.Address, "POST /language HTTP/1.1\r\nHost: desk\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nto="));
                refused = await desk.Browser().GetAsync("/signin");
            }
            while (refused.Status == HttpStatusCode.OK);

            Assert.Contains("goes on working", refused.Expect(HttpStatusCode.TooManyRequests).Text, StringComparison.Ordinal);
            (await ana.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
            // And loses it soon, because nothing comes from it.
            await IncidentDesk.Testing.Poll.UntilAsync(async () => (await desk.Browser().GetAsync("/signin")).Status == HttpStatusCode.OK, TimeSpan.FromSeconds(20), "the place is free again");
        }
        finally
        {
            slow.ForEach(s => s.Dispose());
        }
    }

    [Fact]
    public async Task Forged_addresses_of_who_is_no_proxy_make_no_new_networks()
    {
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { Anonymous = Few(3) });
        for (var i = 0; i < 3; i++) (await FromAsync(desk, $"198.51.{i}.1", "/signin")).Expect(HttpStatusCode.OK);
        (await FromAsync(desk, "203.0.113.1", "/signin")).Expect(HttpStatusCode.TooManyRequests);
    }

    private static Task<Answer> FromAsync(WebDesk desk, string address, string path, params (string Name, string Value)[] headers) =>
        desk.Browser().SendAsync(HttpMethod.Get, path, null, [("X-Forwarded-For", address), .. headers]);
}
