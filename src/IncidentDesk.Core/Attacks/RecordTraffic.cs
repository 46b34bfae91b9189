using IncidentDesk.Data;
using IncidentDesk.Import;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>Records what was measured, as one batch for each place and unit. No entry is logged: machines measure every minute.</summary>
public sealed class RecordTraffic(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    /// <param name="At">UTC.</param>
    /// <param name="Value">Zero or more.</param>
    public sealed record Sample(DateTime At, double Value);

    /// <param name="MeasuredAt">Empty when nobody said where.</param>
    public sealed record Series(TrafficUnit Unit, string? MeasuredAt, IReadOnlyList<Sample> Samples);

    /// <param name="Id">Of the first batch, made by the client; the same again is answered with what it recorded first.</param>
    /// <param name="IsTimedByDesk">The sender gave no times: a repeat has another now and is the same all the same.</param>
    public sealed record Command(string IncidentKey, Guid Id, IReadOnlyList<Series> Series, bool IsTimedByDesk = false);

    /// <returns>The batches in the order of the series; <c>Traffic.NotAValue</c> and <c>Traffic.TwiceAtOnce</c> name the place in the series, from 1.</returns>
    public async Task<Result<IReadOnlyList<TrafficBatch>>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, command.IncidentKey, ct)).TryGet(out var entered, out var error)) return error;
        var (member, incidentId) = entered;
        if (!member.Role.MayRespond()) return new Forbidden("Traffic.MayNotRecord");

        if (command.Id == Guid.Empty) return new Invalid(nameof(command.Id), "Traffic.IdMissing");
        if (command.Series.Count == 0 || command.Series.Any(s => s.Samples.Count == 0)) return new Invalid("Samples", "Traffic.Empty");
        var count = command.Series.Sum(s => s.Samples.Count);
        if (count > TrafficBatch.MaxSamples) return new Invalid("Samples", "Traffic.TooMany", count, TrafficBatch.MaxSamples);
        var now = time.UtcNow();
        var (batches, samples) = (new List<TrafficBatch>(), new List<TrafficSample>());
        foreach (var series in command.Series)
        {
            if (!TrafficRules.Check(series, now).TryGet(out var read, out error)) return error;
            var batch = new TrafficBatch
            {
                Id = ImportIds.OfSeries(command.Id, batches.Count),
                IncidentId = incidentId,
                Unit = series.Unit,
                MeasuredAt = read.MeasuredAt,
                FoldedMeasuredAt = Folding.Fold(read.MeasuredAt),
                Samples = read.Samples.Count,
                FromAt = read.Samples.Keys.Min(),
                ToAt = read.Samples.Keys.Max(),
                RecordedAt = now,
                RecordedById = member.Id,
                RecordedByName = member.Name,
            };
            batches.Add(batch);
            samples.AddRange(read.Samples.Select(s => new TrafficSample { BatchId = batch.Id, At = s.Key, Value = s.Value }));
        }
        return await WriteAsync(db, command, batches, samples, ct);
    }

    private async Task<Result<IReadOnlyList<TrafficBatch>>> WriteAsync(DeskContext db, Command command, List<TrafficBatch> batches, List<TrafficSample> samples, CancellationToken ct)
    {
        var (incidentId, changes) = (batches[0].IncidentId, 0);
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            await database.ReserveSequencesAsync(db, incidentId, 0, batches[0].RecordedAt, ct);
            // Restricted while we waited for the lock.
            if (!await db.Incidents.AnyAsync(i => i.Id == incidentId, ct)) return new NotFound("Incident.NotFound", command.IncidentKey);

            Guid[] ids = [.. batches.Select(b => b.Id)];
            // Of any incident, whoever may see it: an id is taken or it is not.
            var earlier = await db.TrafficBatches.IgnoreQueryFilters().AsNoTracking().Where(b => ids.Contains(b.Id)).OrderBy(b => b.Number).ToListAsync(ct);
            if (earlier.Count > 0) return earlier.Count == ids.Length && earlier.Zip(batches).All(b => IsSame(b.First, b.Second, command.IsTimedByDesk)) ? Result<IReadOnlyList<TrafficBatch>>.Ok(earlier) : new Invalid("Id", "Traffic.IdTaken");

            var standing = db.TrafficBatches.Where(b => b.IncidentId == incidentId);
            if (await standing.SumAsync(b => b.Samples, ct) + samples.Count > TrafficBatch.MaxSamplesOfIncident) return new Invalid(null, "Traffic.NoRoom", TrafficBatch.MaxSamplesOfIncident);
            var known = await standing.Where(b => b.WithdrawnAt == null).Select(b => new { b.Unit, b.FoldedMeasuredAt }).Distinct().ToListAsync(ct);
            if (known.Select(k => (k.Unit, k.FoldedMeasuredAt)).Union(batches.Select(b => (b.Unit, b.FoldedMeasuredAt))).Count() > TrafficBatch.MaxSeriesOfIncident)
                return new Invalid("MeasuredAt", "Traffic.TooManySeries", TrafficBatch.MaxSeriesOfIncident);
            var number = await standing.MaxAsync(b => (int?)b.Number, ct) ?? 0;
            foreach (var batch in batches) batch.Number = ++number;

            db.TrafficBatches.AddRange(batches);
            db.TrafficSamples.AddRange(samples);
            await db.SaveChangesAsync(ct);
            changes = await TrafficBatch.ChangesAsync(db, incidentId, ct);
            await transaction.CommitAsync();
        }
        feed.Publish(TrafficBatch.FeedId(incidentId), changes);
        return Result<IReadOnlyList<TrafficBatch>>.Ok(batches);
    }

    private static bool IsSame(TrafficBatch a, TrafficBatch b, bool atAnyTime) =>
        (a.Id, a.IncidentId, a.RecordedById, a.Unit, a.FoldedMeasuredAt, a.Samples) == (b.Id, b.IncidentId, b.RecordedById, b.Unit, b.FoldedMeasuredAt, b.Samples)
        && (atAnyTime || (a.FromAt, a.ToAt) == (b.FromAt, b.ToAt));
}
