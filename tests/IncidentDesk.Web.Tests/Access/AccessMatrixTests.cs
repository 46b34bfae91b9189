using System.Net;
using System.Net.Http.Json;
using System.Text;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Xunit;

namespace IncidentDesk.Web.Tests.Access;

/// <summary>Who may do what over HTTP: every endpoint, every caller, every incident.</summary>
public sealed partial class AccessMatrixTests
{
    private enum Needs { Account, SeeIncident, Log, LogAsLeadership, Respond, Administer }

    private sealed record Row(string Endpoint, Needs Needs, HttpStatusCode Success, Func<string, (HttpMethod Method, string Path, HttpContent? Content)> Request);

    // Requests that succeed for who may, without changing what the next caller finds.
    private static readonly Row[] OfIncidents =
    [
        new("GET /api/v1/incidents/", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/incidents?take=1")),
        new("GET /api/v1/find", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/find?q=x")),
        new("GET /api/v1/search", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/search?q=x")),
        new("GET /api/v1/facets", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/facets?q=x")),
        new("GET /api/v1/views/", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/views")),
        new("PUT /api/v1/views/{id:guid}", Needs.Account, HttpStatusCode.UnprocessableEntity, _ => Put($"/api/v1/views/{Guid.CreateVersion7()}", new { name = "", query = "q=x" })),
        new("DELETE /api/v1/views/{id:guid}", Needs.Account, HttpStatusCode.NotFound, _ => (HttpMethod.Delete, $"/api/v1/views/{Guid.Empty}", null)),
        new("GET /api/v1/assets/{id:guid}/card", Needs.Account, HttpStatusCode.OK, _ => Get($"/api/v1/assets/{Guid.Empty}/card")),
        new("GET /api/v1/mentions", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/mentions?q=%23x")),
        new("GET /openapi/{documentName}.json", Needs.Account, HttpStatusCode.OK, _ => Get("/openapi/v1.json")),
        new(" /hubs/incidents/negotiate", Needs.Account, HttpStatusCode.OK, _ => Post("/hubs/incidents/negotiate?negotiateVersion=1", new { })),
        new("GET /api/v1/audit/", Needs.Administer, HttpStatusCode.OK, _ => Get("/api/v1/audit?take=1")),
        new("GET /api/v1/audit/export", Needs.Administer, HttpStatusCode.OK, _ => Get("/api/v1/audit/export?format=json&kind=KeysRotated")),
        new("POST /api/v1/access-requests/", Needs.Account, HttpStatusCode.Accepted, key => Post("/api/v1/access-requests", new { incidentKey = key, reason = "x" })),
        new("GET /api/v1/access-requests/", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/access-requests")),
        new("POST /api/v1/access-requests/{id:guid}/decision", Needs.Account, HttpStatusCode.NotFound, _ => Post($"/api/v1/access-requests/{Guid.Empty}/decision", new { grant = true })),
        new("GET /api/v1/incidents/{key}", Needs.SeeIncident, HttpStatusCode.OK, key => Get(At(key))),
        new("GET /api/v1/incidents/{key}/timeline/", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/timeline")),
        new("GET /api/v1/incidents/{key}/timeline/{sequence:long}/revisions", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/timeline/2/revisions")),
        new("POST /api/v1/incidents/{key}/timeline/", Needs.Log, HttpStatusCode.Created, key => Post($"{At(key)}/timeline", new { entryId = Guid.CreateVersion7(), body = "x" })),
        new("POST /api/v1/incidents/{key}/timeline/", Needs.LogAsLeadership, HttpStatusCode.Created, key => Post($"{At(key)}/timeline", new { entryId = Guid.CreateVersion7(), kind = "decision", body = "x" })),
        new("POST /api/v1/incidents/{key}/timeline/{sequence:long}/revisions", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/timeline/2/revisions", new { revision = 1, revisionId = Guid.CreateVersion7(), body = "first" })),
        new("POST /api/v1/incidents/", Needs.Respond, HttpStatusCode.Created, _ => Post("/api/v1/incidents", new { title = "Declared in the matrix", severity = "SEV4" })),
        new("PATCH /api/v1/incidents/{key}", Needs.Respond, HttpStatusCode.OK, key => Patch(At(key), new { version = 1, severity = "SEV2" })),
        new("PUT /api/v1/incidents/{key}/milestones/{milestone}", Needs.Respond, HttpStatusCode.OK, key => Put($"{At(key)}/milestones/mitigated", new { version = 1, when = (object?)null })),
        new("PUT /api/v1/incidents/{key}/roles/{role}", Needs.Respond, HttpStatusCode.OK, key => Put($"{At(key)}/roles/scribe", new { personId = (Guid?)null })),
        new("PUT /api/v1/incidents/{key}/restriction", Needs.Respond, HttpStatusCode.Conflict, key => Put($"{At(key)}/restriction", new { version = 99, isRestricted = true, people = new[] { Guid.Empty } })),
        new("POST /api/v1/incidents/{key}/import", Needs.Respond, HttpStatusCode.OK, key => (HttpMethod.Post, $"{At(key)}/import?dryRun=true", new StringContent("## 2026-01-01\n- 10:00 x\n", Encoding.UTF8, "text/markdown"))),

        new("GET /api/v1/incidents/{key}/changes", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/changes")),
        new("GET /api/v1/changes", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/changes?since=2026-01-01T00:00:00Z")),

        new("GET /api/v1/incidents/{key}/attachments/", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/attachments")),
        new("GET /api/v1/incidents/{key}/attachments/{id:guid}", Needs.SeeIncident, HttpStatusCode.NotFound, key => Get($"{At(key)}/attachments/{Guid.Empty}")),
        new("POST /api/v1/incidents/{key}/attachments/", Needs.LogAsLeadership, HttpStatusCode.Created, key => (HttpMethod.Post, $"{At(key)}/attachments?name=x.txt", new StringContent("x"))),

        new("GET /api/v1/assets", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/assets?take=1")),
        new("GET /api/v1/assets/find", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/assets/find?text=x")),
        new("GET /api/v1/assets/{asset}", Needs.Account, HttpStatusCode.OK, _ => Get($"/api/v1/assets/{Uplink}")),
        new("GET /api/v1/assets/{asset}/behind", Needs.Account, HttpStatusCode.OK, _ => Get($"/api/v1/assets/{Uplink}/behind")),
        new("GET /api/v1/assets/{asset}/impacts", Needs.Account, HttpStatusCode.OK, _ => Get($"/api/v1/assets/{Uplink}/impacts")),
        new("POST /api/v1/assets", Needs.Respond, HttpStatusCode.Created, _ => Post("/api/v1/assets", new { id = Guid.CreateVersion7(), kind = "Server", name = $"server-{Guid.NewGuid():N}" })),
        new("PATCH /api/v1/assets/{asset}", Needs.Respond, HttpStatusCode.Conflict, _ => Patch($"/api/v1/assets/{Uplink}", new { version = 99, kind = "Uplink", name = Uplink })),
        new("GET /api/v1/members", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/members?take=1")),
        new("POST /api/v1/members", Needs.Respond, HttpStatusCode.Created, _ => Post("/api/v1/members", new { id = Guid.CreateVersion7(), name = $"Member {Guid.NewGuid():N}" })),
        new("PATCH /api/v1/members/{member}", Needs.Respond, HttpStatusCode.Conflict, _ => Patch($"/api/v1/members/{Uri.EscapeDataString(Member)}", new { version = 99, name = Member })),
        new("POST /api/v1/inventory/import", Needs.Respond, HttpStatusCode.OK, _ => (HttpMethod.Post, "/api/v1/inventory/import?dryRun=true", new StringContent("kind,name\nserver,matrix-server\n", Encoding.UTF8, "text/csv"))),
        new("GET /api/v1/members/{id:guid}/ledger.csv", Needs.Account, HttpStatusCode.NotFound, _ => Get($"/api/v1/members/{Guid.Empty}/ledger.csv")),
        new("GET /api/v1/leadership", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/leadership?from=2014-01-01&to=2014-12-31")),
        new("GET /api/v1/leadership/{figure}.csv", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/leadership/resolve.csv")),
        new("GET /api/v1/inventory/export", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/inventory/export?format=json")),

        new("GET /api/v1/incidents/{key}/board", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/board")),
        new("GET /api/v1/incidents/{key}/board.svg", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/board.svg")),


        new("GET /api/v1/incidents/{key}/impacts", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/impacts")),
        new("GET /api/v1/incidents/{key}/affected", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/affected")),
        new("POST /api/v1/incidents/{key}/impacts", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/impacts", new { markId = Guid.CreateVersion7(), asset = Uplink, state = "MajorOutage", cause = "Targeted", from = new { at = "2199-01-01T00:00:00Z" } })),
        new("POST /api/v1/incidents/{key}/impacts/end", Needs.Respond, HttpStatusCode.OK, key => Post($"{At(key)}/impacts/end", new { asset = Uplink })),
        new("PATCH /api/v1/incidents/{key}/impacts/{impactId:guid}", Needs.Respond, HttpStatusCode.NotFound, key => Patch($"{At(key)}/impacts/{Guid.Empty}", new { revision = 1, state = "Degraded", cause = "Targeted", from = new { at = "2026-01-01T00:00:00Z" }, to = (object?)null })),
        new("GET /api/v1/incidents/{key}/impacts/{impactId:guid}/revisions", Needs.SeeIncident, HttpStatusCode.NotFound, key => Get($"{At(key)}/impacts/{Guid.Empty}/revisions")),

        new("GET /api/v1/mitigations", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/mitigations?take=1")),
        new("GET /api/v1/mitigations/{mitigation}", Needs.Account, HttpStatusCode.NotFound, _ => Get($"/api/v1/mitigations/{Guid.Empty}")),
        new("POST /api/v1/incidents/{key}/mitigations", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/mitigations", new { id = Guid.CreateVersion7(), facts = new { title = "", kind = "rate-limit" } })),
        new("PATCH /api/v1/mitigations/{id:guid}", Needs.Account, HttpStatusCode.NotFound, _ => Patch($"/api/v1/mitigations/{Guid.Empty}", new { version = 1, facts = new { title = "x", kind = "rate-limit" } })),
        new("POST /api/v1/mitigations/{id:guid}/state", Needs.Account, HttpStatusCode.NotFound, _ => Post($"/api/v1/mitigations/{Guid.Empty}/state", new { version = 1, to = "effective" })),
        new("PUT /api/v1/mitigations/{id:guid}/review", Needs.Account, HttpStatusCode.NotFound, _ => Put($"/api/v1/mitigations/{Guid.Empty}/review", new { version = 1, reviewBy = (string?)null })),
        new("PUT /api/v1/mitigations/{id:guid}/incidents/{key}", Needs.Respond, HttpStatusCode.NotFound, key => Put($"/api/v1/mitigations/{Guid.Empty}/incidents/{key}", new { })),
        new("DELETE /api/v1/mitigations/{id:guid}/incidents/{key}", Needs.Respond, HttpStatusCode.NotFound, key => (HttpMethod.Delete, $"/api/v1/mitigations/{Guid.Empty}/incidents/{key}", null)),
        new("GET /api/v1/incidents/{key}/waves", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/waves")),
        new("POST /api/v1/incidents/{key}/waves", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/waves", new { id = Guid.CreateVersion7(), facts = new { vector = "" } })),
        new("GET /api/v1/incidents/{key}/waves/{id:guid}", Needs.SeeIncident, HttpStatusCode.NotFound, key => Get($"{At(key)}/waves/{Guid.Empty}")),
        new("PUT /api/v1/incidents/{key}/waves/{id:guid}", Needs.Respond, HttpStatusCode.NotFound, key => Put($"{At(key)}/waves/{Guid.Empty}", new { version = 1, facts = new { vector = "udp-flood", prefixes = Array.Empty<object>() } })),
        new("POST /api/v1/incidents/{key}/waves/{id:guid}/end", Needs.Respond, HttpStatusCode.NotFound, key => Post($"{At(key)}/waves/{Guid.Empty}/end", new { version = 1 })),
        new("POST /api/v1/incidents/{key}/waves/{id:guid}/withdraw", Needs.Respond, HttpStatusCode.NotFound, key => Post($"{At(key)}/waves/{Guid.Empty}/withdraw", new { version = 1 })),
        new("GET /api/v1/attack-vectors", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/attack-vectors")),
        new("POST /api/v1/source-addresses", Needs.Account, HttpStatusCode.OK, _ => Post("/api/v1/source-addresses", new { text = "198.51.100.1" })),
        new("GET /api/v1/mitigation-kinds", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/mitigation-kinds")),
        new("PUT /api/v1/mitigation-kinds/{slug}", Needs.Administer, HttpStatusCode.OK, _ => Put("/api/v1/mitigation-kinds/matrix", new { nameEn = "Of the matrix", nameEs = "De la matriz", actor = "own" })),
        new("GET /api/v1/mitigation-templates", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/mitigation-templates")),
        new("PUT /api/v1/mitigation-templates/{id:guid}", Needs.Administer, HttpStatusCode.OK, _ => Put($"/api/v1/mitigation-templates/{Guid.CreateVersion7()}", new { version = 0, facts = new { title = "Of the matrix", kind = "rate-limit" } })),

        new("GET /api/v1/incidents/{key}/traffic/", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/traffic")),
        new("POST /api/v1/incidents/{key}/traffic/", Needs.Respond, HttpStatusCode.Created, key => Post($"{At(key)}/traffic", new { unit = "bps", samples = new[] { new { value = 1 } } })),
        new("POST /api/v1/incidents/{key}/traffic/", Needs.Respond, HttpStatusCode.OK, key => (HttpMethod.Post, $"{At(key)}/traffic?dryRun=true", new StringContent("2026-01-01T00:00Z,1 G,bps", Encoding.UTF8, "text/csv"))),
        new("GET /api/v1/incidents/{key}/traffic/batches", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/traffic/batches")),
        new("POST /api/v1/incidents/{key}/traffic/batches/{id:guid}/withdraw", Needs.Respond, HttpStatusCode.NotFound, key => Post($"{At(key)}/traffic/batches/{Guid.Empty}/withdraw", new { })),
        new("GET /api/v1/attack-vectors/{slug}/precedents", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/attack-vectors/udp-flood/precedents")),

        new("GET /api/v1/follow-ups", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/follow-ups?take=1")),
        new("GET /api/v1/incidents/{key}/follow-ups", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/follow-ups")),
        new("POST /api/v1/incidents/{key}/follow-ups", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/follow-ups", new { action = "" })),
        new("PATCH /api/v1/incidents/{key}/follow-ups/{id:guid}", Needs.Respond, HttpStatusCode.NotFound, key => Patch($"{At(key)}/follow-ups/{Guid.Empty}", new { version = 1, action = "x", ownerId = (Guid?)null, dueOn = (string?)null })),
        new("POST /api/v1/incidents/{key}/follow-ups/{id:guid}/state", Needs.Respond, HttpStatusCode.NotFound, key => Post($"{At(key)}/follow-ups/{Guid.Empty}/state", new { version = 1, to = "done" })),


        new("GET /api/v1/checklists", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/checklists")),
        new("PUT /api/v1/checklists/{id:guid}", Needs.Administer, HttpStatusCode.UnprocessableEntity, _ => Put($"/api/v1/checklists/{Guid.CreateVersion7()}", new { version = 0, titleEn = "x", titleEs = "x" })),
        new("GET /api/v1/incidents/{key}/checklists", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/checklists")),
        new("POST /api/v1/incidents/{key}/checklists", Needs.Respond, HttpStatusCode.OK, key => Post($"{At(key)}/checklists", new { checklistId = Volumetric })),
        new("DELETE /api/v1/incidents/{key}/checklists/{id:guid}", Needs.Respond, HttpStatusCode.NotFound, key => (HttpMethod.Delete, $"{At(key)}/checklists/{Volumetric}", null)),
        new("PUT /api/v1/incidents/{key}/checklists/{id:guid}/ticks/{step:int}", Needs.Respond, HttpStatusCode.NotFound, key => Put($"{At(key)}/checklists/{Volumetric}/ticks/0", new { })),
        new("DELETE /api/v1/incidents/{key}/checklists/{id:guid}/ticks/{step:int}", Needs.Respond, HttpStatusCode.NotFound, key => (HttpMethod.Delete, $"{At(key)}/checklists/{Volumetric}/ticks/0", null)),
    ];

    private static Row[] Rows => [.. OfIncidents, .. OfDocuments];

    private const string Uplink = "uplink-of-the-matrix";
    private const string Member = "Member of the matrix";

    // A checklist of every new desk.
    private static readonly Guid Volumetric = new("01990000-0000-7000-8000-0000000000c1");

    // What browsers use and other tests look after: pages ask for a session, see below, and their forms for its antiforgery token.
    private static readonly string[] OfBrowsers =
    [
        " /_blazor", " /_blazor/disconnect/", " /_blazor/initializers/", " /_blazor/negotiate", " /hubs/incidents", "GET /_framework/opaque-redirect", "GET /healthz", "GET,HEAD {**path:file}",
        "GET,POST /", "GET,POST /access", "GET,POST /audit", "GET,POST /account", "GET,POST /account/factors", "GET,POST /account/sessions", "GET,POST /account/tokens", "POST /account/passkeys/options", "GET,POST /signin/code", "POST /signin/passkey/options", "GET,POST /checklists", "GET,POST /follow-ups", "GET,POST /incidents", "GET,POST /declare", "GET,POST /incidents/{Key}", "GET,POST /incidents/{Key}/board", "GET,POST /incidents/{Key}/handover", "GET,POST /incidents/{Key}/import", "GET,POST /incidents/{Key}/reports", "GET,POST /incidents/{Key}/postmortem/exports", "GET,POST /incidents/{Key}/postmortem/preview", "GET,POST /incidents/{Key}/postmortem", "GET,POST /postmortems/templates", "GET,POST /incidents/{Key}/postmortem/redaction", "GET,POST /incidents/{Key}/since", "GET,POST /since", "GET,POST /not-found", "GET,POST /people",
        "GET,POST /setup", "GET,POST /signin", "GET,POST /welcome",
        "GET,POST /inventory", "GET,POST /inventory/import", "GET,POST /inventory/{NameOrId}", "GET,POST /inventory/members/{MemberId:guid}", "GET,POST /inventory/members/{MemberId:guid}/ledger", "GET,POST /leadership", "GET,POST /leadership/{FigureName}",
        "GET,POST /mitigations", "GET,POST /mitigations/kinds", "GET,POST /mitigations/templates", "GET,POST /mitigations/{IdOrName}", "GET,POST /postmortems", "GET,POST /postmortems/import",
        "POST /account/tokens/{id:guid}/revoke", "POST /incidents/{key}/log", "POST /language", "POST /signout",
    ];

    [Fact]
    public async Task Every_endpoint_stands_in_the_matrix()
    {
        var desk = await WebDesk.SharedAsync();
        var mapped = desk.Endpoints().Select(e => e.Name()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Rows.Select(r => r.Endpoint).Concat(OfBrowsers).Distinct().Order(StringComparer.Ordinal), mapped);
    }

    [Fact]
    public async Task Strangers_reach_the_doors_and_static_files_only()
    {
        var desk = await WebDesk.SharedAsync();
        var open = desk.Endpoints().Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(e => e.Name()).Order(StringComparer.Ordinal);
        Assert.Equal(["GET /healthz", "GET,POST /setup", "GET,POST /signin", "GET,POST /signin/code", "GET,POST /welcome", "POST /language", "POST /signin/passkey/options"], open);

        var stranger = desk.Browser();
        foreach (var path in new[] { "/", "/incidents", "/incidents/INC-2026-001", "/incidents/INC-2026-001/board", "/incidents/INC-2026-001/import", "/incidents/INC-2026-001/postmortem/exports", "/incidents/INC-2026-001/postmortem", "/postmortems/templates", "/incidents/INC-2026-001/postmortem/redaction", "/incidents/INC-2026-001/handover", "/incidents/INC-2026-001/reports", "/incidents/INC-2026-001/since", "/since", "/declare", "/people", "/access", "/account", "/account/factors", "/account/sessions", "/account/tokens", "/audit", "/checklists", "/follow-ups", "/inventory", "/inventory/import", $"/inventory/members/{Guid.Empty}/ledger", "/leadership", "/leadership/resolve", "/mitigations", "/mitigations/kinds", "/mitigations/templates", "/postmortems", "/postmortems/import", "/_blazor/initializers/", "/_framework/opaque-redirect" })
            Assert.StartsWith("/signin?to=", new Uri((await stranger.GetAsync(path)).Expect(HttpStatusCode.Redirect).Location!).PathAndQuery, StringComparison.Ordinal);
        (await stranger.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1")).Expect(HttpStatusCode.Redirect);
        (await stranger.SendAsync(HttpMethod.Post, "/hubs/incidents/negotiate?negotiateVersion=1")).Expect(HttpStatusCode.Unauthorized);
        foreach (var path in new[] { "/healthz", "/signin", "/setup", "/welcome", "/css/desk.css", "/_framework/blazor.web.js" }) (await stranger.GetAsync(path)).Expect(HttpStatusCode.OK);
        foreach (var path in new[] { "/signout", "/account/tokens/01990000-0000-7000-8000-000000000001/revoke" })
            (await stranger.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([]))).Expect(HttpStatusCode.Redirect);

        // What was typed when the session had ended comes back instead of going with a redirect.
        var typed = new FormUrlEncodedContent([KeyValuePair.Create("body", "typed at the end")]);
        Assert.Contains("typed at the end", (await stranger.SendAsync(HttpMethod.Post, "/incidents/INC-2026-001/log", typed)).Expect(HttpStatusCode.Unauthorized).Text, StringComparison.Ordinal);
    }

    [Theory, EngineData]
    public async Task Each_caller_gets_what_their_role_and_the_incident_allow(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var owner = await desk.PersonAsync();
        var people = new Dictionary<PersonRole, Somebody>();
        foreach (var role in Enum.GetValues<PersonRole>()) people[role] = await desk.PersonAsync(role);
        var (disabled, revoked) = (await DisabledAsync(desk), await RevokedAsync(desk));

        await InventoryAsync(owner);
        var open = await IncidentAsync(owner);
        var named = await RestrictAsync(owner, await IncidentAsync(owner), [.. people.Values.Select(p => p.Id)]);
        var hidden = await RestrictAsync(owner, await IncidentAsync(owner), []);

        var wrong = new List<string>();
        foreach (var row in Rows)
        {
            foreach (var key in new[] { open, named, hidden, "INC-1999-999" })
            {
                foreach (var (who, token) in new[] { ("stranger", null), ("disabled person", disabled.Token), ("revoked token", revoked.Token) }) await TryAsync(who, token, HttpStatusCode.Unauthorized);
                foreach (var (role, person) in people) await TryAsync(role.ToString(), person.Token, Expected(row, role, sees: key == open || key == named || (key == hidden && role == PersonRole.Administrator)));

                async Task TryAsync(string who, string? token, HttpStatusCode expected)
                {
                    var (method, path, content) = row.Request(key);
                    var answer = await desk.Program(token).SendAsync(method, path, content);
                    var incident = key == open ? "open" : key == named ? "named" : key == hidden ? "hidden" : "unknown";
                    if (answer.Status != expected) wrong.Add($"{row.Endpoint} ({row.Needs}), {who}, {incident}: {(int)answer.Status} instead of {(int)expected} {answer.Text}");
                }
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory, EngineData]
    public async Task An_incident_that_one_may_not_see_answers_like_one_that_does_not_exist(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (owner, other) = (await desk.PersonAsync(), await desk.PersonAsync());
        await InventoryAsync(owner);
        var hidden = await owner.DeclareAsync(restricted: true);
        foreach (var row in Rows.Where(r => r.Endpoint.Contains("{key}", StringComparison.Ordinal)))
        {
            var texts = new List<string>();
            foreach (var key in new[] { hidden, "INC-1999-999" })
            {
                var (method, path, content) = row.Request(key);
                texts.Add((await other.Api().SendAsync(method, path, content)).ExpectProblem(HttpStatusCode.NotFound, "Incident.NotFound").Detail.Replace(key, "KEY", StringComparison.Ordinal));
            }
            Assert.Equal(texts[0], texts[1]);
        }
        var browser = await other.BrowserAsync();
        foreach (var key in new[] { hidden, "INC-1999-999" })
        {
            (await browser.GetAsync($"/incidents/{key}")).Expect(HttpStatusCode.NotFound);
            (await browser.GetAsync($"/incidents/{key}/import")).Expect(HttpStatusCode.NotFound);
        }
    }

    private static HttpStatusCode Expected(Row row, PersonRole role, bool sees)
    {
        var ofIncident = row.Endpoint.Contains("{key}", StringComparison.Ordinal);
        if (ofIncident && !sees) return HttpStatusCode.NotFound;
        var may = row.Needs switch
        {
            Needs.Account or Needs.SeeIncident => true,
            Needs.LogAsLeadership => role != PersonRole.Observer,
            Needs.Administer => role == PersonRole.Administrator,
            _ => role is PersonRole.Responder or PersonRole.Administrator,
        };
        return may ? row.Success : HttpStatusCode.Forbidden;
    }

    /// <summary>What the rows speak of; another test may have added it before.</summary>
    private static async Task InventoryAsync(Somebody owner)
    {
        await owner.Api().PostAsync("/api/v1/assets", new { kind = "Uplink", name = Uplink });
        await owner.Api().PostAsync("/api/v1/members", new { name = Member });
    }

    private static async Task<string> IncidentAsync(Somebody owner)
    {
        var key = await owner.DeclareAsync();
        await owner.LogAsync(key, "first");
        (await owner.Api().PutAsync($"{At(key)}/milestones/detected", new { version = 1, when = new { at = "2026-01-01T00:00:00Z" } })).Expect(HttpStatusCode.OK);
        return key;
    }

    private static async Task<string> RestrictAsync(Somebody owner, string key, Guid[] people)
    {
        (await owner.Api().PutAsync($"{At(key)}/restriction", new { version = 2, isRestricted = true, people })).Expect(HttpStatusCode.OK);
        return key;
    }

    private static async Task<Somebody> DisabledAsync(WebDesk desk)
    {
        var (person, admin) = (await desk.PersonAsync(PersonRole.Administrator), await desk.PersonAsync(PersonRole.Administrator));
        Assert.True((await desk.Get<ManagePeople>().ChangeAsync(person.Id, PersonRole.Administrator, disabled: true, admin.Actor, default)).Succeeded);
        return person;
    }

    private static async Task<Somebody> RevokedAsync(WebDesk desk)
    {
        var person = await desk.PersonAsync(PersonRole.Administrator);
        var token = Assert.Single((await desk.Get<MyAccount>().TokensAsync(person.Actor, default)).Value);
        Assert.True((await desk.Get<MyAccount>().RevokeTokenAsync(person.Actor, token.Id, default)).Succeeded);
        return person;
    }

    private static string At(string key) => $"/api/v1/incidents/{key}";

    private static (HttpMethod, string, HttpContent?) Get(string path) => (HttpMethod.Get, path, null);

    private static (HttpMethod, string, HttpContent?) Post(string path, object body) => (HttpMethod.Post, path, JsonContent.Create(body));

    private static (HttpMethod, string, HttpContent?) Patch(string path, object body) => (HttpMethod.Patch, path, JsonContent.Create(body));

    private static (HttpMethod, string, HttpContent?) Put(string path, object body) => (HttpMethod.Put, path, JsonContent.Create(body));
}
