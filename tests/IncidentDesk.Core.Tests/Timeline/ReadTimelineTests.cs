using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Timeline;

public sealed class ReadTimelineTests
{
    [Theory, EngineData]
    public async Task Paging_back_and_forth_through_a_thousand_entries_meets_each_once(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await SeedAsync(desk, ana, incident, 1_000);
        var (read, filter) = (desk.Get<ReadTimeline>(), new TimelineFilter([], WithoutDesk: true));
        var expected = (await desk.RowsAsync(incident)).Skip(1).OrderBy(e => e.SortAt).ThenBy(e => e.Rank).Select(e => e.RootSequence).ToList();

        var page = (await read.NewestAsync(incident.Key, filter, 90, ana, default)).Value;
        Assert.False(page.HasNewer);
        var back = page.Entries.ToList();
        while (page.HasOlder)
        {
            page = (await read.OlderAsync(incident.Key, filter, back[0], 90, ana, default)).Value;
            Assert.True(page.HasNewer);
            back.InsertRange(0, page.Entries);
        }
        Assert.Equal(expected, back.Select(e => e.RootSequence));

        var forth = new List<TimelineEntry> { back[0] };
        do
        {
            page = (await read.NewerAsync(incident.Key, filter, forth[^1], 90, ana, default)).Value;
            Assert.True(page.HasOlder);
            forth.AddRange(page.Entries);
        }
        while (page.HasNewer);
        Assert.Equal(expected, forth.Select(e => e.RootSequence));
    }

    [Theory, EngineData]
    public async Task A_link_opens_the_course_around_its_entry(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await SeedAsync(desk, ana, incident, 100);
        var (read, all) = (desk.Get<ReadTimeline>(), TimelineFilter.None);
        var course = (await desk.RowsAsync(incident)).OrderBy(e => e.SortAt).ThenBy(e => e.Rank).Select(e => e.RootSequence).ToList();

        foreach (var (place, older, newer) in new[] { (50, true, true), (2, false, true), (98, true, false) })
        {
            var page = (await read.AroundAsync(incident.Key, all, course[place], 20, ana, default)).Value;
            Assert.Equal(course.Skip(Math.Max(0, place - 10)).Take(Math.Min(place, 10) + 1 + 10), page.Entries.Select(e => e.RootSequence));
            Assert.Equal((older, newer), (page.HasOlder, page.HasNewer));
        }
        var missing = (await read.AroundAsync(incident.Key, all, 9_999, 20, ana, default)).Value;
        Assert.Equal(course.TakeLast(20), missing.Entries.Select(e => e.RootSequence));
    }

