using System.Text;
using IncidentDesk.Attacks;
using IncidentDesk.Import;
using Xunit;

namespace IncidentDesk.Tests.Attacks;

public sealed class TrafficCsvTests
{
    private static readonly TimeZoneInfo Mexico = TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City");

    [Theory]
    [InlineData("2026-03-14T11:00:00Z,41200", 41_200)]
    [InlineData("2026-03-14T11:00Z,41.2", 41.2)]
    [InlineData("2026-03-14 05:00,41.2 G", 41.2e9)]
    [InlineData("2026-03-14 12:00+01:00,3k", 3e3)]
    [InlineData("2026-03-14T11:00:00Z;1,5;Mbps", 1.5e6)]
    [InlineData("2026-03-14T11:00:00Z\t1,5 Gbit/s", 1.5e9)]
    [InlineData("time,value\n2026-03-14T11:00:00Z,7", 7)]
    [InlineData("Valor;Unidad;Hora\n7;bps;2026-03-14T11:00:00Z", 7)]
    [InlineData("host,time,value\nedge-1,2026-03-14T11:00:00Z,7", 7)]
    [InlineData("\n2026-03-14T11:00:00Z,1e3\n\n", 1_000)]
    public void A_line_is_read(string text, double value)
    {
        var (series, problems) = Read(text);
        Assert.Empty(problems);
        var only = Assert.Single(series);
        Assert.Equal((TrafficUnit.Bps, "edge", TestDesk.Noon.AddHours(-1), value), (only.Unit, only.MeasuredAt, Assert.Single(only.Samples).At, only.Samples[0].Value));
    }

    [Theory]
    [InlineData("2026-03-14,1", "TrafficBadTime")]
    [InlineData("14/03/2026 11:00,1", "TrafficBadTime")]
    [InlineData("2026-03-14T11:00Z,-1", "TrafficBadValue")]
    [InlineData("2026-03-14T11:00Z,", "TrafficBadValue")]
    [InlineData("2026-03-14T11:00Z,1e309", "TrafficBadValue")]
    [InlineData("2026-03-14T11:00Z,\"1,5\"", "TrafficBadValue")]
    [InlineData("2026-03-14T11:00Z,1 GB/s", "TrafficBadValue")]
    [InlineData("2026-03-14T11:00Z,1,5", "TrafficBadUnit")]
    [InlineData("2026-03-14T11:00Z,1 G,Gbps", "TrafficBadUnit")]
    [InlineData("2026-03-14T11:00Z,1 bps,pps", "TrafficBadUnit")]
    [InlineData("2026-03-14T11:00Z,1,bps,uplink, inbound", "TrafficFields")]
    [InlineData("2026-03-14T12:06Z,1", "Time.InFuture")]
    [InlineData("1989-03-14T12:06Z,1", "Time.TooEarly")]
    [InlineData("2025-11-02T11:00Z,\"1", "ImportBadQuote")]
    public void What_is_not_clear_is_told_with_its_line_and_the_others_are_looked_at_too(string line, string code)
    {
        var (_, problems) = Read("2026-03-14T10:00Z,1\n" + line + "\n2026-03-14T10:01Z,1\n");
        Assert.Equal((2, code), (Assert.Single(problems).Line, problems[0].Code));
    }

    [Fact]
    public void Every_bad_line_is_told()
    {
        var (_, problems) = Read("x1,1\n2026-03-14T10:00Z,1\n2026-03-14T10:01Z,x\n2026-03-14T10:00:00.000Z,2\n");
        Assert.Equal([(1, "TrafficBadTime"), (3, "TrafficBadValue"), (4, "TrafficTwice")], problems.Select(p => (p.Line, p.Code)));
        Assert.Equal(2, Assert.Single(problems[2].Args));
    }

    [Fact]
    public void A_clock_time_that_the_zone_has_twice_or_never_needs_its_offset()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        foreach (var time in new[] { "2025-10-26 02:30", "2025-03-30 02:30" })
            Assert.Equal("TrafficUnclearTime", Assert.Single(Read(time + ",1", berlin).Problems).Code);
        Assert.Empty(Read("2025-10-26 02:30+02:00,1", berlin).Problems);
    }

    [Fact]
    public void A_unit_that_nobody_names_is_asked_for()
    {
        Assert.Equal("TrafficUnitMissing", Assert.Single(TrafficCsv.Read("2026-03-14T11:00Z,1"u8, Mexico, null, "", TestDesk.Noon).Problems).Code);
        Assert.Empty(TrafficCsv.Read("2026-03-14T11:00Z,1 pps"u8, Mexico, null, "", TestDesk.Noon).Problems);
    }

    [Theory]
    [InlineData("time,value\n", 0, "TrafficNothing")]
    [InlineData("when,what\n2026-03-14T11:00Z,1\n", 1, "ImportColumnMissing")]
    [InlineData("time,value,value\n", 1, "ImportColumnTwice")]
    [InlineData("", 0, "ImportEmpty")]
    public void A_table_without_measurements_says_so(string text, int line, string code) => Assert.Contains(Read(text).Problems, p => (p.Line, p.Code) == (line, code));

    private static (IReadOnlyList<RecordTraffic.Series> Series, IReadOnlyList<ImportProblem> Problems) Read(string text, TimeZoneInfo? zone = null) =>
        TrafficCsv.Read(Encoding.UTF8.GetBytes(text), zone ?? Mexico, TrafficUnit.Bps, "edge", TestDesk.Noon);
}
