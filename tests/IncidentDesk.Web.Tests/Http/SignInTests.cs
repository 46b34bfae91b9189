using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

/// <summary>Second factors, stolen and planted cookies, and floods at the door, through the real host.</summary>
public sealed class SignInTests
{
    private const string Password = WebDesk.Password;

    [Theory, EngineData]
    public async Task An_authenticator_is_set_up_on_its_page_and_asked_for_at_the_next_sign_in(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var (secret, codes) = await EnrolAsync(await ana.BrowserAsync());
        Assert.Equal(SecondFactors.RecoveryCodes, codes.Count);

        var browser = ana.Desk.Browser();
        Assert.Equal("/signin/code", To(await browser.SignInAsync(ana.Email, Password, "/mitigations")));
        (await browser.GetAsync("/")).Expect(HttpStatusCode.Redirect);
        Assert.Contains("not right", (await CodeAsync(browser, "000000")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        var code = await NextCodeAsync(ana, secret);
        Assert.Equal("/mitigations", To(await CodeAsync(browser, code)));
        (await browser.GetAsync("/")).Expect(HttpStatusCode.OK);
        // what was half done is over
        Assert.Equal("/signin", To(await browser.GetAsync("/signin/code")));

        // whoever read the code along comes too late
        var thief = ana.Desk.Browser();
        (await thief.SignInAsync(ana.Email, Password)).Expect(HttpStatusCode.Redirect);
        Assert.Contains("used before", (await CodeAsync(thief, code)).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        (await CodeAsync(thief, codes[0])).Expect(HttpStatusCode.Redirect);
        (await thief.GetAsync("/")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_for_another_password_does_not_go_round_the_second_factor()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, admin) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        await EnrolAsync(await ana.BrowserAsync());
        var link = (await desk.Get<ManagePeople>().NewLinkAsync(ana.Id, admin.Actor, default)).Value;
        var browser = desk.Browser();
        Assert.Equal("/signin/code", To(await browser.SubmitAsync(Links.Welcome(link.Token), "form[aria-labelledby=welcome-title]", ("Input.Password", "lagoon pepper trombone"))));
        (await browser.GetAsync("/")).Expect(HttpStatusCode.Redirect);
    }

    [Theory, EngineData]
    public async Task A_demanded_second_factor_comes_before_everything_else(Engine engine)
    {
        // demands are the whole desk's
        await using var desk = await WebDesk.StartAsync(engine);
        var (ana, admin) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        Assert.True((await desk.Get<HelpToSignIn>().DemandSecondFactorAsync(new HashSet<PersonRole> { PersonRole.Responder }, admin.Actor, default)).Succeeded);

        foreach (var path in new[] { "/", $"/incidents/{key}", "/account", "/account/tokens", "/declare", "/not-there" }) Assert.Equal(Links.Factors, To(await browser.GetAsync(path)));
        (await browser.GetAsync($"/api/v1/incidents/{key}")).ExpectProblem(HttpStatusCode.Forbidden, "Factor.EnrolFirst");
        (await browser.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1")).Expect(HttpStatusCode.Forbidden);
        (await browser.SendAsync(HttpMethod.Post, "/hubs/incidents/negotiate?negotiateVersion=1")).Expect(HttpStatusCode.Forbidden);
        (await browser.SendAsync(HttpMethod.Post, $"/incidents/{key}/log", new FormUrlEncodedContent([KeyValuePair.Create("body", "x")]))).Expect(HttpStatusCode.Forbidden);
        (await browser.GetAsync("/css/desk.css")).Expect(HttpStatusCode.OK);
        Assert.Single(await admin.RowsAsync(key));

        await EnrolAsync(browser);
        (await browser.GetAsync("/")).Expect(HttpStatusCode.OK);
        // the administrator's role demands none
        (await (await admin.BrowserAsync()).GetAsync("/")).Expect(HttpStatusCode.OK);
    }

    [Theory, EngineData]
    public async Task A_stolen_cookie_is_worth_nothing_after_sign_out(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var (browser, thief) = (await ana.BrowserAsync(), ana.Desk.Browser());
        foreach (Cookie cookie in browser.Cookies.GetCookies(ana.Desk.Address)) thief.Cookies.Add(ana.Desk.Address, new Cookie(cookie.Name, cookie.Value));
        (await thief.GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
        (await browser.SubmitAsync("/", "form[action='/signout']")).Expect(HttpStatusCode.Redirect);
        (await thief.GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.Unauthorized);
        (await thief.GetAsync("/")).Expect(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_session_that_somebody_planted_is_not_the_one_that_is_signed_in()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, eve) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Eve"));
        var evil = await eve.BrowserAsync();
        var planted = SessionCookie(evil, desk);
        foreach (var value in new[] { planted, "made up", new string('x', 3900), "" })
        {
            var browser = desk.Browser();
            browser.Cookies.Add(desk.Address, new Cookie("incidentdesk", value));
            (await browser.SignInAsync(ana.Email, Password)).Expect(HttpStatusCode.Redirect);
            Assert.NotEqual(value, SessionCookie(browser, desk));
            Assert.Contains(ana.Name, (await browser.GetAsync("/account")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        }
        // the planted one has ended with it
        (await evil.GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Over_tls_the_cookies_are_the_hosts_own_and_those_of_plain_http_are_nobodys()
    {
        await using var desk = await WebDesk.StartAsync(settings: ["Desk:TrustedProxies=127.0.0.1", "Desk:PublicUrl=https://desk.example.org"]);
        var ana = await desk.PersonAsync();
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = desk.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var door = await http.GetAsync(new Uri("/signin", UriKind.Relative));
        var form = Assert.Single(door.Headers.GetValues("Set-Cookie"), c => c.Contains("incidentdesk-form", StringComparison.Ordinal));
        IsHostsOwn(form);
        var token = Browser.Parse(await Answer.OfAsync(door)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/signin", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["_handler"] = "signin", ["Input.Email"] = ana.Email, ["Input.Password"] = Password }),
        };
        request.Headers.Add("Cookie", form.Split(';')[0]);
        using var signedIn = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var cookies = signedIn.Headers.GetValues("Set-Cookie").Where(c => !c.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Equal(2, cookies.Count);
        Assert.All(cookies, IsHostsOwn);

        var session = cookies.Single(c => c.StartsWith("__Host-incidentdesk=", StringComparison.Ordinal)).Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(session));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(session.Replace("__Host-", "", StringComparison.Ordinal)));

        static void IsHostsOwn(string cookie)
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            foreach (var part in new[] { "; path=/", "; secure", "; httponly", "; samesite=" }) Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        }

        async Task<HttpStatusCode> StatusAsync(string cookie)
        {
            using var api = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/incidents", UriKind.Relative));
            api.Headers.Add("Cookie", cookie);
            using var answer = await http.SendAsync(api);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_token_does_what_it_is_good_for_and_opens_no_page()
    {
        var desk = await WebDesk.SharedAsync();
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        var key = await admin.DeclareAsync();
        var (read, log, administer) = (await TokenAsync(TokenScopes.Read), await TokenAsync(TokenScopes.Log), await TokenAsync(TokenScopes.Administer));
        (await read.GetAsync($"/api/v1/incidents/{key}")).Expect(HttpStatusCode.OK);
        (await read.PostAsync($"/api/v1/incidents/{key}/timeline", new { entryId = Guid.CreateVersion7(), body = "x" })).ExpectProblem(HttpStatusCode.Forbidden, "Token.ScopeMissing");
        (await read.PostAsync("/hubs/incidents/negotiate?negotiateVersion=1", new { })).Expect(HttpStatusCode.OK);
        (await log.PostAsync($"/api/v1/incidents/{key}/timeline", new { entryId = Guid.CreateVersion7(), body = "x" })).Expect(HttpStatusCode.Created);
        (await log.GetAsync($"/api/v1/incidents/{key}")).ExpectProblem(HttpStatusCode.Forbidden, "Token.ScopeMissing");
        (await log.PutAsync("/api/v1/mitigation-kinds/scope", new { nameEn = "Scope", nameEs = "Alcance", actor = "own" })).ExpectProblem(HttpStatusCode.Forbidden, "Token.ScopeMissing");
        (await administer.PutAsync("/api/v1/mitigation-kinds/scope", new { nameEn = "Scope", nameEs = "Alcance", actor = "own" })).Expect(HttpStatusCode.OK);
        (await administer.GetAsync($"/api/v1/incidents/{key}")).ExpectProblem(HttpStatusCode.Forbidden, "Token.ScopeMissing");
        foreach (var path in new[] { "/", "/people", "/account/tokens", $"/incidents/{key}" }) (await administer.GetAsync(path)).Expect(HttpStatusCode.Redirect);
        Assert.Equal(2, (await admin.RowsAsync(key)).Count);

        async Task<Api> TokenAsync(TokenScopes scopes) => desk.Program((await desk.Get<MyAccount>().CreateTokenAsync(admin.Actor, "scoped", scopes, TimeSpan.FromDays(1), default)).Value);
    }

    [Fact]
    public async Task A_token_is_made_on_its_page_by_somebody_who_knows_the_password()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var browser = await ana.BrowserAsync();
        var refused = (await browser.SubmitAsync(Links.Tokens, "form.form", ("Token.Name", "bot"), ("Token.Read", "true"), ("Token.Password", "wrong"))).Expect(HttpStatusCode.OK);
        Assert.Null(Browser.Parse(refused).QuerySelector("code.secret"));
        var made = Browser.Parse((await browser.SubmitAsync(Links.Tokens, "form.form", ("Token.Name", "bot"), ("Token.Read", "true"), ("Token.Password", Password))).Expect(HttpStatusCode.OK));
        (await ana.Desk.Program(made.QuerySelector("code.secret")!.TextContent).GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
    }

    [Theory, EngineData]
    public async Task The_owner_signs_in_while_a_thousand_addresses_hammer_on_the_name(Engine engine)
    {
        await using var desk = await WebDesk.StartAsync(engine, settings: "Desk:TrustedProxies=127.0.0.1");
        var ana = await desk.PersonAsync();
        var browser = await ana.BrowserAsync();
        (await browser.SubmitAsync("/", "form[action='/signout']")).Expect(HttpStatusCode.Redirect);

        var strangers = desk.Browser();
        var form = (IHtmlFormElement)(await strangers.PageAsync("/signin")).QuerySelector("form[aria-labelledby=signin-title]")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)).Append(new("Input.Email", ana.Email)).Append(new("Input.Password", "guess of a stranger")).ToList();
        var tried = 0;
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref tried); i <= 1000 || !stop.IsCancellationRequested; i = Interlocked.Increment(ref tried))
            {
                var answer = await strangers.SendAsync(HttpMethod.Post, "/signin", new FormUrlEncodedContent(fields), ("X-Forwarded-For", $"2001:db8:{i:x}::1"));
                Assert.NotEqual(HttpStatusCode.Redirect, answer.Status);
            }
        })).ToList();

        for (var i = 0; i < 3; i++)
        {
            (await browser.SignInAsync(ana.Email, Password)).Expect(HttpStatusCode.Redirect);
            (await browser.GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
            (await browser.SubmitAsync("/", "form[action='/signout']")).Expect(HttpStatusCode.Redirect);
        }
        await stop.CancelAsync();
        await Task.WhenAll(flood);
        Assert.True(tried >= 1000);
    }

    [Fact]
    public async Task A_session_ends_for_all_who_hold_it_when_its_owner_ends_it_elsewhere()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var (one, other) = (await ana.BrowserAsync(), await ana.BrowserAsync());
        Assert.Equal(2, (await one.PageAsync(Links.Sessions)).QuerySelectorAll(".rows > li").Length);
        (await one.SubmitAsync(Links.Sessions, "main section > form")).Expect(HttpStatusCode.OK);
        (await other.GetAsync("/")).Expect(HttpStatusCode.Redirect);
        Assert.Single((await one.PageAsync(Links.Sessions)).QuerySelectorAll(".rows > li"));
        Assert.Equal(Links.SignIn, To(await one.SubmitAsync(Links.Sessions, ".rows form")));
        (await one.GetAsync("/")).Expect(HttpStatusCode.Redirect);
    }

    /// <summary>Sets up an authenticator on the page.</summary>
    private static async Task<(string Secret, IReadOnlyList<string> Codes)> EnrolAsync(Browser browser)
    {
        var page = Browser.Parse((await browser.SubmitAsync(Links.Factors, "form:has(> input[value='begin-app'])", ("Confirm.Password", Password))).Expect(HttpStatusCode.OK));
        Assert.NotNull(page.QuerySelector(".qr svg"));
        var secret = page.QuerySelector("code.secret")!.TextContent;
        var form = (IHtmlFormElement)page.QuerySelector("form:has(#code)")!;
        Assert.Contains("not right", (await browser.SubmitAsync(Links.Factors, form, ("Confirm.Code", "000000"), ("Confirm.Password", Password))).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        // nor by somebody who found the session open
        Assert.DoesNotContain("class=\"codes\"", (await browser.SubmitAsync(Links.Factors, form, ("Confirm.Code", new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp()), ("Confirm.Password", "wrong"))).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        var done = Browser.Parse((await browser.SubmitAsync(Links.Factors, form, ("Confirm.Code", new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp()), ("Confirm.Password", Password))).Expect(HttpStatusCode.OK));
        return (secret, [.. done.QuerySelectorAll(".codes code").Select(c => c.TextContent)]);
    }

    private static Task<Answer> CodeAsync(Browser browser, string code) => browser.SubmitAsync("/signin/code", "form[aria-labelledby=code-title]", ("Input.Code", code));

    /// <summary>A code of the next half minute, which is accepted already.</summary>
    private static async Task<string> NextCodeAsync(Somebody somebody, string secret)
    {
        await using var db = await somebody.Desk.Get<IncidentDesk.Data.DeskDatabase>().OpenAsync(default);
        var last = await db.Authenticators.Where(a => a.PersonId == somebody.Id).Select(a => a.LastStep).SingleAsync();
        return new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(DateTimeOffset.FromUnixTimeSeconds((last + 1) * 30).UtcDateTime);
    }

    private static string To(Answer answer) => new Uri(new Uri("http://desk"), answer.Expect(HttpStatusCode.Redirect).Location).PathAndQuery;

    private static string SessionCookie(Browser browser, WebDesk desk) => browser.Cookies.GetCookies(desk.Address).Single(c => c.Name == "incidentdesk").Value;
}
