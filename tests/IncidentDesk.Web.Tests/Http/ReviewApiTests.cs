using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Web.Tests.Hosting;
using IncidentDesk.Web.Tests.Postmortems;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

/// <summary>Review, situation reports, evidence and documents of other desks over HTTP and on plain pages.</summary>
public sealed class ReviewApiTests
{
    [Theory, EngineData]
    public async Task A_postmortem_is_reviewed_and_made_final_and_its_hash_is_verified(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, lead) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership));
        var key = await DocumentApiTests.BegunAsync(desk, ana, "{{facts}}");
        var at = $"/api/v1/incidents/{key}/postmortem";

        (await ana.Api().PutAsync($"{at}/reviewers", new { version = 1, people = new[] { lead.Id } })).Expect(HttpStatusCode.OK);
        var review = (await ana.Api().PostAsync($"{at}/state", new { version = 2, to = "in-review" })).Expect(HttpStatusCode.OK).Json;
        (await ana.Api().PostAsync($"{at}/final", new { version = 3 })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Postmortem.NotApproved");
        (await ana.Api().PostAsync($"{at}/approval", new { changes = 1 })).ExpectProblem(HttpStatusCode.Forbidden, "Postmortem.NotAReviewer");
        var stale = (await lead.Api().PostAsync($"{at}/approval", new { changes = 1 })).ExpectProblem(HttpStatusCode.Conflict, "Postmortem.TextChanged");
        Assert.Equal(review.GetProperty("changes").GetInt64(), stale.Json.GetProperty("current").GetProperty("changes").GetInt64());
        Assert.Contains(key, (await (await lead.BrowserAsync()).PageAsync("/postmortems")).QuerySelector("#pm-InReview")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await (await lead.BrowserAsync()).PageAsync("/")).QuerySelector(".notice a[href='/postmortems']"));
        (await lead.Api().PostAsync($"{at}/approval", new { changes = review.GetProperty("changes").GetInt64(), note = "Clear" })).Expect(HttpStatusCode.OK);
        var frozen = (await ana.Api().PostAsync($"{at}/final", new { version = 4 })).Expect(HttpStatusCode.OK).Json;

        var verified = (await lead.Api().GetAsync($"{at}/1/verification")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal((true, frozen.GetProperty("sha256").GetString()), (verified.GetProperty("isSound").GetBoolean(), verified.GetProperty("logged").GetString()));
        var state = (await lead.Api().GetAsync($"{at}/review")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("final", 1), (state.GetProperty("postmortem").GetProperty("state").GetString(), state.GetProperty("documents").GetArrayLength()));
        (await ana.Api().PostAsync($"{at}/state", new { version = 5, to = "draft" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Postmortem.ReasonMissing");
        (await ana.Api().PostAsync($"{at}/state", new { version = 5, to = "draft", reason = "A wrong number" })).Expect(HttpStatusCode.OK);
    }

    [Theory, EngineData]
    public async Task A_situation_report_is_written_on_a_plain_page_once_and_the_next_one_goes_on_from_it(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, observer) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer));
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();

        var page = await browser.PageAsync($"/incidents/{key}/reports?lang=es");
        Assert.Contains("{{status}}", page.QuerySelector("#summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Responsable:", page.QuerySelector("#summary")!.TextContent, StringComparison.Ordinal);
        var (id, due) = (page.QuerySelector("[name='Input.Id']")!.GetAttribute("value")!, page.QuerySelector("#due")!.GetAttribute("value")!);
        for (var times = 0; times < 2; times++)
            (await browser.SubmitAsync($"/incidents/{key}/reports", "form.report", ("Input.Id", id), ("Input.Language", "es"), ("Input.Summary", "Sigue el ataque"), ("Input.Next", "Esperar"), ("Input.Audience", "members"), ("Input.Due", due))).Expect(HttpStatusCode.Found);
        (await browser.SubmitAsync($"/incidents/{key}/reports", "form.report", ("Input.Summary", " "), ("Input.Language", "es"))).Expect(HttpStatusCode.OK);

        var reports = (await observer.Api().GetAsync($"/api/v1/incidents/{key}/reports")).Expect(HttpStatusCode.OK).Json;
        var made = Assert.Single(reports.GetProperty("reports").EnumerateArray());
        Assert.Equal((1, "members", false), (made.GetProperty("number").GetInt32(), made.GetProperty("audience").GetString(), reports.GetProperty("isOverdue").GetBoolean()));
        var again = await browser.PageAsync($"/incidents/{key}/reports?lang=es");
        Assert.Equal(("Sigue el ataque", ""), (again.QuerySelector("#summary")!.TextContent, again.QuerySelector("#next")!.TextContent));
        Assert.Contains(made.GetProperty("sha256").GetString()!, again.QuerySelector("#report-1")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await browser.PageAsync($"/incidents/{key}")).QuerySelector(".facts a.rev time[data-until]"));
        var theirs = await (await observer.BrowserAsync()).PageAsync($"/incidents/{key}/reports");
        Assert.Null(theirs.QuerySelector("form.report"));
        Assert.NotNull(theirs.QuerySelector("#report-1"));
    }

    [Theory, EngineData]
    public async Task The_evidence_is_whole_and_what_was_given_is_what_the_log_says(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var key = await ana.DeclareAsync();
        await ana.LogAsync(key, "first");

        var answer = (await ana.Api().GetAsync($"/api/v1/incidents/{key}/evidence.zip")).Expect(HttpStatusCode.OK);
        var zip = await answer.Message.Content.ReadAsByteArrayAsync();

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(zip));
        Assert.Contains(await ana.RowsAsync(key), r => r.GetProperty("kind").GetString() == "postmortem" && r.GetRawText().Contains(sha256, StringComparison.Ordinal));
        Assert.Equal("application/zip", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"{key}-evidence.zip", answer.Message.Content.Headers.ContentDisposition!.FileName);
        using var archive = new ZipArchive(new MemoryStream(zip));
        Assert.Contains(archive.Entries, e => e.FullName == "SHA256SUMS");
    }

    [Theory, EngineData]
    public async Task A_document_of_another_desk_is_imported_over_the_API_and_on_the_page(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (root, ana) = (await desk.PersonAsync(PersonRole.Administrator), await desk.PersonAsync());
        var key = await DocumentApiTests.BegunAsync(desk, ana, "{{facts}}");
        var record = (await desk.Get<ReadDocument>().HandleAsync(key, DocumentSource.Draft, Audience.Internal, ana.Actor, default)).Value;
        var json = JsonSerializer.Serialize(record with { Title = $"Of another desk {engine}" }, DocumentRecord.Json);

        (await ana.Api().PostTextAsync("/api/v1/documents/import", json, "application/json")).Expect(HttpStatusCode.Forbidden);
        var imported = (await root.Api().PostTextAsync("/api/v1/documents/import?restricted=true", json, "application/json")).Expect(HttpStatusCode.OK).Json;
        var again = (await root.Api().PostTextAsync("/api/v1/documents/import", json, "application/json")).Expect(HttpStatusCode.OK).Json;

        Assert.NotEqual(key, imported.GetProperty("key").GetString());
        Assert.Equal((imported.GetProperty("key").GetString(), true), (again.GetProperty("key").GetString(), again.GetProperty("isRepeat").GetBoolean()));
        (await ana.Api().GetAsync($"/api/v1/incidents/{imported.GetProperty("key").GetString()}")).Expect(HttpStatusCode.NotFound);
        Assert.NotNull((await (await root.BrowserAsync()).PageAsync("/postmortems/import")).QuerySelector("input[type=file]"));
    }
}
