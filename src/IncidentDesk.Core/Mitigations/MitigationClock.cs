using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentDesk.Mitigations;

/// <summary>Reminds of mitigations whose review is overdue, and ends those whose time is over.</summary>
/// <remarks>Each act is done behind the incidents' locks and only when it is still due: several nodes, or one that comes back, do it once.</remarks>
public sealed class MitigationClock(DeskDatabase database, IncidentWriter writer, TimeProvider time, ILogger<MitigationClock> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly MitigationState[] MayExpire = [.. Enum.GetValues<MitigationState>().Where(s => s.Next().Contains(MitigationState.Expired))];
    private static readonly MitigationState[] Open = [.. Enum.GetValues<MitigationState>().Where(s => s.IsOpen())];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.ClockFailed(e.Message);
            }
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One round.</summary>
    internal async Task RunAsync(CancellationToken ct)
    {
        var now = time.UtcNow();
        List<Guid> due;
        await using (var db = await database.OpenAsync(ct))
        {
            db.EnterAsDesk();
            due = await db.Mitigations.Where(m =>
                (m.ReviewBy <= now && (m.RemindedOf == null || m.RemindedOf != m.ReviewBy) && Open.Contains(m.State)) || (m.ExpiresAt <= now && MayExpire.Contains(m.State))).Select(m => m.Id).ToListAsync(ct);
        }
        foreach (var id in due)
        {
            try
            {
                var done = await writer.RecordAsync(null, MitigationQueries.IncidentsOf(id, ct), recording => ActAsync(recording, id, ct), ct);
                if (done.Error is { } error) log.ClockFailed(error.Code);
            }
            catch (DbUpdateException e)
            {
                // One that cannot be done now does not keep the others waiting.
                log.ClockFailed(e.Message);
            }
        }
    }

    private static async Task<Result<Done>> ActAsync(IncidentWriter.Recording recording, Guid id, CancellationToken ct)
    {
        var mitigation = await recording.Db.MitigationAsync(id, ct);
        var now = OccurrenceTime.Exactly(recording.Now);
        if (mitigation.ExpiresAt is { } end && end <= recording.Now && MayExpire.Contains(mitigation.State))
        {
            var from = mitigation.State;
            (mitigation.ReviewBy, mitigation.ExpiresAt) = (null, null);
            mitigation.Version++;
            recording.Move(mitigation, from, MitigationState.Expired, OccurrenceTime.Exactly(end), "");
            return Done.Value;
        }
        if (mitigation.ReviewBy is { } review && review <= recording.Now && mitigation.RemindedOf != review && mitigation.State.IsOpen())
        {
            mitigation.RemindedOf = review;
            recording.LogInEach(() => MitigationQueries.Draft(mitigation, new EntryChange.MitigationOverdue(mitigation.Name, mitigation.Title, review), now));
        }
        return Done.Value;
    }
}

internal static partial class ClockLog
{
    [LoggerMessage(121, LogLevel.Warning, "Reminders and expiries of mitigations were not done now ({Reason}); they are tried again.")]
    public static partial void ClockFailed(this ILogger log, string reason);
}
