using IncidentDesk.Impacts;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests;

public sealed class DurationTests
{
    private static readonly DateTime Ten = new(2026, 3, 14, 10, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(new double[] { }, null)]
    [InlineData(new double[] { 5 }, 5d)]
    [InlineData(new double[] { 60, 2, 4, 9 }, 6.5)]
    [InlineData(new double[] { 9, 1, 4 }, 4d)]
    public void The_median_is_the_middle_one_or_the_mean_of_the_two_in_the_middle(double[] minutes, double? median) =>
        Assert.Equal(median, Duration.MedianOf([.. minutes.Select(m => new Duration(TimeSpan.FromMinutes(m), false)), null])?.Span.TotalMinutes);

    [Fact]
    public void The_median_is_about_as_soon_as_one_of_them_is() =>
        Assert.True(Duration.MedianOf([new(TimeSpan.FromMinutes(1), false), new(TimeSpan.FromMinutes(2), false), new(TimeSpan.FromMinutes(90), true)])!.IsAbout);

    [Theory]
    [InlineData(Precision.Exact, Precision.Exact, -30, true)]
    [InlineData(Precision.Exact, Precision.Hour, -30, false)]
    [InlineData(Precision.Exact, Precision.Hour, -90, true)]
    [InlineData(Precision.Exact, Precision.Day, -90, false)]
    [InlineData(Precision.Before, Precision.Exact, -90, false)]
    [InlineData(Precision.Exact, Precision.After, -90, false)]
    [InlineData(Precision.Day, Precision.Exact, -90, false)]
    public void Ends_are_crossed_only_when_they_are_however_they_are_read(Precision from, Precision to, double minutes, bool crossed) =>
        Assert.Equal(crossed, Ends.AreCrossed(new(Ten, from), new(Ten.AddMinutes(minutes), to)));
}
