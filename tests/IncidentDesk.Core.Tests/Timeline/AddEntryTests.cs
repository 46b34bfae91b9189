using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Timeline;

public sealed class AddEntryTests
{
    [Theory, EngineData]
    public async Task An_entry_keeps_all_that_was_said(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var command = new AddEntry.Command(
            incident.Key, Guid.CreateVersion7(), EntryKind.Decision, " **null-route** 192.0.2.7\r\nuntil noon ", new OccurrenceTime(TestDesk.Noon.AddHours(-1), Precision.About), IsKeyEvent: true, Visibility: Visibility.Members);

        var answer = (await desk.Get<AddEntry>().HandleAsync(command, ana, default)).Value;

        Assert.False(answer.IsRepeat);
        var entry = (await desk.RowsAsync(incident))[^1];
        Assert.Equal((command.EntryId, 2L, 2L, 1, EntryKind.Decision, "**null-route** 192.0.2.7\nuntil noon"), (entry.EntryId, entry.Sequence, entry.RootSequence, entry.Revision, entry.Kind, entry.Body));
        Assert.Equal((command.OccurredAt, TestDesk.Noon, ana.PersonId, "Ana", true, Visibility.Members), (entry.When, entry.RecordedAt, entry.AuthorId, entry.AuthorName, entry.IsKeyEvent, entry.Visibility));
    }

    [Theory, EngineData]
    public async Task Eight_people_who_log_at_once_are_all_heard_and_the_numbers_have_no_gap(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var mine = new List<Result<AddEntry.Added>>();
            for (var i = 0; i < 25; i++)
                mine.Add(await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), EntryKind.Note, $"{writer}/{i}"), ana, default));
            return mine;
        })));

        Assert.All(answers.SelectMany(a => a), a => Assert.True(a.Succeeded));
        var rows = await desk.RowsAsync(incident);
        Assert.Equal(Enumerable.Range(1, 201).Select(n => (long)n), rows.Select(e => e.Sequence));
        Assert.Equal(answers.SelectMany(a => a).Select(a => (a.Value.Entry.Sequence, a.Value.Entry.Body)).Order(), rows.Skip(1).Select(e => (e.Sequence, e.Body)));
        Assert.Equal(201, (await desk.ReadAsync(incident, ana)).LastSequence);
    }

    [Theory, EngineData]
    public async Task The_same_entry_sent_several_times_at_once_is_written_once_and_answered_alike(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var command = new AddEntry.Command(incident.Key, Guid.CreateVersion7(), EntryKind.Note, "once");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => desk.Get<AddEntry>().HandleAsync(command, ana, default))));

        Assert.All(answers, a => Assert.Equal((command.EntryId, 2L, "once"), (a.Value.Entry.EntryId, a.Value.Entry.Sequence, a.Value.Entry.Body)));
        Assert.Single(answers, a => !a.Value.IsRepeat);
        Assert.Equal(2, (await desk.RowsAsync(incident)).Count);
        Assert.Equal(3, (await desk.LogAsync(ana, incident, "next")).Sequence);
    }

    [Theory, EngineData]
    public async Task The_id_of_somebody_elses_entry_or_of_another_incident_is_taken(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var (here, there) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        var (mine, secret) = (await desk.LogAsync(ana, here, "mine"), await desk.LogAsync(ana, there, "secret"));
        Task<Result<AddEntry.Added>> AddAsync(Guid id, Actor who) => desk.Get<AddEntry>().HandleAsync(new(here.Key, id, EntryKind.Note, "x"), who, default);

        Refused.Field("EntryId", "Entry.IdTaken", await AddAsync(mine.EntryId, ben));
        Refused.Field("EntryId", "Entry.IdTaken", await AddAsync(secret.EntryId, ana));
        Refused.Field("EntryId", "Entry.IdTaken", await AddAsync(secret.EntryId, ben));
        Refused.Field("EntryId", "Entry.IdMissing", await AddAsync(Guid.Empty, ana));
        Assert.Equal(2, (await desk.RowsAsync(here)).Count);
        Assert.Equal(2, (await desk.ReadAsync(here, ana)).LastSequence);
    }

    [Theory]
    [EngineData("", "Text.Empty")]
    [EngineData("\r\n \t", "Text.Empty")]
    [EngineData("NUL\0byte", "Text.ControlCharacter")]
    [EngineData("bell\a", "Text.ControlCharacter")]
    public async Task A_body_that_cannot_be_kept_is_refused_with_its_place(Engine engine, string body, string code)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        await AssertBodyRefusedAsync(desk, body, code);
    }

    // Not in attributes: a lone surrogate does not survive the assembly's metadata.
    [Theory, EngineData]
    public async Task Half_a_character_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        foreach (var body in new[] { "half \uD83D", "\uDD25 half", "\uDD25\uD83D turned" }) await AssertBodyRefusedAsync(desk, body, "Text.ControlCharacter");
    }

    [Theory, EngineData]
    public async Task A_body_may_have_twenty_thousand_characters_of_any_script(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        string[] bodies = [new('x', 20_000), "🔥 down 👩🏽‍💻 \u202Eabc\u202C שלום مرحبا 攻撃\tñ", "<script>alert(1)</script> ' \" \\ %_ {0}"];

        foreach (var body in bodies) await desk.LogAsync(ana, incident, body);

        Assert.Equal(bodies, (await desk.RowsAsync(incident)).Skip(1).Select(e => e.Body));
        await AssertBodyRefusedAsync(desk, new string('x', 20_001), "Text.TooLong");
    }

    [Theory, EngineData]
    public async Task What_only_the_desk_writes_nobody_can_log(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        var incident = await desk.DeclareAsync(admin);

        foreach (var kind in Enum.GetValues<EntryKind>().Where(k => !k.IsWrittenByPeople()))
            Refused.Field("Kind", "Entry.KindOfTheDesk", await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), kind, "x"), admin, default));
        Assert.Single(await desk.RowsAsync(incident));
    }

    [Theory, EngineData]
    public async Task A_time_to_come_is_refused_and_a_late_entry_keeps_both_its_times(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var future = OccurrenceTime.Exactly(TestDesk.Noon.AddMinutes(6));

        Refused.Field("OccurredAt", "Time.InFuture", await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), EntryKind.Note, "x", future), ana, default));

        desk.Clock.Advance(TimeSpan.FromHours(1));
        var late = await desk.LogAsync(ana, incident, "late", at: TestDesk.Noon);
        Assert.Equal((TestDesk.Noon, TestDesk.Noon.AddHours(1)), (late.OccurredAt!.Value, late.RecordedAt));
        Assert.True(late.RecordedAt - late.OccurredAt > TimelineEntry.LateAfter);
    }

    private static async Task AssertBodyRefusedAsync(TestDesk desk, string body, string code)
    {
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        Refused.Field("Body", code, await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), EntryKind.Note, body), ana, default));
        Assert.Single(await desk.RowsAsync(incident));
    }
}
