using System.Net;
using AngleSharp.Html.Dom;
using IncidentDesk.People;
using IncidentDesk.Testing;
using IncidentDesk.Web.Hosting.Door;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class SetUpTests
{
    private const string SetUpForm = "form[aria-labelledby=setup-title]";

    private static readonly (string, string)[] Typed = [("Input.Name", "Ana Ruiz"), ("Input.Email", "ana@desk.example"), ("Input.Password", WebDesk.Password), ("Input.Language", "es"), ("Input.TimeZone", "America/Mexico_City")];

    [Theory, EngineData]
    public async Task The_first_link_creates_one_administrator_and_never_opens_again(Engine engine)
    {
        await using var desk = await WebDesk.StartAsync(engine);
        await using var scope = desk.Scope<SetUpDesk>(out var setUp);
        var earlier = Links.SetUp((await setUp.NewLinkAsync(default))!);
        var link = Links.SetUp((await setUp.NewLinkAsync(default))!);

        // A newer link ends the one before.
        Assert.Null((await desk.Browser().PageAsync(earlier)).QuerySelector(SetUpForm));
        Assert.Null((await desk.Browser().PageAsync("/setup?token=guessed")).QuerySelector(SetUpForm));

        var second = desk.Browser();
        var stillOpen = (IHtmlFormElement)(await second.PageAsync(link)).QuerySelector(SetUpForm)!;

        var tooShort = (await desk.Browser().SubmitAsync(link, SetUpForm, [.. Typed, ("Input.Password", "short")])).Expect(HttpStatusCode.OK);
        Assert.Equal("Ana Ruiz", ((IHtmlInputElement)Browser.Parse(tooShort).QuerySelector("#name")!).Value);

        var browser = desk.Browser();
        (await browser.SubmitAsync(link, SetUpForm, [.. Typed, ("Input.LoadExamples", "false")])).Expect(HttpStatusCode.Redirect);
        var page = await browser.PageAsync("/people");
        Assert.Equal("es", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("ana@desk.example", page.Body!.TextContent, StringComparison.Ordinal);

        Assert.Null((await desk.Browser().PageAsync(link)).QuerySelector(SetUpForm));
        (await second.SubmitAsync(link, stillOpen, [.. Typed, ("Input.Email", "other@desk.example")])).Expect(HttpStatusCode.BadRequest);
        Assert.NotNull(Browser.Parse(await desk.Browser().SignInAsync("other@desk.example", WebDesk.Password)).QuerySelector("#signin-error"));
        Assert.Null(await setUp.NewLinkAsync(default));
    }

    [Fact]
    public async Task The_examples_are_loaded_by_choice_however_long_they_take()
    {
        // For which a stranger would be sent away on the way.
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { AnonymousDuration = TimeSpan.FromSeconds(6) });
        await using var scope = desk.Scope<SetUpDesk>(out var setUp);
        var link = Links.SetUp((await setUp.NewLinkAsync(default))!);
        var browser = desk.Browser();
        (await browser.SubmitAsync(link, SetUpForm, [.. Typed, ("Input.LoadExamples", "true")])).Expect(HttpStatusCode.Redirect);
        var list = (await browser.PageAsync("/")).Body!.TextContent;
        Assert.Contains("INC-2014-001", list, StringComparison.Ordinal);
        Assert.Contains("INC-2015-001", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_prints_the_link_while_nobody_has_an_account_and_none_afterwards()
    {
        await using var desk = new DeskProcess();
        await desk.StartAsync();
        var link = (await desk.SetupLinkAsync()).PathAndQuery;
        var browser = new Browser(desk.Address, null);
        (await browser.SubmitAsync(link, SetUpForm, [.. Typed, ("Input.LoadExamples", "false")])).Expect(HttpStatusCode.Redirect);
        (await browser.GetAsync("/")).Expect(HttpStatusCode.OK);

        Assert.Equal(0, await desk.StopAsync());
        var before = desk.Output.Length;
        await desk.StartAsync();
        await Poll.UntilAsync(() => desk.Output[before..].Contains("IncidentDesk listens on", StringComparison.Ordinal), TimeSpan.FromSeconds(10), "the address is printed");
        Assert.DoesNotContain("/setup?token=", desk.Output[before..], StringComparison.Ordinal);
        // The keys of the sessions are kept: who was signed in still is.
        (await browser.GetAsync("/")).Expect(HttpStatusCode.OK);
    }

    [Theory, EngineData]
    public async Task An_invitation_lets_somebody_choose_a_password_once(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var admin = await (await desk.PersonAsync(PersonRole.Administrator)).BrowserAsync();
        var email = $"{Guid.NewGuid():N}@desk.example";
        var added = (await admin.SubmitAsync("/people", "section form", ("Add.Name", "Ben Oduya"), ("Add.Email", email), ("Add.Role", "Leadership"), ("Add.Language", "es"))).Expect(HttpStatusCode.OK);
        var link = new Uri(Browser.Parse(added).QuerySelector("code.secret")!.TextContent).PathAndQuery;
        Assert.StartsWith("/welcome?token=", link, StringComparison.Ordinal);

        var taken = (await admin.SubmitAsync("/people", "section form", ("Add.Name", "Ben again"), ("Add.Email", email.ToUpperInvariant()))).Expect(HttpStatusCode.OK);
        Assert.NotNull(Browser.Parse(taken).QuerySelector(".notice.err"));

        var ben = desk.Browser();
        (await ben.SubmitAsync(link, "form[aria-labelledby=welcome-title]", ("Input.Password", WebDesk.Password))).Expect(HttpStatusCode.Redirect);
        Assert.Equal("es", (await ben.PageAsync("/")).DocumentElement.GetAttribute("lang"));
        Assert.Null((await desk.Browser().PageAsync(link)).QuerySelector("form[aria-labelledby=welcome-title]"));
        (await desk.Browser().SignInAsync(email, WebDesk.Password)).Expect(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_new_link_ends_the_one_before()
    {
        var desk = await WebDesk.SharedAsync();
        var person = await desk.PersonAsync();
        var admin = await (await desk.PersonAsync(PersonRole.Administrator)).BrowserAsync();
        var links = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var form = (IHtmlFormElement)(await admin.PageAsync("/people")).QuerySelector($"#role-{person.Id}")!.Closest("form")!;
            var page = Browser.Parse((await admin.SubmitAsync("/people", form, ("Change.Do", "link"))).Expect(HttpStatusCode.OK));
            links.Add(new Uri(page.QuerySelector("code.secret")!.TextContent).PathAndQuery);
        }
        Assert.Null((await desk.Browser().PageAsync(links[0])).QuerySelector("form[aria-labelledby=welcome-title]"));
        Assert.NotNull((await desk.Browser().PageAsync(links[1])).QuerySelector("form[aria-labelledby=welcome-title]"));
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        await using var desk = await WebDesk.StartAsync();
        var person = await desk.PersonAsync(PersonRole.Administrator);
        var browser = await person.BrowserAsync();
        foreach (var (role, what) in new[] { ("Observer", "save"), ("Administrator", "disable") })
        {
            var form = (IHtmlFormElement)(await browser.PageAsync("/people")).QuerySelector($"#role-{person.Id}")!.Closest("form")!;
            var page = Browser.Parse((await browser.SubmitAsync("/people", form, ("Change.Role", role), ("Change.Do", what))).Expect(HttpStatusCode.OK));
            Assert.NotNull(page.QuerySelector(".notice.err"));
        }
        (await person.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
        Assert.Equal(PersonRole.Administrator, Assert.Single((await desk.Get<ManagePeople>().ListAsync(person.Actor, default)).Value).Role);
    }

    [Theory]
    [InlineData(PersonRole.Observer)]
    [InlineData(PersonRole.Leadership)]
    [InlineData(PersonRole.Responder)]
    public async Task Only_administrators_manage_people(PersonRole role)
    {
        var desk = await WebDesk.SharedAsync();
        var browser = await (await desk.PersonAsync(role)).BrowserAsync();
        var page = await browser.PageAsync("/people");
        Assert.NotNull(page.QuerySelector(".notice.err"));
        Assert.Null(page.QuerySelector("table"));
        Assert.Null(page.QuerySelector("main form"));
        Assert.DoesNotContain("@desk.example", page.Body!.TextContent, StringComparison.Ordinal);
    }
}
