using System.Net;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Access;

/// <summary>Who sees which page: every page, every role and a stranger.</summary>
public sealed class PageMatrixTests
{
    private enum For
    {
        /// <summary>Before sign-in.</summary>
        Anybody,
        Account,

        /// <summary>Whoever has given the right password a moment ago.</summary>
        HalfSignedIn,

        /// <summary>Whoever sees the incident; to others it does not exist.</summary>
        SeeIncident,

        /// <summary>Others get the page with the refusal and nothing else.</summary>
        AdministratorsOrRefusal,

        /// <summary>Others are sent away.</summary>
        RespondersOnly,
        AdministratorsOnly,

        /// <summary>There is no such thing; whoever has an account is told so.</summary>
        Missing,
    }

    // A place that is not an incident's key is filled with what does not exist.
    private static readonly Dictionary<string, For> Pages = new(StringComparer.Ordinal)
    {
        ["/"] = For.Account,
        ["/access"] = For.Account,
        ["/account"] = For.Account,
        ["/account/factors"] = For.Account,
        ["/account/sessions"] = For.Account,
        ["/account/tokens"] = For.Account,
        ["/audit"] = For.AdministratorsOrRefusal,
        ["/checklists"] = For.Account,
        ["/declare"] = For.Account,
        ["/follow-ups"] = For.Account,
        ["/incidents"] = For.Account,
        ["/incidents/{Key}"] = For.SeeIncident,
        ["/incidents/{Key}/handover"] = For.SeeIncident,
        ["/incidents/{Key}/board"] = For.SeeIncident,
        ["/incidents/{Key}/import"] = For.SeeIncident,
        ["/incidents/{Key}/postmortem/exports"] = For.SeeIncident,
        ["/incidents/{Key}/postmortem/preview"] = For.SeeIncident,
        ["/incidents/{Key}/postmortem/redaction"] = For.SeeIncident,
        ["/incidents/{Key}/postmortem"] = For.SeeIncident,
        ["/incidents/{Key}/reports"] = For.SeeIncident,
        ["/incidents/{Key}/since"] = For.SeeIncident,
        ["/inventory"] = For.Account,
        ["/inventory/import"] = For.RespondersOnly,
        ["/inventory/members/{MemberId:guid}"] = For.Missing,
        ["/inventory/members/{MemberId:guid}/ledger"] = For.Missing,
        ["/inventory/{NameOrId}"] = For.Missing,
        ["/leadership"] = For.Account,
        ["/leadership/{FigureName}"] = For.Missing,
        ["/mitigations"] = For.Account,
        ["/mitigations/kinds"] = For.AdministratorsOnly,
        ["/mitigations/templates"] = For.AdministratorsOnly,
        ["/mitigations/{IdOrName}"] = For.Missing,
        ["/not-found"] = For.Account,
        ["/people"] = For.AdministratorsOrRefusal,
        ["/postmortems/templates"] = For.Account,
        ["/postmortems"] = For.Account,
        ["/postmortems/import"] = For.AdministratorsOnly,
        ["/setup"] = For.Anybody,
        ["/signin"] = For.Anybody,
        ["/since"] = For.Account,
        ["/signin/code"] = For.HalfSignedIn,
        ["/welcome"] = For.Anybody,
    };

    [Fact]
    public async Task Every_page_stands_in_the_matrix()
    {
        var desk = await WebDesk.SharedAsync();
        Assert.Equal(Pages.Keys.Order(StringComparer.Ordinal), desk.Pages().Select(p => p.Template()).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, EngineData]
    public async Task Each_caller_gets_what_their_role_and_the_incident_allow(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var owner = await desk.PersonAsync();
        var callers = new List<(string Name, PersonRole? Role, Browser Browser)> { ("stranger", null, desk.Browser()) };
        foreach (var role in Enum.GetValues<PersonRole>()) callers.Add((role.ToString(), role, await (await desk.PersonAsync(role)).BrowserAsync()));
        var (open, hidden) = (await owner.DeclareAsync(), await owner.DeclareAsync(restricted: true));

        var wrong = new List<string>();
        foreach (var page in desk.Pages())
        {
            var needs = Pages[page.Template()];
            foreach (var key in page.Template().Contains("{Key}", StringComparison.Ordinal) ? [open, hidden] : new[] { open })
            {
                var path = page.Path(place => place == "key" ? key : Guid.Empty.ToString());
                foreach (var (name, role, browser) in callers)
                {
                    var (expected, shown) = (Expected(needs, role, key == hidden), Shown(await browser.GetAsync(path)));
                    if (shown != expected) wrong.Add($"{path} ({needs}{(key == hidden ? ", hidden" : "")}), {name}: {shown} instead of {expected}");
                }
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Expected(For needs, PersonRole? role, bool isHidden)
    {
        if (needs == For.Anybody) return "page";
        if (role is null || needs == For.HalfSignedIn) return "sign-in";
        return needs switch
        {
            For.SeeIncident when isHidden && role != PersonRole.Administrator => "not found",
            For.AdministratorsOrRefusal when role != PersonRole.Administrator => "refusal",
            For.RespondersOnly when role is not (PersonRole.Responder or PersonRole.Administrator) => "sent away",
            For.AdministratorsOnly when role != PersonRole.Administrator => "sent away",
            For.Missing => "not found",
            _ => "page",
        };
    }

    private static string Shown(Answer answer) => answer.Status switch
    {
        HttpStatusCode.OK when Browser.Parse(answer) is var page => page.QuerySelector("main .notice.err") is not null && page.QuerySelector("main :is(form, table)") is null ? "refusal" : "page",
        HttpStatusCode.NotFound => "not found",
        HttpStatusCode.Forbidden when Browser.Parse(answer).QuerySelector("main .fatal h1") is not null => "sent away",
        HttpStatusCode.Redirect when answer.Message.Headers.Location is { IsAbsoluteUri: true } to => to.AbsolutePath == "/signin" ? "sign-in" : "sent away",
        _ => $"{(int)answer.Status} {answer.Location}",
    };
}
