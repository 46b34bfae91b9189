using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Timeline;

/// <summary>The order in which people read: by when things happened, not by when they were written.</summary>
public sealed class CourseOfEventsTests
{
    private static readonly DateTime Ten = TestDesk.Noon.AddHours(-2);

    [Theory, EngineData]
    public async Task Entries_stand_where_they_happened_and_equal_times_as_they_were_written(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.LogAsync(ana, incident, "c", at: Ten.AddMinutes(2));
        await desk.LogAsync(ana, incident, "a", at: Ten);
        await desk.LogAsync(ana, incident, "b1", at: Ten.AddMinutes(1));
        await desk.LogAsync(ana, incident, "b2", at: Ten.AddMinutes(1));
        await desk.LogAsync(ana, incident, "late", at: Ten.AddMinutes(1.5));

        Assert.Equal("a b1 b2 late c", await CourseAsync(desk, incident, ana));
    }

    [Theory, EngineData]
    public async Task What_has_no_time_stands_right_behind_what_it_followed(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var first = await desk.LogAsync(ana, incident, "a", at: Ten);
        await desk.LogAsync(ana, incident, "b", at: Ten);
        await desk.LogAsync(ana, incident, "c", at: Ten.AddMinutes(1));

        var between = await desk.LogAsync(ana, incident, "a+", after: first.Sequence);
        await desk.LogAsync(ana, incident, "a++", after: between.Sequence);
        await desk.LogAsync(ana, incident, "a-", after: first.Sequence);

        Assert.Equal("a a- a+ a++ b c", await CourseAsync(desk, incident, ana));
        Assert.Equal(OccurrenceTime.OrderOnly, between.When);
    }

    [Theory, EngineData]
    public async Task What_is_put_behind_another_of_its_own_time_stands_there_and_otherwise_at_its_time(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var first = await desk.LogAsync(ana, incident, "a", at: Ten);
        await desk.LogAsync(ana, incident, "b", at: Ten);
        await desk.LogAsync(ana, incident, "c", at: Ten.AddMinutes(5));

        await desk.LogAsync(ana, incident, "same", at: Ten, after: first.Sequence);
        await desk.LogAsync(ana, incident, "other", at: Ten.AddMinutes(3), after: first.Sequence);

        Assert.Equal("a same b other c", await CourseAsync(desk, incident, ana));
    }

    [Theory, EngineData]
    public async Task Any_number_of_entries_put_one_behind_the_other_stay_in_their_order(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var last = await desk.LogAsync(ana, incident, "a", at: Ten);
        await desk.LogAsync(ana, incident, "z", at: Ten);

        for (var i = 1; i <= 70; i++) last = await desk.LogAsync(ana, incident, $"{i}", after: last.Sequence);

        Assert.Equal($"a {string.Join(' ', Enumerable.Range(1, 70))} z", await CourseAsync(desk, incident, ana));
    }

    [Theory, EngineData]
    public async Task Entries_put_again_and_again_behind_the_same_one_never_leave_the_gap(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var first = await desk.LogAsync(ana, incident, "a", at: Ten);
        await desk.LogAsync(ana, incident, "z", at: Ten);

        for (var i = 1; i <= 40; i++) await desk.LogAsync(ana, incident, $"{i}", after: first.Sequence);
        Assert.Equal($"a {string.Join(' ', Enumerable.Range(1, 40).Reverse())} z", await CourseAsync(desk, incident, ana));

        for (var i = 41; i <= 70; i++) await desk.LogAsync(ana, incident, $"{i}", after: first.Sequence);
        var course = (await CourseAsync(desk, incident, ana)).Split(' ');
        Assert.Equal(("a", "z", 72), (course[0], course[^1], course.Length));
    }

    [Theory, EngineData]
    public async Task Nothing_can_be_put_behind_what_is_not_there(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);

        Refused.Field("After", "Entry.AfterNotFound", await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), EntryKind.Note, "x", After: 99), ana, default));
        Assert.Single(await desk.RowsAsync(incident));
    }

    [Theory, EngineData]
    public async Task A_corrected_time_moves_the_entry_and_a_corrected_text_does_not(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var first = await desk.LogAsync(ana, incident, "a", at: Ten);
        await desk.LogAsync(ana, incident, "b", at: Ten.AddMinutes(5));
        var placed = await desk.LogAsync(ana, incident, "c", after: first.Sequence);
        Task<Result<TimelineEntry>> CorrectAsync(TimelineEntry entry, string? body = null, OccurrenceTime? when = null) =>
            desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.RootSequence, entry.Revision, Guid.CreateVersion7(), Body: body, OccurredAt: when), ana, default);

        var reworded = (await CorrectAsync(placed, body: "C")).Value;
        Assert.Equal("a C b", await CourseAsync(desk, incident, ana));

        var moved = (await CorrectAsync(reworded, when: OccurrenceTime.Exactly(Ten.AddMinutes(9)))).Value;
        Assert.Equal("a b C", await CourseAsync(desk, incident, ana));

        await CorrectAsync(moved, when: OccurrenceTime.OrderOnly);
        Assert.Equal("a b C", await CourseAsync(desk, incident, ana));
    }

    /// <summary>The bodies of what people wrote, in the course of events.</summary>
    private static async Task<string> CourseAsync(TestDesk desk, Incident incident, Actor reader)
    {
        var page = (await desk.Get<ReadTimeline>().NewestAsync(incident.Key, new TimelineFilter([], WithoutDesk: true), 500, reader, default)).Value;
        return string.Join(' ', page.Entries.Select(e => e.Body));
    }
}
