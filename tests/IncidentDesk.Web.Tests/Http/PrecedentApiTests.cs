using System.Net;
using IncidentDesk.Attacks;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class PrecedentApiTests
{
    [Theory, EngineData]
    public async Task A_defence_that_is_tied_to_a_wave_is_a_precedent_for_its_vector(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var (key, api) = (await ana.DeclareAsync(), ana.Api());
        var wave = await WaveAsync(ana, key, "gre-flood");
        object Body(Guid against) => new { facts = new { title = "Filter GRE", kind = "flowspec" }, when = new { at = "2026-01-01T00:00:00Z" }, against = new[] { against } };

        (await api.PostAsync($"/api/v1/incidents/{key}/mitigations", Body(Guid.NewGuid()))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Mitigation.WaveUnknown");
        var id = (await api.PostAsync($"/api/v1/incidents/{key}/mitigations", Body(wave))).Expect(HttpStatusCode.Created).Json.GetProperty("id").GetGuid();
        (await api.PostAsync($"/api/v1/mitigations/{id}/state", new { version = 1, to = "effective", when = new { at = "2026-01-01T00:12:00Z" }, reason = "The graph fell" })).Expect(HttpStatusCode.OK);

        var found = (await api.GetAsync("/api/v1/attack-vectors/gre-flood/precedents")).Expect(HttpStatusCode.OK).Json;
        var kind = found.GetProperty("kinds").EnumerateArray().Single(k => k.GetProperty("kind").GetString() == "flowspec");
        Assert.Equal((1, 1, 12d), (kind.GetProperty("tried").GetInt32(), kind.GetProperty("verdicts").GetProperty("effective").GetInt32(), kind.GetProperty("untilItWorked").GetProperty("minutes").GetDouble()));
        Assert.Equal((key, "The graph fell"), (kind.GetProperty("latest")[0].GetProperty("incident").GetString(), kind.GetProperty("latest")[0].GetProperty("reason").GetString()));
        Assert.DoesNotContain(key, (await api.GetAsync($"/api/v1/attack-vectors/gre-flood/precedents?without={key}")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        (await api.GetAsync("/api/v1/attack-vectors/teapot/precedents")).ExpectProblem(HttpStatusCode.NotFound, "Precedents.VectorUnknown");
    }

    /// <summary>A wave as somebody would have declared it.</summary>
    internal static async Task<Guid> WaveAsync(Somebody who, string key, string vector)
    {
        var incident = (await who.Desk.Get<FindIncidents>().ByKeyAsync(key, who.Actor, default)).Value;
        await using var db = await who.Desk.Get<DeskDatabase>().OpenAsync(default);
        var wave = new AttackWave { Id = Guid.CreateVersion7(), IncidentId = incident.Id, Number = 1, Vector = vector, FromAt = incident.DeclaredAt, CreatedAt = incident.DeclaredAt, CreatedByName = who.Name };
        db.AttackWaves.Add(wave);
        await db.SaveChangesAsync();
        return wave.Id;
    }
}
