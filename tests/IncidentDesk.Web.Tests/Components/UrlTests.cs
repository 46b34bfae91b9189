using IncidentDesk.Incidents;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

/// <summary>What a reader chose stands in the address and comes back from it.</summary>
public sealed class UrlTests
{
    [Theory]
    [InlineData("", "/incidents")]
    [InlineData("?q=flood+%26+%22fire%22+100%25+%2B%C3%B1&status=Mitigating,Closed&severity=SEV1,SEV3&year=2014,2015&page=7", null)]
    [InlineData("?q=a%3Db%3Fc%23d/%C3%A9&vector=udp-flood,syn-flood&tlp=TLP:AMBER%2BSTRICT&page=2", null)]
    [InlineData("?target=01990000-0000-7000-8000-0000000000c1&member=01990000-0000-7000-8000-0000000000c2,01990000-0000-7000-8000-0000000000c3&lead=01990000-0000-7000-8000-0000000000c4", null)]
    public void The_filter_of_the_list_survives_its_address(string query, string? url)
    {
        var filter = IncidentFilter.Read(query);
        Assert.Equivalent(filter, IncidentFilter.Read(new Uri("http://desk.example" + filter.ToUrl()).Query), strict: true);
        Assert.Equivalent(filter with { Page = 1 }, IncidentFilter.Read(filter.ToQuery()), strict: true);
        Assert.Equal(query.Split('&', StringSplitOptions.RemoveEmptyEntries).Length, filter.Fields().Count());
        if (url is not null) Assert.Equal(url, filter.ToUrl());
    }

    [Fact]
    public void An_old_address_still_shows_a_list()
    {
        var filter = IncidentFilter.Read("?status=Sleeping,,mitigating,Mitigating&severity=SEV9&year=last&vector=magic&target=web-1&tlp=BLUE&page=-3&x=y");
        Assert.Equal([IncidentStatus.Mitigating], filter.Statuses);
        Assert.Equal((1, 1), (filter.Choices, filter.Page));
    }

    [Theory]
    [InlineData("", 0, 50, 0)]
    [InlineData("?page=10", 0, 500, 0)]
    [InlineData("?page=11", 500, 50, 10)]
    [InlineData("?page=20", 500, 500, 10)]
    [InlineData("?page=21", 1_000, 50, 20)]
    public void After_as_many_rows_as_a_page_holds_the_list_begins_anew(string query, int skip, int take, int before)
    {
        var filter = IncidentFilter.Read(query);
        Assert.Equal((skip, take, before), (filter.ToQuestion().Skip, filter.ToQuestion().Take, filter.PageBefore));
    }

    [Fact]
    public void A_board_is_not_moved_beyond_what_it_holds()
    {
        var whole = (From: new DateTime(2026, 3, 14, 0, 0, 0, DateTimeKind.Utc), To: new DateTime(2026, 3, 15, 0, 0, 0, DateTimeKind.Utc));
        (DateTime, DateTime)? Within(double from, double to) => BoardUrl.Within((whole.From.AddHours(from), whole.From.AddHours(to)), whole);
        Assert.Equal((whole.From.AddHours(6), whole.From.AddHours(12)), Within(6, 12));
        Assert.Equal((whole.From.AddHours(18), whole.To), Within(22, 28));
        Assert.Equal((whole.From, whole.From.AddHours(6)), Within(-3, 3));
        Assert.Null(Within(-12, 12));
    }

    [Fact]
    public void A_choice_toggles_and_leads_back_to_the_first_page()
    {
        var filter = IncidentFilter.Read("?q=x&page=5");
        Assert.Equal("/incidents?q=x&status=Resolved&severity=SEV1,SEV2&vector=udp-flood&year=2015,2014", Uri.UnescapeDataString(filter.Toggle(IncidentStatus.Resolved).Toggle(Severity.Sev1).Toggle(Severity.Sev2).ToggleYear(2015).ToggleYear(2014).ToggleVector("udp-flood").ToUrl()));
        Assert.Equal("/incidents?q=x", filter.ToggleYear(2015).ToggleYear(2015).Toggle(Severity.Sev1).Toggle(Severity.Sev1).ToUrl());
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData("ruta & \"0.0.0.0/0\" ñ+%", true, false)]
    [InlineData("x", false, true)]
    public void The_filter_of_the_timeline_survives_its_address(string text, bool keyEvents, bool withoutDesk)
    {
        var filter = new TimelineFilter([EntryKind.Action, EntryKind.Status], Guid.CreateVersion7(), text, keyEvents, withoutDesk);
        var query = QueryHelpers.ParseQuery(new Uri("http://desk.example" + TimelineUrl.Of("INC-2026-001", filter, ZoneChoice.Mine)).Query);
        var read = TimelineUrl.Read(query.GetValueOrDefault("kind"), query["author"], query.GetValueOrDefault("text"), query.GetValueOrDefault("key"), query.GetValueOrDefault("people"));
        Assert.Equivalent(filter, read, strict: true);
        Assert.Equal("mine", query["tz"]);
        Assert.Equal("/incidents/INC-2026-001", TimelineUrl.Of("INC-2026-001", TimelineFilter.None, ZoneChoice.Utc));
    }
}
