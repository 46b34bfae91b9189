using System.Net;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class WaveApiTests
{
    [Theory, EngineData]
    public async Task A_wave_is_declared_edited_ended_and_withdrawn_and_a_stale_version_shows_what_stands(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var (api, key, id) = (ana.Api(), await ana.DeclareAsync(), Guid.CreateVersion7());
        var at = $"/api/v1/incidents/{key}/waves";
        var asset = (await api.PostAsync("/api/v1/assets", new { kind = "Server", name = $"ns-{id:N}" })).Expect(HttpStatusCode.Created).Json.GetProperty("name").GetString()!;
        var limit = (await api.PostAsync($"/api/v1/incidents/{key}/mitigations", new { state = "applied", facts = new { title = "Limit", kind = "rate-limit" } })).Expect(HttpStatusCode.Created).Json.GetProperty("name").GetString()!;
        object Facts(string notes, string? sources = null) => new
        {
            vector = "dns-query-flood",
            from = new { at = "2026-01-02T10:00:00Z", precision = "about" },
            magnitude = 1.2e6,
            unit = "pps",
            magnitudeKind = "peak",
            measuredAt = "balancer",
            countries = new[] { "br" },
            sources,
            targets = new[] { asset },
            adaptedTo = limit,
            defences = new[] { limit },
            notes,
        };

        var declared = (await api.PostAsync(at, new { id, facts = Facts("", "198.51.100.7:53\n198.51.100.8") })).Expect(HttpStatusCode.Created);
        Assert.Equal($"{at}/{id}", declared.Location);
        Assert.Equal(1, (await api.PostAsync(at, new { id, facts = Facts("") })).Expect(HttpStatusCode.Created).Json.GetProperty("number").GetInt32());
        // What was pasted stays when nothing else is given.
        var edited = (await api.PutAsync($"{at}/{id}", new { version = 1, facts = Facts("all of one pattern") })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("198.51.100.0/24", edited.GetProperty("prefixes")[0].GetProperty("prefix").GetString());
        var conflict = (await api.PutAsync($"{at}/{id}", new { version = 1, facts = Facts("late") })).ExpectProblem(HttpStatusCode.Conflict, "Wave.Conflict");
        Assert.Equal("all of one pattern", conflict.Json.GetProperty("current").GetProperty("notes").GetString());
        Assert.Equal("before", (await api.PostAsync($"{at}/{id}/end", new { version = 2, to = new { at = "2026-01-02T11:00:00Z", precision = "before" } })).Expect(HttpStatusCode.OK).Json.GetProperty("to").GetProperty("precision").GetString());

        var read = (await api.GetAsync(at)).Expect(HttpStatusCode.OK).Json.GetProperty("waves")[0];
        Assert.Equal((asset, limit, limit), (read.GetProperty("targets")[0].GetProperty("name").GetString(), read.GetProperty("adaptedTo").GetProperty("name").GetString(), read.GetProperty("defences")[0].GetProperty("name").GetString()));
        (await api.PostAsync($"{at}/{id}/withdraw", new { version = 3, reason = "it was ours" })).Expect(HttpStatusCode.OK);
        Assert.Equal(0, (await api.GetAsync(at)).Expect(HttpStatusCode.OK).Json.GetProperty("waves").GetArrayLength());
        Assert.Equal(1, (await api.GetAsync($"{at}?withdrawn=true")).Expect(HttpStatusCode.OK).Json.GetProperty("waves").GetArrayLength());
        Assert.True((await api.GetAsync($"{at}/{id}")).Expect(HttpStatusCode.OK).Json.GetProperty("isWithdrawn").GetBoolean());
    }

    [Fact]
    public async Task What_cannot_be_is_a_problem_with_its_code()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var (api, at) = (ana.Api(), $"/api/v1/incidents/{await ana.DeclareAsync()}/waves");
        foreach (var (facts, code) in new (object?, string)[]
        {
            (null, "Text.Empty"), (new { vector = "no-such" }, "Wave.VectorUnknown"), (new { vector = "udp-flood", unit = "parsecs" }, "Word.Unknown"), (new { vector = "udp-flood", magnitude = -1, unit = "bps" }, "Wave.MagnitudeForm"),
            (new { vector = "udp-flood", from = new { at = "yesterday" } }, "Time.Unreadable"), (new { vector = "udp-flood", countries = new[] { "UK", null } }, "Wave.CountryUnknown"),
            (new { vector = "udp-flood", prefixes = new[] { new { prefix = "nowhere", addresses = 1 } } }, "Wave.PrefixForm"),
        })
            (await api.PostAsync(at, new { facts })).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        (await api.PostAsync(at, new { facts = new { vector = "udp-flood", adaptedTo = "no-such-defence" } })).ExpectProblem(HttpStatusCode.NotFound, "Mitigation.NotFound");
        (await api.PutAsync($"{at}/{Guid.NewGuid()}", new { facts = new { vector = "udp-flood" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Incident.VersionMissing");
    }

    [Fact]
    public async Task Pasted_sources_are_folded_and_the_vectors_are_told()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var lines = string.Concat(Enumerable.Range(0, 8_000).Select(n => $"{20 + (n % 3)}.{n % 250}.7.{1 + (n % 200)} GET /\n"));
        var folded = (await ana.Api().PostAsync("/api/v1/source-addresses", new { text = "nothing\n" + lines })).Expect(HttpStatusCode.OK).Json;
        Assert.InRange(folded.GetProperty("prefixes").GetArrayLength(), 1, 500);
        Assert.Equal(1, folded.GetProperty("linesWithout")[0].GetInt32());
        (await ana.Api().PostAsync("/api/v1/source-addresses", new { text = new string('1', 300_000) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Text.TooLong");
        Assert.Contains((await ana.Api().GetAsync("/api/v1/attack-vectors")).Expect(HttpStatusCode.OK).Json.EnumerateArray(), v => v.GetProperty("slug").GetString() == "http2-rapid-reset" && v.GetProperty("family").GetString() == "application");
    }
}
