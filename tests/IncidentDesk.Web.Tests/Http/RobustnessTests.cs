using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using IncidentDesk.Web.Import;
using IncidentDesk.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

/// <summary>Whatever a program sends, it is told what was wrong in problem details and nothing is half-done.</summary>
public sealed class RobustnessTests
{
    public static TheoryData<string> Malformed() =>
    [
        "", "{", "null", "[]", "7", "\"text\"", "{\"entryId\":\"not a guid\"}", "{\"entryId\":12}", "{\"body\":{}}", "{\"occurredAt\":\"2026-01-01T00:00:00Z\"}",
        "{\"body\":\"\\ud800\"}", "{\"after\":\"x\"}", "{\"isKeyEvent\":\"yes\"}", new string('[', 5000),
    ];

    [Theory, MemberData(nameof(Malformed))]
    public async Task Json_that_cannot_be_read_is_a_400_with_a_problem(string body)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        (await ana.Api().PostTextAsync($"/api/v1/incidents/{key}/timeline", body, "application/json")).ExpectProblem(HttpStatusCode.BadRequest, "Request.Unreadable");
        Assert.Single(await ana.RowsAsync(key));
    }

    [Theory]
    [InlineData("en", "could not be read")]
    [InlineData("es", "No se pudo leer")]
    public async Task What_cannot_be_read_is_said_in_the_readers_language(string language, string words)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync(language: language);
        var refused = await ana.Api().PostTextAsync("/api/v1/incidents", "{", "application/json");
        Assert.Contains(words, refused.ExpectProblem(HttpStatusCode.BadRequest, "Request.Unreadable").Detail, StringComparison.Ordinal);
        Assert.Equal(language, refused.Header("Content-Language"));
    }

    [Fact]
    public async Task Bytes_that_are_no_utf_8_are_a_400()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var body = Encoding.Latin1.GetBytes("""{"title":"Mitigación","severity":"SEV1"}""");
        (await ana.Api().PostBytesAsync("/api/v1/incidents", body, "application/json")).ExpectProblem(HttpStatusCode.BadRequest, "Request.Unreadable");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_of_another_type_is_refused(string mediaType)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var refused = await ana.Api().PostTextAsync("/api/v1/incidents", "title=x", mediaType);
        refused.Expect(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("application/problem+json", refused.MediaType);
    }

    [Theory]
    [InlineData("/api/v1/incidents", "application/json", "en", "at most 1 MB")]
    [InlineData("/api/v1/incidents/KEY/timeline", "application/json", "es", "demasiado grande: se aceptan 1 MB")]
    [InlineData("/api/v1/incidents/KEY/import", "text/csv", "es", "demasiado grande: se aceptan 16 MB")]
    public async Task A_body_above_the_limit_is_a_413_with_a_problem(string path, string mediaType, string language, string words)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync(language: language);
        var key = await ana.DeclareAsync();
        var body = new byte[ImportForms.MaxRequestBytes + 1];
        Array.Fill(body, (byte)' ');
        var refused = await ana.Api().PostBytesAsync(path.Replace("KEY", key, StringComparison.Ordinal), body, mediaType);
        Assert.Contains(words, refused.ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "Request.TooLarge").Detail, StringComparison.Ordinal);
        Assert.Single(await ana.RowsAsync(key));
    }

    [Fact]
    public async Task Ten_megabytes_pasted_into_the_capture_bar_are_a_413_that_says_the_limit()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync(language: "es");
        var key = await ana.DeclareAsync();
        var browser = await ana.BrowserAsync();
        var refused = await browser.SubmitAsync($"/incidents/{key}", "#capture", ("body", new string('x', 10 * 1024 * 1024)));
        Assert.Contains("demasiado grande: se aceptan 1 MB", refused.Expect(HttpStatusCode.RequestEntityTooLarge).Text, StringComparison.Ordinal);
        (await ana.Api().PostTextAsync($"/api/v1/incidents/{key}/timeline", $$"""{"body":"{{new string('x', 10 * 1024 * 1024)}}"}""", "application/json")).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "Request.TooLarge");
        Assert.Single(await ana.RowsAsync(key));
    }

    [Fact]
    public async Task Connections_that_send_their_headers_drop_by_drop_are_closed_and_hold_nobody_up()
    {
        await using var desk = await WebDesk.StartAsync();
        var ana = await desk.PersonAsync();
        var slow = Enumerable.Range(0, 200).Select(i => new SlowSender(desk.Address, $"GET /signin HTTP/1.1\r\nHost: desk\r\nX-Drop: {i}\r\n")).ToList();
        (await ana.Api().GetAsync("/api/v1/incidents")).Expect(HttpStatusCode.OK);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var said = await Task.WhenAll(slow.Select(s => s.ReadToEndAsync(limit.Token)));
        Assert.All(said, text => Assert.True(text.Length == 0 || text.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), text));
        slow.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task What_is_not_there_is_a_404_with_a_problem()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        (await ana.Api().GetAsync("/api/v1/incidents/INC-1999-001")).ExpectProblem(HttpStatusCode.NotFound, "Incident.NotFound");
        foreach (var path in new[] { "/api/v1/nothing", "/api/v2/incidents", "/api/v1/incidents/INC-1999-001/timeline/x/revisions" })
        {
            var missing = (await ana.Api().GetAsync(path)).Expect(HttpStatusCode.NotFound);
            Assert.Equal("application/problem+json", missing.MediaType);
        }
        Assert.Equal("application/problem+json", (await ana.Api().SendAsync(HttpMethod.Delete, "/api/v1/incidents")).Expect(HttpStatusCode.MethodNotAllowed).MediaType);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Without_a_token_that_works_it_is_a_401_with_a_problem(string? token)
    {
        var desk = await WebDesk.SharedAsync();
        foreach (var path in new[] { "/api/v1/incidents", "/api/v1/find", "/openapi/v1.json" })
        {
            var refused = (await desk.Program(token).GetAsync(path)).Expect(HttpStatusCode.Unauthorized);
            Assert.Equal("application/problem+json", refused.MediaType);
        }
    }

    [Theory, EngineData]
    public async Task Characters_that_no_database_keeps_are_refused_in_every_field(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var ana = await desk.PersonAsync();
        var at = $"/api/v1/incidents/{await ana.DeclareAsync()}";
        Answer[] answers =
        [
            await ana.Api().PatchAsync(at, new { version = 1, title = "a\0b" }),
            await ana.Api().PatchAsync(at, new { version = 1, status = "Resolved", reason = "a\0b" }),
            await ana.Api().PutAsync($"{at}/milestones/detected", new { version = 1, when = new { at = "2026-01-01T00:00:00Z" }, reason = "a\0b" }),
            await ana.Api().PostAsync($"{at}/timeline/1/revisions", new { revision = 1, revisionId = Guid.CreateVersion7(), body = "a\0b" }),
        ];
        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Forbidden, $"{a.Status} {a.Text}"));
    }

    [Fact]
    public async Task The_document_of_the_api_lists_its_paths_for_those_who_are_signed_in()
    {
        var desk = await WebDesk.SharedAsync();
        var document = (await (await desk.PersonAsync()).Api().GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Json;
        var paths = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}")).Order(StringComparer.Ordinal);
        var mapped = desk.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal) && e.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true })
            .Select(e => $"{Assert.Single(e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)} {Regex.Replace(e.RoutePattern.RawText!.TrimEnd('/'), ":[a-z]+}", "}", RegexOptions.None, TimeSpan.FromSeconds(1))}")
            // One path that takes two media types is one operation of the document.
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Contains("POST /api/v1/incidents/{key}/timeline", paths);
        Assert.Equal(mapped, paths);
    }
}
