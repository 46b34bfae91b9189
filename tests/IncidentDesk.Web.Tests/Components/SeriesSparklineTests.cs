using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Web.Attacks;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class SeriesSparklineTests
{
    [Fact]
    public void It_goes_from_edge_to_edge_with_the_peak_at_the_top_and_zero_at_the_bottom() => Assert.Equal("M1.5 22.5L60 1.5L118.5 12", SeriesSparkline.Path([Point(0, 0), Point(1, 10), Point(2, 5)]));

    [Fact]
    public void Where_nothing_was_measured_there_is_a_gap_and_a_point_by_itself_is_a_dot() => Assert.Matches("^M[0-9. ]+L[0-9. ]+L[0-9. ]+L[0-9. ]+M118.5 [0-9.]+h0$", SeriesSparkline.Path([Point(0, 1), Point(1, 1), Point(2, 1), Point(3, 1), Point(60, 1)]));

    [Fact]
    public void One_point_and_nothing_but_zeros_are_no_trouble()
    {
        Assert.Equal("M118.5 1.5h0", SeriesSparkline.Path([Point(0, 7)]));
        Assert.Equal("M1.5 22.5L118.5 22.5", SeriesSparkline.Path([Point(0, 0), Point(1, 0)]));
        Assert.Equal("", SeriesSparkline.Path([]));
    }

    [Fact]
    public void A_path_is_written_alike_in_every_language()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.DoesNotContain(',', SeriesSparkline.Path([Point(0, 0), Point(1, 10), Point(2, 5)]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static TrafficPoint Point(int minute, double value) => new(Entries.Noon.AddMinutes(minute), 0, value, value, 1);
}
