using IncidentDesk.Attacks;
using Xunit;

namespace IncidentDesk.Tests.Attacks;

public sealed class ThinOutTests
{
    [Fact]
    public void What_fits_stays_as_it_is() =>
        Assert.Equal([new(At(0), 3, 3, 3, 1), new(At(5), 1, 1, 1, 1)], ReadTraffic.ThinOut([TrafficPoint.Of(At(0), 3), TrafficPoint.Of(At(5), 1)], 2));

    [Fact]
    public void Nothing_stays_nothing() => Assert.Empty(ReadTraffic.ThinOut([], 10));

    [Fact]
    public void No_peak_and_no_trough_is_lost()
    {
        var samples = Enumerable.Range(0, 1_000).Select(n => TrafficPoint.Of(At(n), n == 777 ? 9_000d : n == 333 ? 0 : 10 + n % 7)).ToList();

        var points = ReadTraffic.ThinOut(samples, 20);

        Assert.True(points.Count <= 20);
        Assert.Equal((9_000, 0, 1_000), (points.Max(p => p.Most), points.Min(p => p.Least), points.Sum(p => p.Samples)));
        Assert.Equal(samples.Average(s => s.Mean), points.Sum(p => p.Mean * p.Samples) / 1_000, 6);
        // What is thinned out once more loses nothing either.
        Assert.Equal((9_000, 0, 1_000), ReadTraffic.ThinOut(points, 5) is var again ? (again.Max(p => p.Most), again.Min(p => p.Least), again.Sum(p => p.Samples)) : default);
        Assert.Equal(points.Select(p => p.At).Order(), points.Select(p => p.At));
    }

    [Fact]
    public void A_stretch_without_samples_has_no_point()
    {
        var points = ReadTraffic.ThinOut([TrafficPoint.Of(At(0), 1), TrafficPoint.Of(At(1), 2), TrafficPoint.Of(At(2), 3), TrafficPoint.Of(At(1_000), 4)], 3);
        Assert.Equal([(At(0), 3), (At(1_000), 1)], points.Select(p => (p.At, p.Samples)));
    }

    [Fact]
    public void One_point_holds_all() => Assert.Equal(new TrafficPoint(At(0), 1, 4, 2.5, 4), Assert.Single(ReadTraffic.ThinOut([TrafficPoint.Of(At(0), 1), TrafficPoint.Of(At(1), 2), TrafficPoint.Of(At(2), 3), TrafficPoint.Of(At(9), 4)], 1)));

    private static DateTime At(int minute) => TestDesk.Noon.AddMinutes(minute);
}
