using System.Net;
using System.Text;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Web.Tests.Access;

/// <summary>Another site's page cannot act through the browser of somebody who is signed in: every endpoint that changes something.</summary>
public sealed class CrossSiteTests(CrossSiteTests.OwnDesk own) : IClassFixture<CrossSiteTests.OwnDesk>
{
    /// <summary>Nobody else changes anything on it.</summary>
    public sealed class OwnDesk : IAsyncLifetime
    {
        internal WebDesk Desk { get; private set; } = null!;

        /// <summary>The key of an incident that everybody sees.</summary>
        internal string? Key { get; set; }

        public async Task InitializeAsync() => Desk = await WebDesk.StartAsync();

        public async Task DisposeAsync() => await Desk.DisposeAsync();
    }

    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS"];

    // A method that a page handles itself only when a form posts to it.
    private static IEnumerable<(RouteEndpoint Endpoint, HttpMethod Method)> Changing(WebDesk desk) => desk.Endpoints()
        .SelectMany(e => (e.Methods() is { Count: > 0 } methods ? methods.Except(Safe, StringComparer.Ordinal) : ["POST"]).Select(m => (e, new HttpMethod(m))));

    [Theory]
    [InlineData("https://elsewhere.example.org", null)]
    [InlineData("null", null)]
    [InlineData(null, "cross-site")]
    [InlineData(null, "same-site")]
    public async Task What_another_site_sends_is_refused(string? origin, string? site)
    {
        var (desk, admin) = await DeskAsync();
        var browser = await admin.BrowserAsync();
        var before = await StateAsync(desk);
        var headers = new[] { ("Origin", origin), ("Sec-Fetch-Site", site) }.Where(h => h.Item2 is not null).Select(h => (h.Item1, h.Item2!)).ToArray();
        var wrong = new List<string>();
        foreach (var (endpoint, method) in Changing(desk))
        {
            foreach (var content in new HttpContent[] { Form(), Json() })
            {
                var answer = await browser.SendAsync(method, PathOf(endpoint), content, headers);
                if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)) wrong.Add($"{method} {endpoint.Template()}, {content.Headers.ContentType}: {(int)answer.Status}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await StateAsync(desk));
    }

    [Fact]
    public async Task What_looks_like_another_sites_form_is_refused_without_an_origin_too()
    {
        var (desk, admin) = await DeskAsync();
        var browser = await admin.BrowserAsync();
        var before = await StateAsync(desk);
        var wrong = new List<string>();
        foreach (var (endpoint, method) in Changing(desk).Where(e => e.Method == HttpMethod.Post && !e.Endpoint.Template().StartsWith("/_blazor", StringComparison.Ordinal)))
        {
            foreach (var content in new HttpContent[] { Form(), new MultipartFormDataContent { { new StringContent("x"), "body" } }, new StringContent("{}", Encoding.UTF8, "text/plain") })
            {
                var answer = await browser.SendAsync(method, PathOf(endpoint), content);
                if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType)) wrong.Add($"{endpoint.Template()}, {content.Headers.ContentType}: {(int)answer.Status}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await StateAsync(desk));
    }

    [Fact]
    public async Task What_is_only_asked_for_and_yet_leaves_a_record_is_refused_too()
    {
        var (desk, admin) = await DeskAsync();
        var browser = await admin.BrowserAsync();
        var leaving = desk.Endpoints().Where(e => e.Metadata.GetMetadata<LeavesRecord>() is not null).ToList();
        Assert.Equal(
            ["/api/v1/audit/export", "/api/v1/incidents/{key}/evidence.zip", "/api/v1/incidents/{key}/postmortem/export", "/api/v1/incidents/{key}/reports/{number:int}/export", "/api/v1/leadership/{figure}.csv", "/api/v1/members/{id:guid}/ledger.csv"],
            leaving.Select(e => e.Template()).Order(StringComparer.Ordinal));
        var before = await StateAsync(desk);
        foreach (var endpoint in leaving) (await browser.SendAsync(HttpMethod.Get, PathOf(endpoint), null, ("Sec-Fetch-Site", "cross-site"))).Expect(HttpStatusCode.Forbidden);
        Assert.Equal(before, await StateAsync(desk));
    }

    [Fact]
    public async Task The_desks_own_pages_and_programs_with_a_token_are_not_refused()
    {
        var (desk, admin) = await DeskAsync();
        var browser = await admin.BrowserAsync();
        var address = desk.Address.GetLeftPart(UriPartial.Authority);
        (await browser.SendAsync(HttpMethod.Post, "/api/v1/access-requests", Json("""{"incidentKey":"INC-1999-001","reason":"x"}"""), ("Origin", address), ("Sec-Fetch-Site", "same-origin"))).Expect(HttpStatusCode.Accepted);
        (await browser.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", null, ("Origin", address))).Expect(HttpStatusCode.OK);
        (await admin.Api().SendAsync(HttpMethod.Post, "/api/v1/access-requests", Json("""{"incidentKey":"INC-1999-001","reason":"x"}"""), ("Origin", "https://elsewhere.example.org"))).Expect(HttpStatusCode.Accepted);
    }

    private async Task<(WebDesk Desk, Somebody Admin)> DeskAsync()
    {
        var admin = await own.Desk.PersonAsync(PersonRole.Administrator);
        own.Key ??= await admin.DeclareAsync();
        return (own.Desk, admin);
    }

    /// <summary>Real things where there are some: only then something could change.</summary>
    private string PathOf(RouteEndpoint endpoint) => endpoint.Path(place => place switch
    {
        "key" => own.Key!,
        "milestone" => "detected",
        "role" => "lead",
        "sequence" => "1",
        "step" => "0",
        "slug" => "rate-limit",
        "number" => "1",
        _ => Guid.Empty.ToString(),
    });

    /// <summary>How much there is of everything, and the language that the last person chose.</summary>
    private async Task<string> StateAsync(WebDesk desk)
    {
        var key = own.Key;
        await using var db = await desk.Get<DeskDatabase>().OpenAsync(default);
        return $"{await db.Incidents.IgnoreQueryFilters().SumAsync(i => i.Version)} {await db.Incidents.IgnoreQueryFilters().Where(i => i.Key == key).SumAsync(i => i.LastSequence)} {await db.AccessRequests.CountAsync()} {await db.MitigationKinds.CountAsync()} {await db.Checklists.SumAsync(c => c.Version)}";
    }

    private static FormUrlEncodedContent Form() => new([KeyValuePair.Create("body", "x"), KeyValuePair.Create("to", "es")]);

    private static StringContent Json(string json = "{}") => new(json, Encoding.UTF8, "application/json");
}
