using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Mitigations;

/// <summary>Changes what is written down of a mitigation, the answer of an upstream among it.</summary>
public sealed class EditMitigation(IncidentWriter writer)
{
    public sealed record Command(Guid MitigationId, int Version, MitigationFacts Facts);

    /// <returns>The mitigation, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<Mitigation>(actor, MitigationQueries.IncidentsOf(command.MitigationId, ct), async recording =>
    {
        var mitigation = await recording.Db.MitigationAsync(command.MitigationId, ct);
        if (!(await command.Facts.CheckAsync(recording.Db, recording.Now, mitigation, ct)).TryGet(out var facts, out var error)) return error;
        var changed = MitigationFacts.Differences(MitigationFacts.Of(mitigation), facts);
        if (changed.Count == 0) return mitigation;
        if (mitigation.Version != command.Version) return new Conflict("Mitigation.Conflict", mitigation);

        facts.WriteTo(mitigation);
        mitigation.Version++;
        recording.LogInEach(() => MitigationQueries.Draft(mitigation, new EntryChange.MitigationEdited(mitigation.Name, mitigation.Title, changed), OccurrenceTime.Exactly(recording.Now)));
        return mitigation;
    }, ct);
}
