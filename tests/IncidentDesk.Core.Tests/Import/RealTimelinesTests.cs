using IncidentDesk.Import;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Import;

public sealed class RealTimelinesTests
{
    [Theory]
    [InlineData("may-first-2014-08-18", 4, "About Before About Day")]
    [InlineData("may-first-2015", 15, "Day Day After Before Day About Day About Before Day After OrderOnly OrderOnly Day Day")]
    [InlineData("gitlab-2017-01-31", 17, "About Exact About Exact OrderOnly Exact About Exact About OrderOnly Exact Exact Exact Exact Exact About Exact")]
    [InlineData("cyberlynk-2014-04-08", 3, "Exact OrderOnly Exact")]
    [InlineData("wikimedia-2019-09-06-ddos", 3, "Hour Day Day")]
    public void Every_row_and_precision_is_kept(string name, int rows, string precisions)
    {
        var file = Read(name);

        Assert.Empty(file.Problems);
        Assert.Equal(rows, file.Lines.Count);
        Assert.Equal(Enumerable.Range(2, rows), file.Lines.Select(line => line.Line));
        Assert.Equal(precisions, string.Join(' ', file.Lines.Select(line => line.OccurredAt.Precision)));
        Assert.All(file.Lines, line => Assert.Equal(line.OccurredAt.Precision is Precision.OrderOnly, line.OccurredAt.At is null));
        Assert.All(file.Lines, line => Assert.DoesNotContain(ImportDoubt.CategoryUnknown, line.Doubts));
        Assert.All(file.Lines, line => Assert.True(line.Kind.IsWrittenByPeople()));
        Assert.All(file.Lines, line => Assert.NotEmpty(line.StatedTime));
        Assert.All(file.Lines, line => Assert.StartsWith("http", line.SourceUrl, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("may-first-2014-08-18", "4:Derived")]
    [InlineData("may-first-2015", "13:NoTime 14:NoTime")]
    [InlineData("gitlab-2017-01-31", "6:NoTime 11:NoTime")]
    [InlineData("cyberlynk-2014-04-08", "3:NoTime")]
    [InlineData("wikimedia-2019-09-06-ddos", "")]
    public void Only_what_the_source_leaves_open_is_doubtful(string name, string doubts)
    {
        Assert.Equal(doubts, string.Join(' ', Read(name).Lines.SelectMany(line => line.Doubts.Select(doubt => $"{line.Line}:{doubt}"))));
    }

    [Fact]
    public void A_row_keeps_what_its_source_said()
    {
        var line = Read("may-first-2014-08-18").Lines[2];

        Assert.Equal(new OccurrenceTime(Sample.Utc("2014-08-18T13:45:00Z"), Precision.About), line.OccurredAt);
        Assert.Equal(DateTimeKind.Utc, line.OccurredAt.At!.Value.Kind);
        Assert.Equal("The two target sites are brought back", line.Body);
        Assert.Equal(("recovery", "derived", "about an hour after that"), (line.Category, line.SourcePrecision, line.StatedTime));
    }

    [Fact]
    public void Reading_twice_gives_the_same()
    {
        var (first, second) = (Read("gitlab-2017-01-31"), Read("gitlab-2017-01-31"));

        Assert.Equal(first.Lines.Select(line => line with { Doubts = [] }), second.Lines.Select(line => line with { Doubts = [] }));
    }

    private static ParsedFile Read(string name) =>
        TimelineFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "timelines", name + ".csv")), TimelineFormat.Csv, Sample.Now);
}
