using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace IncidentDesk.Browser.Tests;

internal static class Accessibility
{
    // Two rules make axe copy all style sheets into inline styles, which the desk's policy refuses; no page turns itself or plays sound.
    private static readonly AxeRunOptions Options = new()
    {
        Rules = new() { ["css-orientation-lock"] = new RuleOptions { Enabled = false }, ["no-autoplay-audio"] = new RuleOptions { Enabled = false } },
    };

    /// <summary>Axe finds no serious and no critical violation on the page as it is now.</summary>
    /// <param name="page">As it is now.</param>
    /// <param name="what">Names the page in a failure; its address when left out.</param>
    public static async Task HasNoSeriousViolationAsync(IPage page, string? what = null)
    {
        var result = await page.RunAxe(Options);
        var violations = result.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(Describe).ToList();
        if (violations.Count > 0)
            Assert.Fail($"{what ?? page.Url}:\n{string.Join('\n', violations)}");
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Impact}: {violation.Help} ({violation.Id})\n  {string.Join("\n  ", violation.Nodes.Select(node => $"{node.Target} {node.Html}"))}";
}
