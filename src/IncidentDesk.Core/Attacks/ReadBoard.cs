using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Attacks;

/// <summary>Reads what the adaptation board is drawn from.</summary>
public sealed class ReadBoard(FindIncidents find, LiveTimeline live, LiveSituation situations, LiveTraffic traffic, IncidentFeed feed, TimeProvider time)
{
    /// <summary>More rows of the log than this are not looked at one by one.</summary>
    private const int MostRows = 2 * ReadTimeline.MaxPage;

    /// <param name="Sequence">Of the newest row of the log that was looked at.</param>
    /// <param name="Measured">How far the feed of the measurements was.</param>
    /// <param name="Traffic">As <see cref="LiveTraffic.WholeAsync"/> gives it, the same for all who watch.</param>
    public sealed record Facts(Incident Incident, Situation Situation, IReadOnlyList<ReadTimeline.KeyEvent> KeyEvents, IReadOnlyList<TrafficSeries> Traffic, long Sequence, long Measured)
    {
        /// <param name="now">UTC.</param>
        public AdaptationBoard Board(DateTime now) => AdaptationBoard.Of(Situation, KeyEvents, Traffic, Incident.Status is IncidentStatus.Resolved or IncidentStatus.Closed, now);
    }

    public async Task<Result<Facts>> HandleAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        if (!(await find.ByKeyAsync(incidentKey, actor, ct)).TryGet(out var incident, out var error)) return error;
        return await ReadAsync(incident, ct);
    }

    /// <summary>What came since, for a board that is open: read anew only where something changed.</summary>
    /// <returns><see cref="NotFound"/> when the reader may not see the incident any more.</returns>
    public async Task<Result<Facts>> AgainAsync(Facts known, Actor actor, CancellationToken ct)
    {
        var latest = feed.Latest(known.Incident.Id);
        if (!(await live.IncidentAsync(known.Incident, latest, actor, ct)).TryGet(out var incident, out var error)) return error;
        var (sequence, changed) = (known.Sequence, latest - known.Sequence > MostRows);
        while (!changed && await live.AfterAsync(incident.Id, sequence, ct) is { Count: > 0 } rows)
        {
            sequence = rows[^1].Sequence;
            changed = rows.Any(LiveSituation.IsChangedBy);
        }
        if (changed) sequence = Math.Max(sequence, latest);
        var situation = await situations.ReadAsync(incident.Id, changed ? sequence : known.Situation.Sequence, ct);
        var keyEvents = sequence > known.Sequence ? (await live.SummaryAsync(incident.Id, sequence, ct)).KeyEvents : known.KeyEvents;
        var measured = feed.Latest(TrafficBatch.FeedId(incident.Id));
        return new Facts(incident, situation, keyEvents, measured == known.Measured ? known.Traffic : await traffic.WholeAsync(incident.Id, ct), sequence, measured);
    }

    /// <summary>Now, UTC.</summary>
    public DateTime Now => time.UtcNow();

    private async Task<Facts> ReadAsync(Incident incident, CancellationToken ct)
    {
        var measured = feed.Latest(TrafficBatch.FeedId(incident.Id));
        var situation = await situations.ReadAsync(incident.Id, incident.LastSequence, ct);
        var summary = await live.SummaryAsync(incident.Id, incident.LastSequence, ct);
        return new(incident, situation, summary.KeyEvents, await traffic.WholeAsync(incident.Id, ct), incident.LastSequence, measured);
    }
}
