using System.Net;
using AngleSharp.Dom;
using IncidentDesk.Examples;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Leadership;

public sealed class LeadershipPageTests
{
    [Theory, EngineData]
    public async Task The_figures_stand_on_the_page_in_the_api_and_in_files(Engine engine)
    {
        await using var desk = await WebDesk.StartAsync(engine);
        var (ana, eva) = (await desk.PersonAsync(PersonRole.Administrator), await desk.PersonAsync(PersonRole.Observer, "Eva", "es"));
        var (hers, his) = (await ana.BrowserAsync(), await eva.BrowserAsync());
        Assert.NotNull((await hers.PageAsync("/leadership")).QuerySelector(".empty"));
        await desk.Get<LoadExamples>().HandleAsync(ana.Actor, default);
        var hidden = await ana.DeclareAsync("=Between us", restricted: true);

        // 2014, as the guide reckons it.
        var page = await hers.PageAsync("/leadership?from=2014-01-01&to=2014-12-31");
        var said = page.QuerySelector(".say")!.TextContent;
        foreach (var words in new[] { "We recorded 1 incident, after 0 in 2013.", "SEV1 among them: 1.", "between 7.5 and 1,174 member-hours", "Of what is certain 0 %, of what is possible 99 %", "is not known of any incident (1 incident)." })
            Assert.Contains(words, string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(["Member 001 (invented)", "Member 002 (invented)"], page.QuerySelectorAll(".targets tbody th").Select(t => t.TextContent));
        var spanish = await his.PageAsync("/leadership?from=2014-01-01&to=2014-12-31");
        Assert.Contains("entre 7.5 y 1,174 horas-miembro", spanish.QuerySelector(".say")!.TextContent, StringComparison.Ordinal);
        Assert.Null(spanish.QuerySelector(".targets"));

        var json = (await ana.Api().GetAsync("/api/v1/leadership?from=2014-01-01&to=2014-12-31")).Expect(HttpStatusCode.OK).Json;
        var now = json.GetProperty("now");
        Assert.Equal((1, 7.5, 1173.5), (now.GetProperty("incidents").GetInt32(), now.GetProperty("memberHours").GetProperty("atLeast").GetDouble(), now.GetProperty("memberHours").GetProperty("atMost").GetDouble()));
        var durations = now.GetProperty("durations");
        Assert.Equal((13_500, 1, System.Text.Json.JsonValueKind.Null), (durations.GetProperty("resolve").GetProperty("median").GetInt32(), durations.GetProperty("mitigate").GetProperty("unknown").GetInt32(), durations.GetProperty("mitigate").GetProperty("median").ValueKind));
        (await ana.Api().GetAsync("/api/v1/leadership?from=yesterday")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Leadership.DayUnreadable");
        (await ana.Api().GetAsync("/api/v1/leadership?from=2015-01-01&to=2014-01-01")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Leadership.PeriodReversed");
        (await ana.Api().GetAsync("/api/v1/leadership?zones=Nowhere")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Time.ZoneUnknown");

        var file = (await ana.Api().GetAsync("/api/v1/leadership/all.csv")).Expect(HttpStatusCode.OK);
        Assert.Equal("text/csv", file.MediaType);
        Assert.Contains("resolve,INC-2014-001,SEV1,2014-08-18T10:00:00Z,about,2014-08-18T13:45:00Z,about,known,225,225,yes,", file.Text, StringComparison.Ordinal);
        Assert.Contains("'=Between us", file.Text, StringComparison.Ordinal);
        Assert.Contains("targets,INC-2014-001", file.Text, StringComparison.Ordinal);
        var theirs = (await eva.Api().GetAsync("/api/v1/leadership/all.csv")).Expect(HttpStatusCode.OK).Text;
        Assert.DoesNotContain(hidden, theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("Between us", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("targets,", theirs, StringComparison.Ordinal);
        (await eva.Api().GetAsync("/api/v1/leadership/targets.csv")).ExpectProblem(HttpStatusCode.Forbidden, "Leadership.TargetsHidden");
        (await eva.Api().GetAsync("/api/v1/leadership/nonsense.csv")).ExpectProblem(HttpStatusCode.NotFound, "Leadership.FigureUnknown");

        var behind = await his.PageAsync("/leadership/resolve?period=all");
        Assert.Equal(("INC-2014-001", "~3 h 45 min"), (behind.QuerySelector(".figures tbody a")!.TextContent, behind.QuerySelector(".figures tbody td:last-child")!.TextContent));
        Assert.Equal(8, behind.QuerySelectorAll(".figures tbody tr").Length);
        Assert.Null((await his.PageAsync("/leadership/targets")).QuerySelector(".figures"));
        foreach (var figure in Enum.GetNames<IncidentDesk.Leadership.Figure>()) Assert.NotNull((await hers.PageAsync($"/leadership/{figure}?period=all")).QuerySelector("main h1"));
        (await hers.GetAsync("/leadership/nonsense")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_sheet_of_a_member_names_nobody_else()
    {
        await using var desk = await WebDesk.StartAsync();
        var ana = await desk.PersonAsync(PersonRole.Administrator);
        await ana.Api().PostAsync("/api/v1/members", new { name = "Radio" });
        await ana.Api().PostAsync("/api/v1/members", new { name = "Biblioteca" });
        foreach (var (site, member) in new[] { ("radio.example.org", "Radio"), ("biblioteca.example.org", "Biblioteca") })
            (await ana.Api().PostAsync("/api/v1/assets", new { kind = "MemberSite", name = site, member })).Expect(HttpStatusCode.Created);
        var (open, hidden) = (await ana.DeclareAsync("Flood against Biblioteca"), await ana.DeclareAsync("Between us", restricted: true));
        foreach (var (key, asset) in new[] { (open, "radio.example.org"), (open, "biblioteca.example.org"), (hidden, "radio.example.org") })
            (await ana.Api().PostAsync($"/api/v1/incidents/{key}/impacts", new { markId = Guid.CreateVersion7(), asset, state = "MajorOutage", cause = "Collateral" })).Expect(HttpStatusCode.Created);
        var id = (await ana.Api().GetAsync("/api/v1/members?text=Radio")).Json.GetProperty("members")[0].GetProperty("id").GetGuid();

        var page = await (await ana.BrowserAsync()).PageAsync($"/inventory/members/{id}/ledger");
        Assert.Contains("Left off the sheet: 1 restricted", page.QuerySelector("section.no-print h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Flood against Biblioteca", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        // On paper.
        foreach (var element in page.QuerySelectorAll(".no-print").ToList()) element.Remove();
        var printed = page.QuerySelector("main")!.TextContent;
        Assert.Contains(open, printed, StringComparison.Ordinal);
        foreach (var foreign in new[] { hidden, "Between us", "Biblioteca", "biblioteca.example.org" }) Assert.DoesNotContain(foreign, printed, StringComparison.Ordinal);

        var csv = (await ana.Api().GetAsync($"/api/v1/members/{id}/ledger.csv")).Expect(HttpStatusCode.OK).Text;
        Assert.Contains($"{open},SEV2,radio.example.org,MajorOutage,Collateral,", csv, StringComparison.Ordinal);
        foreach (var foreign in new[] { hidden, "Between us", "iblioteca", "Flood" }) Assert.DoesNotContain(foreign, csv, StringComparison.Ordinal);
    }
}
