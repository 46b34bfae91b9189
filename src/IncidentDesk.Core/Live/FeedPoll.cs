using IncidentDesk.Attacks;
using IncidentDesk.Data;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentDesk.Live;

/// <summary>The guarantee behind the pushes: compares what was heard of with the database, once for all viewers, and says when the database does not answer.</summary>
public sealed class FeedPoll(DeskDatabase database, IncidentFeed feed, TimeProvider time, ILogger<FeedPoll> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IntervalWhenStale = TimeSpan.FromSeconds(1);

    // Everything that changed since is new to us; a little overlap covers commits that finish out of order.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private DateTime _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _seen = time.UtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = Interval;
            try
            {
                await PollAsync(stoppingToken);
                if (feed.StaleSince is not null) log.LiveAgain();
                feed.SetStale(null);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                next = IntervalWhenStale;
                if (feed.StaleSince is null) log.Stale(e, next.TotalSeconds);
                feed.SetStale(feed.StaleSince ?? time.UtcNow());
            }
            await Task.Delay(next, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One round. Throws when the database does not answer.</summary>
    internal async Task PollAsync(CancellationToken ct)
    {
        var from = _seen - Overlap;
        var now = time.UtcNow();
        // What is watched is compared by itself; the clock, another node's perhaps, only finds the others for the lists.
        var watched = feed.Watched.ToArray();
        await using var db = await database.OpenAsync(ct);
        db.Database.SetCommandTimeout(TimeSpan.FromSeconds(5));
        var changed = await db.Incidents.IgnoreQueryFilters().AsNoTracking()
            .Where(i => watched.Contains(i.Id) || i.ChangedAt >= from).Select(i => new { i.Id, i.LastSequence }).ToListAsync(ct);
        foreach (var incident in changed)
        {
            if (incident.LastSequence > feed.Latest(incident.Id)) feed.Hear(incident.Id, incident.LastSequence);
        }
        var measured = await db.TrafficBatches.IgnoreQueryFilters().Where(b => EF.Parameter(watched).Contains(b.IncidentId))
            .GroupBy(b => b.IncidentId).Select(g => new { Id = g.Key, Changes = g.Sum(b => b.WithdrawnAt == null ? 1 : 2) }).ToListAsync(ct);
        foreach (var incident in measured)
        {
            if (incident.Changes > feed.Latest(TrafficBatch.FeedId(incident.Id))) feed.Hear(TrafficBatch.FeedId(incident.Id), incident.Changes);
        }
        var written = await db.Postmortems.IgnoreQueryFilters().Where(p => EF.Parameter(watched).Contains(p.IncidentId)).Select(p => new { p.IncidentId, p.Changes }).ToListAsync(ct);
        foreach (var document in written)
        {
            if (document.Changes > feed.Latest(Postmortem.FeedId(document.IncidentId))) feed.Hear(Postmortem.FeedId(document.IncidentId), document.Changes);
        }
        _seen = now;
    }
}
