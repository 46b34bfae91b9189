using System.Diagnostics;
using Microsoft.Playwright;

namespace IncidentDesk.Benchmarks;

/// <summary>From an entry's first byte to the row in another browser's DOM.</summary>
internal static class Pushing
{
    private const int Entries = 120;

    private const string Observe = """
        () => {
          window.seen = {};
          new MutationObserver(changes => {
            const now = performance.timeOrigin + performance.now();
            for (const change of changes) for (const node of change.addedNodes) {
              if (node.nodeType !== 1) continue;
              for (const row of [node, ...node.querySelectorAll("[data-entry-id]")]) {
                const id = row.getAttribute("data-entry-id");
                if (id && !(id in window.seen)) window.seen[id] = now;
              }
            }
          }).observe(document.body, { childList: true, subtree: true });
        }
        """;

    /// <param name="watched">The node whose pages are looked at; the same as <paramref name="written"/> for one node.</param>
    public static async Task MeasureAsync(Report report, string nodes, Browsers browsers, Desk written, Desk watched)
    {
        var key = await written.DeclareAsync($"Pushed over {nodes}");
        var contexts = new List<IBrowserContext>();
        var pages = new List<(IPage Page, double Offset)>();
        for (var i = 0; i < 2; i++)
        {
            var context = await browsers.SignInAsync(watched);
            contexts.Add(context);
            var page = await context.NewPageAsync();
            await Browsers.GotoInteractiveAsync(page, $"/incidents/{key}");
            await page.EvaluateAsync(Observe);
            pages.Add((page, await ClockOffsetAsync(page)));
        }
        await using var follower = await HubFollower.FollowAsync(watched, key, 0);

        var sent = new Dictionary<Guid, long>();
        var toAnswer = new List<double>();
        var pause = new Random(1);
        for (var i = 0; i < Entries; i++)
        {
            var (entryId, sentAt) = await Appending.AppendOneAsync(written.Api, key, i);
            toAnswer.Add(Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds);
            sent[entryId] = sentAt;
            // Longer than the feed's coalescing, and not in step with it: each entry is a push of its own.
            await Task.Delay(pause.Next(160, 260));
        }
        await Task.Delay(1000);

        var hub = Samples.Of(sent.Where(s => follower.Arrivals.ContainsKey(s.Key)).Select(s => Stopwatch.GetElapsedTime(s.Value, follower.Arrivals[s.Key]).TotalMilliseconds));
        var dom = new List<double>();
        foreach (var (page, offset) in pages)
        {
            var seen = await page.EvaluateAsync<Dictionary<string, double>>("() => window.seen");
            dom.AddRange(sent.Where(s => seen.ContainsKey(s.Key.ToString())).Select(s => seen[s.Key.ToString()] - offset - ToMilliseconds(s.Value)));
        }
        foreach (var context in contexts) await context.DisposeAsync();

        report.Time($"answer to who logs, {nodes}, two pages watching", Samples.Of(toAnswer));
        report.Time($"entry → another browser's DOM, {nodes}", Samples.Of(dom), hub, most: 1.5, against: "a bare hub follower", holds: dom.Count == 2 * Entries);
        if (dom.Count != 2 * Entries) report.Note($"{nodes}: {(2 * Entries) - dom.Count} of {2 * Entries} rows were not seen in the DOM");
    }

    /// <summary>What the page's clock shows more than ours, in milliseconds: the best of several questions.</summary>
    private static async Task<double> ClockOffsetAsync(IPage page)
    {
        var (best, offset) = (double.MaxValue, 0.0);
        for (var i = 0; i < 30; i++)
        {
            var before = Stopwatch.GetTimestamp();
            var theirs = await page.EvaluateAsync<double>("() => performance.timeOrigin + performance.now()");
            var took = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
            if (took >= best) continue;
            (best, offset) = (took, theirs - ToMilliseconds(before) - (took / 2));
        }
        return offset;
    }

    private static double ToMilliseconds(long timestamp) => timestamp * 1000.0 / Stopwatch.Frequency;
}
