using System.Net;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class PostmortemApiTests
{
    [Theory, EngineData]
    public async Task A_document_is_begun_written_commented_and_read(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var (key, api) = (await ana.DeclareAsync(), ana.Api());
        var at = $"/api/v1/incidents/{key}/postmortem";
        (await api.GetAsync(at)).ExpectProblem(HttpStatusCode.NotFound, "Postmortem.NotFound");

        var begun = (await api.PostAsync(at, new { language = "es" })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(begun.GetProperty("id").GetGuid(), (await api.PostAsync(at, new { language = "en" })).Expect(HttpStatusCode.OK).Json.GetProperty("id").GetGuid());
        var section = begun.GetProperty("sections")[0].GetProperty("id").GetGuid();
        var saved = (await api.PatchAsync($"{at}/sections/{section}", new { version = 1, body = "We slept\n\n{{facts}}", visibility = "members" })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("We slept\n\n{{facts}}", "members", 2), (saved.GetProperty("body").GetString(), saved.GetProperty("visibility").GetString(), saved.GetProperty("version").GetInt32()));
        var conflict = (await api.PatchAsync($"{at}/sections/{section}", new { version = 1, body = "They came" })).ExpectProblem(HttpStatusCode.Conflict, "Postmortem.SectionConflict");
        Assert.Equal(("We slept\n\n{{facts}}", ana.Name), (conflict.Json.GetProperty("current").GetProperty("body").GetString(), conflict.Json.GetProperty("current").GetProperty("editedBy").GetString()));
        (await api.PostAsync($"{at}/sections/{section}/revisions/1/restore", new { version = 2 })).Expect(HttpStatusCode.OK);
        Assert.Equal(["{{facts}}", "We slept\n\n{{facts}}", "{{facts}}"], (await api.GetAsync($"{at}/sections/{section}/revisions")).Json.EnumerateArray().Select(r => r.GetProperty("body").GetString()));

        var own = (await api.PostAsync($"{at}/sections", new { titleEs = "Costos", after = section })).Expect(HttpStatusCode.OK).Json.GetProperty("id").GetGuid();
        var order = (await api.PutAsync($"{at}/sections/{own}/position", new { to = 0 })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(["Costos", "Summary"], order.EnumerateArray().Take(2).Select(s => s.GetProperty("titleEn").GetString()));
        (await api.SendAsync(HttpMethod.Delete, $"{at}/sections/{own}")).Expect(HttpStatusCode.OK);

        var question = (await api.PostAsync($"{at}/comments", new { body = "Why so late?", sectionId = section, isQuestion = true })).Expect(HttpStatusCode.OK).Json.GetProperty("id").GetGuid();
        (await api.PostAsync($"{at}/comments", new { body = "The pager was silent", replyTo = question })).Expect(HttpStatusCode.OK);
        (await api.PutAsync($"{at}/comments/{question}/resolved", new { })).Expect(HttpStatusCode.OK);
        (await api.PutAsync($"{at}/entries/1", new { isInTimeline = true, visibility = "public", wording = "It began" })).Expect(HttpStatusCode.OK);
        (await api.PatchAsync(at, new { version = 1, title = "Two nights in March" })).Expect(HttpStatusCode.OK);

        var read = (await api.GetAsync(at)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("Two nights in March", "es", "draft"), (read.GetProperty("title").GetString(), read.GetProperty("language").GetString(), read.GetProperty("state").GetString()));
        Assert.Equal("Costos", Assert.Single(read.GetProperty("removed").EnumerateArray()).GetProperty("titleEs").GetString());
        Assert.Equal([question, question], read.GetProperty("comments").EnumerateArray().Select(c => c.GetProperty("replyTo").ValueKind == System.Text.Json.JsonValueKind.Null ? c.GetProperty("id").GetGuid() : c.GetProperty("replyTo").GetGuid()));
        Assert.Equal("It began", Assert.Single(read.GetProperty("entries").EnumerateArray()).GetProperty("wording").GetString());
    }

    [Fact]
    public async Task A_text_as_textas_a_section_may_be_goes_over_http()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var (key, api, text) = (await ana.DeclareAsync(), ana.Api(), string.Concat(Enumerable.Repeat("ñ😀", 20_000)));
        var at = $"/api/v1/incidents/{key}/postmortem";
        var section = (await api.PostAsync(at, new { language = "en" })).Json.GetProperty("sections")[0].GetProperty("id").GetGuid();

        Assert.Equal(text, (await api.PatchAsync($"{at}/sections/{section}", new { version = 1, body = text })).Expect(HttpStatusCode.OK).Json.GetProperty("body").GetString());
        (await api.PatchAsync($"{at}/sections/{section}", new { version = 2, body = text + "x" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Text.TooLong");
    }

    [Fact]
    public async Task Templates_are_kept_by_administrators()
    {
        var desk = await WebDesk.SharedAsync();
        var (admin, id) = (await desk.PersonAsync(PersonRole.Administrator), Guid.CreateVersion7());
        object Body(int version, string title) => new { version, nameEn = "Short", nameEs = "Corto", sections = new[] { new { kind = "summary", titleEn = title, titleEs = title, visibility = "public", body = "{{facts}}" } } };

        (await admin.Api().PutAsync($"/api/v1/postmortem-templates/{id}", Body(0, "What"))).Expect(HttpStatusCode.OK);
        (await admin.Api().PutAsync($"/api/v1/postmortem-templates/{id}", Body(7, "Other"))).ExpectProblem(HttpStatusCode.Conflict, "Postmortem.TemplateConflict");
        var listed = Assert.Single((await admin.Api().GetAsync("/api/v1/postmortem-templates")).Json.EnumerateArray(), t => t.GetProperty("id").GetGuid() == id);
        Assert.Equal("summary", listed.GetProperty("sections")[0].GetProperty("kind").GetString());
        var retired = new { version = 1, nameEn = "Short", nameEs = "Corto", isRetired = true, sections = new[] { new { kind = "summary", titleEn = "What", titleEs = "What", visibility = "public", body = "{{facts}}" } } };
        (await admin.Api().PutAsync($"/api/v1/postmortem-templates/{id}", retired)).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain((await admin.Api().GetAsync("/api/v1/postmortem-templates")).Json.EnumerateArray(), t => t.GetProperty("id").GetGuid() == id);
    }
}
