using System.Net;
using System.Text.Json;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class SearchApiTests
{
    [Theory, EngineData]
    public async Task What_was_found_comes_with_its_words_marked_and_the_way_to_it(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var word = $"lagúna{Guid.NewGuid():N}";
        var key = await ana.DeclareAsync($"Flood at the {word}");
        var entry = await ana.LogAsync(key, $"<b>{word}</b> is down");
        await ana.DeclareAsync("Another one");

        var found = (await ana.Api().GetAsync($"/api/v1/search?q={Uri.EscapeDataString(word.Replace('ú', 'U'))}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(1, found.GetProperty("total").GetInt32());
        var match = Assert.Single(found.GetProperty("matches").EnumerateArray());
        Assert.Equal((key, 2), (match.GetProperty("incident").GetProperty("key").GetString(), match.GetProperty("count").GetInt32()));
        var hits = match.GetProperty("hits").EnumerateArray().ToList();
        Assert.Equal(["title", "entry"], hits.Select(h => h.GetProperty("kind").GetString()));
        Assert.Equal(($"/incidents/{key}", $"/incidents/{key}?entry={entry}"), (hits[0].GetProperty("url").GetString(), hits[1].GetProperty("url").GetString()));
        Assert.Equal(entry, hits[1].GetProperty("sequence").GetInt64());
        Assert.Equal(JsonValueKind.Null, hits[0].GetProperty("sequence").ValueKind);
        Assert.Equal($"<b>[{word}]</b> is down", string.Concat(hits[1].GetProperty("snippet").EnumerateArray().Select(p => p.GetProperty("isHit").GetBoolean() ? $"[{p.GetProperty("text").GetString()}]" : p.GetProperty("text").GetString())));

        Assert.Equal(0, (await ana.Api().GetAsync($"/api/v1/search?q={word}&severity=SEV4")).Expect(HttpStatusCode.OK).Json.GetProperty("total").GetInt32());
        foreach (var query in new[] { "", "?q=", "?q=%22%22%20*%20-%20'%00", $"?q={new string('(', 3000)}", "?q=NOT%20AND%20\"&skip=-1&take=-1" }) (await ana.Api().GetAsync("/api/v1/search" + query)).Expect(HttpStatusCode.OK);
        (await ana.Api().GetAsync("/api/v1/search?q=x&status=asleep")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
    }

    [Theory, EngineData]
    public async Task Facets_count_what_one_may_see_under_the_text_and_the_other_choices(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync());
        var (word, asset) = ($"marsh{Guid.NewGuid():N}", $"server-{Guid.NewGuid():N}");
        (await ana.Api().PostAsync("/api/v1/assets", new { kind = "Server", name = asset })).Expect(HttpStatusCode.Created);
        foreach (var restricted in new[] { false, true })
        {
            var key = await ana.DeclareAsync($"The {word}", restricted);
            (await ana.Api().PostAsync($"/api/v1/incidents/{key}/impacts", new { markId = Guid.CreateVersion7(), asset, state = "MajorOutage", cause = "Targeted" })).Expect(HttpStatusCode.Created);
        }
        async Task<JsonElement> CountAsync(Somebody who, string query) => (await who.Api().GetAsync($"/api/v1/facets?q={word}&{query}")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(2, (await CountAsync(ana, "")).GetProperty("severity").GetProperty("SEV2").GetInt32());
        var seen = await CountAsync(ben, "severity=SEV1&targetText=" + asset[..12]);
        Assert.Equal(1, seen.GetProperty("severity").GetProperty("SEV2").GetInt32());
        Assert.False(seen.GetProperty("tlp").TryGetProperty("TLP:AMBER", out _));
        var all = await CountAsync(ben, "severity=SEV2");
        Assert.Equal((asset, JsonValueKind.Null), (all.GetProperty("target")[0].GetProperty("name").GetString(), all.GetProperty("target")[0].GetProperty("count").ValueKind));
        Assert.Equal(0, all.GetProperty("member").GetArrayLength());
    }

    [Theory, EngineData]
    public async Task Views_are_kept_renamed_listed_and_forgotten(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync());
        var at = $"/api/v1/views/{Guid.CreateVersion7()}";
        var kept = (await ana.Api().PutAsync(at, new { name = "SYN", query = "?q=syn&status=Mitigating&to=https://elsewhere.example.org&page=3" })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("q=syn&status=Mitigating", "/incidents?q=syn&status=Mitigating"), (kept.GetProperty("query").GetString(), kept.GetProperty("url").GetString()));
        (await ana.Api().PutAsync(at, new { name = "SYN floods", query = "q=syn" })).Expect(HttpStatusCode.OK);
        Assert.Equal("SYN floods", Assert.Single((await ana.Api().GetAsync("/api/v1/views")).Expect(HttpStatusCode.OK).Json.EnumerateArray()).GetProperty("name").GetString());
        Assert.Empty((await ben.Api().GetAsync("/api/v1/views")).Expect(HttpStatusCode.OK).Json.EnumerateArray());
        (await ben.Api().SendAsync(HttpMethod.Delete, at)).ExpectProblem(HttpStatusCode.NotFound, "View.NotFound");
        (await ana.Api().PutAsync(at, new { name = "x", query = "nothing=known" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Text.Empty");
        (await ana.Api().SendAsync(HttpMethod.Delete, at)).Expect(HttpStatusCode.NoContent);
        (await ana.Api().SendAsync(HttpMethod.Delete, at)).ExpectProblem(HttpStatusCode.NotFound, "View.NotFound");
    }
}
