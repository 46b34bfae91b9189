using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Timeline;

public sealed class CaptureLineTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Dictionary<string, Case> Cases =
        JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "capture-cases.json")), Json)!
            .ToDictionary(c => c.Name, StringComparer.Ordinal);

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Agrees_with_the_shared_cases(string name)
    {
        var c = Cases[name];

        var line = CaptureLine.Parse(c.Text, c.Now.UtcDateTime, TimeZoneInfo.FindSystemTimeZoneById(c.Zone), c.DefaultKind);

        var expected = new CaptureLine(c.Kind, c.Precision is { } precision ? new OccurrenceTime(c.At?.UtcDateTime, precision) : null, c.Body);
        Assert.Equal(expected, line);
    }

    [Fact]
    public void Times_are_marked_as_utc()
    {
        foreach (var text in new[] { "-15m x", "06:05 x", "ayer 06:05 x", "2026-11-21 06:05 x" })
        {
            var line = CaptureLine.Parse(text, new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City"));
            Assert.Equal(DateTimeKind.Utc, line.OccurredAt!.At!.Value.Kind);
        }
    }

    [Fact]
    public void A_very_long_text_keeps_every_character()
    {
        var body = string.Concat(Enumerable.Repeat("🔥x ", 50_000)) + "end";

        var line = CaptureLine.Parse("! 06:05 " + body, new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc), TimeZoneInfo.Utc);

        Assert.Equal(EntryKind.Action, line.Kind);
        Assert.Equal(body, line.Body);
    }

    private sealed record Case(
        string Name, string Text, DateTimeOffset Now, string Zone, EntryKind Kind, DateTimeOffset? At, Precision? Precision, string Body,
        EntryKind DefaultKind = EntryKind.Note);
}
