using System.Net;
using System.Text.Json;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class TrafficApiTests
{
    [Theory, EngineData]
    public async Task A_machine_records_a_repeat_is_answered_alike_and_a_wrong_batch_is_withdrawn(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var at = At(await ana.DeclareAsync());
        var id = Guid.CreateVersion7();
        object Body(double value) => new { id, unit = "bps", measuredAt = "uplink, inbound", samples = new[] { new { at = "2026-01-01T00:00:00Z", value }, new { at = "2026-01-01T01:01:00+01:00", value = 41.2e9 } } };

        var first = (await ana.Api().PostAsync(at, Body(1))).Expect(HttpStatusCode.Created);
        var again = (await ana.Api().PostAsync(at, Body(1))).Expect(HttpStatusCode.Created);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal($"{at}/batches", first.Location);

        var series = Assert.Single((await ana.Api().GetAsync($"{at}?from=2026-01-01T00:00:00Z&to=2026-01-01T00:02:00Z&points=1")).Expect(HttpStatusCode.OK).Json.EnumerateArray());
        var point = Assert.Single(series.GetProperty("points").EnumerateArray());
        Assert.Equal(("bps", "uplink, inbound", 1d, 41.2e9, 2), (series.GetProperty("unit").GetString(), series.GetProperty("measuredAt").GetString(), point.GetProperty("least").GetDouble(), point.GetProperty("most").GetDouble(), point.GetProperty("samples").GetInt32()));

        (await ana.Api().PostAsync($"{at}/batches/{id}/withdraw", new { })).Expect(HttpStatusCode.OK);
        Assert.Empty((await ana.Api().GetAsync(at)).Expect(HttpStatusCode.OK).Json.EnumerateArray());
        Assert.Equal(ana.Name, Assert.Single((await ana.Api().GetAsync($"{at}/batches")).Expect(HttpStatusCode.OK).Json.EnumerateArray()).GetProperty("withdrawnBy").GetString());
    }

    [Theory]
    [InlineData("""{"unit":"furlongs","samples":[{"value":1}]}""", "Word.Unknown")]
    [InlineData("""{"unit":"bps","samples":[]}""", "Traffic.Empty")]
    [InlineData("""{"unit":"bps"}""", "Traffic.Empty")]
    [InlineData("""{"unit":"bps","samples":[{"at":"2026-01-01T00:00:00Z"}]}""", "Traffic.NotAValue")]
    [InlineData("""{"unit":"bps","samples":[{"at":"2026-01-01T00:00:00Z","value":-1}]}""", "Traffic.NotAValue")]
    [InlineData("""{"unit":"bps","samples":[{"at":"2026-01-01 00:00","value":1}]}""", "Time.Unreadable")]
    [InlineData("""{"unit":"bps","samples":[{"at":"2026-01-01T00:00:00Z","value":1},{"at":"2026-01-01T00:00:00Z","value":1}]}""", "Traffic.TwiceAtOnce")]
    public async Task What_is_no_measurement_is_refused(string body, string code)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var at = At(await ana.DeclareAsync());
        (await ana.Api().PostTextAsync(at, body, "application/json")).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        Assert.Empty((await ana.Api().GetAsync($"{at}/batches")).Json.EnumerateArray());
    }

    [Fact]
    public async Task A_measurement_without_a_time_is_of_now()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var at = At(await ana.DeclareAsync());
        (await ana.Api().PostAsync(at, new { unit = "connections", samples = new[] { new { value = 850 } } })).Expect(HttpStatusCode.Created);
        Assert.Equal(850, (await ana.Api().GetAsync(at)).Json[0].GetProperty("points")[0].GetProperty("most").GetDouble());
    }

    [Theory, EngineData]
    public async Task A_table_is_recorded_as_a_whole_or_not_at_all(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var at = At(await ana.DeclareAsync());
        const string Good = "hora;valor;lugar\n2026-01-01 00:00Z;1,5 G;enlace\n2026-01-01 00:01Z;2 G;enlace\n";

        var preview = (await ana.Api().PostTextAsync($"{at}?unit=bps&dryRun=true", Good, "text/csv")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal((2, 0), (preview.GetProperty("samples").GetInt32(), preview.GetProperty("batches").GetArrayLength()));
        var bad = (await ana.Api().PostTextAsync($"{at}?unit=bps", Good + "mañana;mucho;enlace\n", "text/csv")).Expect(HttpStatusCode.UnprocessableEntity).Json;
        Assert.Equal([(4, "TrafficBadTime")], bad.GetProperty("problems").EnumerateArray().Select(p => (p.GetProperty("line").GetInt32(), p.GetProperty("code").GetString())));
        Assert.Empty((await ana.Api().GetAsync($"{at}/batches")).Json.EnumerateArray());

        var done = (await ana.Api().PostTextAsync($"{at}?unit=bps", Good, "text/csv")).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(("enlace", 2), (done.GetProperty("batches")[0].GetProperty("measuredAt").GetString(), done.GetProperty("batches")[0].GetProperty("samples").GetInt32()));
        (await ana.Api().PostTextAsync($"{at}?unit=parsecs", Good, "text/csv")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
        (await ana.Api().PostTextAsync(at, Good, "text/plain")).Expect(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task As_many_as_one_batch_may_have_fit_into_a_request()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var at = At(await ana.DeclareAsync());
        var begin = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        object Body(int count) => new { unit = "pps", samples = Enumerable.Range(0, count).Select(n => new { at = begin.AddSeconds(n).ToString("O"), value = 123_456.789 + n }) };
        (await ana.Api().PostAsync(at, Body(20_001))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Traffic.TooMany");
        (await ana.Api().PostAsync(at, Body(20_000))).Expect(HttpStatusCode.Created);
        Assert.Equal(20_000, (await ana.Api().GetAsync($"{at}?points=50")).Json[0].GetProperty("points").EnumerateArray().Sum(p => p.GetProperty("samples").GetInt32()));
    }

    private static string At(string key) => $"/api/v1/incidents/{key}/traffic";
}
