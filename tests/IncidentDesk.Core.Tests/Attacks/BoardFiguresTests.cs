using IncidentDesk.Attacks;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Xunit;
using static IncidentDesk.Mitigations.MitigationState;
using static IncidentDesk.Tests.Attacks.Boards;

namespace IncidentDesk.Tests.Attacks;

public sealed class BoardFiguresTests
{
    [Fact]
    public void Time_to_mitigate_runs_from_the_start_to_the_first_step_that_worked_of_a_tied_defence()
    {
        var (first, second, untied) = (
            Defence("limit", (Applied, At(11)), (Partial, At(31)), (Effective, At(40))), Defence("filter", (Applied, At(20)), (Effective, At(50))), Defence("other", (Applied, At(10)), (Effective, At(12))));
        var board = Of([Wave(1, At(10), against: [first, second])], [first, second, untied]);

        var figure = board.Waves.Single().ToMitigate;
        Assert.Equal((FigureState.Known, TimeSpan.FromHours(21), first.Id), (figure.State, figure.Value!.Span, figure.MitigationId));
        Assert.False(figure.Value.IsAbout);
    }

    [Fact]
    public void What_worked_before_the_start_does_not_count_where_something_worked_after_it()
    {
        var defence = Defence("limit", (Applied, At(1)), (Effective, At(2)), (AdaptedAround, At(10)), (Applied, At(11)), (Partial, At(13)));
        Assert.Equal(TimeSpan.FromHours(3), Of([Wave(1, At(10), against: [defence])], [defence]).Waves[0].ToMitigate.Value!.Span);
    }

    [Theory]
    [InlineData(Precision.About, FigureState.Known)]
    [InlineData(Precision.Hour, FigureState.Known)]
    [InlineData(Precision.Day, FigureState.NotMeasurable)]
    [InlineData(Precision.Before, FigureState.NotMeasurable)]
    [InlineData(Precision.After, FigureState.NotMeasurable)]
    public void An_end_that_is_not_known_to_the_hour_makes_no_figure(Precision precision, FigureState expected)
    {
        var defence = Defence("limit", (Applied, At(11)), (Effective, At(31)));
        var figure = Of([Wave(1, At(10, precision), against: [defence])], [defence]).Waves[0].ToMitigate;
        Assert.Equal((expected, expected == FigureState.Known), (figure.State, figure.Value?.IsAbout ?? false));

        var rough = Defence("filter", (Applied, At(11)), (Effective, At(31, precision)));
        Assert.Equal(expected, Of([Wave(1, At(10), against: [rough])], [rough]).Waves[0].ToMitigate.State);
    }

    [Fact]
    public void A_step_of_unknown_time_that_may_have_been_the_first_makes_the_figure_unknown_and_one_that_cannot_does_not()
    {
        var (known, sometime, later) = (Defence("a", (Applied, At(11)), (Effective, At(31))), Defence("b", (Applied, At(11)), (Effective, OccurrenceTime.OrderOnly)), Defence("c", (Applied, At(11)), (Effective, At(40, Precision.After))));
        Assert.Equal(FigureState.NotMeasurable, Of([Wave(1, At(10), against: [known, sometime])], [known, sometime]).Waves[0].ToMitigate.State);
        Assert.Equal(FigureState.Known, Of([Wave(1, At(10), against: [known, later])], [known, later]).Waves[0].ToMitigate.State);
    }

    [Fact]
    public void Unknown_is_said_with_its_reason()
    {
        var (applied, before) = (Defence("a", (Applied, At(11))), Defence("b", (Applied, At(1)), (Effective, At(2))));
        var board = Of([Wave(1, At(10)), Wave(2, At(10), against: [applied]), Wave(3, At(10), against: [before]), Wave(4, null, against: [before])], [applied, before]);
        Assert.Equal([FigureState.NothingTied, FigureState.NotYet, FigureState.EndBeforeStart, FigureState.NotMeasurable], board.Waves.Select(w => w.ToMitigate.State));
        Assert.All(board.Waves, w => Assert.Null(w.ToMitigate.Value));
    }

    [Fact]
    public void Time_to_adapt_runs_from_the_last_step_that_worked_before_the_wave()
    {
        var defence = Defence("copy", (Applied, At(100)), (Partial, At(102)), (Effective, At(120)), (AdaptedAround, At(211)), (Applied, At(220)), (Effective, At(230)));
        var figure = Of([Wave(4, At(211), answers: defence)], [defence]).Waves[0].ToAdapt!;
        Assert.Equal((FigureState.Known, TimeSpan.FromHours(91), defence.Id), (figure.State, figure.Value!.Span, figure.MitigationId));
    }

    [Fact]
    public void Without_a_verdict_time_to_adapt_runs_from_when_it_was_applied()
    {
        var defence = Defence("copy", (Requested, At(90)), (Applied, At(100)));
        Assert.Equal(TimeSpan.FromHours(11), Of([Wave(1, At(111), answers: defence)], [defence]).Waves[0].ToAdapt!.Value!.Span);
    }

    [Fact]
    public void Time_to_adapt_is_unknown_without_an_answered_defence_a_date_or_an_order_that_makes_sense()
    {
        var (asked, later, rough) = (Defence("a", (Requested, At(1))), Defence("b", (Applied, At(20))), Defence("c", (Applied, At(5)), (Effective, At(6, Precision.Day))));
        var board = Of(
            [Wave(1, At(10)), Wave(2, At(10), answers: asked), Wave(3, At(10), answers: later), Wave(4, At(10), answers: rough), Wave(5, At(10, Precision.Day), answers: rough), Wave(6, At(12), answers: Defence("elsewhere", (Applied, At(1))))],
            [asked, later, rough]);
        Assert.Equal(
            [null, FigureState.NotYet, FigureState.EndBeforeStart, FigureState.NotMeasurable, FigureState.NotMeasurable, FigureState.NothingTied],
            board.Waves.OrderBy(w => w.Wave.Number).Select(w => w.ToAdapt?.State));
    }

    [Fact]
    public void The_median_is_the_middle_of_the_known_ones_and_says_how_many_there_are()
    {
        static BoardFigure Known(double hours, bool about = false) => new(FigureState.Known, new Duration(TimeSpan.FromHours(hours), about));
        var unknown = new BoardFigure(FigureState.NotMeasurable);
        Assert.Equal(new BoardMedian(new Duration(TimeSpan.FromHours(21), true), 4, 2), BoardMedian.Of([Known(30), Known(2), unknown, Known(20, true), Known(22), unknown]));
        Assert.Equal(new BoardMedian(new Duration(TimeSpan.FromHours(3), false), 3, 0), BoardMedian.Of([Known(9), Known(1), Known(3)]));
        Assert.Equal(new BoardMedian(null, 0, 1), BoardMedian.Of([unknown]));
    }
}
