using IncidentDesk.Live;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IncidentDesk.Tests.Live;

public sealed class PresenceTests
{
    private static readonly Guid Incident = Guid.NewGuid();
    private static readonly Visitor Ana = new(Guid.NewGuid(), "Ana");
    private static readonly Visitor Ben = new(Guid.NewGuid(), "Ben");

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Whoever_has_the_page_open_is_there_once_until_the_last_page_closes()
    {
        var presence = new Presence(_clock);
        var told = new List<Guid>();
        presence.Changed += told.Add;

        var desktop = presence.Enter(Incident, Ana);
        var phone = presence.Enter(Incident, Ana);
        using var ben = presence.Enter(Incident, Ben);
        using var elsewhere = presence.Enter(Guid.NewGuid(), new Visitor(Guid.NewGuid(), "Eva"));
        Assert.Equal([Ana, Ben], presence.On(Incident));

        desktop.Dispose();
        Assert.Equal([Ana, Ben], presence.On(Incident));
        phone.Dispose();
        phone.Dispose();
        Assert.Equal([Ben], presence.On(Incident));
        Assert.Equal(5, told.Count(id => id == Incident));
    }

    [Fact]
    public void People_of_another_node_are_there_until_they_leave()
    {
        var (here, there) = Connected();

        using var ana = here.Enter(Incident, Ana);
        var ben = there.Enter(Incident, Ben);
        Assert.Equal([Ana, Ben], here.On(Incident));
        Assert.Equal([Ana, Ben], there.On(Incident));

        ben.Dispose();
        Assert.Equal([Ana], here.On(Incident));
    }

    [Fact]
    public void The_people_of_a_node_that_fell_silent_are_gone_and_a_sign_of_life_keeps_them()
    {
        var (here, there) = Connected();
        using var ben = there.Enter(Incident, Ben);

        _clock.Advance(TimeSpan.FromSeconds(30));
        there.AnnounceAll();
        _clock.Advance(TimeSpan.FromSeconds(44));
        Assert.Equal([Ben], here.On(Incident));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(here.On(Incident));
    }

    private (Presence Here, Presence There) Connected()
    {
        var (here, there) = (new Presence(_clock), new Presence(_clock));
        // as on the shared channel: each hears all, its own words included
        here.Wire = there.Wire = message =>
        {
            here.Hear(message);
            there.Hear(message);
        };
        return (here, there);
    }
}
