using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace IncidentDesk.Browser.Tests;

internal static class Accessibility
{
    /// <summary>Axe finds no serious and no critical violation on the page as it is now.</summary>
    public static async Task HasNoSeriousViolationAsync(IPage page)
    {
        var result = await page.RunAxe();
        var violations = result.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(Describe).ToList();
        if (violations.Count > 0)
            Assert.Fail($"{page.Url}:\n{string.Join('\n', violations)}");
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Impact}: {violation.Help} ({violation.Id})\n  {string.Join("\n  ", violation.Nodes.Select(node => $"{node.Target} {node.Html}"))}";
}
