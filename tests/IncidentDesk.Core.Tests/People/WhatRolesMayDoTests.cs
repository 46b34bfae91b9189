using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.People;

public sealed class WhatRolesMayDoTests
{
    // the kinds by their first letters: note, observation, action, decision, communication, handover
    [Theory]
    [EngineData(PersonRole.Observer, "", false, false)]
    [EngineData(PersonRole.Leadership, "DC", false, false)]
    [EngineData(PersonRole.Responder, "NOADCH", true, false)]
    [EngineData(PersonRole.Administrator, "NOADCH", true, true)]
    public async Task Each_role_may_do_its_own(Engine engine, PersonRole role, string kinds, bool responds, bool administers)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.PersonAsync(PersonRole.Administrator, "Another administrator");
        var who = await desk.PersonAsync(role, "Who");

        foreach (var kind in Enum.GetValues<EntryKind>().Where(k => k.IsWrittenByPeople()))
            AssertMay(kinds.Contains(kind.ToString()[0]), "Entry.MayNotLog", await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), kind, "x"), who, default));

        Assert.True((await desk.Get<FindIncidents>().ByKeyAsync(incident.Key, who, default)).Succeeded);
        AssertMay(responds, "Entry.MayNotCorrect", await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, 1, 1, Guid.CreateVersion7(), IsKeyEvent: true), who, default));
        AssertMay(responds, "Incident.MayNotDeclare", await desk.Get<DeclareIncident>().HandleAsync(new("Flood", Severity.Sev4), who, default));
        AssertMay(responds, "Incident.MayNotChange", await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, "Other"), who, default));
        AssertMay(responds, "Incident.MayNotChange", await desk.Get<SetMilestone>().HandleAsync(new(incident.Key, 2, MilestoneKind.Detected, OccurrenceTime.Exactly(desk.Now)), who, default));
        AssertMay(responds, "Incident.MayNotChange", await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Scribe, ana.PersonId), who, default));
        AssertMay(responds, "Incident.MayNotChange", await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 4, true, [who.PersonId]), who, default));

        var people = desk.Get<ManagePeople>();
        AssertMay(administers, "Person.MayNotManage", await people.ListAsync(who, default));
        AssertMay(administers, "Person.MayNotManage", await people.AddAsync(new("New", "new@desk.example", "es", "America/Mexico_City"), PersonRole.Observer, who, default));
        AssertMay(administers, "Person.MayNotManage", await people.NewLinkAsync(ana.PersonId, who, default));
        AssertMay(administers, "Person.MayNotManage", await people.ChangeAsync(ana.PersonId, PersonRole.Observer, false, who, default));
        Assert.True((await people.ChoicesAsync(who, default)).Succeeded);
        Assert.True((await desk.Get<MyAccount>().ChangeAsync(who, "Renamed", "es", "UTC", default)).Succeeded);
    }

    [Theory]
    [EngineData(true)]
    [EngineData(false)]
    public async Task Whoever_is_disabled_or_unknown_gets_nowhere(Engine engine, bool disabled)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var entry = await desk.LogAsync(ana, incident, "x");
        var who = disabled ? await desk.PersonAsync(PersonRole.Administrator, "Gone", disabled: true) : new Actor(Guid.NewGuid());
        var (read, find, people, mine) = (desk.Get<ReadTimeline>(), desk.Get<FindIncidents>(), desk.Get<ManagePeople>(), desk.Get<MyAccount>());
        await using var scope = desk.Scope<ChoosePassword>(out var passwords);

        Error?[] answers =
        [
            (await find.HandleAsync(new(), who, default)).Error,
            (await find.ByKeyAsync(incident.Key, who, default)).Error,
            (await find.OverviewAsync(who, default)).Error,
            (await read.AfterAsync(incident.Key, 0, 10, who, default)).Error,
            (await read.NewestAsync(incident.Key, TimelineFilter.None, 10, who, default)).Error,
            (await read.AroundAsync(incident.Key, TimelineFilter.None, 1, 10, who, default)).Error,
            (await read.RevisionsAsync(incident.Key, 1, who, default)).Error,
            (await read.TotalsAsync(incident.Key, who, default)).Error,
            (await read.AuthorsAsync(incident.Key, who, default)).Error,
            (await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), EntryKind.Note, "x"), who, default)).Error,
            (await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 1, Guid.CreateVersion7(), Body: "y"), who, default)).Error,
            (await desk.Get<DeclareIncident>().HandleAsync(new("Flood", Severity.Sev4), who, default)).Error,
            (await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, "Other"), who, default)).Error,
            (await desk.Get<SetMilestone>().HandleAsync(new(incident.Key, 1, MilestoneKind.Detected, null), who, default)).Error,
            (await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, ana.PersonId), who, default)).Error,
            (await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 1, true, []), who, default)).Error,
            (await people.ListAsync(who, default)).Error,
            (await people.ChoicesAsync(who, default)).Error,
            (await people.AddAsync(new("New", "new@desk.example", "es", "UTC"), PersonRole.Observer, who, default)).Error,
            (await people.NewLinkAsync(ana.PersonId, who, default)).Error,
            (await people.ChangeAsync(ana.PersonId, PersonRole.Observer, false, who, default)).Error,
            (await mine.ReadAsync(who, default)).Error,
            (await mine.ChangeAsync(who, "Me", "en", "UTC", default)).Error,
            (await mine.TokensAsync(who, default)).Error,
            (await mine.CreateTokenAsync(who, "mine", TokenScopes.Read, TimeSpan.FromDays(1), default)).Error,
            (await mine.RevokeTokenAsync(who, Guid.NewGuid(), default)).Error,
            (await passwords.ChangeAsync(who, Guid.NewGuid(), "old password 1", "new password 1", default)).Error,
        ];

        Assert.All(answers, error => Assert.Equal("Person.NoAccess", Assert.IsType<Forbidden>(error).Code));
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
    }

    private static void AssertMay<T>(bool may, string code, Result<T> result)
    {
        if (may) Assert.True(result.Succeeded, result.Error?.ToString());
        else Refused.Forbidden(code, result);
    }
}
