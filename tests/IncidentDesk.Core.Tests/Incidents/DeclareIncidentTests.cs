using System.Globalization;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Incidents;

public sealed class DeclareIncidentTests
{
    [Theory, EngineData]
    public async Task Title_severity_and_since_when_are_enough(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var since = new OccurrenceTime(TestDesk.Noon.AddMinutes(-20), Precision.About);

        var declared = (await desk.Get<DeclareIncident>().HandleAsync(new("  DNS amplification  ", Severity.Sev1, since), ana, default)).Value;

        var incident = await desk.ReadAsync(declared, ana);
        Assert.Equal(("INC-2026-001", "DNS amplification", Severity.Sev1, IncidentStatus.Investigating, Tlp.Amber, "UTC", 1, 1L),
            (incident.Key, incident.Title, incident.Severity, incident.Status, incident.Tlp, incident.TimeZone, incident.Version, incident.LastSequence));
        Assert.Equal(since, incident.When(MilestoneKind.ImpactStarted));
        Assert.Equal(OccurrenceTime.Exactly(TestDesk.Noon), incident.When(MilestoneKind.Declared));
        var entry = Assert.Single(await desk.RowsAsync(incident));
        Assert.Equal((1, EntryKind.Incident, new EntryChange.Declared(Severity.Sev1), ana.PersonId), (entry.Sequence, entry.Kind, entry.Change, entry.AuthorId));
    }

    [Theory, EngineData]
    public async Task The_key_counts_in_the_year_in_which_the_impact_began(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        DateTime?[] starts = [null, new(2014, 8, 18, 0, 0, 0, DateTimeKind.Utc), TestDesk.Noon, new(2014, 12, 31, 23, 59, 59, DateTimeKind.Utc)];

        var keys = new List<string>();
        foreach (var start in starts)
        {
            var when = start is { } at ? OccurrenceTime.Exactly(at) : null;
            keys.Add((await desk.Get<DeclareIncident>().HandleAsync(new("Flood", Severity.Sev3, when), ana, default)).Value.Key);
        }

        Assert.Equal(["INC-2026-001", "INC-2014-001", "INC-2026-002", "INC-2014-002"], keys);
    }

    [Theory, EngineData]
    public async Task A_refused_or_repeated_declaration_uses_up_no_number(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var declare = desk.Get<DeclareIncident>();
        var first = (await declare.HandleAsync(new("Flood", Severity.Sev3), ana, default)).Value;

        await declare.HandleAsync(new("", Severity.Sev3), ana, default);
        await declare.HandleAsync(new("Flood", Severity.Sev3, IncidentId: first.Id), ana, default);

        Assert.Equal("INC-2026-002", (await desk.DeclareAsync(ana)).Key);
    }

    [Theory, EngineData]
    public async Task Declarations_at_the_same_time_get_keys_of_their_own(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();

        var declared = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => desk.DeclareAsync(ana, $"Flood {i}"))));

        Assert.Equal(Enumerable.Range(1, 8).Select(n => $"INC-2026-{n:000}"), declared.Select(i => i.Key).Order());
    }

    [Theory, EngineData]
    public async Task A_double_click_declares_once(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var command = new DeclareIncident.Command("Flood", Severity.Sev2, IncidentId: Guid.CreateVersion7());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => desk.Get<DeclareIncident>().HandleAsync(command, ana, default))));

        Assert.All(answers, answer => Assert.Equal("INC-2026-001", answer.Value.Key));
        Assert.Equal(1, (await desk.Get<FindIncidents>().HandleAsync(new(), ana, default)).Value.Total);
    }

    [Theory]
    [EngineData("", "Text.Empty")]
    [EngineData(" \t\n ", "Text.Empty")]
    [EngineData("two\nlines", "Text.ControlCharacter")]
    [EngineData("nul\0byte", "Text.ControlCharacter")]
    [EngineData("override\u202Egpj.exe", "Text.ControlCharacter")]
    [EngineData("isolate\u2067x", "Text.ControlCharacter")]
    [EngineData("line\u2028separator", "Text.ControlCharacter")]
    public async Task A_title_that_cannot_be_shown_in_one_line_is_refused(Engine engine, string title, string code)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();

        Refused.Field("Title", code, await desk.Get<DeclareIncident>().HandleAsync(new(title, Severity.Sev2), ana, default));
        Assert.Equal(0, (await desk.Get<FindIncidents>().HandleAsync(new(), ana, default)).Value.Total);
    }

    [Theory, EngineData]
    public async Task A_title_may_have_two_hundred_characters(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();

        Assert.True((await desk.Get<DeclareIncident>().HandleAsync(new(new string('ñ', 200), Severity.Sev2), ana, default)).Succeeded);
        var refused = Refused.Field("Title", "Text.TooLong", await desk.Get<DeclareIncident>().HandleAsync(new(new string('ñ', 201), Severity.Sev2), ana, default));
        Assert.Equal([201, 200], refused.Args);
    }

    [Theory]
    [EngineData("2026-03-14T12:05:01Z", Precision.Exact, "Time.InFuture")]
    [EngineData("1989-12-31T23:59:59Z", Precision.Day, "Time.TooEarly")]
    [EngineData(null, Precision.Exact, "Time.Missing")]
    [EngineData("2026-03-14T11:00:00Z", Precision.OrderOnly, "Time.NotWithOrderOnly")]
    public async Task A_time_that_cannot_be_is_refused(Engine engine, string? at, Precision precision, string code)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var since = new OccurrenceTime(at is null ? null : DateTimeOffset.Parse(at, CultureInfo.InvariantCulture).UtcDateTime, precision);

        Refused.Field("ImpactStartedAt", code, await desk.Get<DeclareIncident>().HandleAsync(new("Flood", Severity.Sev2, since), await desk.PersonAsync(), default));
    }

    [Theory, EngineData]
    public async Task A_device_whose_clock_is_a_little_ahead_may_declare(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var ahead = TestDesk.Noon.AddMinutes(5).AddTicks(-7);

        var declared = (await desk.Get<DeclareIncident>().HandleAsync(new("Flood", Severity.Sev2, OccurrenceTime.Exactly(ahead)), ana, default)).Value;

        Assert.Equal(Clock.ToMicroseconds(ahead), (await desk.ReadAsync(declared, ana)).When(MilestoneKind.ImpactStarted)!.At);
    }

    [Theory, EngineData]
    public async Task An_unknown_zone_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);

        Refused.Field("TimeZone", "Time.ZoneUnknown", await desk.Get<DeclareIncident>().HandleAsync(new("Flood", Severity.Sev2, TimeZone: "Mexico/Atlantis"), await desk.PersonAsync(), default));
    }
}
