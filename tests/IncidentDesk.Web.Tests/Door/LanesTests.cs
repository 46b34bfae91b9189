using System.Net;
using IncidentDesk.Web.Hosting.Door;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Door;

public sealed class LanesTests
{
    private readonly ClockInHand _clock = new();

    [Fact]
    public void A_lane_lets_through_a_burst_and_then_as_many_as_come_back()
    {
        var lanes = new Lanes(new Rate(5, 2), _clock);
        Assert.All(Enumerable.Range(0, 5), _ => Assert.True(lanes.TryTake(1, out var _)));
        Assert.False(lanes.TryTake(1, out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(0.5), retryAfter);
        Assert.True(lanes.TryTake(2, out _));

        _clock.Shift(TimeSpan.FromSeconds(1));
        Assert.True(lanes.TryTake(1, out _));
        Assert.True(lanes.TryTake(1, out _));
        Assert.False(lanes.TryTake(1, out _));

        _clock.Shift(TimeSpan.FromDays(1));
        Assert.All(Enumerable.Range(0, 5), _ => Assert.True(lanes.TryTake(1, out var _)));
        Assert.False(lanes.TryTake(1, out _));
    }

    [Fact]
    public void Thousands_of_networks_that_use_up_their_lanes_leave_nearly_everybody_else_theirs()
    {
        var lanes = new Lanes(new Rate(5, 1), _clock);
        for (var network = 0; network < 3000; network++)
            for (var i = 0; i < 10; i++) lanes.TryTake((UInt128)network, out _);
        var refused = Enumerable.Range(100_000, 1000).Count(other => !lanes.TryTake((UInt128)other, out _));
        // Both places are taken for one in a hundred.
        Assert.InRange(refused, 0, 30);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.254", true)]
    [InlineData("192.0.2.1", "192.0.3.1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.77", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("0.0.0.1", "::1", false)]
    public void A_network_is_a_24_of_IPv4_and_a_64_of_IPv6(string one, string other, bool isSame) =>
        Assert.Equal(isSame, ClientNetwork.Of(IPAddress.Parse(one)) == ClientNetwork.Of(IPAddress.Parse(other)));

    [Fact]
    public async Task One_network_cannot_take_all_places_and_those_who_leave_make_room()
    {
        using var turns = new Turns(atOnce: 3, waiting: 0, ofNetwork: 2);
        var (one, other) = (ClientNetwork.Of(IPAddress.Parse("192.0.2.1")), ClientNetwork.Of(IPAddress.Parse("198.51.100.1")));
        var first = await turns.TakeAsync(one, default);
        var second = await turns.TakeAsync(one, default);
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(await turns.TakeAsync(one, default));
        var third = await turns.TakeAsync(other, default);
        Assert.NotNull(third);
        Assert.Null(await turns.TakeAsync(other, default));

        first.Dispose();
        first.Dispose();
        var fourth = await turns.TakeAsync(other, default);
        Assert.NotNull(fourth);
        Assert.Null(await turns.TakeAsync(one, default));
    }

    [Fact]
    public void A_credential_is_known_for_an_hour_after_it_last_worked()
    {
        var known = new KnownCredentials(_clock);
        known.Remember(7);
        _clock.Shift(TimeSpan.FromMinutes(59));
        Assert.True(known.Contains(7));
        known.Remember(7);
        _clock.Shift(TimeSpan.FromMinutes(59));
        Assert.True(known.Contains(7));
        _clock.Shift(TimeSpan.FromMinutes(2));
        Assert.False(known.Contains(7));
        known.Remember(0);
        Assert.False(known.Contains(0));
    }
}
