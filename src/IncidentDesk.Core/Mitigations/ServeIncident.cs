using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Mitigations;

/// <summary>Lets a mitigation serve another incident too, or no more.</summary>
public sealed class ServeIncident(IncidentWriter writer)
{
    public sealed record Command(Guid MitigationId, string IncidentKey, bool Serves);

    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<Mitigation>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (!await db.Mitigations.AnyAsync(m => m.Id == command.MitigationId, ct)) return new NotFound("Mitigation.NotFound", command.MitigationId);
        var mitigation = await db.MitigationAsync(command.MitigationId, ct);
        var served = await db.IncidentMitigations.IgnoreQueryFilters().Where(m => m.MitigationId == mitigation.Id).ToListAsync(ct);
        var link = served.Find(m => m.IncidentId == incidentId);
        if (command.Serves == link is not null) return mitigation;
        // Of those that the actor sees: an error must not tell of others, nor the mitigation go out of sight.
        if (!command.Serves && await db.IncidentMitigations.CountAsync(m => m.MitigationId == mitigation.Id, ct) == 1) return new Invalid(nameof(command.IncidentKey), "Mitigation.LastIncident");

        if (link is null) db.IncidentMitigations.Add(new IncidentMitigation { IncidentId = incidentId, MitigationId = mitigation.Id });
        else db.IncidentMitigations.Remove(link);
        // Whoever writes to it meanwhile finds out that its incidents are others now.
        mitigation.Version++;
        recording.LogInEach(() => MitigationQueries.Draft(mitigation, new EntryChange.MitigationJoined(mitigation.Name, mitigation.Title, mitigation.State, command.Serves), OccurrenceTime.Exactly(recording.Now)));
        return mitigation;
    }, ct);
}
