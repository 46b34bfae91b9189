using Bunit;
using IncidentDesk.Attacks;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static IncidentDesk.Mitigations.MitigationState;
using static IncidentDesk.Web.Tests.Components.Entries;
using static IncidentDesk.Web.Tests.Components.Situations;

namespace IncidentDesk.Web.Tests.Components;

public sealed class BoardPictureTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public BoardPictureTests() => _context.Services.AddDeskLanguages().AddSingleton<TimeProvider>(new NoonClock());

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void A_wave_begins_and_ends_where_it_did_whatever_the_width()
    {
        var board = BoardOf([Wave(1, -600, -300)], []);
        foreach (var width in new[] { 760.0, 1_200, 2_400 })
        {
            var picture = Picture(board, width);
            var bar = Assert.Single(picture.Waves);
            Assert.Equal((picture.Axis.X(Noon.AddMinutes(-600)), picture.Axis.X(Noon.AddMinutes(-300))), (bar.From, bar.To));
            Assert.InRange(bar.To, bar.From, picture.Axis.Right);
        }
    }

    [Fact]
    public void Labels_do_not_lie_over_other_waves()
    {
        var picture = Picture(BoardOf([.. Enumerable.Range(0, 12).Select(n => Wave(n + 1, -600 + (n * 40), -590 + (n * 40)))], []), 1_200);
        foreach (var row in picture.Waves.GroupBy(w => w.Y))
            foreach (var (a, b) in row.OrderBy(w => w.From).Zip(row.OrderBy(w => w.From).Skip(1))) Assert.True(b.LabelIsLeft ? a.To <= b.From : a.LabelX < b.From);
    }

    [Fact]
    public void Many_defences_stand_in_groups_and_all_of_them_when_asked_for()
    {
        Mitigation[] many = [.. Enumerable.Range(0, 200).Select(n => n % 2 == 0 ? Defence($"open {n}", [(Applied, -90), (Effective, -60)]) : Defence($"gone {n}", [(Applied, -90), (Partial, -80), (Reverted, -60)]))];
        var board = BoardOf([], many);
        var folded = Picture(board, 1_200);
        Assert.Equal([(DefenceGroup.Open, 12, 100), (DefenceGroup.Worked, 6, 100)], folded.Headings.Select(h => (h.Group, h.Shown, h.All)));
        Assert.Equal(18, folded.Lanes.Count);
        Assert.Equal(200, Picture(board, 1_200, showAll: true).Lanes.Count);
    }

    [Fact]
    public void A_defence_that_a_wave_goes_around_is_never_folded_away()
    {
        Mitigation[] many = [.. Enumerable.Range(0, 60).Select(n => Defence($"open {n}", [(Applied, -90), (Effective, -60)]))];
        var picture = Picture(BoardOf([Wave(1, -20, null, answers: many[59])], many), 1_200);
        Assert.Contains(picture.Lanes, l => l.Defence.Mitigation.Id == many[59].Id);
        Assert.Equal(picture.Lanes.Single(l => l.Defence.Mitigation.Id == many[59].Id).Y + 12, Assert.Single(picture.Arrows).FromY);
    }

    [Fact]
    public void Key_events_in_one_place_are_one_star()
    {
        ReadTimeline.KeyEvent[] events = [.. Enumerable.Range(0, 200).Select(n => new ReadTimeline.KeyEvent(n, Noon.AddSeconds(-n), OccurrenceTime.Exactly(Noon.AddSeconds(-n)), "x")), new(999, Noon.AddMinutes(-900), OccurrenceTime.Exactly(Noon.AddMinutes(-900)), "first")];
        var picture = Picture(BoardOf([], [], [.. events.OrderBy(e => e.SortAt)]), 1_200);
        Assert.Equal([0, 199], picture.Stars.Select(s => s.Hidden));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(21 * 24)]
    public void Ticks_are_neither_many_nor_one_over_the_other(int hours)
    {
        var axis = new BoardAxis(Noon.AddHours(-hours), Noon, 210, 1_200);
        var ticks = axis.Ticks(TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City"));
        Assert.InRange(ticks.Count(t => t.Label != BoardAxis.TickLabel.None), 3, 40);
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.Second.X > pair.First.X));
    }

    [Fact]
    public void The_table_says_what_the_picture_shows_and_unknown_is_a_word()
    {
        var defence = Defence("Static copy", [(Applied, -300), (Effective, -200), (AdaptedAround, -100)], verdict: "pages came back");
        var board = BoardOf([Wave(1, -320, -220, defence), Wave(2, -100, null, answers: defence), Wave(3, null, null)], [defence]);
        var text = new BoardText(_context.Services.GetRequiredService<Say>(), board, TimeZoneInfo.Utc);
        var table = _context.Render<BoardTable>(p => p.Add(t => t.Board, board).Add(t => t.Text, text).Add(t => t.Key, "INC-2026-001"));
        var rows = table.FindAll("tbody tr").Select(r => string.Join(' ', r.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();

        Assert.Equal(4, rows.Count);
        Assert.Contains("Mitigated after 2 h 00 min by “Static copy”.", rows[0], StringComparison.Ordinal);
        Assert.Contains("Verdict: pages came back Wave 2 went around it after 1 h 40 min.", rows[1], StringComparison.Ordinal);
        Assert.Contains("members affected: unknown → unknown", rows[1], StringComparison.Ordinal);
        Assert.Contains("goes on", rows[2], StringComparison.Ordinal);
        Assert.Contains("unknown", rows[3], StringComparison.Ordinal);

        var sentence = _context.Render<BoardSentence>(p => p.Add(s => s.Summary, board.Summary)).Markup;
        Assert.Contains("They came in ", sentence, StringComparison.Ordinal);
        Assert.Contains("<b>2 dated waves and 1 undated</b>", sentence, StringComparison.Ordinal);
        Assert.Contains("nothing was marked as hit", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_knows_the_vector_the_target_is_loud_and_what_has_no_date_says_its_state()
    {
        var (first, second) = (Wave(1, -320, -220), Wave(2, -100, null));
        first.Vector = second.Vector = AttackVectors.Unknown;
        second.Targets.Add(new WaveTarget { Asset = Thing("www.example.org") });
        var defence = Defence("Static copy", [(Applied, -300)]);
        defence.Steps[0] = new MitigationStep { Number = 1, State = Applied, Precision = Precision.OrderOnly, RecordedAt = Noon, ByName = "Ana Ruiz" };
        var board = BoardOf([first, second], [defence]);
        var text = new BoardText(_context.Services.GetRequiredService<Say>(), board, TimeZoneInfo.Utc);
        Assert.Equal(["vector not known", "www.example.org"], board.Waves.Select(text.Loud));
        Assert.Equal("vector not known; goes on", text.Beside(board.Waves[1]));

        var svg = _context.Render<BoardSvg>(p => p.Add(s => s.Picture, Picture(board, 1_200)).Add(s => s.Text, text).Add(s => s.Key, "INC-2026-001").Add(s => s.Title, "Board"));
        Assert.Contains("Applied", svg.FindAll(".ml text").Select(t => t.TextContent));
    }

    [Fact]
    public void A_narrow_window_gives_more_room_to_what_happened()
    {
        var board = BoardOf([Wave(1, -600, -300)], []);
        var (wide, narrow) = (Picture(board, 860), BoardPicture.Of(board, null, 860, TimeZoneInfo.Utc, w => "", false, isNarrow: true));
        Assert.True(narrow.NamesWidth < wide.NamesWidth && narrow.Axis.Left < wide.Axis.Left);
    }

    [Fact]
    public void Each_thing_in_the_picture_is_a_link_with_a_row_of_the_table_for_its_card()
    {
        var defence = Defence("Static copy", [(Applied, -300), (Effective, -200)]);
        var board = BoardOf([Wave(1, -320, -220, defence), Wave(2, -100, null, answers: defence)], [defence]);
        var text = new BoardText(_context.Services.GetRequiredService<Say>(), board, TimeZoneInfo.Utc);
        var svg = _context.Render<BoardSvg>(p => p.Add(s => s.Picture, Picture(board, 1_200)).Add(s => s.Text, text).Add(s => s.Key, "INC-2026-001").Add(s => s.Title, "Board"));
        var items = svg.FindAll("a[data-board-item]");
        Assert.Equal(3, items.Count);
        Assert.All(items, item => Assert.NotEmpty(item.QuerySelector("title")!.TextContent));
        var arrow = Assert.Single(svg.FindAll(".arr"));
        Assert.Contains(items, item => item.GetAttribute("data-board-item") == arrow.GetAttribute("data-board-from"));
        Assert.Contains(items, item => item.GetAttribute("data-board-item") == arrow.GetAttribute("data-board-to"));
    }

    private static BoardPicture Picture(AdaptationBoard board, double width, bool showAll = false) => BoardPicture.Of(board, null, width, TimeZoneInfo.Utc, w => "UDP flood, 20 Gbit/s uplink-a", showAll);

    private static AdaptationBoard BoardOf(AttackWave[] waves, Mitigation[] mitigations, ReadTimeline.KeyEvent[]? events = null) =>
        AdaptationBoard.Of(new Situation(9, [], mitigations, [], [], waves, [], 850), events ?? [], [], isOver: false, Noon);

    /// <param name="from">Minutes after noon; null when nobody knows.</param>
    /// <param name="to">Minutes after noon; null while it goes on.</param>
    private static AttackWave Wave(int number, double? from, double? to, Mitigation? against = null, Mitigation? answers = null)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id,
            Number = number,
            Vector = "udp-flood",
            FromAt = from is { } start ? Noon.AddMinutes(start) : null,
            FromPrecision = from is null ? Precision.OrderOnly : Precision.Exact,
            ToAt = to is { } end ? Noon.AddMinutes(end) : null,
            ToPrecision = to is null ? null : Precision.Exact,
            AdaptedToId = answers?.Id,
            CreatedByName = "Ana Ruiz",
            Defences = against is null ? [] : [new WaveDefence { WaveId = id, MitigationId = against.Id }],
        };
    }
}
