using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>What administrators, and the operator on the server, do for somebody who cannot get in or whose device was lost.</summary>
public sealed class HelpToSignIn(DeskDatabase database, TimeProvider time)
{
    /// <summary>How long an account stays unlocked: enough to come from a new device while strangers go on trying.</summary>
    public static readonly TimeSpan Unlocked = TimeSpan.FromMinutes(15);

    /// <summary>Lets the account be tried from unknown devices for a while, whatever strangers do.</summary>
    public Task<Result<Done>> UnlockAsync(Guid personId, Actor? actor, CancellationToken ct) => ForAsync(personId, actor, AuditKind.SignInUnlocked, async (db, now) =>
    {
        var until = now + Unlocked;
        await db.Users.Where(p => p.Id == personId).ExecuteUpdateAsync(u => u.SetProperty(p => p.UnlockedUntil, until), ct);
    }, ct);

    /// <summary>Removes authenticator, passkeys and recovery codes, and ends all sessions.</summary>
    public Task<Result<Done>> ResetSecondFactorAsync(Guid personId, Actor? actor, CancellationToken ct) => ForAsync(personId, actor, AuditKind.SecondFactorReset, async (db, now) =>
    {
        await db.Authenticators.Where(a => a.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.UserPasskeys.Where(k => k.UserId == personId).ExecuteDeleteAsync(ct);
        await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(ct);
        await Sessions.EndAsync(db.Sessions.Where(s => s.PersonId == personId), now, ct);
    }, ct);

    /// <summary>Ends all sessions and tokens of a person and forgets their devices.</summary>
    public Task<Result<Done>> EndSessionsAsync(Guid personId, Actor? actor, CancellationToken ct) => ForAsync(personId, actor, AuditKind.SessionEnded, async (db, now) =>
    {
        await Sessions.EndAsync(db.Sessions.Where(s => s.PersonId == personId), now, ct);
        // A sign-in that is half done ends too.
        var stamp = Guid.NewGuid().ToString("N");
        await db.Users.Where(p => p.Id == personId).ExecuteUpdateAsync(u => u.SetProperty(p => p.SecurityStamp, stamp), ct);
        await db.KnownDevices.Where(d => d.PersonId == personId).ExecuteDeleteAsync(ct);
        await ManagePeople.RevokeTokensAsync(db, personId, now, ct);
    }, ct);

    /// <summary>The roles that demand a second factor.</summary>
    public async Task<IReadOnlySet<PersonRole>> DemandingRolesAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return (await db.SecondFactorRoles.Select(r => r.Role).ToListAsync(ct)).ToHashSet();
    }

    /// <summary>Who has a second factor.</summary>
    public async Task<IReadOnlySet<Guid>> WithSecondFactorAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return (await db.Authenticators.Where(a => a.ConfirmedAt != null).Select(a => a.PersonId).Union(db.UserPasskeys.Select(k => k.UserId)).ToListAsync(ct)).ToHashSet();
    }

    /// <summary>Demands a second factor of these roles and no others. Who has none sets one up before anything else.</summary>
    public async Task<Result<Done>> DemandSecondFactorAsync(IReadOnlySet<PersonRole> roles, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Person.MayNotManage");
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var before = await db.SecondFactorRoles.ToListAsync(ct);
        if (roles.SetEquals(before.Select(r => r.Role))) return Done.Value;
        db.SecondFactorRoles.RemoveRange(before.Where(r => !roles.Contains(r.Role)));
        db.SecondFactorRoles.AddRange(roles.Where(r => !before.Exists(b => b.Role == r)).Select(r => new SecondFactorRole { Role = r }));
        db.Audit(time.UtcNow(), member, AuditKind.SecondFactorRequired, null, "", List(before.Select(r => r.Role)), List(roles));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return Done.Value;

        static string List(IEnumerable<PersonRole> roles) => string.Join(", ", roles.Order());
    }

    /// <param name="actor">Null for the operator on the server.</param>
    private async Task<Result<Done>> ForAsync(Guid personId, Actor? actor, AuditKind kind, Func<DeskContext, DateTime, Task> help, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        DeskMember? member = null;
        if (actor is not null)
        {
            if (!(await db.EnterAsync(actor, ct)).TryGet(out member, out var error)) return error;
            if (!member.Role.MayAdminister()) return new Forbidden("Person.MayNotManage");
        }
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var name = await db.Users.Where(p => p.Id == personId).Select(p => p.DisplayName).FirstOrDefaultAsync(ct);
        if (name is null) return new NotFound("Person.NotFound");
        var now = time.UtcNow();
        await help(db, now);
        db.Audit(now, member, kind, personId.ToString(), name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return Done.Value;
    }
}
