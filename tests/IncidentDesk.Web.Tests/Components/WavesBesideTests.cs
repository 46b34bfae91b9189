using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using IncidentDesk.Attacks;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static IncidentDesk.Web.Tests.Components.Entries;
using static IncidentDesk.Web.Tests.Components.Situations;

namespace IncidentDesk.Web.Tests.Components;

public sealed class WavesBesideTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public WavesBesideTests() => _context.Services.AddDeskLanguages().AddSingleton<TimeProvider>(new NoonClock());

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Those_that_go_on_stand_first_the_newest_above_and_what_is_over_is_folded()
    {
        var shown = Show([Wave(1, to: -30), Wave(2), Wave(3), Wave(4, to: -5)]);
        Assert.Equal(["3", "2"], shown.FindAll(".num").Select(Words));
        Assert.Equal(("2", "2 over"), (Words(shown.Find("header .count")), Words(shown.Find(".ended"))));
        shown.Find(".ended .fold").Click();
        Assert.Equal(["3", "2", "4", "1"], shown.FindAll(".num").Select(Words));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void What_has_no_end_when_the_incident_is_over_says_so(bool isOver, int notices)
    {
        var shown = Show([Wave(1, to: -30), Wave(2)]);
        shown.Render(p => p.Add(w => w.IsOver, isOver));
        Assert.Equal(notices, shown.FindAll(".notice").Count);
    }

    [Fact]
    public void When_all_is_over_what_was_is_open()
    {
        var shown = Show([Wave(1, to: -30), Wave(2, to: -5)]);
        Assert.Equal(["2", "1"], shown.FindAll(".num").Select(Words));
        Assert.Empty(shown.FindAll("header .count"));
    }

    [Fact]
    public void A_row_says_what_whither_how_much_since_when_and_what_it_answers()
    {
        var copy = Defence("static copy", [(MitigationState.Applied, -60)]);
        var wave = Wave(7, "dns-query-flood");
        (wave.Magnitude, wave.Unit, wave.MagnitudeKind, wave.MeasuredAt, wave.AdaptedToId) = (20e9, TrafficUnit.Bps, MagnitudeKind.Peak, "uplink", copy.Id);
        wave.Targets.AddRange(new[] { "a", "b", "c", "d" }.Select(n => Thing(n)).Select(a => new WaveTarget { AssetId = a.Id, Asset = a }));
        (wave.Notes, wave.Prefixes) = ("from everywhere", [new("203.0.113.0/24", 12)]);
        var row = Show([wave], [copy]).Find(".wave");
        Assert.Contains("Application L7 T1499.002 · a, b, c and 1 more · about 20 Gbit/s, peak (uplink) · since 11:00 · answers +static-copy", Words(row), StringComparison.Ordinal);
        Assert.Contains("12 addresses in 1 networks", Words(row.QuerySelector(".wavemore")!), StringComparison.Ordinal);
        Assert.Contains("wv-application", row.ClassList);
        Assert.Equal("1 h 00 min", Words(row.QuerySelector(".age")!));
    }

    [Theory]
    [InlineData(Precision.OrderOnly, Precision.OrderOnly, "when is not known")]
    [InlineData(Precision.OrderOnly, Precision.Exact, "till 11:30, start not known")]
    [InlineData(Precision.Exact, Precision.OrderOnly, "from 11:00, end not known")]
    [InlineData(Precision.About, Precision.Before, "about 11:00 to before 11:30")]
    public void What_is_not_known_of_its_days_is_said_so(Precision from, Precision to, string said)
    {
        var wave = Wave(1, to: -30);
        (wave.FromPrecision, wave.ToPrecision) = (from, to);
        if (from == Precision.OrderOnly) wave.FromAt = null;
        if (to == Precision.OrderOnly) wave.ToAt = null;
        Assert.Contains(said, Words(Show([wave]).Find(".wave .s")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Who_may_not_respond_sees_all_and_changes_nothing()
    {
        var shown = Show([Wave(1), Wave(2, to: -5)], mayRespond: false);
        Assert.NotEmpty(shown.FindAll(".wave"));
        Assert.Equal("1 over", Words(Assert.Single(shown.FindAll("button"))));
    }

    [Fact]
    public void Each_button_wishes_what_it_says()
    {
        var wishes = new List<WaveAct>();
        var shown = Show([Wave(1)], act: wishes.Add);
        for (var i = 0; i < shown.FindAll("button").Count; i++) shown.FindAll("button")[i].Click();
        Assert.Equal([WaveWish.Declare, WaveWish.Edit, WaveWish.Withdraw, WaveWish.End], wishes.Select(w => w.Wish));
    }

    [Theory]
    [InlineData(20e9, TrafficUnit.Bps, "en-US", "20 Gbit/s")]
    [InlineData(1.35e12, TrafficUnit.Bps, "es-MX", "1.35 Tbit/s")]
    [InlineData(1.2e6, TrafficUnit.Pps, "es-MX", "1.2 M paquetes/s")]
    [InlineData(450, TrafficUnit.Rps, "en-US", "450 requests/s")]
    [InlineData(12_000, TrafficUnit.Connections, "es-MX", "12,000 conexiones")]
    public void A_magnitude_is_in_the_readers_language(double value, TrafficUnit unit, string culture, string said)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(said, WaveText.Magnitude(value, unit, _context.Services.GetRequiredService<Say>()));
    }

    [Fact]
    public void What_was_not_touched_in_the_form_stays_as_it_was_to_the_second()
    {
        var wave = Wave(1);
        wave.FromAt = Noon.AddSeconds(-1234.5);
        (wave.Magnitude, wave.Unit, wave.MeasuredAt, wave.Prefixes) = (20_123_456_789, TrafficUnit.Bps, "uplink", [new("203.0.113.0/24", 12)]);
        var (form, before) = (new WaveForm(), WaveFacts.Of(wave));
        form.Fill(before, [], Noon, TimeZoneInfo.Utc, _context.Services.GetRequiredService<Say>());
        var read = form.Read(Noon, TimeZoneInfo.Utc).Value;
        Assert.Equal((before.From, before.Magnitude, before.Unit, null), (read.From, read.Magnitude, read.Unit, read.To));
        Assert.Equal(before.Prefixes, read.Prefixes);

        (form.IsOver, form.Magnitude, form.Unit) = (true, "45k", "rps");
        form.Folded = """{"addresses":3,"prefixes":"198.51.100.0/24=2 2001:db8::/48=1","lengthV4":24,"lengthV6":48,"linesWithout":[2],"without":1,"own":[]}""";
        read = form.Read(Noon, TimeZoneInfo.Utc).Value;
        Assert.Equal((OccurrenceTime.Exactly(Noon), 45e3, TrafficUnit.Rps), (read.To, read.Magnitude, read.Unit));
        Assert.Equal([new("198.51.100.0/24", 2), new("2001:db8::/48", 1)], read.Prefixes);
        foreach (var (folded, code) in new[] { (WaveForm.Pending, "Wave.SourcesPending"), (WaveForm.Failed, "Wave.SourcesFailed") })
        {
            form.Folded = folded;
            Assert.Equal(code, form.Read(Noon, TimeZoneInfo.Utc).Error!.Code);
        }
    }

    private static AttackWave Wave(int number, string vector = "udp-flood", double? to = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Number = number,
        Vector = vector,
        FromAt = Noon.AddMinutes(-60),
        ToAt = to is { } end ? Noon.AddMinutes(end) : null,
        ToPrecision = to is null ? null : Precision.Exact,
        CreatedByName = "Ana Ruiz",
    };

    private IRenderedComponent<WavesBeside> Show(AttackWave[] waves, Mitigation[]? mitigations = null, bool mayRespond = true, Action<WaveAct>? act = null) =>
        _context.Render<WavesBeside>(p => p.Add(u => u.Situation, Of(mitigations: mitigations) with { Waves = waves }).Add(u => u.Zone, TimeZoneInfo.Utc).Add(u => u.MayRespond, mayRespond).Add(u => u.Act, a => act?.Invoke(a)));

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
