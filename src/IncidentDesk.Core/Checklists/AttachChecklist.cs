using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Checklists;

/// <summary>Attaches a checklist to an incident, with its steps as they are now.</summary>
public sealed class AttachChecklist(IncidentWriter writer)
{
    public sealed record Command(string IncidentKey, Guid ChecklistId);

    /// <returns>The one that is attached, which may have been so before.</returns>
    public Task<Result<IncidentChecklist>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<IncidentChecklist>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        var attached = await db.IncidentChecklists.Include(c => c.Ticks).FirstOrDefaultAsync(c => c.IncidentId == incidentId && c.ChecklistId == command.ChecklistId && c.DetachedAt == null, ct);
        if (attached is not null) return attached;
        var checklist = await db.Checklists.AsNoTracking().FirstOrDefaultAsync(c => c.Id == command.ChecklistId, ct);
        if (checklist is null) return new NotFound("Checklist.NotFound", command.ChecklistId);
        if (checklist.RetiredAt is not null) return new Invalid(nameof(command.ChecklistId), "Checklist.Retired");

        attached = new IncidentChecklist
        {
            Id = Guid.CreateVersion7(),
            IncidentId = incidentId,
            ChecklistId = checklist.Id,
            TitleEn = checklist.TitleEn,
            TitleEs = checklist.TitleEs,
            Source = checklist.Source,
            Steps = checklist.Steps,
            AttachedAt = recording.Now,
            AttachedByName = recording.Member.Name,
        };
        db.IncidentChecklists.Add(attached);
        recording.Log(incidentId, ChecklistQueries.Draft(new EntryChange.ChecklistAttached(attached.TitleEn, attached.TitleEs, IsAttached: true), recording.Now));
        return attached;
    }, ct);
}
