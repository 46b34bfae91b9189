using System.Net;
using System.Text.Json;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class IncidentApiTests
{
    private const string Incidents = "/api/v1/incidents";

    [Theory, EngineData]
    public async Task Declaring_answers_201_with_the_place_and_the_key(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync(zone: "America/Mexico_City");
        var declared = (await ana.Api().PostAsync(Incidents, new { title = "SYN flood", severity = "SEV1", impactStartedAt = new { at = "2015-07-31T06:00:00-05:00", precision = "before" } })).Expect(HttpStatusCode.Created).Json;

        var key = declared.GetProperty("key").GetString()!;
        Assert.Matches("^INC-2015-[0-9]{3}$", key);
        Assert.Equal("SEV1", declared.GetProperty("severity").GetString());
        Assert.Equal("Investigating", declared.GetProperty("status").GetString());
        Assert.Equal("TLP:AMBER", declared.GetProperty("tlp").GetString());
        Assert.Equal("America/Mexico_City", declared.GetProperty("timeZone").GetString());
        Assert.Equal("2015-07-31T11:00:00Z", declared.GetProperty("impactStartedAt").GetProperty("at").GetString());
        Assert.Equal("before", declared.GetProperty("impactStartedAt").GetProperty("precision").GetString());
    }

    [Fact]
    public async Task The_place_of_a_new_incident_leads_to_it()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var declared = (await ana.Api().PostAsync(Incidents, new { title = "SYN flood", severity = "sev3" })).Expect(HttpStatusCode.Created);
        var read = (await ana.Api().GetAsync(declared.Location!)).Expect(HttpStatusCode.OK);
        Assert.Equal(declared.Json.GetProperty("key").GetString(), read.Json.GetProperty("key").GetString());
        Assert.Equal(JsonValueKind.Null, read.Json.GetProperty("impactStartedAt").ValueKind);
    }

    [Fact]
    public async Task The_same_id_twice_declares_once()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var request = new { title = "SYN flood", severity = "SEV3", id = Guid.CreateVersion7() };
        var first = (await ana.Api().PostAsync(Incidents, request)).Expect(HttpStatusCode.Created);
        var second = (await ana.Api().PostAsync(Incidents, request)).Expect(HttpStatusCode.Created);
        Assert.Equal(first.Location, second.Location);
    }

    [Theory]
    [InlineData("""{"title":"x"}""", "Word.Unknown", "severity")]
    [InlineData("""{"title":"x","severity":"SEV9"}""", "Word.Unknown", "severity")]
    [InlineData("""{"title":"x","severity":"1"}""", "Word.Unknown", "severity")]
    [InlineData("""{"severity":"SEV1"}""", "Text.Empty", "title")]
    [InlineData("""{"title":"  ","severity":"SEV1"}""", "Text.Empty", "title")]
    [InlineData("""{"title":"a\u0000b","severity":"SEV1"}""", "Text.ControlCharacter", "title")]
    [InlineData("""{"title":"x","severity":"SEV1","tlp":"PURPLE"}""", "Word.Unknown", "tlp")]
    [InlineData("""{"title":"x","severity":"SEV1","timeZone":"Mars/Olympus"}""", "Time.ZoneUnknown", "timeZone")]
    [InlineData("""{"title":"x","severity":"SEV1","timeZone":"a\u0000b"}""", "Time.ZoneUnknown", "timeZone")]
    [InlineData("""{"title":"x","severity":"SEV1","impactStartedAt":{"at":"2026-01-01T10:00:00"}}""", "Time.Unreadable", "impactStartedAt")]
    [InlineData("""{"title":"x","severity":"SEV1","impactStartedAt":{"at":"2026-01-01T10:00:00Z","precision":"roughly"}}""", "Time.PrecisionUnknown", "impactStartedAt")]
    public async Task What_cannot_be_declared_is_refused_with_its_field(string body, string code, string field)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var refused = (await ana.Api().PostTextAsync(Incidents, body, "application/json")).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal(refused.Detail, refused.Json.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Theory, EngineData]
    public async Task The_list_filters_by_words_status_severity_and_year_and_pages(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var word = $"w{Guid.NewGuid():N}";
        var keys = new List<string>();
        foreach (var (severity, year) in new[] { ("SEV1", 2011), ("SEV2", 2011), ("SEV2", 2012) })
        {
            var declared = await ana.Api().PostAsync(Incidents, new { title = $"Flood {word}", severity, impactStartedAt = new { at = $"{year}-03-01T00:00:00Z" } });
            keys.Add(declared.Expect(HttpStatusCode.Created).Json.GetProperty("key").GetString()!);
        }
        (await ana.Api().PatchAsync($"{Incidents}/{keys[0]}", new { version = 1, status = "Mitigating" })).Expect(HttpStatusCode.OK);

        Assert.Equal(keys.Order(), (await ListAsync($"?q={word}")).Order());
        Assert.Equal(keys[1..].Order(), (await ListAsync($"?q={word}&severity=SEV2,SEV3")).Order());
        Assert.Equal([keys[0]], await ListAsync($"?q={word}&status=mitigating"));
        Assert.Equal([keys[2]], await ListAsync($"?q={word.ToUpperInvariant()}&year=2012"));
        Assert.Empty(await ListAsync($"?q={word}%20-flood"));

        var page = (await ana.Api().GetAsync($"{Incidents}?q={word}&skip=2&take=2")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(3, page.GetProperty("total").GetInt32());
        Assert.Equal(1, page.GetProperty("incidents").GetArrayLength());

        (await ana.Api().GetAsync($"{Incidents}?status=Sleeping")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");

        async Task<IEnumerable<string>> ListAsync(string query) =>
            (await ana.Api().GetAsync(Incidents + query)).Expect(HttpStatusCode.OK).Json.GetProperty("incidents").EnumerateArray().Select(i => i.GetProperty("key").GetString()!);
    }

    [Theory, EngineData]
    public async Task What_nobody_would_type_into_a_filter_finds_nothing_and_breaks_nothing(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        foreach (var query in new[] { "q=a%00b", "q=%ff%fe", "year=-1", "year=99999", "skip=-5&take=-5", "skip=2147483647&take=2147483647", $"q={new string('x', 5000)}" })
            (await ana.Api().GetAsync($"{Incidents}?{query}")).Expect(HttpStatusCode.OK);
        foreach (var query in new[] { "year=soon", "vector=magic", "target=web-1", "lead=ana", "tlp=BLUE" }) (await ana.Api().GetAsync($"{Incidents}?{query}")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
        foreach (var search in new[] { "find?q=a%00b", "assets?text=a%00b", "assets/find?text=a%00b", "members?text=a%00b", "mitigations?text=a%00b&kind=a%00b" })
            (await ana.Api().GetAsync($"/api/v1/{search}")).Expect(HttpStatusCode.OK);
        foreach (var named in new[] { "assets?member=a%00b", "mitigations?incident=a%00b" }) (await ana.Api().GetAsync($"/api/v1/{named}")).Expect(HttpStatusCode.NotFound);
    }

    [Theory, EngineData]
    public async Task A_change_needs_the_version_and_a_stale_one_is_a_conflict_that_shows_what_stands(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var at = $"{Incidents}/{await ana.DeclareAsync()}";
        (await ana.Api().PatchAsync(at, new { title = "Other" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Incident.VersionMissing");

        var changed = (await ana.Api().PatchAsync(at, new { version = 1, title = "Mine", severity = "SEV1", tlp = "TLP:RED" })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(2, changed.GetProperty("version").GetInt32());
        Assert.Equal("TLP:RED", changed.GetProperty("tlp").GetString());

        var conflict = (await ana.Api().PatchAsync(at, new { version = 1, title = "Late" })).ExpectProblem(HttpStatusCode.Conflict, "Incident.Conflict");
        Assert.Equal("Mine", conflict.Json.GetProperty("current").GetProperty("title").GetString());
        Assert.Equal(2, conflict.Json.GetProperty("current").GetProperty("version").GetInt32());

        (await ana.Api().PatchAsync(at, new { version = 1, title = "Mine" })).Expect(HttpStatusCode.OK);
        (await ana.Api().PatchAsync(at, new { version = 2, status = "asleep" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
    }

    [Fact]
    public async Task A_move_back_needs_a_reason_and_every_change_stands_in_the_log()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        (await ana.Api().PatchAsync($"{Incidents}/{key}", new { version = 1, status = "Resolved" })).Expect(HttpStatusCode.OK);
        (await ana.Api().PatchAsync($"{Incidents}/{key}", new { version = 2, status = "Mitigating" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Incident.BackNeedsReason");
        (await ana.Api().PatchAsync($"{Incidents}/{key}", new { version = 2, status = "Mitigating", reason = "It is back." })).Expect(HttpStatusCode.OK);

        var rows = await ana.RowsAsync(key);
        Assert.Equal(["incident", "status", "milestone", "status"], rows.Select(r => r.GetProperty("kind").GetString()));
        Assert.Equal("It is back.", rows[^1].GetProperty("body").GetString());
        Assert.Equal("Resolved", rows[^1].GetProperty("change").GetProperty("from").GetString());
    }

    [Fact]
    public async Task Milestones_are_put_and_taken_away()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var at = $"{Incidents}/{await ana.DeclareAsync()}";
        var known = (await ana.Api().PutAsync($"{at}/milestones/first-public-word", new { version = 1, when = new { at = "2026-01-02T03:00:00Z", precision = "hour" } })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("hour", known.GetProperty("milestones").GetProperty("first-public-word").GetProperty("precision").GetString());
        var unknown = (await ana.Api().PutAsync($"{at}/milestones/first-public-word", new { version = 2, when = (object?)null })).Expect(HttpStatusCode.OK).Json;
        Assert.False(unknown.GetProperty("milestones").TryGetProperty("first-public-word", out _));

        (await ana.Api().PutAsync($"{at}/milestones/lunch", new { version = 3, when = (object?)null })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
        (await ana.Api().PutAsync($"{at}/milestones/detected", new { version = 1, when = new { at = "2026-01-02T03:00:00Z" } })).ExpectProblem(HttpStatusCode.Conflict, "Incident.Conflict");
        (await ana.Api().PutAsync($"{at}/milestones/detected", new { when = (object?)null })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Incident.VersionMissing");
    }

    [Fact]
    public async Task Roles_are_given_and_freed_and_keep_their_history()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben Oduya"));
        var at = $"{Incidents}/{await ana.DeclareAsync()}";
        (await ana.Api().PutAsync($"{at}/roles/lead", new { personId = ana.Id })).Expect(HttpStatusCode.OK);
        (await ana.Api().PutAsync($"{at}/roles/lead", new { personId = ben.Id })).Expect(HttpStatusCode.OK);
        var freed = (await ana.Api().PutAsync($"{at}/roles/lead", new { personId = (Guid?)null })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(["Ana Ruiz", "Ben Oduya"], freed.GetProperty("roles").EnumerateArray().Select(r => r.GetProperty("person").GetString()));
        Assert.All(freed.GetProperty("roles").EnumerateArray(), r => Assert.Equal(JsonValueKind.String, r.GetProperty("endedAt").ValueKind));

        (await ana.Api().PutAsync($"{at}/roles/lead", new { personId = Guid.NewGuid() })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Person.NotFound");
        (await ana.Api().PutAsync($"{at}/roles/cook", new { personId = ana.Id })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
    }

    [Theory, EngineData]
    public async Task A_restriction_hides_the_incident_from_all_who_are_not_named(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, named, other, admin) = (await desk.PersonAsync(), await desk.PersonAsync(), await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator));
        var key = await ana.DeclareAsync();
        (await ana.Api().PutAsync($"{Incidents}/{key}/restriction", new { version = 1, isRestricted = true, people = new[] { named.Id } })).Expect(HttpStatusCode.OK);

        foreach (var sees in new[] { ana, named, admin }) (await sees.Api().GetAsync($"{Incidents}/{key}")).Expect(HttpStatusCode.OK);
        (await other.Api().GetAsync($"{Incidents}/{key}")).ExpectProblem(HttpStatusCode.NotFound, "Incident.NotFound");
        Assert.Equal(0, (await other.Api().GetAsync($"{Incidents}?q={key}")).Json.GetProperty("total").GetInt32());
        Assert.DoesNotContain(key, (await other.Api().GetAsync($"/api/v1/find?q={key}")).Text, StringComparison.Ordinal);
        Assert.Contains(key, (await named.Api().GetAsync($"/api/v1/find?q={key}")).Text, StringComparison.Ordinal);
        (await ana.Api().PutAsync($"{Incidents}/{key}/restriction", new { isRestricted = false })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Incident.VersionMissing");
    }
}
