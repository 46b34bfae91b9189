using AngleSharp.Dom;
using Bunit;
using IncidentDesk.Assets;
using IncidentDesk.Impacts;
using IncidentDesk.Live;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Impacts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static IncidentDesk.Web.Tests.Components.Situations;

namespace IncidentDesk.Web.Tests.Components;

public sealed class HitNowTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public HitNowTests() => _context.Services.AddDeskLanguages().AddSingleton<TimeProvider>(new Entries.NoonClock());

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Targets_stand_first_and_collateral_is_one_line_under_what_it_went_down_with()
    {
        var uplink = Thing("uplink-a", AssetKind.Uplink);
        var (ana, beto) = (Someone("Biblioteca"), Someone("Radio"));
        var sites = Enumerable.Range(0, 40).Select(i => Thing($"site-{i}", AssetKind.MemberSite, i % 2 == 0 ? ana : beto)).ToList();
        var hit = Show(Of([
            Hit(Thing("sign-up", AssetKind.Service), ImpactState.Degraded, ImpactCause.Precaution),
            .. sites.Select(s => Hit(s, ImpactState.PartialOutage, ImpactCause.Collateral, behind: uplink)),
            Hit(uplink),
        ]));

        Assert.Equal(["Targeted 1", "Collateral 40", "Precaution 1"], hit.FindAll("h3").Select(Words));
        Assert.Equal(["uplink-a", "uplink-a", "sign-up"], hit.FindAll("a.ref").Select(Words));
        Assert.Contains("40 went down with it · sites 40 · members 2", Words(hit.Find(".bundle")), StringComparison.Ordinal);

        hit.Find(".bundle .fold").Click();
        Assert.Equal(HitRows.FirstRows, hit.FindAll(".bundle .hits .hit").Count);
        hit.Find(".bundle .more button").Click();
        Assert.Equal(40, hit.FindAll(".bundle .hits .hit").Count);
        Assert.Empty(hit.FindAll(".more"));
    }

    [Fact]
    public void What_it_went_down_with_is_not_listed_twice_when_it_is_collateral_itself()
    {
        var server = Thing("web-11");
        var hit = Show(Of([Hit(server, ImpactState.Degraded, ImpactCause.Collateral), Hit(Thing("site"), ImpactState.Degraded, ImpactCause.Collateral, behind: server)]));
        Assert.Equal("Collateral 2", Words(hit.Find("h3")));
        Assert.Equal("web-11", Words(Assert.Single(hit.FindAll("a.ref"))));
    }

    [Fact]
    public void The_worst_state_of_an_asset_counts_and_among_equal_ones_the_first_cause()
    {
        var asset = Thing("www");
        var hit = Show(Of([
            Hit(asset, ImpactState.Degraded, ImpactCause.Targeted),
            Hit(asset, ImpactState.MajorOutage, ImpactCause.Precaution),
            Hit(asset, ImpactState.MajorOutage, ImpactCause.Collateral),
        ]));
        Assert.Equal("Collateral 1", Words(Assert.Single(hit.FindAll("h3"))));
        Assert.Contains("Major outage", Words(hit.Find(".hit")), StringComparison.Ordinal);
        Assert.Contains("3 intervals", Words(hit.Find(".hit")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Precision.Exact, "1 h 00 min")]
    [InlineData(Precision.About, "~1 h 00 min")]
    public void A_known_start_runs(Precision precision, string shown)
    {
        var time = Show(Of([Hit(Thing("www"), precision: precision)])).Find(".hit time");
        Assert.Equal(shown, Words(time));
        Assert.Equal("2026-03-14T11:00:00Z", time.GetAttribute("data-since"));
        Assert.Equal(precision != Precision.Exact, time.HasAttribute("data-approx"));
    }

    [Theory]
    [InlineData(-60d, Precision.Day)]
    [InlineData(-60d, Precision.Before)]
    [InlineData(-60d, Precision.After)]
    [InlineData(null, Precision.OrderOnly)]
    public void What_has_no_honest_figure_is_unknown_and_never_nought(double? from, Precision precision)
    {
        var row = Show(Of([Hit(Thing("www"), from: from, precision: precision)])).Find(".hit");
        Assert.Equal("unknown", Words(row.QuerySelector(".d em.unknown")!));
        Assert.Null(row.QuerySelector("[data-since]"));
    }

    [Fact]
    public void What_is_back_is_folded_and_says_how_long_it_was_hit()
    {
        var hit = Show(Of([Hit(Thing("mx1"), from: -120, to: -30), Hit(Thing("ns1"), from: -90, to: -10, toPrecision: Precision.OrderOnly)]));
        Assert.Empty(hit.FindAll(".hit"));
        var fold = hit.Find(".ended .fold");
        Assert.Equal("2 ended", Words(fold));
        fold.Click();
        Assert.Equal(["unknown", "1 h 30 min"], hit.FindAll(".hit .d").Select(Words).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void The_sum_says_members_assets_and_how_long()
    {
        var member = Someone("Radio");
        var sum = Words(Show(Of([Hit(Thing("site", AssetKind.MemberSite, member)), Hit(Thing("blog", AssetKind.MemberSite, member), from: -30)], members: 50)).Find(".sum"));
        Assert.StartsWith("1 of 50 members (2.0", sum, StringComparison.Ordinal);
        Assert.Contains("), 2 assets. Since impact began: 1 member-hours", sum, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_respond_marks_brings_back_and_corrects()
    {
        var wishes = new List<ImpactAct>();
        var hit = Show(Of([Hit(Thing("www"))]), act: wishes.Add);
        hit.Find("[data-key-hit]").Click();
        hit.Find("[data-back]").Click();
        hit.Find("[aria-label='Correct www']").Click();
        Assert.Equal([ImpactWish.Mark, ImpactWish.Back, ImpactWish.Correct], wishes.Select(w => w.Wish));
        Assert.Equal("www", wishes[2].Row!.Asset.Name);
    }

    [Fact]
    public void Who_may_not_respond_sees_all_and_changes_nothing()
    {
        var server = Thing("web-11");
        var hit = Show(Of([Hit(Thing("www")), Hit(server, cause: ImpactCause.Collateral), Hit(Thing("site"), cause: ImpactCause.Collateral, behind: server)]), mayRespond: false);
        Assert.Equal(3, hit.FindAll("a.ref").Count + 1);
        Assert.All(hit.FindAll("button"), b => Assert.True(b.ClassList.Contains("fold") || b.ClassList.Contains("card-opener")));
    }

    [Fact]
    public void Names_stay_the_same_elements_when_others_come_and_go()
    {
        var (a, b) = (Hit(Thing("b")), Hit(Thing("c")));
        var hit = Show(Of([a, b]));
        var before = hit.FindComponents<HitRow>().First(r => r.Instance.Row.Asset.Name == "c").Instance;
        hit.Render(p => p.Add(h => h.Situation, Of([Hit(Thing("a")), a, b])));
        Assert.Same(before, hit.FindComponents<HitRow>().First(r => r.Instance.Row.Asset.Name == "c").Instance);
    }

    [Fact]
    public void Three_thousand_sites_cost_a_few_lines()
    {
        var uplink = Thing("uplink-a", AssetKind.Uplink);
        var hit = Show(Of([Hit(uplink), .. Enumerable.Range(0, 3000).Select(i => Hit(Thing($"site-{i}", AssetKind.MemberSite), cause: ImpactCause.Collateral, behind: uplink))]));
        Assert.Equal("Collateral 3,000", Words(hit.FindAll("h3")[1]));
        Assert.InRange(hit.Markup.Length, 1, 10_000);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void What_is_still_hit_when_the_incident_is_over_asks_for_its_end(bool isOver, int notices)
    {
        var hit = Show(Of([Hit(Thing("uplink-a", AssetKind.Uplink))]));
        hit.Render(p => p.Add(h => h.IsOver, isOver));
        Assert.Equal(notices, hit.FindAll(".notice").Count);
    }

    private IRenderedComponent<HitNow> Show(Situation situation, bool mayRespond = true, Action<ImpactAct>? act = null) =>
        _context.Render<HitNow>(p => p.Add(h => h.Situation, situation).Add(h => h.Zone, TimeZoneInfo.Utc).Add(h => h.MayRespond, mayRespond).Add(h => h.Act, a => act?.Invoke(a)));

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
