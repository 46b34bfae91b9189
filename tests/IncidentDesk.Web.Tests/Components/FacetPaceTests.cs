using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class FacetPaceTests
{
    private readonly ClockInHand _clock = new();

    [Fact]
    public void Another_question_is_counted_at_once_and_the_same_answer_never_again()
    {
        var pace = new FacetPace(_clock);
        Assert.Equal(TimeSpan.Zero, pace.Wait("", 1));
        pace.Counting("", 1);
        Assert.Null(pace.Wait("", 1));
        _clock.Shift(TimeSpan.FromHours(1));
        Assert.Null(pace.Wait("", 1));
        Assert.Equal(TimeSpan.Zero, pace.Wait("q=flood", 1));
        pace.Counting("q=flood", 1);
        Assert.Equal(TimeSpan.Zero, pace.Wait("", 1));
    }

    [Fact]
    public void A_list_that_changes_all_the_time_is_counted_every_few_seconds()
    {
        var pace = new FacetPace(_clock);
        pace.Counting("", 1);
        Assert.Equal(FacetPace.Pause, pace.Wait("", 2));
        _clock.Shift(TimeSpan.FromSeconds(2));
        Assert.Equal(FacetPace.Pause - TimeSpan.FromSeconds(2), pace.Wait("", 3));
        _clock.Shift(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.Zero, pace.Wait("", 3));
        pace.Counting("", 3);
        Assert.Equal(FacetPace.Pause, pace.Wait("", 4));
        pace.Forget();
        Assert.Equal(TimeSpan.Zero, pace.Wait("", 4));
    }
}
