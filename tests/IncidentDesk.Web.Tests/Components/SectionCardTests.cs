using Bunit;
using IncidentDesk.Live;
using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Postmortems;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class SectionCardTests : IAsyncLifetime
{
    private static readonly Visitor Ana = new(Guid.CreateVersion7(), "Ana");

    private readonly BunitContext _context = new();
    private readonly IncidentFeed _feed = new(TimeProvider.System, NullLogger<IncidentFeed>.Instance);
    private readonly Presence _presence = new(TimeProvider.System);

    public SectionCardTests()
    {
        _context.Services.AddDeskLanguages().AddSingleton(_feed).AddSingleton(_presence).AddSingleton(TimeProvider.System).AddSingleton(new KeepComments(null!));
        _context.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _context.DisposeAsync();
        await _feed.DisposeAsync();
    }

    [Fact]
    public void Who_writes_gets_a_field_that_the_page_never_fills_and_beside_it_what_stands()
    {
        var section = Section("We <b>slept</b>");
        var shown = Show(section, mayWrite: true);

        Assert.False(shown.Find("textarea").HasAttribute("value"));
        Assert.Empty(shown.Find("textarea").TextContent);
        Assert.Equal(("1", "We <b>slept</b>"), (shown.Find("[data-section-state]").GetAttribute("data-version"), shown.Find("[data-section-state]").TextContent));
        shown.Render(p => p.Add(c => c.Section, Section("They came", 2, section.Id)));
        Assert.Equal(("2", "They came"), (shown.Find("[data-section-state]").GetAttribute("data-version"), shown.Find("[data-section-state]").TextContent));
        Assert.Empty(shown.Find("textarea").TextContent);
        Assert.Contains("Say what happened", shown.Find($"#{shown.Find("textarea").GetAttribute("aria-describedby")}").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_reads_gets_no_field_and_no_menu()
    {
        var shown = Show(Section("We slept"), mayWrite: false);
        Assert.Empty(shown.FindAll("textarea, .menu, [data-section-state]"));
        Assert.Single(shown.FindAll(".secview"));
    }

    [Fact]
    public async Task Who_has_the_caret_in_it_stands_on_it_until_they_leave()
    {
        var section = Section("We slept");
        var shown = Show(section, mayWrite: true);
        using var beto = _presence.Enter(section.Id, new Visitor(Guid.CreateVersion7(), "Beto"));
        await Testing.Poll.UntilAsync(() => shown.FindAll(".secwho").Count == 1, TimeSpan.FromSeconds(10), "Beto is seen");
        Assert.Contains("Beto", shown.Find(".secwho").TextContent, StringComparison.Ordinal);

        await shown.Find(".sectext").TriggerEventAsync("onfocusin", new Microsoft.AspNetCore.Components.Web.FocusEventArgs());
        Assert.Equal(["Ana", "Beto"], _presence.On(section.Id).Select(v => v.Name));
        await shown.Find(".sectext").TriggerEventAsync("onfocusout", new Microsoft.AspNetCore.Components.Web.FocusEventArgs());
        Assert.Equal(["Beto"], _presence.On(section.Id).Select(v => v.Name));
        await shown.Find(".sectext").TriggerEventAsync("onfocusin", new Microsoft.AspNetCore.Components.Web.FocusEventArgs());
        await _context.DisposeComponentsAsync();
        Assert.Equal(["Beto"], _presence.On(section.Id).Select(v => v.Name));
    }

    [Fact]
    public void Open_threads_are_shown_and_settled_ones_are_folded()
    {
        var section = Section("");
        PostmortemComment Comment(string body, Guid? replyTo = null, bool over = false) => new() { Id = Guid.CreateVersion7(), SectionId = section.Id, Body = body, ByName = "Beto", ReplyToId = replyTo, ResolvedAt = over ? Entries.Noon : null, ResolvedByName = over ? "Ana" : null };
        var thread = Comment("Why?");

        var shown = Show(section, mayWrite: true, thread, Comment("Because", thread.Id), Comment("Typo", over: true));
        Assert.True(shown.Find(".seccomments").HasAttribute("open"));
        Assert.Equal("1 open", shown.Find(".seccomments .count").TextContent);
        Assert.Equal(["Why?", "Because"], shown.FindAll(".thread:not(.over) .val").Select(v => v.TextContent));
        Assert.Single(shown.FindAll(".thread.over"));
        Assert.False(Show(section, mayWrite: true, Comment("Typo", over: true)).Find(".seccomments").HasAttribute("open"));
    }

    private static PostmortemSection Section(string body, int version = 1, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        TitleEn = "Summary",
        TitleEs = "Resumen",
        GuidanceEn = "Say what happened",
        Visibility = Visibility.Public,
        Body = body,
        EditedByName = "Ana",
        Version = version,
    };

    private IRenderedComponent<SectionCard> Show(PostmortemSection section, bool mayWrite, params PostmortemComment[] comments) => _context.Render<SectionCard>(p => p
        .Add(c => c.Key, "INC-2026-001").Add(c => c.Section, section).Add(c => c.Place, 0).Add(c => c.Count, 2).Add(c => c.Language, "en")
        .Add(c => c.MayWrite, mayWrite).Add(c => c.MayComment, mayWrite).Add(c => c.Comments, comments).Add(c => c.Zone, TimeZoneInfo.Utc).Add(c => c.Me, Ana));
}
