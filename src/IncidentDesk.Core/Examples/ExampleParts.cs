using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Examples;

/// <summary>The impacts, defences and waves of an example. What was loaded once is left as people have made it.</summary>
public sealed class ExampleParts(IncidentWriter writer)
{
    internal async Task<Error?> MarkAsync(string incidentKey, IReadOnlyList<ExampleImpact> impacts, Actor actor, CancellationToken ct)
    {
        foreach (var impact in impacts)
        {
            // Marked and over in one transaction, so that a load that is cut off leaves none that seems to go on.
            var marked = await writer.RecordAsync<Done>(actor, IncidentWriter.Of(incidentKey, ct), async recording =>
            {
                var db = recording.Db;
                if (await db.Impacts.AnyAsync(i => i.ImpactId == impact.Id, ct)) return Done.Value;
                var names = impact.Behind.Append(impact.Asset).Select(Folding.Fold).ToList();
                var ids = await db.Assets.Where(a => names.Contains(a.FoldedName) && a.RetiredAt == null).ToDictionaryAsync(a => a.FoldedName, a => a.Id, StringComparer.Ordinal, ct);
                // Somebody has made another inventory of the example's.
                if (ids.Count != names.Count) return Done.Value;

                var mark = new MarkImpact.Command(
                    impact.Id, incidentKey, ids[Folding.Fold(impact.Asset)], impact.State, impact.Cause, impact.From, impact.Evidence,
                    [.. impact.Behind.Select(name => ids[Folding.Fold(name)])], impact.BehindState);
                if ((await MarkImpact.MarkAsync(recording, mark, ct)).Error is { } notMarked) return notMarked;
                await db.SaveChangesAsync(ct);
                var ended = await EndImpact.EndAsync(recording, new(incidentKey, mark.AssetId, impact.To), ct);
                return ended.Error is { } notEnded ? notEnded : Done.Value;
            }, ct);
            if (marked.Error is { } error) return error;
        }
        return null;
    }

    internal async Task<Error?> DefendAsync(string incidentKey, IReadOnlyList<ExampleDefence> defences, Actor actor, CancellationToken ct)
    {
        foreach (var defence in defences)
        {
            var added = await writer.RecordAsync<Done>(actor, IncidentWriter.Of(incidentKey, ct), async recording =>
            {
                // Asked by the id alone: it may have been edited.
                if (await recording.Db.Mitigations.AnyAsync(m => m.Id == defence.Id, ct)) return Done.Value;
                var put = await AddMitigation.AddAsync(recording, new(defence.Id, incidentKey, null, defence.State, new MitigationFacts(defence.Title, defence.Kind), defence.When, defence.Reason), ct);
                if (put.Error is { } notPut) return notPut;
                for (var n = 0; n < recording.Drafts.Count; n++)
                    recording.Drafts[n] = (recording.Drafts[n].IncidentId, recording.Drafts[n].Draft with { SortAt = defence.Stands });
                return Done.Value;
            }, ct);
            if (added.Error is { } error) return error;
        }
        return null;
    }

    internal async Task<Error?> AttackAsync(string incidentKey, IReadOnlyList<ExampleWave> waves, Actor actor, CancellationToken ct)
    {
        foreach (var wave in waves)
        {
            var declared = await writer.RecordAsync<Done>(actor, IncidentWriter.Of(incidentKey, ct), async recording =>
            {
                var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
                if (await db.AttackWaves.AnyAsync(w => w.Id == wave.Id, ct)) return Done.Value;
                var names = wave.Targets.Select(Folding.Fold).ToList();
                // On invented assets only: what somebody else calls by these names was not attacked then.
                var targets = await db.Assets.Where(a => names.Contains(a.FoldedName) && a.IsInvented && a.RetiredAt == null).Select(a => a.Id).ToListAsync(ct);
                var up = await db.Mitigations.Where(m => m.Incidents.Any(i => i.IncidentId == incidentId)).OrderBy(m => m.CreatedAt).Select(m => new { m.Id, m.Kind }).ToListAsync(ct);
                Guid? Of(string? kind) => up.Find(m => m.Kind == kind)?.Id;
                var facts = new WaveFacts(wave.Vector)
                {
                    From = wave.From,
                    To = wave.To,
                    Magnitude = wave.Magnitude,
                    Unit = wave.Magnitude is null ? null : TrafficUnit.Bps,
                    MagnitudeKind = wave.Kind,
                    MeasuredAt = wave.MeasuredAt,
                    Notes = wave.Notes,
                    Targets = targets,
                    AdaptedTo = Of(wave.Answers),
                    Defences = [.. wave.Defences.Select(Of).OfType<Guid>()],
                };
                if ((await DeclareWave.DeclareAsync(recording, new(wave.Id, incidentKey, facts), ct)).Error is { } notDeclared) return notDeclared;
                for (var n = 0; n < recording.Drafts.Count; n++)
                    if (recording.Drafts[n].Draft.When.At is null) recording.Drafts[n] = (incidentId, recording.Drafts[n].Draft with { SortAt = wave.Stands ?? wave.From.At });
                return Done.Value;
            }, ct);
            if (declared.Error is { } error) return error;
        }
        return null;
    }
}
