using Bunit;
using IncidentDesk.FollowUps;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Web.FollowUps;
using IncidentDesk.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class FollowUpsBesideTests : IAsyncDisposable
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Entries.Noon);

    private readonly BunitContext _context = new();

    public FollowUpsBesideTests() => _context.Services.AddDeskLanguages().AddSingleton<TimeProvider>(new Entries.NoonClock());

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Open_ones_stand_by_date_the_overdue_is_marked_and_closed_ones_are_folded()
    {
        var shown = Show(true, Of("some day"), Of("next week", Today.AddDays(7)), Of("late", Today.AddDays(-1)), Of("dear", null, FollowUpState.Dropped, "Too dear"));

        Assert.Equal(["late", "next week", "some day"], shown.FindAll(".fu .n").Select(n => n.TextContent));
        Assert.Equal("overdue since 13 Mar 2026", Assert.Single(shown.FindAll(".due")).TextContent.Trim());
        Assert.Equal("3", shown.Find("header .count").TextContent);
        shown.Find(".ended .fold").Click();
        Assert.Contains("Too dear", shown.FindAll(".fu")[3].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_reads_only_sees_no_buttons_and_nothing_where_there_is_nothing()
    {
        Assert.Empty(Show(false, Of("late", Today.AddDays(-1))).FindAll("button, details"));
        Assert.Empty(Show(false).FindAll("section"));
    }

    private IRenderedComponent<FollowUpsBeside> Show(bool mayRespond, params FollowUp[] followUps) => _context.Render<FollowUpsBeside>(p => p
        .Add(b => b.Incident, new Incident { Key = "INC-2026-001", Title = "Flood", TimeZone = "UTC" })
        .Add(b => b.Situation, Situations.Of() with { FollowUps = followUps })
        .Add(b => b.MayRespond, mayRespond));

    private static FollowUp Of(string action, DateOnly? due = null, FollowUpState state = FollowUpState.Open, string outcome = "") => new() { Id = Guid.CreateVersion7(), Action = action, DueOn = due, State = state, Outcome = outcome };
}
