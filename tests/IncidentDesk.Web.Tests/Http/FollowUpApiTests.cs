using System.Net;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class FollowUpApiTests
{
    [Theory, EngineData]
    public async Task A_follow_up_is_added_edited_done_and_listed_while_it_is_open(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var (key, api) = (await ana.DeclareAsync(), ana.Api());
        var at = $"/api/v1/incidents/{key}/follow-ups";
        var id = Guid.CreateVersion7();
        object Body() => new { id, action = "Second uplink", ownerId = ana.Id, dueOn = "2026-01-31", tracker = "https://tracker.example.org/1" };

        var added = (await api.PostAsync(at, Body())).Expect(HttpStatusCode.Created).Json;
        (await api.PostAsync(at, Body())).Expect(HttpStatusCode.Created);
        Assert.Equal((ana.Name, "2026-01-31", "open", 1), (added.GetProperty("owner").GetString(), added.GetProperty("dueOn").GetString(), added.GetProperty("state").GetString(), added.GetProperty("version").GetInt32()));
        var mine = Assert.Single((await api.GetAsync("/api/v1/follow-ups?owner=me")).Expect(HttpStatusCode.OK).Json.GetProperty("followUps").EnumerateArray());
        Assert.Equal((key, true), (mine.GetProperty("incident").GetString(), mine.GetProperty("isOverdue").GetBoolean()));

        (await api.PatchAsync($"{at}/{id}", new { version = 1, action = "Third uplink" })).Expect(HttpStatusCode.BadRequest);
        (await api.PatchAsync($"{at}/{id}", new { version = 1, action = "Third uplink", ownerId = ana.Id, dueOn = (string?)null })).Expect(HttpStatusCode.OK);
        var conflict = (await api.PatchAsync($"{at}/{id}", new { version = 1, action = "Fourth", ownerId = ana.Id, dueOn = (string?)null })).ExpectProblem(HttpStatusCode.Conflict, "FollowUp.Conflict");
        Assert.Equal("Third uplink", conflict.Json.GetProperty("current").GetProperty("action").GetString());
        (await api.PostAsync($"{at}/{id}/state", new { version = 2, to = "dropped" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "FollowUp.ReasonMissing");
        (await api.PostAsync($"{at}/{id}/state", new { version = 2, to = "done", outcome = "Signed" })).Expect(HttpStatusCode.OK);

        Assert.Empty((await api.GetAsync("/api/v1/follow-ups?owner=me")).Json.GetProperty("followUps").EnumerateArray());
        Assert.Equal(("done", "Signed"), Assert.Single((await api.GetAsync(at)).Json.GetProperty("followUps").EnumerateArray().Select(f => (f.GetProperty("state").GetString(), f.GetProperty("outcome").GetString()))));
    }

    [Theory]
    [InlineData("""{"action":""}""", "Text.Empty")]
    [InlineData("""{"action":"x","dueOn":"31.1.2026"}""", "FollowUp.NoDay")]
    [InlineData("""{"action":"x","tracker":"javascript:alert(1)"}""", "FollowUp.NoLink")]
    [InlineData("""{"action":"x","ownerId":"01990000-0000-7000-8000-000000000001"}""", "Person.NotFound")]
    public async Task What_does_not_fit_is_refused(string body, string code)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        (await ana.Api().PostTextAsync($"/api/v1/incidents/{await ana.DeclareAsync()}/follow-ups", body, "application/json")).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        (await ana.Api().GetAsync("/api/v1/follow-ups?owner=nobody")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
    }
}
