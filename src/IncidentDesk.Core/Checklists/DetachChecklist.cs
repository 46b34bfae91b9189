using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Checklists;

/// <summary>Takes a checklist off an incident. Its ticks are kept, and the timeline has them.</summary>
public sealed class DetachChecklist(IncidentWriter writer)
{
    /// <param name="AttachedId">Of the <see cref="IncidentChecklist"/>.</param>
    public sealed record Command(string IncidentKey, Guid AttachedId);

    public Task<Result<IncidentChecklist>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<IncidentChecklist>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        var incidentId = recording.IncidentIds.Single();
        if (await recording.Db.AttachedAsync(incidentId, command.AttachedId, ct) is not { } attached) return new NotFound("Checklist.NotAttached", command.AttachedId);
        if (attached.DetachedAt is not null) return attached;
        attached.DetachedAt = recording.Now;
        recording.Log(incidentId, ChecklistQueries.Draft(new EntryChange.ChecklistAttached(attached.TitleEn, attached.TitleEs, IsAttached: false), recording.Now));
        return attached;
    }, ct);
}
