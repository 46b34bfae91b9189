using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>Begins, finds, lists and ends sessions.</summary>
public sealed class Sessions(DeskDatabase database, TimeProvider time)
{
    // Often enough to see that a session is in use, seldom enough to cost nothing.
    private static readonly TimeSpan RememberUseEvery = TimeSpan.FromMinutes(1);

    /// <summary>What the browser is given.</summary>
    /// <param name="Key">Of the session, this once.</param>
    /// <param name="DeviceKey">Of the device, when the browser brought none; else null.</param>
    public sealed record Started(string Key, DateTime ExpiresAt, string? DeviceKey);

    /// <param name="Stay">For <see cref="Session.LongLifetime"/>.</param>
    /// <param name="Device">What the browser says of itself.</param>
    /// <param name="EarlierKey">Of a session that this one replaces.</param>
    public sealed record Start(Guid PersonId, SignInMethod Method, bool Stay, string Device, string Address, string? DeviceKey = null, string? EarlierKey = null);

    /// <returns><c>Person.NoAccess</c> when the account does not work any more.</returns>
    public async Task<Result<Started>> StartAsync(Start start, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(new Actor(start.PersonId), ct)).TryGet(out var member, out var error)) return error;

        var (now, key) = (time.UtcNow(), Secret.New());
        var (deviceHash, deviceKey) = (Secret.Hash(start.DeviceKey ?? ""), (string?)null);
        await using var transaction = await database.BeginWriteAsync(db, ct);
        if (start.EarlierKey is not null) await EndAsync(db.Sessions.Where(s => s.KeyHash == Secret.Hash(start.EarlierKey)), now, ct);
        var until = now + KnownDevice.Lifetime;
        await db.KnownDevices.Where(d => d.PersonId == member.Id && d.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        if (await db.KnownDevices.Where(d => d.KeyHash == deviceHash && d.PersonId == member.Id && d.ExpiresAt > now).ExecuteUpdateAsync(u => u.SetProperty(d => d.ExpiresAt, until), ct) == 0)
        {
            // Colleagues who share a machine are each known on it.
            if (start.DeviceKey is null) deviceKey = Secret.New();
            db.KnownDevices.Add(new KnownDevice { Id = Guid.CreateVersion7(), PersonId = member.Id, KeyHash = deviceKey is null ? deviceHash : Secret.Hash(deviceKey), CreatedAt = now, ExpiresAt = until });
        }
        var session = new Session
        {
            Id = Guid.CreateVersion7(),
            PersonId = member.Id,
            KeyHash = Secret.Hash(key),
            Method = start.Method,
            Device = start.Device.Length > Session.MaxDeviceLength ? start.Device[..Session.MaxDeviceLength] : start.Device,
            Address = start.Address,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + (start.Stay ? Session.LongLifetime : Session.Lifetime),
        };
        db.Sessions.Add(session);
        db.Audit(now, member, AuditKind.SignedIn, member.Id.ToString(), member.Name, after: session.Method.ToString(), address: start.Address);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return new Started(key, session.ExpiresAt, deviceKey);
    }

    /// <param name="MustEnrol">The role demands a second factor, and this session was begun without one.</param>
    public sealed record Found(Guid SessionId, Person Person, DateTime ExpiresAt, bool MustEnrol);

    /// <summary>Whose the session is, as the person is now.</summary>
    /// <returns>Null when it has ended or the person has no working account.</returns>
    public async Task<Found?> FindAsync(string key, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(key), time.UtcNow());
        await using var db = await database.OpenAsync(ct);
        var found = await db.Sessions.AsNoTracking().Where(s => s.KeyHash == hash && s.EndedAt == null && s.ExpiresAt > now)
            .Join(db.Users.Where(p => p.DisabledAt == null), s => s.PersonId, p => p.Id, (s, p) => new { s.Id, s.ExpiresAt, s.LastSeenAt, s.Method, Person = p, Demanded = db.SecondFactorRoles.Any(r => r.Role == p.Role) })
            .FirstOrDefaultAsync(ct);
        if (found is null) return null;
        if (now - found.LastSeenAt > RememberUseEvery)
        {
            await using var transaction = await database.BeginWriteAsync(db, ct);
            await db.Sessions.Where(s => s.Id == found.Id).ExecuteUpdateAsync(u => u.SetProperty(s => s.LastSeenAt, now), ct);
            await transaction.CommitAsync();
        }
        return new Found(found.Id, found.Person, found.ExpiresAt, found.Demanded && !found.Method.HasSecondFactor());
    }

    /// <summary>Whether the session is one that works, of this person in this role, with the second factor that the role demands.</summary>
    public async Task<bool> IsValidAsync(Guid sessionId, Guid personId, PersonRole role, CancellationToken ct)
    {
        var now = time.UtcNow();
        await using var db = await database.OpenAsync(ct);
        var method = await db.Sessions.Where(s => s.Id == sessionId && s.PersonId == personId && s.EndedAt == null && s.ExpiresAt > now)
            .Join(db.Users.Where(p => p.DisabledAt == null && p.Role == role), s => s.PersonId, p => p.Id, (s, _) => (SignInMethod?)s.Method).FirstOrDefaultAsync(ct);
        return method is { } known && (known.HasSecondFactor() || !await db.SecondFactorRoles.AnyAsync(r => r.Role == role, ct));
    }

    /// <summary>The actor's own that work, the one used last first.</summary>
    public async Task<Result<IReadOnlyList<Session>>> ListAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var now = time.UtcNow();
        return Result<IReadOnlyList<Session>>.Ok(await db.Sessions.AsNoTracking().Where(s => s.PersonId == member.Id && s.EndedAt == null && s.ExpiresAt > now).OrderByDescending(s => s.LastSeenAt).ToListAsync(ct));
    }

    /// <summary>The person signs out, or ends one of their other sessions.</summary>
    public Task<Result<Done>> EndAsync(Actor actor, Guid sessionId, AuditKind kind, CancellationToken ct) => EndAsync(actor, kind, s => s.Where(x => x.Id == sessionId), ct);

    /// <summary>Ends all of the actor's sessions but one, and forgets all devices but the one from which this is asked.</summary>
    /// <param name="deviceKey">Of that device; null when it has none.</param>
    public Task<Result<Done>> EndOthersAsync(Actor actor, Guid sessionId, string? deviceKey, CancellationToken ct) => EndAsync(actor, AuditKind.SessionEnded, s => s.Where(x => x.Id != sessionId), ct, keptDevice: Secret.Hash(deviceKey ?? ""));

    private async Task<Result<Done>> EndAsync(Actor actor, AuditKind kind, Func<IQueryable<Session>, IQueryable<Session>> which, CancellationToken ct, string? keptDevice = null)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var now = time.UtcNow();
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var ended = await EndAsync(which(db.Sessions.Where(s => s.PersonId == member.Id)), now, ct);
        if (keptDevice is not null) await db.KnownDevices.Where(d => d.PersonId == member.Id && d.KeyHash != keptDevice).ExecuteDeleteAsync(ct);
        if (ended > 0) db.Audit(now, member, kind, member.Id.ToString(), member.Name, after: ended.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return Done.Value;
    }

    /// <summary>Ends those of the sessions that have not ended.</summary>
    internal static Task<int> EndAsync(IQueryable<Session> sessions, DateTime now, CancellationToken ct) =>
        sessions.Where(s => s.EndedAt == null).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, now), ct);
}
