using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Checklists;

/// <summary>Ticks a step of an attached checklist, or opens it again. What is so already stays so and is not written twice.</summary>
public sealed class TickStep(IncidentWriter writer)
{
    /// <param name="AttachedId">Of the <see cref="IncidentChecklist"/>.</param>
    /// <param name="Step">0, 1, 2, …</param>
    public sealed record Command(string IncidentKey, Guid AttachedId, int Step, bool IsDone);

    public Task<Result<IncidentChecklist>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<IncidentChecklist>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        var incidentId = recording.IncidentIds.Single();
        if (await recording.Db.AttachedAsync(incidentId, command.AttachedId, ct) is not { DetachedAt: null } attached) return new NotFound("Checklist.NotAttached", command.AttachedId);
        if (command.Step < 0 || command.Step >= attached.Steps.Count) return new Invalid(nameof(command.Step), "Checklist.NoSuchStep", command.Step);
        var tick = attached.Ticks.Find(t => t.Step == command.Step);
        if (command.IsDone == tick is not null) return attached;

        if (tick is null) attached.Ticks.Add(new ChecklistTick { IncidentChecklistId = attached.Id, Step = command.Step, TickedAt = recording.Now, ByName = recording.Member.Name });
        else
        {
            attached.Ticks.Remove(tick);
            recording.Db.Remove(tick);
        }
        recording.Log(incidentId, ChecklistQueries.Draft(new EntryChange.ChecklistTicked(attached.TitleEn, attached.TitleEs, attached.Steps[command.Step], command.IsDone), recording.Now));
        return attached;
    }, ct);
}