    [Theory, EngineData]
    public async Task Following_the_log_by_number_meets_each_row_once_revisions_included(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await SeedAsync(desk, ana, incident, 1_000);
        await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, 5, 1, Guid.CreateVersion7(), Body: "corrected"), ana, default);

        var seen = new List<long>();
        ReadTimeline.Page page;
        do
        {
            page = (await desk.Get<ReadTimeline>().AfterAsync(incident.Key, seen.LastOrDefault(), 10_000, ana, default)).Value;
            Assert.True(page.Entries.Count <= ReadTimeline.MaxPage);
            Assert.Equal(1002, page.LastSequence);
            seen.AddRange(page.Entries.Select(e => e.Sequence));
        }
        while (page.HasNewer);

        Assert.Equal(Enumerable.Range(1, 1002).Select(n => (long)n), seen);
    }

    [Theory, EngineData]
    public async Task Authors_and_totals_tell_who_wrote_and_how_much(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ben);
        await SeedAsync(desk, ana, incident, 30);

        Assert.Equal(["Ana", "Ben"], (await desk.Get<ReadTimeline>().AuthorsAsync(incident.Key, ana, default)).Value.Select(a => a.Name));
        Assert.Equal(new ReadTimeline.Totals(31, 3), (await desk.Get<ReadTimeline>().TotalsAsync(incident.Key, ana, default)).Value);
    }

    public static TheoryData<Engine, string> Filters
    {
        get
        {
            var data = new TheoryData<Engine, string>();
            foreach (var engine in Enum.GetValues<Engine>())
            {
                foreach (var name in FilterCases(default).Keys) data.Add(engine, name);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Filters))]
    public async Task A_filter_finds_the_same_in_the_database_and_in_a_row_that_was_pushed(Engine engine, string name)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Íñigo"));
        var incident = await desk.DeclareAsync(ana);
        await desk.LogAsync(ana, incident, "MIGRACIÓN to the scrubber, 100% done", EntryKind.Action);
        await desk.LogAsync(ben, incident, "migracion seen_by upstream", EntryKind.Observation);
        await desk.LogAsync(ben, incident, "nothing\\else", EntryKind.Note);
        var key = await desk.LogAsync(ana, incident, "cafe\u0301 closed", EntryKind.Decision);
        await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, key.Sequence, 1, Guid.CreateVersion7(), IsKeyEvent: true), ana, default);
        var (filter, count) = FilterCases(ben.PersonId)[name];

        var queried = (await desk.Get<ReadTimeline>().NewestAsync(incident.Key, filter, 100, ana, default)).Value.Entries;
        var all = (await desk.Get<ReadTimeline>().NewestAsync(incident.Key, TimelineFilter.None, 100, ana, default)).Value.Entries;

        Assert.Equal(count, queried.Count);
        Assert.Equal(all.Where(filter.Matches).Select(e => e.Sequence), queried.Select(e => e.Sequence));
        Assert.Equal(name == "none", filter.IsNone);
    }

    private static Dictionary<string, (TimelineFilter Filter, int Count)> FilterCases(Guid ben) => new()
    {
        ["none"] = (TimelineFilter.None, 5),
        ["kinds"] = (new([EntryKind.Action, EntryKind.Incident]), 2),
        ["author"] = (new([], ben), 2),
        ["text without its accent"] = (new([], Text: "migracion"), 2),
        ["text with another case"] = (new([], Text: "MigraciÓn"), 2),
        ["composed for decomposed"] = (new([], Text: "CAFÉ"), 1),
        ["author's name"] = (new([], Text: "inigo"), 2),
        ["percent"] = (new([], Text: "0%"), 1),
        ["only percent"] = (new([], Text: "%s"), 0),
        ["underscore"] = (new([], Text: "n_b"), 1),
        ["backslash"] = (new([], Text: "\\e"), 1),
        ["NUL"] = (new([], Text: "\0"), 0),
        ["half a character"] = (new([], Text: new string('\uD83D', 1)), 0),
        ["key events"] = (new([], KeyEventsOnly: true), 1),
        ["without the desk"] = (new([], WithoutDesk: true), 4),
        ["together"] = (new([EntryKind.Observation, EntryKind.Note], ben, "upstream", WithoutDesk: true), 1),
    };

    /// <summary>Entries of a few minutes, many at the same moment, written in a wild order.</summary>
    private static async Task SeedAsync(TestDesk desk, Actor author, Incident incident, int count)
    {
        await using var db = await desk.OpenContextAsync();
        var sequence = await desk.Get<DeskDatabase>().ReserveSequencesAsync(db, incident.Id, count, desk.Now, default);
        var member = new DeskMember(author.PersonId, "Ana", PersonRole.Responder);
        for (var i = 0; i < count; i++)
        {
            var when = i % 7 == 0 ? OccurrenceTime.OrderOnly : OccurrenceTime.Exactly(TestDesk.Noon.AddMinutes(-(i * 37 % 101)));
            var draft = new EntryDraft(EntryKind.Note, $"entry {i}", when) { IsKeyEvent = i % 10 == 3 };
            db.Entries.Add(draft.ToEntry(incident.Id, sequence + i, member, desk.Now));
        }
        await db.SaveChangesAsync();
    }
}
