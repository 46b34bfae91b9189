using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Timeline;

public sealed class CorrectEntryTests
{
    [Theory, EngineData]
    public async Task A_correction_is_a_revision_and_the_earlier_ones_stay(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana);
        var entry = await desk.LogAsync(ana, incident, "10 Gbit/s");
        desk.Clock.Advance(TimeSpan.FromMinutes(3));

        var revised = (await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 1, Guid.CreateVersion7(), EntryKind.Observation, "100 Gbit/s"), ben, default)).Value;

        Assert.Equal((3L, 2L, 2, EntryKind.Observation, "100 Gbit/s"), (revised.Sequence, revised.RootSequence, revised.Revision, revised.Kind, revised.Body));
        var revisions = (await desk.Get<ReadTimeline>().RevisionsAsync(incident.Key, entry.Sequence, ana, default)).Value;
        Assert.Equal([("10 Gbit/s", null, null), ("100 Gbit/s", "Ben", TestDesk.Noon.AddMinutes(3))], revisions.Select(e => (e.Body, e.RevisedByName, e.RevisedAt)));
        Assert.All(revisions, e => Assert.Equal(("Ana", TestDesk.Noon, TestDesk.Noon), (e.AuthorName, e.RecordedAt, e.OccurredAt!.Value)));
        var page = (await desk.Get<ReadTimeline>().NewestAsync(incident.Key, TimelineFilter.None, 10, ana, default)).Value;
        Assert.Equal(["", "100 Gbit/s"], page.Entries.Select(e => e.Body));
        Assert.Equal(new ReadTimeline.Totals(2, 0), (await desk.Get<ReadTimeline>().TotalsAsync(incident.Key, ana, default)).Value);
    }

    [Theory, EngineData]
    public async Task A_stale_revision_is_a_conflict_that_holds_what_stands_now(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana);
        var entry = await desk.LogAsync(ana, incident, "first");

        var answers = await Task.WhenAll(new[] { ana, ben }.Select(who => Task.Run(() =>
            desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 1, Guid.CreateVersion7(), Body: $"by {who.PersonId}"), who, default))));

        var kept = Assert.Single(answers, a => a.Succeeded).Value;
        var current = Refused.Conflict<TimelineEntry, TimelineEntry>("Entry.Conflict", Assert.Single(answers, a => !a.Succeeded));
        Assert.Equal((kept.EntryId, kept.Body), (current.EntryId, current.Body));
        Assert.Equal(3, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task A_repeated_correction_is_answered_with_the_revision_that_it_made(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var entry = await desk.LogAsync(ana, incident, "first");
        var command = new CorrectEntry.Command(incident.Key, entry.Sequence, 1, Guid.CreateVersion7(), Body: "second");
        await desk.Get<CorrectEntry>().HandleAsync(command, ana, default);

        Assert.Equal(2, (await desk.Get<CorrectEntry>().HandleAsync(command, ana, default)).Value.Revision);
        await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 2, Guid.CreateVersion7(), Body: "third"), ana, default);
        Assert.Equal((2, "second"), await desk.Get<CorrectEntry>().HandleAsync(command, ana, default) is var late ? (late.Value.Revision, late.Value.Body) : default);
        Assert.Equal(4, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task An_id_that_is_another_entrys_is_taken(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana);
        var (entry, other) = (await desk.LogAsync(ana, incident, "first"), await desk.LogAsync(ana, incident, "other"));
        var revised = (await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 1, Guid.CreateVersion7(), Body: "second"), ana, default)).Value;
        Task<Result<TimelineEntry>> CorrectAsync(Guid id, Actor who) => desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 2, id, Body: "third"), who, default);

        Refused.Field("RevisionId", "Entry.IdTaken", await CorrectAsync(other.EntryId, ana));
        Refused.Field("RevisionId", "Entry.IdTaken", await CorrectAsync(entry.EntryId, ana));
        Refused.Field("RevisionId", "Entry.IdTaken", await CorrectAsync(revised.EntryId, ben));
        Refused.Field("RevisionId", "Entry.IdMissing", await CorrectAsync(Guid.Empty, ana));
        Assert.Equal(4, (await desk.RowsAsync(incident)).Count);
    }

    [Theory, EngineData]
    public async Task What_changes_nothing_or_cannot_be_kept_or_is_not_there_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var entry = await desk.LogAsync(ana, incident, "first");
        Task<Result<TimelineEntry>> CorrectAsync(long sequence, string? body, OccurrenceTime? when = null) =>
            desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, sequence, 1, Guid.CreateVersion7(), Body: body, OccurredAt: when), ana, default);

        Refused.With<Invalid, TimelineEntry>("Entry.NothingChanged", await CorrectAsync(entry.Sequence, " first "));
        Refused.Field("Body", "Text.ControlCharacter", await CorrectAsync(entry.Sequence, "a\0b"));
        Refused.Field("OccurredAt", "Time.InFuture", await CorrectAsync(entry.Sequence, null, OccurrenceTime.Exactly(TestDesk.Noon.AddHours(1))));
        Refused.NotFound("Entry.NotFound", await CorrectAsync(99, "x"));
        Assert.Equal(2, (await desk.ReadAsync(incident, ana)).LastSequence);
    }

    [Theory, EngineData]
    public async Task A_responder_marks_what_the_desk_wrote_and_does_not_reword_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);

        var marked = (await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, 1, 1, Guid.CreateVersion7(), IsKeyEvent: true), ana, default)).Value;

        Assert.Equal((true, EntryKind.Incident, new EntryChange.Declared(Severity.Sev2)), (marked.IsKeyEvent, marked.Kind, marked.Change));
        Assert.Equal(1, (await desk.Get<ReadTimeline>().TotalsAsync(incident.Key, ana, default)).Value.KeyEvents);
        Refused.Forbidden("Entry.MayNotCorrect", await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, 1, 2, Guid.CreateVersion7(), Body: "it never was"), ana, default));
    }

    [Theory, EngineData]
    public async Task Leadership_corrects_its_own_only_and_within_its_kinds(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, boss, other) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Boss"), await desk.PersonAsync(PersonRole.Leadership, "Other"));
        var incident = await desk.DeclareAsync(ana);
        var own = await desk.LogAsync(boss, incident, "tell the press", EntryKind.Decision);
        var foreign = await desk.LogAsync(ana, incident, "null-route", EntryKind.Decision);
        Task<Result<TimelineEntry>> CorrectAsync(TimelineEntry entry, Actor who, EntryKind? kind = null, bool? key = null) =>
            desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 1, Guid.CreateVersion7(), kind, kind is null && key is null ? "changed" : null, IsKeyEvent: key), who, default);

        Refused.Forbidden("Entry.MayNotCorrect", await CorrectAsync(foreign, boss));
        Refused.Forbidden("Entry.MayNotCorrect", await CorrectAsync(foreign, boss, key: true));
        Refused.Forbidden("Entry.MayNotCorrect", await CorrectAsync(own, other));
        Refused.Forbidden("Entry.MayNotCorrect", await CorrectAsync(own, boss, EntryKind.Note));
        Assert.True((await CorrectAsync(own, boss, EntryKind.Communication)).Succeeded);
    }

    [Theory, EngineData]
    public async Task An_imported_entry_whose_time_is_still_to_come_can_be_reworded(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var tomorrow = OccurrenceTime.Exactly(TestDesk.Noon.AddDays(1));
        await using (var db = await desk.OpenContextAsync())
        {
            var sequence = await desk.Get<DeskDatabase>().ReserveSequencesAsync(db, incident.Id, 1, desk.Now, default);
            db.Entries.Add(new EntryDraft(EntryKind.Note, "maintenance", tomorrow).ToEntry(incident.Id, sequence, new DeskMember(ana.PersonId, "Ana", PersonRole.Responder), desk.Now));
            await db.SaveChangesAsync();
        }

        var revised = (await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, 2, 1, Guid.CreateVersion7(), Body: "planned maintenance"), ana, default)).Value;

        Assert.Equal(("planned maintenance", tomorrow), (revised.Body, revised.When));
    }
}
