using Bunit;
using IncidentDesk.Incidents;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Postmortems;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class ReportDueTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public ReportDueTests() => _context.Services.AddDeskLanguages().AddSingleton<TimeProvider>(new Entries.NoonClock());

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Theory]
    [InlineData(25, "next report in 25 min", false)]
    [InlineData(-5, "report overdue by 5 min", true)]
    public void A_promised_report_runs_towards_its_time_and_past_it(int minutes, string text, bool isDue)
    {
        var shown = Show(IncidentStatus.Mitigating, Entries.Noon.AddMinutes(minutes)).Find("a.rev");
        Assert.Equal((text, isDue, "/incidents/INC-2026-001/reports"), (shown.TextContent.Trim(), shown.ClassList.Contains("due"), shown.GetAttribute("href")));
    }

    [Fact]
    public void Nothing_is_promised_where_nothing_was_or_where_the_incident_is_closed()
    {
        Assert.Empty(Show(IncidentStatus.Mitigating, null).FindAll("a"));
        Assert.Empty(Show(IncidentStatus.Closed, Entries.Noon).FindAll("a"));
    }

    private IRenderedComponent<ReportDue> Show(IncidentStatus status, DateTime? due) => _context.Render<ReportDue>(p => p
        .Add(r => r.Incident, new Incident { Key = "INC-2026-001", Title = "Flood", TimeZone = "UTC", Status = status })
        .Add(r => r.DueAt, due)
        .Add(r => r.Zone, TimeZoneInfo.Utc));
}
