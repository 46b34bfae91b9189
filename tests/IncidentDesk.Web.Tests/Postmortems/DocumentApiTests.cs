using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentDesk.Attachments;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Testing;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Postmortems.Documents;
using IncidentDesk.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Web.Tests.Postmortems;

public sealed class DocumentApiTests
{
    [Theory, EngineData]
    public async Task A_file_is_recorded_before_it_is_given_and_its_sum_is_known(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var ana = await desk.PersonAsync(zone: "America/Mexico_City");
        var key = await BegunAsync(desk, ana, "Hit at {{impact-started}}.\n\n{{board}}");

        foreach (var (format, type) in new[] { ("markdown", "text/markdown"), ("zip", "application/zip"), ("html", "text/html"), ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), ("json", "application/json"), ("csv", "text/csv"), ("icalendar", "text/calendar") })
        {
            var answer = (await ana.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/export?format={format}&lang=es&zone=mine")).Expect(HttpStatusCode.OK);
            Assert.Equal(type, answer.MediaType);
            Assert.Contains($"{key}-postmortem-draft-internal-es.", answer.Header("Content-Disposition"), StringComparison.Ordinal);
            Assert.Equal(("private, no-store", "es"), (answer.Header("Cache-Control").Replace("no-store, private", "private, no-store", StringComparison.Ordinal), answer.Header("Content-Language")));
            Assert.StartsWith("sandbox", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            var latest = (await ana.Api().GetAsync($"/api/v1/incidents/{key}/exports")).Expect(HttpStatusCode.OK).Json[0];
            Assert.Equal((format, "es", ana.Name), (latest.GetProperty("format").GetString(), latest.GetProperty("language").GetString(), latest.GetProperty("by").GetString()));
            if (format is "markdown" or "html" or "json")
                Assert.Equal(latest.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer.Text))));
        }
        await using var db = await desk.Get<DeskDatabase>().OpenAsync(default);
        Assert.Equal(7, await db.AuditEvents.CountAsync(e => e.Kind == AuditKind.Exported && e.SubjectId == key));
        Assert.Empty(Directory.Exists(Path.Combine(desk.DataDirectory, "exports")) ? Directory.GetDirectories(Path.Combine(desk.DataDirectory, "exports")).Where(d => File.Exists(Path.Combine(d, "document.md"))) : []);
    }

    [Theory, EngineData]
    public async Task What_leaves_the_house_stands_in_the_log(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, lucia) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Lucía"));
        var key = await BegunAsync(desk, ana, "x");
        (await lucia.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/export?format=json&audience=evidence")).Expect(HttpStatusCode.OK);

        var log = (await desk.Get<ReadTimeline>().AfterAsync(key, 0, 100, ana.Actor, default)).Value;
        var left = Assert.Single(log.Entries.Select(e => e.Change).OfType<EntryChange.DocumentLeft>());
        Assert.Equal((DocumentKind.Postmortem, 0, Audience.Evidence, "json"), (left.Kind!.Value, left.Number, left.Audience, left.Format));
        Assert.Equal("Lucía", log.Entries.Single(e => e.Change is EntryChange.DocumentLeft).AuthorName);
    }

    [Theory, EngineData]
    public async Task A_final_document_is_given_and_recorded_under_its_number_whoever_asks_for_it_how(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var ana = await desk.PersonAsync();
        var key = await BegunAsync(desk, ana, "x");
        var at = $"/api/v1/incidents/{key}/postmortem";
        (await ana.Api().PutAsync($"{at}/reviewers", new { version = 1, people = new[] { ana.Id } })).Expect(HttpStatusCode.OK);
        var review = (await ana.Api().PostAsync($"{at}/state", new { version = 2, to = "in-review" })).Expect(HttpStatusCode.OK).Json;
        (await ana.Api().PostAsync($"{at}/approval", new { changes = review.GetProperty("changes").GetInt64() })).Expect(HttpStatusCode.OK);
        (await ana.Api().PostAsync($"{at}/final", new { version = 4 })).Expect(HttpStatusCode.OK);

        var answer = (await ana.Api().GetAsync($"{at}/export?format=markdown&audience=evidence")).Expect(HttpStatusCode.OK);

        Assert.Contains($"{key}-postmortem-1-evidence-", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Equal(1, (await ana.Api().GetAsync($"/api/v1/incidents/{key}/exports")).Expect(HttpStatusCode.OK).Json[0].GetProperty("number").GetInt32());
        var log = (await desk.Get<ReadTimeline>().AfterAsync(key, 0, 100, ana.Actor, default)).Value;
        Assert.Equal(1, Assert.Single(log.Entries.Select(e => e.Change).OfType<EntryChange.DocumentLeft>()).Number);
    }

    [Fact]
    public async Task Observers_read_and_do_not_take_out()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, olga) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer, "Olga"));
        var key = await BegunAsync(desk, ana, "Seen by {{lead}} <script>alert(1)</script>");
        (await olga.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/export?format=html")).ExpectProblem(HttpStatusCode.Forbidden, "Document.MayNotExport");
        var preview = (await olga.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/preview")).Expect(HttpStatusCode.OK);
        Assert.Equal("", preview.Header("Content-Disposition"));
        Assert.StartsWith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:", preview.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", preview.Text, StringComparison.Ordinal);
        Assert.Empty((await olga.Api().GetAsync($"/api/v1/incidents/{key}/exports")).Expect(HttpStatusCode.OK).Json.EnumerateArray());
    }

    [Fact]
    public async Task What_cannot_be_made_is_said()
    {
        var desk = await WebDesk.SharedAsync();
        var ana = await desk.PersonAsync();
        var without = await ana.DeclareAsync();
        var key = await BegunAsync(desk, ana, "x");
        (await ana.Api().GetAsync($"/api/v1/incidents/{without}/postmortem/export")).ExpectProblem(HttpStatusCode.NotFound, "Postmortem.NotFound");
        (await ana.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/export?number=3")).ExpectProblem(HttpStatusCode.NotFound, "Document.NotFound");
        (await ana.Api().GetAsync($"/api/v1/incidents/{key}/reports/1/export")).ExpectProblem(HttpStatusCode.NotFound, "Document.NotFound");
        (await ana.Api().GetAsync($"/api/v1/incidents/{key}/reports/1/preview")).ExpectProblem(HttpStatusCode.NotFound, "Document.NotFound");
        foreach (var wrong in new[] { "format=exe", "audience=friends", "lang=fr", "zone=moon" })
            (await ana.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/export?{wrong}")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
    }

    [Fact]
    public async Task A_restricted_incident_has_no_document_for_those_who_are_not_named()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var key = await BegunAsync(desk, ana, "x", restricted: true);
        foreach (var path in new[] { "postmortem/export", "postmortem/preview", "exports", "reports/1/export" })
            (await beto.Api().GetAsync($"/api/v1/incidents/{key}/{path}")).ExpectProblem(HttpStatusCode.NotFound, "Incident.NotFound");
    }

    [Fact]
    public async Task Without_a_chromium_the_answer_names_the_preview_and_with_one_a_pdf_comes()
    {
        await using var bare = await WebDesk.StartAsync(settings: "Desk:Chromium=none");
        var ana = await bare.PersonAsync();
        var key = await BegunAsync(bare, ana, "x");
        (await ana.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/export?format=pdf")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Document.NoChromium");

        var desk = await WebDesk.SharedAsync();
        if (desk.Get<Chromium>().Path is null) return;
        var beto = await desk.PersonAsync(name: "Beto");
        var answer = (await beto.Api().GetAsync($"/api/v1/incidents/{await BegunAsync(desk, beto, "# Título\n\nפרק 🌊 {{board}}")}/postmortem/export?format=pdf&lang=es")).Expect(HttpStatusCode.OK);
        Assert.Equal("application/pdf", answer.MediaType);
        Assert.StartsWith("%PDF-", answer.Text, StringComparison.Ordinal);
        // Its headings are there: a page that is laid out for paper only is no empty one.
        Assert.Contains("/Outlines", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_crash_left_goes_when_the_desk_starts_and_what_is_at_work_stays()
    {
        await using var first = await WebDesk.StartAsync();
        var folder = Path.Combine(first.DataDirectory, "exports");
        var (old, young) = (Directory.CreateDirectory(Path.Combine(folder, "old")), Directory.CreateDirectory(Path.Combine(folder, "young")));
        old.LastWriteTimeUtc = DateTime.UtcNow.AddHours(-2);
        await first.Get<DocumentFolder>().StartAsync(default);
        Assert.False(Directory.Exists(old.FullName));
        Assert.True(Directory.Exists(young.FullName));
    }

    [Fact]
    public async Task Json_brings_the_content_of_files_and_html_shows_them()
    {
        var desk = await WebDesk.SharedAsync();
        var ana = await desk.PersonAsync();
        var id = Guid.CreateVersion7();
        var key = await BegunAsync(desk, ana, "{{file " + id + "}}");
        Assert.True((await desk.Get<AddAttachment>().HandleAsync(new(key, id, "graph.png", new MemoryStream(Records.Png)), ana.Actor, default)).Succeeded);
        var json = (await ana.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/export?format=json")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(Records.Png, Assert.Single(json.GetProperty("contents").EnumerateArray()).GetProperty("base64").GetBytesFromBase64());
        Assert.Contains($"data:image/png;base64,{Convert.ToBase64String(Records.Png)}", (await ana.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/export?format=html")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        var digest = (await ana.Api().GetAsync($"/api/v1/incidents/{key}/postmortem/export?format=json")).Header("Content-Digest");
        Assert.Matches("^sha-256=:.{44}:$", digest);
    }

    /// <summary>An incident with a postmortem of one section.</summary>
    internal static async Task<string> BegunAsync(WebDesk desk, Somebody who, string body, bool restricted = false)
    {
        var key = await who.DeclareAsync(restricted: restricted);
        var incident = (await desk.Get<FindIncidents>().ByKeyAsync(key, who.Actor, default)).Value;
        await using var db = await desk.Get<DeskDatabase>().OpenAsync(default);
        var id = Guid.CreateVersion7();
        db.Postmortems.Add(new Postmortem { Id = id, IncidentId = incident.Id, Title = "Postmortem", Language = "en", CreatedAt = DateTime.UtcNow, CreatedById = who.Id, CreatedByName = who.Name, SeenSequence = incident.LastSequence });
        db.PostmortemSections.Add(new PostmortemSection { Id = Guid.CreateVersion7(), PostmortemId = id, TitleEn = "Summary", TitleEs = "Resumen", Visibility = Visibility.Public, Body = body, EditedAt = DateTime.UtcNow, EditedById = who.Id, EditedByName = who.Name });
        await db.SaveChangesAsync();
        return key;
    }
}
