using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using IncidentDesk.Incidents;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Postmortems;
using IncidentDesk.Web.Texts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using Visibility = IncidentDesk.Timeline.Visibility;

namespace IncidentDesk.Web.Tests.Components;

public sealed class SectionMarkdownTests : IDisposable
{
    private static readonly Guid Picture = new("01990000-0000-7000-8000-000000000001");

    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddDeskLanguages().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Fields_in_a_line_become_their_values_and_what_is_not_known_says_so()
    {
        var shown = Show("{{key}} took {{ttr}}, {{ttd}} of it unseen. {{nonsense}} and `{{key}}`");

        Assert.Equal(["INC-2026-001", "2 h 00 min", "unknown (“Detected” is not recorded)"], shown.QuerySelectorAll(".fieldvalue").Select(v => v.TextContent));
        Assert.Equal("{{nonsense}}", shown.QuerySelector("mark.unknown")!.TextContent);
        Assert.Equal("{{key}}", shown.QuerySelector("code")!.TextContent);
    }

    [Fact]
    public void Blocks_stand_alone_and_entries_and_files_are_shown_as_they_are()
    {
        var shown = Show($"Before\n\n{{{{entry 7}}}}\n\n{{{{file {Picture}}}}}\n\n{{{{waves}}}}\n\n{{{{timeline}}}}\n\n{{{{entry 99}}}}");

        Assert.Contains("doubled", shown.QuerySelector("blockquote.fieldentry strong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/api/v1/incidents/INC-2026-001/attachments/{Picture}", shown.QuerySelector("figure img")!.GetAttribute("src"));
        Assert.Equal("The \"graph\"", shown.QuerySelector("figure img")!.GetAttribute("alt"));
        Assert.Equal("Waves 0", shown.QuerySelector(".fieldblock")!.TextContent);
        Assert.Single(shown.QuerySelectorAll(".fieldlog li"));
        Assert.Equal("{{entry 99}}", shown.QuerySelector("mark.unknown")!.TextContent);
    }

    [Theory]
    [InlineData("<script>alert(1)</script> {{entry 7}}")]
    [InlineData("[x](javascript:alert(1)) {{<img src=x onerror=alert(1)>}}")]
    [InlineData("\uE0000\uE001 {{nonsense <b>x</b>}}")]
    public void Nothing_that_is_typed_becomes_a_script(string body)
    {
        var shown = Show(body);
        Assert.Empty(shown.QuerySelectorAll("script, [onerror], b, a[href^=javascript]"));
    }

    private IElement Show(string body)
    {
        var html = SectionMarkdown.Render(body, Record(), "INC-2026-001", TimeZoneInfo.Utc, _services.GetRequiredService<Say>()).Value;
        return new HtmlParser().ParseDocument($"<main>{html}</main>").QuerySelector("main")!;
    }

    private static DocumentRecord Record() => new()
    {
        Kind = DocumentKind.Postmortem,
        Audience = Audience.Internal,
        Title = "Flood",
        Language = "en",
        MadeAt = Entries.Noon,
        Incident = new("INC-2026-001", "Flood", Severity.Sev2, IncidentStatus.Closed, Tlp.Amber, "UTC", Entries.Noon,
            [new(MilestoneKind.ImpactStarted, OccurrenceTime.Exactly(Entries.Noon.AddHours(-2))), new(MilestoneKind.Resolved, OccurrenceTime.Exactly(Entries.Noon))], []),
        Entries = [new(7, 1, OccurrenceTime.Exactly(Entries.Noon), Entries.Noon, Entries.Noon, "Ana", EntryKind.Note, "Traffic **doubled** <b>", Visibility.Internal, true, true, null)],
        Files = [new(Picture, "graph.png", "image/png", 10, "", Visibility.Internal, "The \"graph\"", Entries.Noon)],
    };
}
