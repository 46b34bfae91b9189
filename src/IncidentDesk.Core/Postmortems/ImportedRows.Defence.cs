using IncidentDesk.Attacks;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

internal sealed partial class ImportedRows
{
    /// <param name="sequence">Of the entry that says that the document was imported.</param>
    public void Impacts(long sequence)
    {
        foreach (var from in Record.Impacts)
        {
            var (id, asset) = (Id("impact", from.Id), _assets[from.AssetId].Id);
            Impact Row(int revision, OccurrenceTime? to, DateTime recordedAt) => new()
            {
                RowId = Id("impact-row", $"{from.Id} {revision}"),
                ImpactId = id,
                Revision = revision,
                IncidentId = incidentId,
                AssetId = asset,
                State = from.State,
                Cause = from.Cause,
                FromAt = from.From.At,
                FromPrecision = from.From.Precision,
                ToAt = to?.At,
                ToPrecision = to?.Precision,
                Evidence = from.Evidence,
                Sequence = sequence,
                RecordedAt = recordedAt,
                RecordedById = importer.AuthorId,
                RecordedByName = importer.Name,
            };
            // When its start and its end became known are two rows here as they were there.
            db.Impacts.Add(Row(1, from.KnownFrom == from.KnownTo ? from.To : null, from.KnownFrom));
            if (from.KnownFrom != from.KnownTo) db.Impacts.Add(Row(2, from.To, from.KnownTo));
        }
    }

    public async Task MitigationsAsync(CancellationToken ct)
    {
        var folded = Record.Mitigations.Select(m => Folding.Fold(m.Name)).ToList();
        var taken = (await db.Mitigations.IgnoreQueryFilters().Where(m => EF.Parameter(folded).Contains(m.FoldedName)).Select(m => m.FoldedName).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        foreach (var from in Record.Mitigations)
        {
            var id = _mitigations[from.Id] = Id("mitigation", from.Id);
            // Another defence has its name here.
            var name = taken.Contains(Folding.Fold(from.Name)) ? $"{from.Name[..Math.Min(from.Name.Length, Mitigation.MaxNameLength - 9)]}-{id.ToString("N")[..8]}" : from.Name;
            var mitigation = new Mitigation
            {
                Id = id,
                Name = name,
                FoldedName = Folding.Fold(name),
                Title = from.Title,
                Kind = from.Kind,
                Actor = from.Actor,
                State = from.State,
                AppliedBy = from.AppliedBy,
                Command = from.Command,
                Revert = from.Revert,
                ExpectedEffect = from.ExpectedEffect,
                SideEffects = from.SideEffects,
                VerdictReason = from.VerdictReason,
                AskedAt = from.AskedAt,
                AskedWhom = from.AskedWhom,
                Ticket = from.Ticket,
                AnsweredAt = from.AnsweredAt,
                Answer = from.Answer,
                CreatedAt = from.CreatedAt,
            };
            mitigation.Steps.AddRange(from.Steps.DistinctBy(s => s.Number).Select(s => new MitigationStep { MitigationId = id, Number = s.Number, State = s.State, At = s.When.At, Precision = s.When.Precision, RecordedAt = s.RecordedAt, ByName = s.ByName, Reason = s.Reason }));
            mitigation.Scope.AddRange(from.Scope.Distinct().Select(a => new MitigationScope { MitigationId = id, AssetId = _assets[a].Id }));
            mitigation.Incidents.Add(new IncidentMitigation { IncidentId = incidentId, MitigationId = id });
            db.Mitigations.Add(mitigation);
        }
    }

    public void Waves()
    {
        foreach (var from in Record.Waves)
        {
            var id = Id("wave", from.Id);
            var wave = new AttackWave
            {
                Id = id,
                IncidentId = incidentId,
                Number = from.Number,
                Vector = from.Vector,
                FromAt = from.From.At,
                FromPrecision = from.From.Precision,
                ToAt = from.To?.At,
                ToPrecision = from.To?.Precision,
                Magnitude = from.Magnitude,
                Unit = from.Unit,
                MagnitudeKind = from.MagnitudeKind,
                MeasuredAt = from.MeasuredAt,
                Signature = from.Signature,
                Notes = from.Notes,
                Countries = [.. from.Countries],
                Networks = [.. from.Networks],
                Prefixes = from.Prefixes.Count == 0 ? null : from.Prefixes,
                AdaptedToId = from.AdaptedTo is { } answered ? _mitigations[answered] : null,
                CreatedAt = from.CreatedAt,
                CreatedById = importer.AuthorId,
                CreatedByName = importer.Name,
            };
            wave.Targets.AddRange(from.Targets.Distinct().Select(a => new WaveTarget { WaveId = id, AssetId = _assets[a].Id }));
            wave.Defences.AddRange(from.Defences.Distinct().Select(m => new WaveDefence { WaveId = id, MitigationId = _mitigations[m] }));
            db.AttackWaves.Add(wave);
        }
    }

    /// <summary>A point that stands for several samples comes as its highest: the peak is what is asked for.</summary>
    public void Traffic()
    {
        var number = 0;
        foreach (var (series, points) in Record.Traffic.SelectMany(s => s.Points.DistinctBy(p => p.At).Chunk(TrafficBatch.MaxSamples), (s, chunk) => (s, chunk)))
        {
            var batch = new TrafficBatch
            {
                Id = Id("batch", ++number),
                IncidentId = incidentId,
                Unit = series.Unit,
                MeasuredAt = series.MeasuredAt,
                FoldedMeasuredAt = Folding.Fold(series.MeasuredAt),
                Samples = points.Length,
                FromAt = points.Min(p => p.At),
                ToAt = points.Max(p => p.At),
                Number = number,
                RecordedAt = now,
                RecordedById = importer.Id,
                RecordedByName = importer.Name,
            };
            db.TrafficBatches.Add(batch);
            db.TrafficSamples.AddRange(points.Select(p => new TrafficSample { BatchId = batch.Id, At = p.At, Value = p.Most }));
        }
    }

    public Error? FollowUps()
    {
        foreach (var (from, place) in Record.FollowUps.Select((f, i) => (f, i)))
        {
            // It becomes a link on the page.
            if (from.Tracker.Length > 0 && FollowUpFacts.CheckTracker("Content", from.Tracker) is { } error) return error;
            db.FollowUps.Add(new FollowUp
            {
                // In their order, which the file has without its times.
                Id = Id("follow-up", from.Id),
                IncidentId = incidentId,
                Action = from.Action,
                OwnerId = from.OwnerName is { } owner ? PersonOf(owner) : null,
                DueOn = from.DueOn,
                State = from.State,
                Outcome = from.Outcome,
                Tracker = from.Tracker,
                CreatedAt = now.AddMicroseconds(place),
                ClosedAt = from.State == FollowUpState.Open ? null : now,
            });
        }
        return null;
    }
}
