using System.Net;
using AngleSharp.Dom;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Pages;

/// <summary>Asking for an incident, and deciding, without script.</summary>
public sealed class AccessPageTests
{
    [Theory, EngineData]
    public async Task The_page_of_what_cannot_be_found_is_the_same_for_every_key(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (owner, other) = (await desk.PersonAsync(), await desk.PersonAsync());
        var hidden = await owner.DeclareAsync(restricted: true);
        var browser = await other.BrowserAsync();
        var pages = new List<string>();
        foreach (var key in new[] { hidden, "INC-1999-999" })
        {
            var main = Browser.Parse((await browser.GetAsync($"/incidents/{key}")).Expect(HttpStatusCode.NotFound)).QuerySelector("main")!;
            Assert.Equal($"/access?key={key}", main.QuerySelector("a[href^='/access']")!.GetAttribute("href"));
            pages.Add(main.OuterHtml.Replace(key, "KEY", StringComparison.Ordinal));
        }
        Assert.Equal(pages[0], pages[1]);
    }

    [Theory, EngineData]
    public async Task Asking_says_the_same_whatever_the_key(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (owner, asker) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer));
        var (hidden, open) = (await owner.DeclareAsync(restricted: true), await owner.DeclareAsync());
        var browser = await asker.BrowserAsync();
        var (pages, answers) = (new List<string>(), new List<string>());
        foreach (var key in new[] { hidden, open, "INC-1999-999", "nonsense", hidden })
        {
            var asked = (await browser.SubmitAsync($"/access?key={key}", "form.panel", ("Input.Reason", "I know the router"))).Expect(HttpStatusCode.OK);
            var main = Browser.Parse(asked).QuerySelector("main")!;
            foreach (var token in main.QuerySelectorAll("input[type=hidden]")) token.Remove();
            pages.Add(main.OuterHtml.Replace(key, "KEY", StringComparison.Ordinal));
            var answer = (await asker.Api().PostAsync("/api/v1/access-requests", new { incidentKey = key, reason = "I know the router" })).Expect(HttpStatusCode.Accepted);
            answers.Add(answer.Text.Replace(key, "KEY", StringComparison.Ordinal) + answer.Location);
        }
        Assert.All(pages, page => Assert.Equal(pages[0], page));
        Assert.Contains("Your request was kept.", pages[0], StringComparison.Ordinal);
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
    }

    [Theory, EngineData]
    public async Task Those_who_work_on_it_decide_on_the_page_or_over_the_api(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (owner, one, two) = (await desk.PersonAsync(), await desk.PersonAsync(name: "One"), await desk.PersonAsync(name: "Two"));
        var hidden = await owner.DeclareAsync("Between us", restricted: true);
        foreach (var asker in new[] { one, two }) (await asker.Api().PostAsync("/api/v1/access-requests", new { incidentKey = hidden, reason = $"{asker.Name} knows" })).Expect(HttpStatusCode.Accepted);

        var browser = await owner.BrowserAsync();
        Assert.Contains("One, Two", (await browser.PageAsync($"/incidents/{hidden}")).QuerySelector(".asked")!.TextContent, StringComparison.Ordinal);
        var page = await browser.PageAsync("/access");
        Assert.Equal(["One", "Two"], page.QuerySelectorAll("tbody tr").Select(r => r.QuerySelector(".ttl")!.TextContent));
        (await browser.SubmitAsync("/access", "tbody tr form", ("Decision.Do", "grant"))).Expect(HttpStatusCode.OK);
        (await one.Api().GetAsync($"/api/v1/incidents/{hidden}")).Expect(HttpStatusCode.OK);

        var id = Assert.Single((await owner.Api().GetAsync("/api/v1/access-requests")).Json.EnumerateArray()).GetProperty("id").GetString();
        (await two.Api().PostAsync($"/api/v1/access-requests/{id}/decision", new { grant = true })).ExpectProblem(HttpStatusCode.NotFound, "AccessRequest.NotFound");
        (await owner.Api().PostAsync($"/api/v1/access-requests/{id}/decision", new { })).ExpectProblem(HttpStatusCode.BadRequest, "Request.Unreadable");
        (await owner.Api().PostAsync($"/api/v1/access-requests/{id}/decision", new { grant = false })).Expect(HttpStatusCode.NoContent);
        (await two.Api().GetAsync($"/api/v1/incidents/{hidden}")).Expect(HttpStatusCode.NotFound);
        Assert.Null((await browser.PageAsync($"/incidents/{hidden}")).QuerySelector(".asked"));
        Assert.Empty((await browser.PageAsync("/access")).QuerySelectorAll("tbody"));
    }
}
