using AngleSharp.Dom;
using Bunit;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static IncidentDesk.Web.Tests.Components.Entries;

namespace IncidentDesk.Web.Tests.Components;

public sealed class ComponentTests : IAsyncLifetime
{
    private readonly BunitContext _context = new();
    private readonly IncidentFeed _feed = new(TimeProvider.System, NullLogger<IncidentFeed>.Instance);

    public ComponentTests()
    {
        _context.Services.AddDeskLanguages().AddSingleton<EntryMarkdown>().AddSingleton(_feed).AddSingleton<TimeProvider>(new Entries.NoonClock());
        _context.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _context.DisposeAsync();
        await _feed.DisposeAsync();
    }

    [Fact]
    public void A_row_shows_what_an_entry_is()
    {
        var row = Row(Entry(7, body: "Traffic **doubled**", kind: EntryKind.Observation));
        Assert.Equal("e7", row.Id);
        Assert.Equal("doubled", row.QuerySelector(".body strong")!.TextContent);
        Assert.Equal("2026-03-14T12:00:00Z", row.QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Equal("12:00", row.QuerySelector("time")!.TextContent);
        Assert.Equal("Ana Ruiz", row.QuerySelector(".by")!.TextContent);
        Assert.Equal("/incidents/INC-2026-001?entry=7", row.QuerySelector("a.seq")!.GetAttribute("href"));
        Assert.DoesNotContain("late", row.ClassList);
        Assert.DoesNotContain("key", row.ClassList);
        Assert.Empty(row.QuerySelectorAll(".tags"));
    }

    [Fact]
    public void Text_of_either_direction_stands_as_its_own_letters_say() => Assert.Equal("auto", Row(Entry(1, body: "מתקפה")).QuerySelector(".body")!.GetAttribute("dir"));

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public void An_entry_written_down_long_afterwards_is_shown_as_late(int minutes, bool late) =>
        Assert.Equal(late, Row(Entry(1, recordedAt: Noon.AddMinutes(minutes))).ClassList.Contains("late"));

    [Fact]
    public void Imported_entries_and_whole_days_are_never_late()
    {
        Assert.DoesNotContain("late", Row(Entry(1, recordedAt: Noon.AddYears(1), source: new EntrySource("attack", "", "minute", ""))).ClassList);
        Assert.DoesNotContain("late", Row(Entry(1, recordedAt: Noon.AddYears(1), precision: Precision.Day)).ClassList);
    }

    [Fact]
    public void A_revision_opens_its_history()
    {
        EntryAct? asked = null;
        var row = _context.Render<EntryRow>(p => Parameters(p, Entry(9, root: 3, revision: 2)).Add(r => r.Act, act => asked = act));
        row.Find(".tags button").Click();
        Assert.Equal((EntryWish.History, 3L), (asked!.Wish, asked.Entry.RootSequence));
        Assert.Equal("e3", row.Find("li").Id);
    }

    [Fact]
    public void A_key_event_and_an_entry_without_time_look_it()
    {
        var key = Row(Entry(1, isKeyEvent: true));
        Assert.Contains("key", key.ClassList);
        Assert.NotNull(key.QuerySelector(".star"));
        var orderOnly = Row(Entry(1, precision: Precision.OrderOnly));
        Assert.Null(orderOnly.QuerySelector("time"));
        Assert.NotNull(orderOnly.QuerySelector(".when"));
    }

    [Fact]
    public void Readers_get_no_buttons_that_write()
    {
        var row = Row(Entry(1), mayLog: false);
        Assert.Empty(row.QuerySelectorAll("[data-insert-after], [aria-pressed]"));
        Assert.NotNull(row.QuerySelector("[data-copy]"));
    }

    [Fact]
    public void What_the_desk_did_is_said_in_words_beside_the_reason()
    {
        var row = Row(Entry(1, body: "It is back.", kind: EntryKind.Status, change: new EntryChange.StatusChanged(IncidentStatus.Resolved, IncidentStatus.Mitigating)));
        Assert.Contains("→", row.QuerySelector(".body b")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("It is back.", row.QuerySelector(".body")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Precision.Exact, "2 h 00 min")]
    [InlineData(Precision.About, "~2 h 00 min")]
    public void The_clock_of_a_resolved_incident_measures_from_impact_to_resolved(Precision precision, string expected) =>
        Assert.Equal(expected, Clock(IncidentStatus.Resolved, (MilestoneKind.ImpactStarted, -180, precision), (MilestoneKind.Resolved, -60, Precision.Exact)).QuerySelector("span")!.TextContent);

    public static TheoryData<IncidentStatus, (MilestoneKind, int, Precision)[]> Unknown() => new()
    {
        { IncidentStatus.Investigating, [] },
        { IncidentStatus.Resolved, [(MilestoneKind.ImpactStarted, -180, Precision.Exact)] },
        { IncidentStatus.Closed, [(MilestoneKind.Resolved, -60, Precision.Exact)] },
        { IncidentStatus.Resolved, [(MilestoneKind.ImpactStarted, -180, Precision.Exact), (MilestoneKind.Resolved, -60, Precision.Before)] },
        { IncidentStatus.Resolved, [(MilestoneKind.ImpactStarted, -180, Precision.Day), (MilestoneKind.Resolved, -60, Precision.Exact)] },
        { IncidentStatus.Resolved, [(MilestoneKind.ImpactStarted, -60, Precision.Exact), (MilestoneKind.Resolved, -180, Precision.Exact)] },
    };

    [Theory, MemberData(nameof(Unknown))]
    public void What_is_not_known_is_never_shown_as_a_figure(IncidentStatus status, (MilestoneKind, int, Precision)[] milestones)
    {
        var clock = Clock(status, milestones);
        Assert.NotNull(clock.QuerySelector("em.unknown"));
        Assert.DoesNotMatch("[0-9]", clock.TextContent);
    }

    [Fact]
    public void The_clock_of_an_open_incident_runs_from_the_impact()
    {
        var clock = Clock(IncidentStatus.Mitigating, (MilestoneKind.ImpactStarted, -90, Precision.Exact)).QuerySelector("time.clock")!;
        Assert.Equal("1 h 30 min", clock.TextContent);
        Assert.Equal("2026-03-14T10:30:00Z", clock.GetAttribute("data-since"));
        Assert.False(clock.HasAttribute("data-approx"));
        Assert.True(Clock(IncidentStatus.Mitigating, (MilestoneKind.ImpactStarted, -90, Precision.Before)).QuerySelector("time.clock")!.HasAttribute("data-approx"));
    }

    [Fact]
    public async Task A_page_that_is_gone_follows_nothing()
    {
        var incident = Guid.CreateVersion7();
        var page = _context.Render<Follower>(p => p.Add(f => f.Incident, incident)).Instance;
        _feed.Publish(incident, 1);
        await Testing.Poll.UntilAsync(() => page.Refreshed == 1, TimeSpan.FromSeconds(10), "the page is told");
        await _context.DisposeComponentsAsync();

        // Whoever subscribes later is told later: when this one has been, the other would have been.
        var told = 0;
        using var witness = _feed.Subscribe(incident, () => Task.FromResult(Interlocked.Increment(ref told)));
        _feed.Publish(incident, 2);
        await Testing.Poll.UntilAsync(() => Volatile.Read(ref told) == 1, TimeSpan.FromSeconds(10), "the witness is told");
        Assert.Equal(1, page.Refreshed);
    }

    private IElement Row(TimelineEntry entry, bool mayLog = true) => _context.Render<EntryRow>(p => Parameters(p, entry, mayLog)).Find("li");

    private static ComponentParameterCollectionBuilder<EntryRow> Parameters(ComponentParameterCollectionBuilder<EntryRow> p, TimelineEntry entry, bool mayLog = true) =>
        p.Add(r => r.Entry, entry).Add(r => r.Zone, TimeZoneInfo.Utc).Add(r => r.IncidentKey, "INC-2026-001").Add(r => r.MayLog, mayLog);

    private IElement Clock(IncidentStatus status, params (MilestoneKind Kind, int Minute, Precision Precision)[] milestones)
    {
        var incident = new Incident
        {
            Key = "INC-2026-001",
            Title = "Flood",
            TimeZone = "UTC",
            Status = status,
            Milestones = [.. milestones.Select(m => new Milestone { Kind = m.Kind, At = Noon.AddMinutes(m.Minute), Precision = m.Precision })],
        };
        var rendered = _context.Render(builder =>
        {
            builder.OpenElement(0, "section");
            builder.OpenComponent<IncidentClock>(1);
            builder.AddComponentParameter(2, nameof(IncidentClock.Incident), incident);
            builder.CloseComponent();
            builder.CloseElement();
        });
        return rendered.Find("section");
    }

    private sealed class Follower : LiveComponent
    {
        [Parameter] public Guid Incident { get; set; }

        public int Refreshed { get; private set; }

        protected override void OnInitialized() => Watch(Incident);

        protected override Task RefreshAsync()
        {
            Refreshed++;
            return Task.CompletedTask;
        }
    }
}
