using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;
using static IncidentDesk.Mitigations.MitigationState;
using static IncidentDesk.Tests.Attacks.Boards;

namespace IncidentDesk.Tests.Attacks;

public sealed class AdaptationBoardTests
{
    [Fact]
    public void Waves_that_overlap_have_rows_of_their_own_and_a_free_row_is_used_again()
    {
        var board = Of([Wave(1, At(0), At(10)), Wave(2, At(5), At(20)), Wave(3, At(10), At(12)), Wave(4, At(11)), Wave(5, null)], []);
        Assert.Equal([(1, 0), (2, 1), (3, 0), (4, 2), (5, 0)], board.Waves.Select(w => (w.Wave.Number, w.Row)));
        Assert.Equal((4, 1), (board.Summary.DatedWaves, board.Summary.UndatedWaves));
        Assert.True(board.HasUndated);
    }

    [Fact]
    public void A_withdrawn_wave_is_not_there() => Assert.Empty(Of([Wave(1, At(0), withdrawn: true)], []).Waves);

    [Fact]
    public void Ends_are_as_rough_as_they_are_known()
    {
        var board = Of([Wave(1, At(30, Precision.Day), At(60, Precision.Before)), Wave(2, At(61, Precision.About), At(70, Precision.After)), Wave(3, null, At(90))], []);
        Assert.Equal((Hour(36), Hour(24), Hour(48), true), Ends(board.Waves[0].From!));
        Assert.Equal((Hour(60), null, Hour(60), true), Ends(board.Waves[0].To!));
        Assert.Equal((Hour(61), Hour(61), Hour(61), true), Ends(board.Waves[1].From!));
        Assert.Equal((Hour(70), Hour(70), null, true), Ends(board.Waves[1].To!));
        // not later than its end is all that is known of its start
        Assert.Equal((Hour(90), null, Hour(90), true), Ends(board.Waves[2].From!));

        static (DateTime, DateTime?, DateTime?, bool) Ends(BoardPoint point) => (point.At, point.Earliest, point.Latest, point.IsRough);
    }

    [Fact]
    public void A_defence_is_a_segment_for_each_state_and_one_of_unknown_time_has_no_place()
    {
        var board = Of([], [Defence("copy", (Requested, At(1)), (Denied, At(3)), (Requested, At(5)), (Applied, OccurrenceTime.OrderOnly)), Defence("old", (Applied, OccurrenceTime.OrderOnly))]);
        var copy = board.Defences[0];
        Assert.Equal([(Requested, 1.0, 3.0), (Denied, 3.0, 5.0), (Requested, 5.0, null), (Applied, null, null)], copy.Segments.Select(s => (s.State, Hours(s.From), Hours(s.To))));
        Assert.True(board.HasUndated);
        Assert.Equal((false, true), (copy.IsUndated, board.Defences[1].IsUndated));

        static double? Hours(BoardPoint? point) => point is null ? null : (point.At - Start).TotalHours;
    }

    [Fact]
    public void Defences_fall_into_those_that_are_open_those_that_worked_and_others()
    {
        var board = Of([], [Defence("a", (Applied, At(1))), Defence("b", (Applied, At(2)), (Partial, At(3)), (Reverted, At(4))), Defence("c", (Proposed, At(5)), (Rejected, At(6)))]);
        Assert.Equal([DefenceGroup.Open, DefenceGroup.Worked, DefenceGroup.Other], board.Defences.Select(d => d.Group));
    }

    [Fact]
    public void An_arrow_leads_from_the_defence_to_the_wave_that_goes_around_it()
    {
        var defence = Defence("copy", (Applied, At(1)), (Effective, At(2)));
        var board = Of([Wave(1, At(5), against: [defence]), Wave(2, At(12), answers: defence), Wave(3, At(14), answers: Defence("elsewhere", (Applied, At(1))))], [defence]);
        var arrow = Assert.Single(board.Arrows);
        Assert.Equal((defence.Id, board.Waves[1].Wave.Id, Hour(12), TimeSpan.FromHours(10)), (arrow.MitigationId, arrow.WaveId, arrow.At, arrow.Took.Value!.Span));
        Assert.Equal([1], board.Defences[0].Against);
        Assert.Equal([2], board.Defences[0].AnsweredBy);
    }

    [Fact]
    public void The_share_of_members_has_a_maximum_and_is_unknown_when_nothing_was_marked()
    {
        var (a, b) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var board = Of([], [], [Hit(a, 1, 5), Hit(b, 2, 4)], members: 8);
        Assert.Equal((2, 0.25, Hour(2)), (board.Summary.MostMembers, board.Summary.MostShare, board.Summary.MostAt));
        var nothing = Of([Wave(1, At(1))], []).Summary;
        Assert.Equal((null, null), (nothing.MostMembers, nothing.MostShare));
    }

