using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>Administrators add people, change their role, disable them, and give them links to choose a password.</summary>
public sealed class ManagePeople(DeskDatabase database, TimeProvider time)
{
    /// <param name="Token">For the link by which the person chooses a password. Shown once.</param>
    public sealed record Invited(Guid PersonId, string Token, DateTime ExpiresAt);

    /// <summary>Everybody, by name. Names are known to all who have an account; the page for administrators shows the rest.</summary>
    public async Task<Result<IReadOnlyList<Person>>> ListAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Person.MayNotManage");
        return Result<IReadOnlyList<Person>>.Ok(await db.Users.AsNoTracking().OrderBy(p => p.DisplayName).ToListAsync(ct));
    }

    /// <summary>Somebody to choose from.</summary>
    public sealed record Choice(Guid Id, string Name, PersonRole Role);

    /// <summary>Working accounts, by name.</summary>
    public async Task<Result<IReadOnlyList<Choice>>> ChoicesAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out _, out var error)) return error;
        return Result<IReadOnlyList<Choice>>.Ok(await db.Users.Where(p => p.DisabledAt == null).OrderBy(p => p.DisplayName).Select(p => new Choice(p.Id, p.DisplayName, p.Role)).ToListAsync(ct));
    }

    public async Task<Result<Invited>> AddAsync(PersonDetails details, PersonRole role, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Person.MayNotManage");
        if (!details.Check().TryGet(out details!, out error)) return error;

        await using var transaction = await database.BeginWriteAsync(db, ct);
        var normalized = details.Email.ToUpperInvariant();
        if (await db.Users.AnyAsync(p => p.NormalizedEmail == normalized, ct)) return new Invalid(nameof(details.Email), "Person.EmailTaken");
        var person = details.ToPerson(role, time.UtcNow());
        person.NormalizedEmail = person.NormalizedUserName = normalized;
        person.SecurityStamp = Guid.NewGuid().ToString("N");
        db.Users.Add(person);
        var invited = AddLink(db, person.Id);
        db.Audit(time.UtcNow(), member, AuditKind.PersonInvited, person.Id.ToString(), person.DisplayName, after: role.ToString());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (!ct.IsCancellationRequested)
        {
            // Somebody else added the same address since we looked, or the failure is another one.
            await using var again = await database.OpenAsync(ct);
            if (!await again.Users.AnyAsync(p => p.NormalizedEmail == normalized, ct)) throw;
            return new Invalid(nameof(details.Email), "Person.EmailTaken");
        }
        await transaction.CommitAsync();
        return invited;
    }

    /// <summary>A new link for somebody who lost the password or the first link. Earlier links end.</summary>
    public async Task<Result<Invited>> NewLinkAsync(Guid personId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Person.MayNotManage");
        var name = await db.Users.Where(p => p.Id == personId && p.DisabledAt == null).Select(p => p.DisplayName).FirstOrDefaultAsync(ct);
        if (name is null) return new NotFound("Person.NotFound");

        await using var transaction = await database.BeginWriteAsync(db, ct);
        var now = time.UtcNow();
        await db.AccessLinks.Where(l => l.PersonId == personId && l.UsedAt == null).ExecuteUpdateAsync(u => u.SetProperty(l => l.UsedAt, now), ct);
        var invited = AddLink(db, personId);
        db.Audit(now, member, AuditKind.LinkMade, personId.ToString(), name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return invited;
    }

    /// <summary>Changes role and whether the account works. The last working administrator stays one.</summary>
    public async Task<Result<Person>> ChangeAsync(Guid personId, PersonRole role, bool disabled, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Person.MayNotManage");

        await using var transaction = await database.BeginWriteAsync(db, ct);
        // All administrators' rows are locked in one order, so that two of them cannot remove each other at once.
        await db.Users.Where(p => p.Role == PersonRole.Administrator).ExecuteUpdateAsync(u => u.SetProperty(p => p.DisplayName, p => p.DisplayName), ct);
        var person = await db.Users.FirstOrDefaultAsync(p => p.Id == personId, ct);
        if (person is null) return new NotFound("Person.NotFound");

        var staysAdministrator = role == PersonRole.Administrator && !disabled;
        if (!staysAdministrator && !await db.Users.AnyAsync(p => p.Id != personId && p.Role == PersonRole.Administrator && p.DisabledAt == null && p.PasswordHash != null, ct))
            return new Forbidden("Person.LastAdministrator");

        var now = time.UtcNow();
        if (role != person.Role) db.Audit(now, member, AuditKind.RoleChanged, personId.ToString(), person.DisplayName, person.Role.ToString(), role.ToString());
        person.Role = role;
        if (disabled != person.DisabledAt is not null)
        {
            person.DisabledAt = disabled ? now : null;
            db.Audit(now, member, disabled ? AuditKind.PersonDisabled : AuditKind.PersonEnabled, personId.ToString(), person.DisplayName);
        }
        // The framework writes whole rows: whoever read this one before must not write it back.
        person.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        if (disabled)
        {
            await RevokeTokensAsync(db, personId, now, ct);
            await db.AccessLinks.Where(l => l.PersonId == personId && l.UsedAt == null).ExecuteUpdateAsync(u => u.SetProperty(l => l.UsedAt, now), ct);
            await db.KnownDevices.Where(d => d.PersonId == personId).ExecuteDeleteAsync(ct);
            await Sessions.EndAsync(db.Sessions.Where(s => s.PersonId == personId), now, ct);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return person;
    }

    /// <summary>Who lost an account or its password must not go on through a token.</summary>
    internal static Task RevokeTokensAsync(DeskContext db, Guid personId, DateTime now, CancellationToken ct) =>
        db.ApiTokens.Where(t => t.PersonId == personId && t.RevokedAt == null).ExecuteUpdateAsync(u => u.SetProperty(t => t.RevokedAt, now), ct);

    private Invited AddLink(DeskContext db, Guid personId)
    {
        var now = time.UtcNow();
        var token = Secret.New();
        var link = new AccessLink { Id = Guid.CreateVersion7(), PersonId = personId, TokenHash = Secret.Hash(token), CreatedAt = now, ExpiresAt = now + AccessLink.InvitationLifetime };
        db.AccessLinks.Add(link);
        return new Invited(personId, token, link.ExpiresAt);
    }
}
