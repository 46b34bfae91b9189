using IncidentDesk.Audit;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>Says who may see an incident: the whole team, or only named people and administrators.</summary>
public sealed class RestrictIncident(IncidentWriter writer)
{
    /// <param name="People">Who is named when it is restricted; whoever restricts is always among them, and so are the holders of roles.</param>
    public sealed record Command(string IncidentKey, int Version, bool IsRestricted, IReadOnlyCollection<Guid> People);

    public Task<Result<Incident>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.WriteAsync(command.IncidentKey, command.Version, actor, async write =>
    {
        var incident = write.Incident;
        var wanted = command.IsRestricted
            ? command.People.Append(write.Member.Id).Concat(incident.Roles.Where(r => r.EndedAt is null).Select(r => r.PersonId)).ToHashSet()
            : [];
        var people = await write.Db.Users.Where(p => wanted.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
        if (people.Count != wanted.Count) return new Invalid(nameof(command.People), "Person.NotFound");

        var before = Facts(incident.IsRestricted, incident.NamedPeople.Select(n => n.Person!.DisplayName));
        if (command.IsRestricted != incident.IsRestricted)
        {
            incident.IsRestricted = command.IsRestricted;
            write.Log(EntryKind.Incident, new EntryChange.RestrictionChanged(command.IsRestricted));
        }
        foreach (var gone in incident.NamedPeople.Where(n => !wanted.Contains(n.PersonId)).ToList())
        {
            write.Db.NamedPeople.Remove(gone);
            if (command.IsRestricted) write.Log(EntryKind.Incident, new EntryChange.NamedPersonChanged(gone.Person!.DisplayName, MaySee: false));
        }
        foreach (var id in wanted.Where(id => !incident.NamedPeople.Exists(n => n.PersonId == id)))
        {
            incident.NamedPeople.Add(new NamedPerson { IncidentId = incident.Id, PersonId = id });
            write.Log(EntryKind.Incident, new EntryChange.NamedPersonChanged(people[id], MaySee: true));
        }
        if (write.Drafts.Count > 0) write.Db.Audit(write.Now, write.Member, AuditKind.RestrictionChanged, incident.Key, incident.Title, before, Facts(command.IsRestricted, people.Values));
        return null;
    }, ct);

    /// <summary>Who may see an incident, for the audit trail.</summary>
    internal static string Facts(bool isRestricted, IEnumerable<string> names) =>
        isRestricted ? AuditJson.Of(new { Restricted = true, People = names.Order(StringComparer.Ordinal) }) : AuditJson.Of(new { Restricted = false });
}
