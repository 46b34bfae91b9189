using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>Declares an attack: title, severity and since when are enough.</summary>
public sealed class DeclareIncident(DeskDatabase database, IncidentWriter writer, IncidentFeed feed, TimeProvider time)
{
    /// <param name="IncidentId">Made by the client, so that a double click declares once; null to make one here.</param>
    /// <param name="ImpactStartedAt">Null when it is not known.</param>
    /// <param name="TimeZone">IANA id; null for the declaring person's own.</param>
    /// <param name="IsRestricted">Seen only by people named in it (the declaring one is) and administrators.</param>
    public sealed record Command(
        string Title,
        Severity Severity,
        OccurrenceTime? ImpactStartedAt = null,
        Tlp Tlp = Tlp.Amber,
        bool IsRestricted = false,
        string? TimeZone = null,
        Guid? IncidentId = null);

    public async Task<Result<Incident>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;

        if (!member.Role.MayRespond()) return new Forbidden("Incident.MayNotDeclare");

        if (!TextRules.Line(nameof(command.Title), command.Title, Incident.MaxTitleLength).TryGet(out var title, out error)) return error;

        var now = time.UtcNow();
        var started = command.ImpactStartedAt;
        if (started is not null && !TimeRules.Check(nameof(command.ImpactStartedAt), started, now).TryGet(out started, out error)) return error;

        var zone = command.TimeZone ?? await db.Users.Where(p => p.Id == member.Id).Select(p => p.TimeZone).FirstAsync(ct);
        if (!Zones.IsKnown(zone)) return new Invalid(nameof(command.TimeZone), "Time.ZoneUnknown", zone);

        var id = command.IncidentId is { } given && given != Guid.Empty ? given : Guid.CreateVersion7();
        Incident incident;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            var year = (started?.At ?? now).Year;
            var number = await NextNumberAsync(db, year, ct);

            // Asked only now: a double click's first request has committed, or the counter's lock holds us back.
            var earlier = await db.Incidents.AsNoTracking().Include(i => i.Milestones).FirstOrDefaultAsync(i => i.Id == id, ct);
            if (earlier is not null) return earlier.Title == title ? earlier : new Invalid(nameof(command.IncidentId), "Incident.IdTaken");
            if (await db.Incidents.IgnoreQueryFilters().AnyAsync(i => i.Id == id, ct)) return new Invalid(nameof(command.IncidentId), "Incident.IdTaken");

            incident = new Incident
            {
                Id = id,
                Key = $"INC-{year:0000}-{number:000}",
                Title = title,
                Severity = command.Severity,
                Status = IncidentStatus.Investigating,
                Tlp = command.Tlp,
                IsRestricted = command.IsRestricted,
                TimeZone = zone,
                Version = 1,
                DeclaredAt = now,
                ChangedAt = now,
            };
            incident.Milestones.Add(new Milestone { Kind = MilestoneKind.Declared, At = now, Precision = Precision.Exact });
            if (started is not null) incident.Milestones.Add(new Milestone { Kind = MilestoneKind.ImpactStarted, At = started.At, Precision = started.Precision });
            if (command.IsRestricted) incident.NamedPeople.Add(new NamedPerson { PersonId = member.Id });
            db.Incidents.Add(incident);
            if (command.IsRestricted) db.Audit(now, member, AuditKind.RestrictionChanged, incident.Key, title, after: RestrictIncident.Facts(true, [member.Name]));
            await db.SaveChangesAsync(ct);

            var declared = new EntryDraft(EntryKind.Incident, "", OccurrenceTime.Exactly(now)) { Change = new EntryChange.Declared(command.Severity) };
            await writer.AppendAsync(db, id, [declared], member, now, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
            incident.LastSequence = 1;
        }
        feed.Publish(incident.Id, 1);
        return incident;
    }

    internal static async Task<int> NextNumberAsync(DeskContext db, int year, CancellationToken ct) => (await db.Database.SqlQueryRaw<int>(
        """
        INSERT INTO "IncidentCounters" ("Year", "Last") VALUES ({0}, 1)
        ON CONFLICT ("Year") DO UPDATE SET "Last" = "IncidentCounters"."Last" + 1 RETURNING "Last" AS "Value"
        """, year).ToListAsync(ct)).Single();
}
