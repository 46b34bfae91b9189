using AngleSharp.Dom;
using Bunit;
using IncidentDesk.Checklists;
using IncidentDesk.Web.Checklists;
using IncidentDesk.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static IncidentDesk.Web.Tests.Components.Entries;

namespace IncidentDesk.Web.Tests.Components;

public sealed class AttachedChecklistTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public AttachedChecklistTests() => _context.Services.AddDeskLanguages().AddSingleton<TimeProvider>(new NoonClock());

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void It_says_how_much_is_done_by_whom_and_when()
    {
        var shown = Show(Of(1));
        Assert.Equal("1 of 3", Words(shown.Find(".n")));
        Assert.Equal([false, true, false], shown.FindAll("input").Select(i => i.HasAttribute("checked")));
        Assert.Equal("Beto 11:55", Words(Assert.Single(shown.FindAll(".by"))));
        Assert.Equal("From: RFC 4732", Words(shown.Find(".from")));
    }

    [Fact]
    public void What_is_done_is_folded_and_opens_on_demand()
    {
        var shown = Show(Of(0, 1, 2));
        Assert.Empty(shown.FindAll("input"));
        Assert.Equal("false", shown.Find(".fold").GetAttribute("aria-expanded"));
        shown.Find(".fold").Click();
        Assert.Equal(3, shown.FindAll("input").Count);
    }

    [Fact]
    public void Whoever_ticks_the_last_step_keeps_the_list_open()
    {
        var list = Of(0, 1);
        var shown = Show(list, tick: _ => true);
        shown.FindAll("input")[2].Change(true);
        Assert.Equal("3 of 3", Words(shown.Find(".n")));
        shown.Render(p => p.Add(c => c.Checklist, Of(0, 1, 2)));
        Assert.Equal(3, shown.FindAll("input").Count);
    }

    [Fact]
    public void A_tick_that_is_not_kept_goes_back()
    {
        var asked = new List<TickStep.Command>();
        var list = Of(1);
        var shown = Show(list, tick: t => { asked.Add(t); return false; });
        shown.FindAll("input")[0].Change(true);
        Assert.Equal((list.Id, 0, true), (asked[0].AttachedId, asked[0].Step, asked[0].IsDone));
        Assert.Equal("1 of 3", Words(shown.Find(".n")));
    }

    [Fact]
    public void Somebody_who_set_it_back_at_once_is_believed()
    {
        var shown = Show(Of(), tick: _ => true);
        shown.FindAll("input")[0].Change(true);
        Assert.Equal("1 of 3", Words(shown.Find(".n")));
        shown.Render(p => p.Add(c => c.Checklist, Of()));
        Assert.Equal("0 of 3", Words(shown.Find(".n")));
    }

    [Fact]
    public void Who_may_not_respond_sees_all_and_changes_nothing()
    {
        var shown = Show(Of(1), mayRespond: false);
        Assert.All(shown.FindAll("input"), i => Assert.True(i.HasAttribute("disabled")));
        Assert.Empty(shown.FindAll(".rowmenu"));
    }

    private IRenderedComponent<AttachedChecklist> Show(IncidentChecklist checklist, bool mayRespond = true, Func<TickStep.Command, bool>? tick = null) => _context.Render<AttachedChecklist>(p => p
        .Add(c => c.Checklist, checklist).Add(c => c.Zone, TimeZoneInfo.Utc).Add(c => c.MayRespond, mayRespond).Add(c => c.Tick, t => Task.FromResult(tick?.Invoke(t) ?? false)));

    private static IncidentChecklist Of(params int[] done) => new()
    {
        Id = Guid.CreateVersion7(),
        TitleEn = "Volumetric",
        TitleEs = "Volumétrico",
        Source = "RFC 4732",
        AttachedByName = "Ana",
        Steps = [new("one", "uno"), new("two", "dos"), new("three", "tres")],
        Ticks = [.. done.Select(step => new ChecklistTick { Step = step, ByName = "Beto", TickedAt = Noon.AddMinutes(-5) })],
    };

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
