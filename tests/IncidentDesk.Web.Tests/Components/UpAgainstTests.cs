using AngleSharp.Dom;
using Bunit;
using IncidentDesk.Attacks;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Mitigations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static IncidentDesk.Mitigations.MitigationState;
using static IncidentDesk.Web.Tests.Components.Situations;

namespace IncidentDesk.Web.Tests.Components;

public sealed class UpAgainstTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public UpAgainstTests() => _context.Services.AddDeskLanguages().AddSingleton<TimeProvider>(new Entries.NoonClock());

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void What_needs_somebody_stands_first_and_what_has_ended_is_folded()
    {
        var shown = Show(
            Defence("works", [(Applied, -90), (Effective, -60)]), Defence("asked", [(Requested, -30)]), Defence("no verdict", [(Applied, -20)], review: 10), Defence("overdue", [(Applied, -90), (Partial, -60)], review: -12),
            Defence("gone", [(Applied, -90), (Reverted, -60)]), Defence("no", [(Proposed, -90), (Rejected, -60)]), Defence("away", [(Applied, -80), (Reverted, -70)]));

        Assert.Equal(["overdue", "no verdict", "asked", "works"], shown.FindAll("a.n").Select(Words));
        Assert.Equal("4", Words(shown.Find("header .count")));
        Assert.Equal("3 ended 2 reverted, 1 rejected", Words(shown.Find(".ended")));
        shown.Find(".ended .fold").Click();
        Assert.Equal(["overdue", "no verdict", "asked", "works", "gone", "no", "away"], shown.FindAll("a.n").Select(Words));
    }

    [Fact]
    public void An_overdue_review_is_seen_and_a_coming_one_counts_down()
    {
        var shown = Show(Defence("late", [(Applied, -90)], review: -12), Defence("soon", [(Applied, -20)], review: 18));
        var (late, soon) = (shown.FindAll(".rev")[0], shown.FindAll(".rev")[1]);
        Assert.Equal("review overdue 12 min", Words(late));
        Assert.Contains("due", late.ClassList);
        Assert.Equal("review in 18 min", Words(soon));
        Assert.DoesNotContain("due", soon.ClassList);
        Assert.Equal("2026-03-14T12:18:00Z", soon.QuerySelector("time")!.GetAttribute("data-until"));
    }

    [Fact]
    public void A_row_says_who_where_since_when_and_how_it_works()
    {
        var row = Show(Defence("Static copy", [(Proposed, -110), (Applied, -97), (Partial, -5)], scope: new[] { "a", "b", "c", "d", "e" }.Select(n => Thing(n)), verdict: "Search does not answer.")).Find(".mit");
        Assert.Contains("Partial, own, on a, b, c and 2 more. Search does not answer.", Words(row), StringComparison.Ordinal);
        Assert.Equal("1 h 37 min", Words(row.QuerySelector(".age")!));
        Assert.Contains("m-partial", row.ClassList);
    }

    [Fact]
    public void A_defence_that_a_wave_goes_around_asks_for_another_verdict_until_it_has_one()
    {
        var (works, said) = (Defence("works", [(Applied, -90), (Effective, -60)]), Defence("said", [(Applied, -90), (Effective, -60), (AdaptedAround, -5)]));
        var shown = _context.Render<UpAgainst>(p => p.Add(u => u.Situation, Of(mitigations: [works, said], waves: [Answer(2, works), Answer(3, said)])).Add(u => u.Zone, TimeZoneInfo.Utc).Add(u => u.MayRespond, true));
        var (asks, rests) = (shown.Find($"#mit-{works.Id}"), shown.Find($"#mit-{said.Id}"));
        Assert.Contains("Wave 2 goes around it.", Words(asks), StringComparison.Ordinal);
        Assert.Equal("Adapted around, +1 h, Revert", string.Join(", ", asks.QuerySelectorAll(".act button").Select(Words)));
        Assert.DoesNotContain("goes around it", Words(rests), StringComparison.Ordinal);

        static AttackWave Answer(int number, Mitigation to) => new() { Id = Guid.CreateVersion7(), Number = number, Vector = "syn-flood", AdaptedToId = to.Id, CreatedByName = "Ana Ruiz" };
    }

    [Fact]
    public void A_running_time_is_one_text_that_the_script_can_change()
    {
        foreach (var time in Show(Defence("one", [(Applied, -90)])).FindAll("time[data-since]")) Assert.Single(time.ChildNodes);
    }

    [Theory]
    [InlineData(Proposed, "Apply, Reject")]
    [InlineData(Requested, "Log answer, Apply, Denied")]
    [InlineData(Applied, "Effective, Ineffective, +1 h, Revert")]
    [InlineData(Effective, "")]
    [InlineData(Harmful, "Revert")]
    public void What_is_likely_next_is_one_click_away(MitigationState state, string buttons) =>
        Assert.Equal(buttons, string.Join(", ", Show(Defence("x", [(state, -10)])).FindAll(".act button").Select(Words)));

    [Theory]
    [InlineData(Proposed)]
    [InlineData(Requested)]
    [InlineData(Applied)]
    [InlineData(Effective)]
    [InlineData(Partial)]
    [InlineData(Ineffective)]
    [InlineData(Harmful)]
    [InlineData(AdaptedAround)]
    public void The_menu_offers_what_the_table_of_transitions_allows(MitigationState state)
    {
        var wishes = new List<MitigationAct>();
        var shown = Show([Defence("x", [(state, -10)])], act: wishes.Add);
        for (var i = 0; i < shown.FindAll(".menu-pop button").Count; i++) shown.FindAll(".menu-pop button")[i].Click();
        Assert.Equal(state.Next().Where(s => s != Expired), wishes.Where(w => w.Wish == MitigationWish.Move).Select(w => w.To!.Value));
    }

    [Fact]
    public void Who_may_not_respond_sees_all_and_changes_nothing()
    {
        var shown = Show([Defence("x", [(Applied, -10)], review: -5), Defence("y", [(Applied, -10), (Reverted, -5)])], mayRespond: false);
        Assert.NotEmpty(shown.FindAll(".mit"));
        Assert.Equal("1 ended", Words(Assert.Single(shown.FindAll("button"))));
    }

    [Fact]
    public void Two_hundred_are_not_shown_at_once()
    {
        var shown = Show([.. Enumerable.Range(0, 200).Select(i => Defence($"d {i}", [(Applied, -i - 1d)]))]);
        Assert.Equal(12, shown.FindAll(".mit").Count);
        shown.Find(".more button").Click();
        Assert.Equal(62, shown.FindAll(".mit").Count);
        Assert.Equal("138 more", Words(shown.Find(".more")));
    }

    private IRenderedComponent<UpAgainst> Show(params Mitigation[] mitigations) => Show(mitigations, true);

    private IRenderedComponent<UpAgainst> Show(Mitigation[] mitigations, bool mayRespond = true, Action<MitigationAct>? act = null) =>
        _context.Render<UpAgainst>(p => p.Add(u => u.Situation, Of(mitigations: mitigations)).Add(u => u.Zone, TimeZoneInfo.Utc).Add(u => u.MayRespond, mayRespond).Add(u => u.Act, a => act?.Invoke(a)));

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
