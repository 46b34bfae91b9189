using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Impacts;

/// <summary>Corrects one interval by a new revision.</summary>
public sealed class CorrectImpact(IncidentWriter writer)
{
    /// <param name="Revision">The one that the person saw; a newer one is a conflict.</param>
    /// <param name="To">Null while it is hit.</param>
    public sealed record Command(
        string IncidentKey, Guid ImpactId, int Revision, ImpactState State, ImpactCause Cause, OccurrenceTime From, OccurrenceTime? To,
        string Evidence, bool IsWithdrawn = false, string? Reason = null);

    /// <returns>The revision that stands, or a <see cref="Conflict"/> with it.</returns>
    public Task<Result<Impact>> HandleAsync(Command command, Actor actor, CancellationToken ct) =>
        writer.RecordAsync(actor, IncidentWriter.Of(command.IncidentKey, ct), recording => CorrectAsync(recording, command, ct), ct);

    private static async Task<Result<Impact>> CorrectAsync(IncidentWriter.Recording recording, Command command, CancellationToken ct)
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (!TextRules.OptionalLines(nameof(command.Evidence), command.Evidence, Impact.MaxEvidenceLength).TryGet(out var evidence, out var error)) return error;
        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, Impact.MaxEvidenceLength).TryGet(out var reason, out error)) return error;
        if (!TimeRules.Check(nameof(command.From), command.From, recording.Now).TryGet(out var from, out error)) return error;
        var to = command.To;
        if (to is not null && !TimeRules.Check(nameof(command.To), to, recording.Now).TryGet(out to, out error)) return error;
        if (Ends.AreCrossed(from, to)) return new Invalid(nameof(command.To), "Impact.EndsBeforeStart", from.At!);

        var impact = await db.Impacts.AsNoTracking().Include(i => i.Asset).Where(i => i.ImpactId == command.ImpactId && i.IncidentId == incidentId).OrderByDescending(i => i.Revision).FirstOrDefaultAsync(ct);
        if (impact is null) return new NotFound("Impact.NotFound", command.ImpactId);

        var (before, after) = (Facts(impact), new EntryChange.ImpactFacts(command.State, command.Cause, from, to, command.IsWithdrawn));
        if (before == after && impact.Evidence == evidence) return impact;
        if (command.Revision != impact.Revision) return new Conflict("Impact.Conflict", impact);

        var revised = impact.Revise(recording, command.State, command.Cause, from, to, evidence, command.IsWithdrawn);
        db.Impacts.Add(revised);
        recording.Log(incidentId, new EntryDraft(EntryKind.Impact, reason, OccurrenceTime.Exactly(recording.Now))
        {
            Change = new EntryChange.ImpactCorrected(impact.Asset!.Name, before, after),
            Links = [new EntryLink(impact.Asset.Name, impact.AssetId)],
        });
        return revised;
    }

    private static EntryChange.ImpactFacts Facts(Impact impact) => new(impact.State, impact.Cause, impact.From, impact.To, impact.IsWithdrawn);
}
