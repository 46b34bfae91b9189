using IncidentDesk.Attacks;
using Xunit;
using static IncidentDesk.Attacks.TrafficUnit;

namespace IncidentDesk.Tests.Attacks;

public sealed class MagnitudesTests
{
    [Theory]
    [InlineData("20 Gbit/s", 20e9, Bps)]
    [InlineData("20Gbps", 20e9, Bps)]
    [InlineData("~ 350 mbps", 350e6, Bps)]
    [InlineData("1.35 Tb/s", 1.35e12, Bps)]
    [InlineData("2 GB/s", 16e9, Bps)]
    [InlineData("1.2M pps", 1.2e6, Pps)]
    [InlineData("1,2 Mpps", 1.2e6, Pps)]
    [InlineData("126,900,000 packets/s", 126.9e6, Pps)]
    [InlineData("1.000,5 k paquetes/s", 1000.5e3, Pps)]
    [InlineData("45k req/s", 45e3, Rps)]
    [InlineData("9 000 qps", 9e3, Rps)]
    [InlineData("12,000 conexiones", 12_000, Connections)]
    [InlineData("20G", 20e9, null)]
    [InlineData("0", 0, null)]
    public void What_people_write_is_read(string text, double value, TrafficUnit? unit)
    {
        var read = Assert.NotNull(Magnitudes.Read(text));
        Assert.Equal((value, unit), (Math.Round(read.Value, 3), read.Unit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("much")]
    [InlineData("-5 Gbit/s")]
    [InlineData("20 parsecs")]
    [InlineData("20 Qbps")]
    [InlineData("1.2.3,4,5")]
    public void What_cannot_be_read_is_not_guessed(string text) => Assert.Null(Magnitudes.Read(text));

    [Theory]
    [InlineData(20e9, 20, "G")]
    [InlineData(1.35e12, 1.35, "T")]
    [InlineData(126.9e6, 127, "M")]
    [InlineData(999_960, 1, "M")]
    [InlineData(850, 850, "")]
    [InlineData(0, 0, "")]
    public void A_value_is_shown_with_its_prefix(double value, double shown, string prefix) => Assert.Equal((shown, prefix), Magnitudes.Scale(value));
}
