using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>Gives a role in an incident to somebody, or frees it. The first lead acknowledges the incident.</summary>
public sealed class AssignRole(IncidentWriter writer)
{
    /// <param name="PersonId">Null frees the role.</param>
    public sealed record Command(string IncidentKey, IncidentRole Role, Guid? PersonId);

    public Task<Result<Incident>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.WriteAsync(command.IncidentKey, null, actor, async write =>
    {
        var holder = write.Incident.Holder(command.Role);
        if (holder?.PersonId == command.PersonId) return null;

        string? name = null;
        if (command.PersonId is { } personId)
        {
            name = await write.Db.Users.Where(p => p.Id == personId && p.DisabledAt == null).Select(p => p.DisplayName).FirstOrDefaultAsync(ct);
            if (name is null) return new Invalid(nameof(command.PersonId), "Person.NotFound");

            var maySee = !write.Incident.IsRestricted || write.Incident.NamedPeople.Exists(n => n.PersonId == personId)
                || await write.Db.Users.AnyAsync(p => p.Id == personId && p.Role == People.PersonRole.Administrator, ct);
            if (!maySee) return new Invalid(nameof(command.PersonId), "Incident.PersonMayNotSee", name);
        }

        if (holder is not null)
        {
            holder.EndedAt = write.Now;
            // The old assignment ends before the new one begins: the database allows one holder at a time.
            await write.Db.SaveChangesAsync(ct);
        }
        if (command.PersonId is { } id)
            write.Db.RoleAssignments.Add(new RoleAssignment { Id = Guid.CreateVersion7(), IncidentId = write.Incident.Id, Role = command.Role, PersonId = id, PersonName = name!, StartedAt = write.Now });

        write.Log(EntryKind.Role, new EntryChange.RoleChanged(command.Role, holder?.PersonName, name));
        if (command is { Role: IncidentRole.Lead, PersonId: not null } && write.Incident.When(MilestoneKind.Acknowledged) is null)
            write.SetMilestone(MilestoneKind.Acknowledged, OccurrenceTime.Exactly(write.Now));
        return null;
    }, ct);
}
