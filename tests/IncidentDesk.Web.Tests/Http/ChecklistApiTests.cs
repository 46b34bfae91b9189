using System.Net;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class ChecklistApiTests
{
    [Theory, EngineData]
    public async Task A_list_is_attached_ticked_read_and_taken_off(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var at = $"/api/v1/incidents/{await ana.DeclareAsync()}/checklists";
        var list = (await ana.Api().GetAsync("/api/v1/checklists")).Expect(HttpStatusCode.OK).Json.EnumerateArray().First(l => l.GetProperty("titleEs").GetString() == "Ataque volumétrico");
        var checklistId = list.GetProperty("id").GetGuid();

        var attached = (await ana.Api().PostAsync(at, new { checklistId })).Expect(HttpStatusCode.OK).Json;
        var id = attached.GetProperty("id").GetGuid();
        Assert.Equal(id, (await ana.Api().PostAsync(at, new { checklistId })).Expect(HttpStatusCode.OK).Json.GetProperty("id").GetGuid());
        (await ana.Api().PutAsync($"{at}/{id}/ticks/2", new { })).Expect(HttpStatusCode.OK);
        (await ana.Api().PutAsync($"{at}/{id}/ticks/3", new { })).Expect(HttpStatusCode.OK);
        (await ana.Api().SendAsync(HttpMethod.Delete, $"{at}/{id}/ticks/3")).Expect(HttpStatusCode.OK);
        (await ana.Api().PutAsync($"{at}/{id}/ticks/99", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Checklist.NoSuchStep");

        var steps = Assert.Single((await ana.Api().GetAsync(at)).Expect(HttpStatusCode.OK).Json.EnumerateArray()).GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(list.GetProperty("steps").GetArrayLength(), steps.Count);
        Assert.Equal([2], steps.Where(s => s.GetProperty("tickedBy").GetString() == ana.Name).Select(s => s.GetProperty("step").GetInt32()));

        (await ana.Api().SendAsync(HttpMethod.Delete, $"{at}/{id}")).Expect(HttpStatusCode.OK);
        Assert.Empty((await ana.Api().GetAsync(at)).Expect(HttpStatusCode.OK).Json.EnumerateArray());
        (await ana.Api().PutAsync($"{at}/{id}/ticks/2", new { })).ExpectProblem(HttpStatusCode.NotFound, "Checklist.NotAttached");
    }

    [Theory, EngineData]
    public async Task Administrators_keep_the_lists_and_a_stale_version_is_a_conflict_that_shows_what_stands(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (admin, ana) = (await desk.PersonAsync(PersonRole.Administrator), await desk.PersonAsync());
        var at = $"/api/v1/checklists/{Guid.CreateVersion7()}";
        var title = $"Withdrawn {Guid.NewGuid():N}";
        object Body(int? version, string titleEn, bool isRetired = false) => new { version, titleEn, titleEs = "Mía", steps = new[] { new { en = "one", es = "uno" } }, isRetired };

        (await ana.Api().PutAsync(at, Body(0, "Mine"))).ExpectProblem(HttpStatusCode.Forbidden, "Token.ScopeMissing");
        (await admin.Api().PutAsync(at, Body(null, "Mine"))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Incident.VersionMissing");
        (await admin.Api().PutAsync(at, new { version = 0, titleEn = "Mine", titleEs = "Mía" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Checklist.NoSteps");
        (await admin.Api().PutAsync(at, Body(0, "Mine"))).Expect(HttpStatusCode.OK);
        (await admin.Api().PutAsync(at, Body(1, title, isRetired: true))).Expect(HttpStatusCode.OK);
        var conflict = (await admin.Api().PutAsync(at, Body(1, "Late"))).ExpectProblem(HttpStatusCode.Conflict, "Checklist.Conflict");
        Assert.Equal(title, conflict.Json.GetProperty("current").GetProperty("titleEn").GetString());
        Assert.DoesNotContain(title, (await ana.Api().GetAsync("/api/v1/checklists")).Text, StringComparison.Ordinal);
        Assert.Contains(title, (await ana.Api().GetAsync("/api/v1/checklists?retired=true")).Text, StringComparison.Ordinal);
    }
}