    [Fact]
    public void Each_kind_of_asset_has_a_course_with_the_worst_state()
    {
        var member = Guid.CreateVersion7();
        var board = Of([], [], [Hit(member, 1, 6, AssetKind.Server, ImpactState.Degraded), Hit(member, 2, 4, AssetKind.Server), Hit(member, 3, null, AssetKind.Uplink)], now: 10);
        Assert.Equal([AssetKind.Uplink, AssetKind.Server], board.Groups.Select(g => g.Kind));
        Assert.Equal(
            [(1.0, 1, ImpactState.Degraded), (2.0, 2, ImpactState.MajorOutage), (4.0, 1, ImpactState.Degraded), (6.0, 0, null)],
            board.Groups[1].Steps.Select(s => ((s.Utc - Start).TotalHours, s.Assets, s.Worst)));
        Assert.Equal(2, board.Groups[1].Most);
    }

    [Fact]
    public void What_a_defence_changed_is_the_mean_of_the_hour_on_either_side()
    {
        var (a, b, c) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var defence = Defence("copy", (Requested, At(8)), (Applied, At(10)), (Effective, At(12)));
        TrafficPoint[] points = [Point(8.9, 1), Point(9, 100), Point(9.5, 200), Point(10, 30), Point(10.75, 50), Point(11, 9_000)];
        // two members the whole hour before, a third for half of it; one for half an hour after
        var board = Of([], [defence], [Hit(a, 5, 10), Hit(b, 5, 10.5), Hit(c, 9.5, 10)], [new(TrafficUnit.Rps, "balancer", points), new(TrafficUnit.Bps, "uplink", [])]);

        var effect = board.Defences[0].Effect;
        Assert.Equal((Hour(10), 2.5, 0.5, false), (effect.At, effect.Members.Before, effect.Members.After, effect.IsRunning));
        Assert.Equal([("balancer", 150.0, 40.0), ("uplink", null, null)], effect.Series.Select(s => (s.MeasuredAt, s.Mean.Before, s.Mean.After)));

        static TrafficPoint Point(double hour, double value) => new(Hour(hour), value, value, value, 1);
    }

    [Theory]
    [InlineData(Precision.Day)]
    [InlineData(Precision.Before)]
    [InlineData(Precision.After)]
    public void What_a_defence_changed_is_unknown_when_nobody_knows_when_it_was_applied(Precision precision)
    {
        var effect = Of([], [Defence("copy", (Applied, At(10, precision)))], [Hit(Guid.CreateVersion7(), 5, 20)]).Defences[0].Effect;
        Assert.Equal((null, null, null), (effect.At, effect.Members.Before, effect.Members.After));
    }

    [Fact]
    public void Nothing_marked_is_unknown_and_an_hour_that_runs_is_said_to()
    {
        var defence = Defence("copy", (Applied, At(10)));
        Assert.Equal(new BeforeAfter(null, null), Of([], [defence]).Defences[0].Effect.Members);
        var effect = Of([], [defence], [Hit(Guid.CreateVersion7(), 5, null)], now: 10.5).Defences[0].Effect;
        Assert.Equal((1.0, 1.0, true), (effect.Members.Before, effect.Members.After, effect.IsRunning));
    }

    [Fact]
    public void The_axis_reaches_from_the_first_thing_known_to_now_or_to_the_last_one_of_an_incident_that_is_over()
    {
        var defence = Defence("copy", (Applied, At(60)));
        ReadTimeline.KeyEvent mark = new(7, Hour(40), At(40), "all back");
        var open = Of([Wave(1, At(50), At(60))], [defence], events: [mark], now: 90);
        Assert.Equal((Hour(39), Hour(91), Hour(90)), (open.From, open.To, open.End));
        Assert.Equal(7, Assert.Single(open.Marks).Event.Sequence);
        var over = Of([Wave(1, At(50), At(60))], [defence], events: [mark], now: 90, isOver: true);
        Assert.Equal((Hour(60), true), (over.End, over.IsOver));
    }

    [Fact]
    public void Nothing_known_is_empty() => Assert.True(Of([], []).IsEmpty);

    [Fact]
    public void A_board_of_sixty_waves_two_hundred_defences_and_thousands_of_impacts_holds_them_all()
    {
        Mitigation[] defences = [.. Enumerable.Range(0, 200).Select(n => Defence($"d{n}", (Applied, At(n)), (Effective, At(n + 1)), (AdaptedAround, At(n + 2)), (Applied, At(n + 3)), (Effective, At(n + 4))))];
        AttackWave[] waves = [.. Enumerable.Range(0, 60).Select(n => Wave(n + 1, At(n * 3), At((n * 3) + 5), [.. defences.Skip(n).Take(5)], defences[n]))];
        Impact[] impacts = [.. Enumerable.Range(0, 3_000).Select(n => Hit(Guid.CreateVersion7(), n % 190, (n % 190) + 4))];
        TrafficSeries[] traffic = [new(TrafficUnit.Bps, "uplink", [.. Enumerable.Range(0, 30_000).Select(n => new TrafficPoint(Start.AddMinutes(n), n, n, n, 1))])];
        var board = Of(waves, defences, impacts, traffic);
        Assert.Equal((60, 200), (board.Waves.Count, board.Defences.Count));
        Assert.Equal(60, board.Arrows.Count);
    }
}
