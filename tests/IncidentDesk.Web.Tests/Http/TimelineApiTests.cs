using System.Globalization;
using System.Net;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class TimelineApiTests
{
    [Theory, EngineData]
    public async Task Logging_answers_201_with_the_sequence_and_a_repeat_gets_the_same_answer(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var at = Timeline(await ana.DeclareAsync());
        var entry = new { entryId = Guid.CreateVersion7(), kind = "action", body = "Null-routed 203.0.113.7", occurredAt = new { at = "2026-01-02T03:04:05.678901Z", precision = "about" } };
        var first = (await ana.Api().PostAsync(at, entry)).Expect(HttpStatusCode.Created);
        var again = (await ana.Api().PostAsync(at, entry)).Expect(HttpStatusCode.Created);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(2, first.Json.GetProperty("sequence").GetInt64());
        Assert.Equal("action", first.Json.GetProperty("kind").GetString());
        Assert.Equal("2026-01-02T03:04:05.678901Z", first.Json.GetProperty("occurredAt").GetProperty("at").GetString());
        Assert.Equal("about", first.Json.GetProperty("occurredAt").GetProperty("precision").GetString());
        Assert.Equal("Ana Ruiz", first.Json.GetProperty("author").GetString());

        var there = (await ana.Api().GetAsync(first.Location!)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(entry.entryId, there.GetProperty("entries")[0].GetProperty("entryId").GetGuid());
    }

    [Fact]
    public async Task Requests_with_one_id_at_the_same_time_make_one_entry()
    {
        var ana = await (await WebDesk.SharedAsync(Engine.Postgres)).PersonAsync();
        var key = await ana.DeclareAsync();
        var entry = new { entryId = Guid.CreateVersion7(), body = "Once" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ana.Api().PostAsync(Timeline(key), entry)));
        Assert.Single(answers.Select(a => a.Expect(HttpStatusCode.Created).Text).Distinct());
        Assert.Equal(2, (await ana.RowsAsync(key)).Count);
    }

    [Theory, EngineData]
    public async Task Eight_people_who_log_at_once_are_all_served(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var people = new List<Somebody>();
        for (var i = 0; i < 8; i++) people.Add(await desk.PersonAsync(name: $"Person {i}"));
        var key = await people[0].DeclareAsync();
        await Task.WhenAll(people.Select(async person =>
        {
            for (var i = 0; i < 5; i++) await person.LogAsync(key, $"{person.Name} {i}");
        }));
        var rows = await people[0].RowsAsync(key);
        Assert.Equal(Enumerable.Range(1, 41).Select(i => (long)i), rows.Select(r => r.GetProperty("sequence").GetInt64()));
        Assert.Equal(41, rows.Select(r => r.GetProperty("body").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05")]
    [InlineData("2026-01-02")]
    [InlineData("03:04Z")]
    [InlineData("yesterday")]
    [InlineData("2026-02-30T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05 Europe/Madrid")]
    public async Task A_time_without_zone_or_sense_is_refused(string time)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var refused = await ana.Api().PostAsync(Timeline(await ana.DeclareAsync()), new { entryId = Guid.CreateVersion7(), body = "x", occurredAt = new { at = time } });
        refused.ExpectProblem(HttpStatusCode.UnprocessableEntity, "Time.Unreadable");
        Assert.Contains(time, refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "order-only", "Time.NotWithOrderOnly")]
    [InlineData(null, "about", "Time.Missing")]
    [InlineData("1980-01-02T03:04:05Z", "day", "Time.TooEarly")]
    public async Task Time_and_precision_must_fit(string? time, string precision, string code)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var refused = await ana.Api().PostAsync(Timeline(await ana.DeclareAsync()), new { entryId = Guid.CreateVersion7(), body = "x", occurredAt = new { at = time, precision } });
        refused.ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
    }

    [Theory]
    [InlineData("en", "in the future")]
    [InlineData("es", "está en el futuro")]
    public async Task A_clock_that_is_an_hour_ahead_is_told_so_in_the_readers_language(string language, string words)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync(language: language);
        var key = await ana.DeclareAsync();
        var hence = DateTime.UtcNow.AddHours(1);
        var refused = await ana.Api().PostAsync(Timeline(key), new { entryId = Guid.CreateVersion7(), body = "x", occurredAt = new { at = hence.ToString("O", CultureInfo.InvariantCulture) } });
        refused.ExpectProblem(HttpStatusCode.UnprocessableEntity, "Time.InFuture");
        Assert.Contains(words, refused.Detail, StringComparison.Ordinal);
        Assert.Contains(hence.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), refused.Detail, StringComparison.Ordinal);
        Assert.Single(await ana.RowsAsync(key));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('攻')]
    public async Task A_text_of_a_hundred_thousand_characters_is_refused_with_both_numbers(char character)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        var refused = await ana.Api().PostAsync(Timeline(key), new { entryId = Guid.CreateVersion7(), body = new string(character, 100_000) });
        refused.ExpectProblem(HttpStatusCode.UnprocessableEntity, "Text.TooLong");
        Assert.Contains("100,000", refused.Detail, StringComparison.Ordinal);
        Assert.Contains("20,000", refused.Detail, StringComparison.Ordinal);
        Assert.Single(await ana.RowsAsync(key));
    }

    [Theory]
    [EngineData("""{"entryId":"01990000-0000-7000-8000-000000000001","body":"a\u0000b"}""", "Text.ControlCharacter")]
    [EngineData("""{"entryId":"01990000-0000-7000-8000-000000000002","body":" \n "}""", "Text.Empty")]
    [EngineData("""{"entryId":"01990000-0000-7000-8000-000000000003","kind":"status","body":"x"}""", "Entry.KindOfTheDesk")]
    [EngineData("""{"entryId":"01990000-0000-7000-8000-000000000004","kind":"shout","body":"x"}""", "Word.Unknown")]
    [EngineData("""{"entryId":"01990000-0000-7000-8000-000000000005","visibility":"all","body":"x"}""", "Word.Unknown")]
    [EngineData("""{"entryId":"01990000-0000-7000-8000-000000000006","after":99,"body":"x"}""", "Entry.AfterNotFound")]
    [EngineData("""{"body":"x"}""", "Entry.IdMissing")]
    public async Task What_cannot_be_logged_is_refused_with_its_code(Engine engine, string body, string code)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var key = await ana.DeclareAsync();
        (await ana.Api().PostTextAsync(Timeline(key), body, "application/json")).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        Assert.Single(await ana.RowsAsync(key));
    }

    [Theory, EngineData]
    public async Task Text_of_any_script_and_direction_comes_back_as_it_was(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var key = await ana.DeclareAsync();
        const string body = "\u202Eמתקפה\u202C על الخادم ‏— 攻撃 👩🏽‍💻 Ñandú\n\t'; DROP TABLE \"Incidents\"; -- \\";
        await ana.LogAsync(key, body);
        Assert.Equal(body, (await ana.RowsAsync(key))[1].GetProperty("body").GetString());
    }

    [Fact]
    public async Task The_log_is_read_in_pages_by_sequence()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        for (var i = 2; i <= 5; i++) await ana.LogAsync(key, $"entry {i}");

        Assert.Equal([2, 3], await ReadAsync("?after=1&limit=2"));
        Assert.Equal([4, 5], await ReadAsync("?after=3"));
        Assert.Empty(await ReadAsync("?after=5"));
        Assert.Equal([1], await ReadAsync("?limit=0"));
        Assert.Equal([1, 2, 3, 4, 5], await ReadAsync("?after=-7&limit=1000000"));

        async Task<IEnumerable<long>> ReadAsync(string query)
        {
            var page = (await ana.Api().GetAsync(Timeline(key) + query)).Expect(HttpStatusCode.OK).Json;
            Assert.Equal(5, page.GetProperty("lastSequence").GetInt64());
            return page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()).ToList();
        }
    }

    [Theory, EngineData]
    public async Task A_correction_is_a_new_revision_and_a_stale_one_a_conflict(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben Oduya"));
        var key = await ana.DeclareAsync();
        var sequence = await ana.LogAsync(key, "Upstream called");
        var at = $"{Timeline(key)}/{sequence}/revisions";
        var revised = (await ben.Api().PostAsync(at, new { revision = 1, revisionId = Guid.CreateVersion7(), body = "Upstream called back" })).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(sequence, revised.GetProperty("entry").GetInt64());
        Assert.Equal(2, revised.GetProperty("revision").GetInt32());
        Assert.Equal("Ben Oduya", revised.GetProperty("revisedBy").GetString());

        var conflict = (await ana.Api().PostAsync(at, new { revision = 1, revisionId = Guid.CreateVersion7(), body = "Mine" })).ExpectProblem(HttpStatusCode.Conflict, "Entry.Conflict");
        Assert.Equal("Upstream called back", conflict.Json.GetProperty("current").GetProperty("body").GetString());

        var all = (await ana.Api().GetAsync(at)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(["Upstream called", "Upstream called back"], all.EnumerateArray().Select(r => r.GetProperty("body").GetString()));

        (await ana.Api().GetAsync($"{Timeline(key)}/99/revisions")).ExpectProblem(HttpStatusCode.NotFound, "Entry.NotFound");
        (await ana.Api().PostAsync($"{Timeline(key)}/99/revisions", new { revision = 1, revisionId = Guid.CreateVersion7(), body = "x" })).ExpectProblem(HttpStatusCode.NotFound, "Entry.NotFound");
        (await ana.Api().PostAsync(at, new { revision = 2, body = "x" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Entry.IdMissing");
    }

    private static string Timeline(string key) => $"/api/v1/incidents/{key}/timeline";
}
