using IncidentDesk.Incidents;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

/// <summary>What a reader chose stands in the address and comes back from it.</summary>
public sealed class UrlTests
{
    public static TheoryData<string, string, string, string?, string?> Filters() => new()
    {
        { "", "", "", null, null },
        { "flood & \"fire\" 100% +ñ", "Mitigating,Closed", "SEV1,SEV3", "2014", "7" },
        { "a=b?c#d/é", "", "SEV2", null, "2" },
    };

    [Theory, MemberData(nameof(Filters))]
    public void The_filter_of_the_list_survives_its_address(string text, string status, string severity, string? year, string? page)
    {
        var filter = IncidentFilter.Read(text, status, severity, year, page);
        var query = QueryHelpers.ParseQuery(new Uri("http://desk.example" + filter.ToUrl()).Query);
        var read = IncidentFilter.Read(query.GetValueOrDefault("q"), query.GetValueOrDefault("status"), query.GetValueOrDefault("severity"), query.GetValueOrDefault("year"), query.GetValueOrDefault("page"));
        Assert.Equivalent(filter, read, strict: true);
        Assert.Equal(text, read.Text);
    }

    [Fact]
    public void An_old_address_still_shows_a_list()
    {
        var filter = IncidentFilter.Read(null, "Sleeping,,mitigating,Mitigating", "SEV9", "last", "-3");
        Assert.Equal([IncidentStatus.Mitigating], filter.Statuses);
        Assert.Empty(filter.Severities);
        Assert.Null(filter.Year);
        Assert.Equal(1, filter.Page);
    }

    [Fact]
    public void A_choice_toggles_and_leads_back_to_the_first_page()
    {
        var filter = IncidentFilter.Read("x", null, null, null, "5");
        Assert.Equal("/incidents?q=x&status=Resolved&severity=SEV1&year=2015", filter.Toggle(IncidentStatus.Resolved).Toggle(Severity.Sev1).Toggle(2015).ToUrl());
        Assert.Equal("/incidents?q=x", filter.Toggle(2015).Toggle(2015).Toggle(Severity.Sev1).Toggle(Severity.Sev1).ToUrl());
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
