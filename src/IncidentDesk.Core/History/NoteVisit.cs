using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.History;

/// <summary>Notes that somebody left an incident, so that the desk can tell them what changed since.</summary>
public sealed class NoteVisit(DeskDatabase database)
{
    /// <param name="LeftAt">UTC, when they saw the incident last.</param>
    public sealed record Command(string IncidentKey, DateTime LeftAt);

    /// <summary>A later visit replaces an earlier one; an earlier one that comes late changes nothing.</summary>
    public async Task<Result<IncidentVisit>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, command.IncidentKey, ct)).TryGet(out var entered, out var error)) return error;
        var (personId, incidentId, leftAt) = (entered.Member.Id, entered.IncidentId, Clock.ToMicroseconds(command.LeftAt));
        var sequence = await VisitQueries.SequenceAtAsync(db, incidentId, leftAt, ct);
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "IncidentVisits" ("PersonId", "IncidentId", "Sequence", "LeftAt") VALUES ({personId}, {incidentId}, {sequence}, {leftAt})
                ON CONFLICT ("PersonId", "IncidentId") DO UPDATE SET "Sequence" = excluded."Sequence", "LeftAt" = excluded."LeftAt" WHERE excluded."LeftAt" > "IncidentVisits"."LeftAt"
                """, ct);
            await transaction.CommitAsync();
        }
        return await db.IncidentVisits.AsNoTracking().FirstAsync(v => v.PersonId == personId && v.IncidentId == incidentId, ct);
    }
}
