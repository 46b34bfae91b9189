using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

public sealed class SituationReportTests
{
    private static readonly DateTime InAnHour = TestDesk.Noon.AddHours(1);

    [Theory, EngineData]
    public async Task A_report_is_frozen_and_numbered_and_says_when_the_next_one_is_due(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, olga) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer, "Olga"));
        var incident = await desk.DeclareAsync(ana);
        var (make, find) = (desk.Get<MakeSituationReport>(), desk.Get<FindSituationReports>());
        var command = new MakeSituationReport.Command(Guid.CreateVersion7(), incident.Key, Audience.Members, "es", " Sigue el ataque. {{severity}} ", "Esperar al proveedor", InAnHour);

        var report = (await make.HandleAsync(command, ana, default)).Value;
        var again = (await make.HandleAsync(command, ana, default)).Value;
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Severity: Severity.Sev1), ana, default);
        var record = (await desk.Get<ReadDocument>().HandleAsync(incident.Key, new(DocumentKind.SituationReport, 1), Audience.Internal, olga, default)).Value;
        var found = (await find.HandleAsync(incident.Key, olga, default)).Value;

        Assert.Equal((report.Id, 1, Audience.Members, InAnHour), (again.Id, report.Number, report.Audience, report.NextDueAt));
        Assert.Equal((DocumentKind.SituationReport, "es", Severity.Sev2, InAnHour), (record.Kind, record.Language, record.Incident.Severity, record.NextDueAt));
        Assert.Equal(["Sigue el ataque. {{severity}}", "{{facts}}", "{{impact}}", "{{waves}}", "{{mitigations}}", "{{timeline}}", "Esperar al proveedor"], record.Sections.Select(s => s.Body));
        Assert.All(record.Sections, s => Assert.Equal(Visibility.Members, s.Visibility));
        Assert.Equal((1, InAnHour, false), (found.Reports.Count, found.NextDueAt, found.IsOverdue));
        Assert.Equal(new EntryChange.SituationReported(1, Audience.Members, InAnHour, report.Sha256), Assert.Single((await desk.RowsAsync(incident)).Select(r => r.Change).OfType<EntryChange.SituationReported>()));
        Assert.Equal(new FindSituationReports.Words(Audience.Members, "es", "Sigue el ataque. {{severity}}", "Esperar al proveedor"), (await find.NewestAsync(incident.Key, olga, default)).Value);
        Assert.Equal(InAnHour, (await desk.Get<LiveSituation>().ReadAsync(incident.Id, 2, default)).ReportDueAt);
        Assert.True((await desk.Get<VerifyDocument>().HandleAsync(incident.Key, new(DocumentKind.SituationReport, 1), olga, default)).Value.IsSound);
    }

    [Theory, EngineData]
    public async Task The_next_one_tells_what_happened_since_and_a_promised_one_can_be_overdue(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        async Task<TimelineEntry> Key(string body, DateTime? at = null) =>
            (await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), EntryKind.Observation, body, at is { } time ? OccurrenceTime.Exactly(time) : null, IsKeyEvent: true), ana, default)).Value.Entry;
        var first = await Key("before");
        var shown = await Key("shown again");
        await Make(desk, incident, ana, "One", InAnHour);
        desk.Clock.Advance(TimeSpan.FromMinutes(61));
        var found = (await desk.Get<FindSituationReports>().HandleAsync(incident.Key, ana, default)).Value;
        await Key("after");
        await Key("late word", TestDesk.Noon.AddMinutes(-30));
        await Make(desk, incident, ana, $"Two\n\n{Fields.Entry(shown.RootSequence)}");

        var second = (await desk.Get<ReadDocument>().HandleAsync(incident.Key, new(DocumentKind.SituationReport, 2), Audience.Internal, ana, default)).Value;

        Assert.True(found.IsOverdue);
        Assert.Equal([("late word", true), ("shown again", false), ("after", true)], second.Entries.Select(e => (e.Body, e.IsInTimeline)));
        Assert.DoesNotContain(second.Entries, e => e.Sequence == first.RootSequence);
        var now = (await desk.Get<FindSituationReports>().HandleAsync(incident.Key, ana, default)).Value;
        Assert.Equal([2, 1], now.Reports.Select(r => r.Number));
        Assert.Equal((null, false), (now.NextDueAt, now.IsOverdue));
    }

    [Theory, EngineData]
    public async Task A_report_goes_no_further_than_it_was_meant(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        foreach (var audience in new[] { Audience.Internal, Audience.Members })
            Assert.True((await desk.Get<MakeSituationReport>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, audience, "en", "Holding"), ana, default)).Succeeded);
        Task<Result<DocumentRecord>> Read(int number, Audience audience) => desk.Get<ReadDocument>().HandleAsync(incident.Key, new(DocumentKind.SituationReport, number), audience, ana, default);

        foreach (var (number, audience) in new[] { (1, Audience.Members), (1, Audience.Public), (2, Audience.Public) }) Refused.Field("audience", "Document.NotForAudience", await Read(number, audience));
        foreach (var (number, audience) in new[] { (1, Audience.Internal), (1, Audience.Evidence), (2, Audience.Members), (2, Audience.Internal) }) Assert.True((await Read(number, audience)).Succeeded);
    }

    [Theory, EngineData]
    public async Task What_does_not_fit_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, lead) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Lea"));
        var (incident, other) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana));
        var make = desk.Get<MakeSituationReport>();
        var sound = new MakeSituationReport.Command(Guid.CreateVersion7(), incident.Key, Audience.Internal, "en", "x");
        Task<Result<FrozenDocument>> Try(MakeSituationReport.Command command) => make.HandleAsync(command, ana, default);

        Refused.Field("Id", "Report.IdMissing", await Try(sound with { Id = Guid.Empty }));
        Refused.Field("Audience", "Report.Audience", await Try(sound with { Audience = Audience.Public }));
        Refused.Field("Language", "Word.Unknown", await Try(sound with { Language = "fr" }));
        Refused.Field("Summary", "Text.Empty", await Try(sound with { Summary = " " }));
        Refused.Field("NextDueAt", "Report.DueTime", await Try(sound with { NextDueAt = TestDesk.Noon }));
        Refused.Field("NextDueAt", "Report.DueTime", await Try(sound with { NextDueAt = TestDesk.Noon.AddDays(40) }));
        Refused.Forbidden("Incident.MayNotChange", await make.HandleAsync(sound, lead, default));
        Assert.True((await Try(sound)).Succeeded);
        Refused.Field("Id", "Report.IdTaken", await Try(sound with { IncidentKey = other.Key }));
    }

    private static async Task Make(TestDesk desk, Incident incident, Actor who, string summary, DateTime? due = null) =>
        Assert.True((await desk.Get<MakeSituationReport>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, Audience.Internal, "en", summary, NextDueAt: due), who, default)).Succeeded);
}
