using AngleSharp.Dom;
using Bunit;
using IncidentDesk.History;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Incidents;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static IncidentDesk.Web.Tests.Components.Entries;

namespace IncidentDesk.Web.Tests.Components;

public sealed class IncidentListTests : IDisposable
{
    private readonly BunitContext _context = new();

    public IncidentListTests() => _context.Services.AddDeskLanguages().AddSingleton<TimeProvider>(new NoonClock());

    public void Dispose() => _context.Dispose();

    [Fact]
    public void A_row_marks_what_was_looked_for_and_shows_markup_as_text()
    {
        var (incident, looked) = (New("SYN <i>flood</i>"), SearchText.Parse("flood"));
        SearchIncidents.Hit[] hits = [new(SearchKind.Title, incident.Id, 0, Noon, "INC-2026-001 SYN <i>flood</i>"), new(SearchKind.Entry, incident.Id, 7, Noon, "<script>flood</script>"), new(SearchKind.Mitigation, Guid.Parse("01990000-0000-7000-8000-0000000000c1"), 0, Noon, "Flooded")];
        var row = Row(incident, null, new(incident, 5, hits), looked);
        Assert.Equal("SYN <i>flood</i>", row.QuerySelector("a.ttl")!.TextContent);
        Assert.Equal("flood", row.QuerySelector("a.ttl mark")!.TextContent);
        Assert.Empty(row.QuerySelectorAll("i, script"));
        Assert.Equal(["/incidents/INC-2026-001?entry=7", "/mitigations/01990000-0000-7000-8000-0000000000c1"], row.QuerySelectorAll(".hits a").Select(a => a.GetAttribute("href")));
        Assert.Equal("<script>flood</script>", row.QuerySelector(".hits .snip")!.TextContent.Trim());
        Assert.Contains("2 more", row.QuerySelector(".hits li.q")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_says_what_is_known_of_the_attack_and_names_what_is_not()
    {
        var count = new Affected.Count(3, 2, 33, 850, new Dictionary<ImpactCause, int>());
        var row = Row(New("x"), new(["http-get-flood", "dns-query-flood"], ["www", "ns1", "ns2"], 43, 5, 1, count, [new(Noon.AddHours(-1), count)]));
        Assert.Equal("HTTP GET flood, DNS query flood; www, ns1, ns2 and 40 more; 5 defences, 1 overdue", string.Join(' ', row.QuerySelector(".sub")!.TextContent.Replace("INC-2026-001", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal));
        Assert.StartsWith("33", row.QuerySelector(".mb")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.NotNull(row.QuerySelector("svg.spark[aria-label]"));

        var bare = Row(New("x"), new([], [], 0, 0, 0, null, []));
        Assert.Contains("Vector not known", bare.QuerySelector(".sub")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, bare.QuerySelectorAll(".mb .unknown, .ph-no .unknown").Length);
    }

    [Fact]
    public void Where_nothing_is_found_the_page_says_what_was_asked()
    {
        var page = _context.Render<NothingFound>(p => p.Add(n => n.Filter, IncidentFilter.Read("?q=%3Cb%3E&severity=SEV1&vector=memcached-amplification&year=2013")));
        Assert.Contains("“<b>”, SEV1, memcached amplification (UDP 11211), 2013", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("/", page.Find("a.btn").GetAttribute("href"));
        Assert.Empty(_context.Render<NothingFound>(p => p.Add(n => n.Filter, IncidentFilter.None)).FindAll("a.btn"));
    }

    [Fact]
    public void A_facet_says_what_is_chosen_and_each_choice_is_an_address()
    {
        FacetMenu.Option[] options = [new("SEV1", 3, true, "/incidents"), new("SEV2", 0, false, "/incidents?severity=SEV1,SEV2")];
        var menu = _context.Render<FacetMenu>(p => p.Add(m => m.Label, "Severity").Add(m => m.Options, options));
        Assert.Equal("Severity: SEV1", menu.Find("summary").TextContent.Trim());
        Assert.Equal([("/incidents", "true"), ("/incidents?severity=SEV1,SEV2", null)], menu.FindAll("a").Select(a => (a.GetAttribute("href"), a.GetAttribute("aria-current"))));
        Assert.Empty(menu.FindAll("input"));
    }

    [Fact]
    public void The_small_picture_ends_now_while_the_incident_is_open_and_with_its_last_step_afterwards()
    {
        Affected.Step Step(int minutes, int members) => new(Noon.AddMinutes(minutes), new Affected.Count(0, 0, members, 100, new Dictionary<ImpactCause, int>()));
        var course = new[] { Step(0, 50), Step(30, 0) };
        var open = ShareSparkline.Of(course, isOver: false, Noon.AddMinutes(60))!;
        Assert.Equal("0,21 0,21 0,11.5 48,11.5 48,21 96,21", string.Join(" ", open.Line.Split(" ").Distinct(StringComparer.Ordinal).Prepend("0,21")));
        Assert.Equal((0.5, 0), (open.Worst, open.Last));
        Assert.EndsWith("96,11.5 96,21 96,21", ShareSparkline.Of(course, isOver: true, Noon.AddDays(9))!.Line, StringComparison.Ordinal);
        Assert.Null(ShareSparkline.Of([], isOver: true, Noon));
        Assert.True(ShareSparkline.Of([.. Enumerable.Range(0, 5000).Select(n => Step(n, n % 100))], isOver: true, Noon)!.Line.Split(' ').Length < 400);
    }

    private static Incident New(string title) => new() { Id = Guid.CreateVersion7(), Key = "INC-2026-001", Title = title, TimeZone = "UTC", Severity = Severity.Sev2, ChangedAt = Noon, DeclaredAt = Noon };

    private IElement Row(Incident incident, SummariseIncidents.Summary? summary, SearchIncidents.Match? match = null, SearchText? looked = null)
    {
        var table = _context.Render(builder =>
        {
            builder.OpenElement(0, "table");
            builder.OpenElement(1, "tbody");
            builder.OpenComponent<IncidentRow>(2);
            builder.AddComponentParameter(3, nameof(IncidentRow.Incident), incident);
            builder.AddComponentParameter(4, nameof(IncidentRow.Summary), summary);
            builder.AddComponentParameter(5, nameof(IncidentRow.Match), match);
            builder.AddComponentParameter(6, nameof(IncidentRow.Looked), looked);
            builder.CloseComponent();
            builder.CloseElement();
            builder.CloseElement();
        });
        return table.Find("tr");
    }
}
