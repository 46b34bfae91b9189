using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>Takes a wrong batch of measurements out of the series as a whole. It stays in the record, with who withdrew it and when.</summary>
public sealed class WithdrawTraffic(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    public sealed record Command(string IncidentKey, Guid BatchId);

    /// <returns>The batch; one that was withdrawn before as it was then.</returns>
    public async Task<Result<TrafficBatch>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, command.IncidentKey, ct)).TryGet(out var entered, out var error)) return error;
        var (member, incidentId) = entered;
        if (!member.Role.MayRespond()) return new Forbidden("Traffic.MayNotRecord");

        TrafficBatch? batch;
        int changes;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            var now = time.UtcNow();
            await database.ReserveSequencesAsync(db, incidentId, 0, now, ct);
            // Behind the lock: the incident may have been restricted while we waited.
            batch = await db.TrafficBatches.FirstOrDefaultAsync(b => b.Id == command.BatchId && b.IncidentId == incidentId, ct);
            if (batch is null) return new NotFound("Traffic.NotFound", command.BatchId);
            if (batch.WithdrawnAt is not null) return batch;

            (batch.WithdrawnAt, batch.WithdrawnByName) = (now, member.Name);
            await db.SaveChangesAsync(ct);
            changes = await TrafficBatch.ChangesAsync(db, incidentId, ct);
            await transaction.CommitAsync();
        }
        feed.Publish(TrafficBatch.FeedId(incidentId), changes);
        return batch;
    }
}
