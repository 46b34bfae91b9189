using IncidentDesk.Attacks;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(0, TrafficUnit.Bps, "0 bit/s")]
    [InlineData(41.2e9, TrafficUnit.Bps, "41.2 Gbit/s")]
    [InlineData(999_960, TrafficUnit.Bps, "1 Mbit/s")]
    [InlineData(1.35e12, TrafficUnit.Bps, "1.35 Tbit/s")]
    [InlineData(1_300_000, TrafficUnit.Pps, "1.3 M packets/s")]
    [InlineData(850, TrafficUnit.Connections, "850 connections")]
    [InlineData(99.97, TrafficUnit.Rps, "100 requests/s")]
    public void A_value_has_three_figures_and_its_unit(double value, TrafficUnit unit, string text)
    {
        using var services = new ServiceCollection().AddLogging().AddDeskLanguages().BuildServiceProvider();
        Assert.Equal(text, Amounts.Text(value, unit, services.GetRequiredService<Say>()));
    }
}
