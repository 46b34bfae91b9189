using System.Net;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class SessionTests
{
    [Theory, EngineData]
    public async Task Signing_in_opens_the_desk_and_signing_out_closes_it(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var browser = ana.Desk.Browser();
        Assert.Equal("/", Path((await browser.SignInAsync(ana.Email, WebDesk.Password)).Expect(HttpStatusCode.Redirect)));
        var cookie = Assert.Single(browser.Cookies.GetCookies(ana.Desk.Address), c => c.Name == "incidentdesk");
        Assert.True(cookie.HttpOnly);
        (await browser.GetAsync("/")).Expect(HttpStatusCode.OK);

        Assert.Equal("/signin", Path((await browser.SubmitAsync("/", "form[action='/signout']")).Expect(HttpStatusCode.Redirect)));
        (await browser.GetAsync("/")).Expect(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_one_answer()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var wrong = (await ana.Desk.Browser().SignInAsync(ana.Email, "not the password")).Expect(HttpStatusCode.OK);
        var unknown = (await ana.Desk.Browser().SignInAsync("nobody@desk.example", "not the password")).Expect(HttpStatusCode.OK);
        var nothing = (await ana.Desk.Browser().SignInAsync("", "")).Expect(HttpStatusCode.OK);
        Assert.Equal(Error(wrong), Error(unknown));
        Assert.Equal(Error(wrong), Error(nothing));

        static string Error(Answer answer) => Browser.Parse(answer).QuerySelector("#signin-error")!.TextContent.Trim();
    }

    [Fact]
    public async Task A_disabled_person_cannot_sign_in()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, admin) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        Assert.True((await desk.Get<ManagePeople>().ChangeAsync(ana.Id, PersonRole.Responder, disabled: true, admin.Actor, default)).Succeeded);
        Assert.NotNull(Browser.Parse((await desk.Browser().SignInAsync(ana.Email, WebDesk.Password)).Expect(HttpStatusCode.OK)).QuerySelector("#signin-error"));
    }

    [Theory]
    [InlineData("/account", "/account")]
    [InlineData("/incidents?severity=SEV1", "/incidents?severity=SEV1")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("evil.example", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_leads_to_pages_of_the_desk_only(string to, string expected)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        Assert.Equal(expected, Path((await ana.Desk.Browser().SignInAsync(ana.Email, WebDesk.Password, to)).Expect(HttpStatusCode.Redirect)));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("https://evil.example")]
    public async Task Changing_the_language_leads_to_pages_of_the_desk_only(string back)
    {
        var browser = (await WebDesk.SharedAsync()).Browser();
        Assert.Equal("/", Path((await browser.SubmitAsync("/signin", "form[action='/language']", ("to", "es"), ("back", back))).Expect(HttpStatusCode.Redirect)));
    }

    [Fact]
    public async Task The_door_remembers_the_way()
    {
        var browser = (await WebDesk.SharedAsync()).Browser();
        var sent = (await browser.GetAsync("/incidents/INC-2026-001?entry=5")).Expect(HttpStatusCode.Redirect);
        Assert.Equal("/signin?to=" + Uri.EscapeDataString("/incidents/INC-2026-001?entry=5"), Path(sent), ignoreCase: true);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        foreach (var (path, field) in new[] { ($"/incidents/{key}/log", "body"), ("/signout", "x"), ("/language", "to"), ("/declare", "Input.Title"), ("/account", "Profile.Name") })
        {
            var refused = await browser.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([KeyValuePair.Create(field, "es"), KeyValuePair.Create("_handler", "declare")]));
            refused.Expect(HttpStatusCode.BadRequest);
        }
        Assert.Single(await ana.RowsAsync(key));
        (await browser.GetAsync("/")).Expect(HttpStatusCode.OK);
    }

    [Theory, EngineData]
    public async Task A_change_of_role_takes_effect_at_the_next_request(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, admin) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        var capture = (AngleSharp.Html.Dom.IHtmlFormElement)AngleSharp.Dom.ParentNodeExtensions.QuerySelector<AngleSharp.Html.Dom.IHtmlFormElement>(await browser.PageAsync($"/incidents/{key}"), "#capture")!;

        Assert.True((await desk.Get<ManagePeople>().ChangeAsync(ana.Id, PersonRole.Observer, disabled: false, admin.Actor, default)).Succeeded);
        (await browser.SubmitAsync($"/incidents/{key}", capture, ("body", "too late"))).Expect(HttpStatusCode.Forbidden);
        (await ana.Api().PatchAsync($"/api/v1/incidents/{key}", new { version = 1, title = "too late" })).ExpectProblem(HttpStatusCode.Forbidden, "Incident.MayNotChange");
        Assert.Single(await admin.RowsAsync(key));
    }

    [Fact]
    public async Task A_disabled_person_reads_nothing_with_an_open_session()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, admin) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        var key = await ana.DeclareAsync("A title of its own kind");
        var browser = await ana.BrowserAsync();
        Assert.True((await desk.Get<ManagePeople>().ChangeAsync(ana.Id, PersonRole.Responder, disabled: true, admin.Actor, default)).Succeeded);
        (await browser.GetAsync($"/api/v1/incidents/{key}")).Expect(HttpStatusCode.Unauthorized);
        foreach (var path in new[] { "/", $"/incidents/{key}", "/api/v1/find?q=own+kind", $"/incidents/{key}/import" })
            Assert.DoesNotContain("A title of its own kind", (await browser.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    private static string Path(Answer answer) => Uri.TryCreate(answer.Location, UriKind.Absolute, out var uri) && uri.Scheme == "http" ? uri.PathAndQuery : answer.Location!;
}
