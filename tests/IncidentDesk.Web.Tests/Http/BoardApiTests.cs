using System.Net;
using System.Xml.Linq;
using IncidentDesk.Attacks;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class BoardApiTests
{
    private const string Hostile = "</text><script>alert(1)</script> & \"quoted\" <image href='https://example.org/x'/>";

    [Theory, EngineData]
    public async Task The_board_is_read_as_data_with_its_figures(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var ana = await desk.PersonAsync();
        var key = await AttackedAsync(desk, ana);

        var board = (await ana.Api().GetAsync($"/api/v1/incidents/{key}/board")).Expect(HttpStatusCode.OK).Json;
        var wave = Assert.Single(board.GetProperty("waves").EnumerateArray());
        Assert.Equal(("udp-flood", "volumetric", "bps"), (wave.GetProperty("vector").GetString(), wave.GetProperty("family").GetString(), wave.GetProperty("unit").GetString()));
        Assert.Equal(("Known", 3 * 3600.0), (wave.GetProperty("toMitigate").GetProperty("state").GetString(), wave.GetProperty("toMitigate").GetProperty("seconds").GetDouble()));
        Assert.Equal((1, 0), (board.GetProperty("toMitigate").GetProperty("known").GetInt32(), board.GetProperty("toMitigate").GetProperty("unknown").GetInt32()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, board.GetProperty("mostMembers").ValueKind);
        Assert.Equal("effective", Assert.Single(board.GetProperty("defences").EnumerateArray()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_file_needs_nothing_else_and_what_people_wrote_is_text_in_it()
    {
        var desk = await WebDesk.SharedAsync();
        var ana = await desk.PersonAsync();
        var key = await AttackedAsync(desk, ana);

        var answer = (await ana.Api().GetAsync($"/api/v1/incidents/{key}/board.svg?theme=dark")).Expect(HttpStatusCode.OK);
        Assert.Equal("image/svg+xml", answer.MediaType);
        Assert.Contains($"{key}-board.svg", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.StartsWith("sandbox", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);

        var svg = XDocument.Parse(answer.Text).Root!;
        Assert.Equal("http://www.w3.org/2000/svg", svg.Name.NamespaceName);
        Assert.StartsWith($"{key} {Hostile}", svg.Elements().First(e => e.Name.LocalName == "title").Value, StringComparison.Ordinal);
        Assert.NotEmpty(svg.Elements().Single(e => e.Name.LocalName == "desc").Value);
        // Wherever the picture gets, it says what it is of and how far it may travel.
        Assert.Contains(svg.Descendants(), e => e.Name.LocalName == "text" && e.Value.StartsWith($"TLP:AMBER  {key}", StringComparison.Ordinal));
        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName is "script" or "image" or "a" or "foreignObject");
        Assert.All(svg.Descendants().Attributes().Where(a => a.Name.LocalName == "href"), a => Assert.NotNull(svg.Descendants().SingleOrDefault(e => "#" + e.Attribute("id")?.Value == a.Value)));
        Assert.DoesNotContain(svg.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        var style = svg.Elements().Single(e => e.Name.LocalName == "style").Value;
        Assert.DoesNotContain("var(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.Contains("#151819", style, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_speaks_the_language_shows_the_zone_and_the_stretch_that_are_asked_for()
    {
        var desk = await WebDesk.SharedAsync();
        var ana = await desk.PersonAsync(zone: "America/Mexico_City");
        var at = $"/api/v1/incidents/{await AttackedAsync(desk, ana)}/board.svg";

        Assert.Contains("Llegaron en 1 ola con fecha", WebUtility.HtmlDecode((await ana.Api().GetAsync($"{at}?lang=es")).Expect(HttpStatusCode.OK).Text), StringComparison.Ordinal);
        Assert.Contains("2026 04:00 −06:00", WebUtility.HtmlDecode((await ana.Api().GetAsync($"{at}?lang=en&zone=mine&from=2026-03-14T10:00:00Z&to=2026-03-14T11:00:00Z")).Expect(HttpStatusCode.OK).Text), StringComparison.Ordinal);
        foreach (var wrong in new[] { "theme=pink", "lang=fr", "zone=moon" })
            (await ana.Api().GetAsync($"{at}?{wrong}")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Word.Unknown");
        (await ana.Api().GetAsync($"{at}?from=yesterday")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Time.Unreadable");
    }

    [Fact]
    public async Task A_restricted_incident_has_no_board_for_those_who_are_not_named()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var key = await ana.DeclareAsync(restricted: true);
        foreach (var path in new[] { "board", "board.svg" })
        {
            (await beto.Api().GetAsync($"/api/v1/incidents/{key}/{path}")).ExpectProblem(HttpStatusCode.NotFound, "Incident.NotFound");
            (await ana.Api().GetAsync($"/api/v1/incidents/{key}/{path}")).Expect(HttpStatusCode.OK);
        }
    }

    /// <summary>A wave that a defence with a hostile title ended after three hours.</summary>
    private static async Task<string> AttackedAsync(WebDesk desk, Somebody ana)
    {
        var key = await ana.DeclareAsync(Hostile);
        var (actor, start) = (new Actor(ana.Id), DateTime.UtcNow.AddHours(-5));
        var defence = (await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), key, null, MitigationState.Applied, new(Hostile, "rate-limit"), OccurrenceTime.Exactly(start.AddHours(1))), actor, default)).Value;
        await desk.Get<MoveMitigation>().HandleAsync(new(defence.Id, defence.Version, MitigationState.Effective, OccurrenceTime.Exactly(start.AddHours(3))), actor, default);
        var facts = new WaveFacts("udp-flood") { From = OccurrenceTime.Exactly(start), Magnitude = 20e9, Unit = TrafficUnit.Bps, MagnitudeKind = MagnitudeKind.Peak, MeasuredAt = "uplink-a", Defences = [defence.Id] };
        Assert.True((await desk.Get<DeclareWave>().HandleAsync(new(Guid.CreateVersion7(), key, facts), actor, default)).Succeeded);
        return key;
    }
}
