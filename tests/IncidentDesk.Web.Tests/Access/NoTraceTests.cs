using System.Net;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Access;

/// <summary>Whoever is not named in a restricted incident finds no trace of it, whatever they fetch.</summary>
public sealed class NoTraceTests
{
    private const string Word = "chinchillón";

    // What is asked for besides, wherever it is understood: the beginning of the word, the key, everything.
    private static readonly string[] Queries = ["", "?q=chinch&text=chinch&take=500&retired=true", "?q=%2Bchinch&incident={key}&kind=rate-limit", "?q={key}&text={key}&before=999999", "?q=chinch&severity=SEV2&year=2013&tlp=TLP:AMBER&target={asset}"];

    [Theory, EngineData]
    public async Task No_page_and_no_answer_of_the_api_has_a_trace(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var owner = await desk.PersonAsync();
        var hidden = await HiddenAsync(owner);

        var (seenByOwner, _) = await TracesAsync(desk, owner, hidden);
        // Else the test would look past them.
        foreach (var shown in new[] { "/", "/incidents", "/incidents/{Key}", "/api/v1/find", "/api/v1/search", "/api/v1/incidents/", "/api/v1/incidents/{key}/timeline/", "/api/v1/mentions", "/api/v1/incidents/{key}/waves", "/api/v1/mitigations", "/api/v1/follow-ups", "/follow-ups", "/incidents/{Key}/reports", "/api/v1/incidents/{key}/postmortem/", "/incidents/{Key}/postmortem", "/api/v1/incidents/{key}/traffic/", "/api/v1/attack-vectors/{slug}/precedents", "/mitigations/{IdOrName}", "/api/v1/assets/{asset}/impacts", "/api/v1/assets/{id:guid}/card", "/inventory/{NameOrId}" })
            Assert.Contains(seenByOwner, path => path == shown);

        foreach (var role in new[] { PersonRole.Observer, PersonRole.Responder })
        {
            var (traces, failed) = await TracesAsync(desk, await desk.PersonAsync(role), hidden);
            Assert.True(traces.Count == 0, $"{role}: {string.Join(", ", traces)}");
            Assert.True(failed.Count == 0, $"{role}: {string.Join(", ", failed)}");
        }
    }

    private sealed record Hidden(string Key, string AssetId, string Asset, string MitigationId, string Mitigation, string ImpactId, string IncidentId);

    private static async Task<(List<string> Traces, List<string> Failed)> TracesAsync(WebDesk desk, Somebody who, Hidden hidden)
    {
        var browser = await who.BrowserAsync();
        string[] secrets = [Word, hidden.Key, hidden.IncidentId, hidden.MitigationId, hidden.Mitigation, hidden.ImpactId];
        var (traces, failed) = (new List<string>(), new List<string>());
        foreach (var endpoint in desk.Endpoints().Where(e => e.Methods().Contains("GET") && !e.Template().Contains("**", StringComparison.Ordinal)))
        {
            foreach (var query in Queries)
            {
                var path = endpoint.Path(place => place switch
                {
                    "key" => hidden.Key,
                    "asset" or "nameorid" => hidden.Asset,
                    "id" => hidden.AssetId,
                    "mitigation" or "idorname" => hidden.Mitigation,
                    "impactid" => hidden.ImpactId,
                    "memberid" => Guid.Empty.ToString(),
                    "sequence" or "number" => "1",
                    "slug" => "chargen-amplification",
                    "figure" or "figurename" => "follow-ups",
                    "documentname" => "v1",
                    _ => throw new NotSupportedException($"What goes into {place} of {endpoint.Template()}, so that it would show a hidden incident?"),
                }) + query.Replace("{key}", hidden.Key, StringComparison.Ordinal).Replace("{asset}", hidden.AssetId, StringComparison.Ordinal);
                var answer = await browser.GetAsync(path);
                if ((int)answer.Status >= 500) failed.Add($"{path}: {(int)answer.Status}");
                // What was sent may come back.
                var text = WebUtility.HtmlDecode(answer.Text);
                if (secrets.Any(secret => !path.Contains(secret, StringComparison.OrdinalIgnoreCase) && text.Contains(secret, StringComparison.OrdinalIgnoreCase))) traces.Add(endpoint.Template());
            }
        }
        return ([.. traces.Distinct(StringComparer.Ordinal)], failed);
    }

    /// <summary>An incident with something in each of its parts.</summary>
    private static async Task<Hidden> HiddenAsync(Somebody owner)
    {
        var (api, asset) = (owner.Api(), $"server-{Guid.NewGuid():N}");
        // Of a year of its own, whose keys stand in no text as an example.
        var declared = await api.PostAsync("/api/v1/incidents", new { title = $"Threat against the {Word}", severity = "SEV2", isRestricted = true, impactStartedAt = new { at = "2013-05-01T10:00:00Z" } });
        var key = declared.Expect(HttpStatusCode.Created).Json.GetProperty("key").GetString()!;
        var incident = (await owner.Desk.Get<FindIncidents>().ByKeyAsync(key, owner.Actor, default)).Value.Id.ToString();
        await owner.LogAsync(key, $"The {Word} is named in the letter");
        var assetId = (await api.PostAsync("/api/v1/assets", new { kind = "Server", name = asset })).Expect(HttpStatusCode.Created).Json.GetProperty("id").GetString()!;
        var marked = (await api.PostAsync($"/api/v1/incidents/{key}/impacts", new { markId = Guid.CreateVersion7(), asset, state = "MajorOutage", cause = "Targeted", evidence = Word })).Expect(HttpStatusCode.Created);
        var (mitigation, name) = (Guid.CreateVersion7(), $"{Word}-{Guid.NewGuid():N}");
        (await api.PostAsync($"/api/v1/incidents/{key}/mitigations", new { id = mitigation, name, state = "applied", facts = new { title = $"Hide the {Word}", kind = "rate-limit", scope = new[] { asset } }, against = new[] { await Http.PrecedentApiTests.WaveAsync(owner, key, "chargen-amplification") } })).Expect(HttpStatusCode.Created);
        (await api.PostAsync($"/api/v1/incidents/{key}/waves", new { facts = new { vector = "udp-flood", targets = new[] { asset }, adaptedTo = name, notes = Word, signature = Word, sources = "203.0.113.9" } })).Expect(HttpStatusCode.Created);
        await api.PostAsync($"/api/v1/incidents/{key}/checklists", new { checklistId = "01990000-0000-7000-8000-0000000000c1" });
        (await api.PostAsync($"/api/v1/incidents/{key}/traffic", new { unit = "bps", measuredAt = Word, samples = new[] { new { value = 1 } } })).Expect(HttpStatusCode.Created);
        (await api.PostAsync($"/api/v1/incidents/{key}/follow-ups", new { action = $"Ask the {Word}", ownerId = owner.Id })).Expect(HttpStatusCode.Created);
        (await api.PostAsync($"/api/v1/incidents/{key}/postmortem", new { language = "es" })).Expect(HttpStatusCode.OK);
        (await api.PostAsync($"/api/v1/incidents/{key}/postmortem/comments", new { body = $"Who is the {Word}?", isQuestion = true })).Expect(HttpStatusCode.OK);
        (await api.PostAsync($"/api/v1/incidents/{key}/reports", new { summary = $"The {Word} holds" })).Expect(HttpStatusCode.Created);
        var impact = marked.Json.GetProperty("impacts")[0].GetProperty("impactId").GetString()!;
        return new(key, assetId, asset, mitigation.ToString(), name, impact, incident);
    }
}
