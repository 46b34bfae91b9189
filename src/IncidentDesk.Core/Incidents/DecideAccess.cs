using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>Those who work on a restricted incident, and administrators, decide who else may see it. Whoever asked is told nothing; who may see it finds it.</summary>
public sealed class DecideAccess(DeskDatabase database, IncidentWriter writer, IncidentFeed feed, TimeProvider time)
{
    public sealed record Command(Guid RequestId, bool Grant);

    /// <summary>A request that the reader may decide.</summary>
    /// <param name="AskedAt">UTC.</param>
    public sealed record Open(Guid Id, string IncidentKey, string IncidentTitle, Guid PersonId, string PersonName, PersonRole PersonRole, string Reason, DateTime AskedAt);

    /// <summary>Oldest first; none for those who may not respond.</summary>
    /// <param name="incidentKey">Null for all incidents.</param>
    public async Task<Result<IReadOnlyList<Open>>> ListAsync(string? incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayRespond()) return Result<IReadOnlyList<Open>>.Ok([]);
        var open = ToDecide(db);
        if (incidentKey is not null) open = open.Where(o => o.Incident.Key == incidentKey);
        return Result<IReadOnlyList<Open>>.Ok(await Select(open.OrderBy(o => o.Request.AskedAt).ThenBy(o => o.Request.Id)).ToListAsync(ct));
    }

    public async Task<Result<Done>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        Open? request;
        await using (var db = await database.OpenAsync(ct))
        {
            if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
            request = await Select(ToDecide(db).Where(o => o.Request.Id == command.RequestId)).FirstOrDefaultAsync(ct);
            // Of a hidden incident, decided, lapsed or never made: one answer.
            if (request is null) return new NotFound("AccessRequest.NotFound");
            if (!member.Role.MayRespond()) return new Forbidden("Incident.MayNotChange");
            if (!command.Grant)
            {
                await using var transaction = await database.BeginWriteAsync(db, ct);
                if (await CloseAsync(db, member, request, isGranted: false, ct) is { } gone) return gone;
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync();
            }
        }
        if (command.Grant && (await GrantAsync(request, actor, ct)).Error is { } refused) return refused;
        feed.Publish(AccessRequest.FeedId, time.UtcNow().Ticks);
        return Done.Value;
    }

    private Task<Result<Incident>> GrantAsync(Open request, Actor actor, CancellationToken ct) => writer.WriteAsync(request.IncidentKey, null, actor, async write =>
    {
        var isStill = write.Incident.IsRestricted && !write.Incident.NamedPeople.Exists(n => n.PersonId == request.PersonId);
        if (!isStill) return new NotFound("AccessRequest.NotFound");
        if (await CloseAsync(write.Db, write.Member, request, isGranted: true, ct) is { } gone) return gone;
        write.Incident.NamedPeople.Add(new NamedPerson { IncidentId = write.Incident.Id, PersonId = request.PersonId });
        write.Log(EntryKind.Incident, new EntryChange.NamedPersonChanged(request.PersonName, MaySee: true));
        return null;
    }, ct);

    /// <summary>Of two who decide at once the second finds nothing to decide.</summary>
    private async Task<Error?> CloseAsync(DeskContext db, DeskMember member, Open request, bool isGranted, CancellationToken ct)
    {
        var now = time.UtcNow();
        var closed = await db.AccessRequests.Where(r => r.Id == request.Id && r.DecidedAt == null)
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.DecidedAt, now).SetProperty(r => r.IsGranted, isGranted), ct);
        if (closed == 0) return new NotFound("AccessRequest.NotFound");
        db.Audit(now, member, isGranted ? AuditKind.AccessGranted : AuditKind.AccessRefused, request.IncidentKey, request.IncidentTitle, after: AuditJson.Of(new { Person = request.PersonName, request.Reason }));
        return null;
    }

    private sealed class Pair
    {
        public required AccessRequest Request { get; init; }
        public required Incident Incident { get; init; }
    }

    /// <summary>Open requests of people with a working account who do not see the incident, of restricted incidents that the reader sees.</summary>
    private IQueryable<Pair> ToDecide(DeskContext db)
    {
        var since = time.UtcNow() - AccessRequest.Lifetime;
        return db.AccessRequests.Where(r => r.DecidedAt == null && r.AskedAt > since && r.Person!.DisabledAt == null && r.Person.Role != PersonRole.Administrator)
            .Join(db.Incidents.Where(i => i.IsRestricted), r => r.IncidentKey, i => i.Key, (r, i) => new Pair { Request = r, Incident = i })
            .Where(o => !o.Incident.NamedPeople.Any(n => n.PersonId == o.Request.PersonId));
    }

    private static IQueryable<Open> Select(IQueryable<Pair> open) => open.Select(o => new Open(
        o.Request.Id, o.Incident.Key, o.Incident.Title, o.Request.PersonId, o.Request.Person!.DisplayName, o.Request.Person.Role, o.Request.Reason, o.Request.AskedAt));
}
