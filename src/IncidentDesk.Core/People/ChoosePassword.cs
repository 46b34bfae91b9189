using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>Passwords: by an administrator's link, by the signed-in person, and by the operator on the server.</summary>
public sealed class ChoosePassword(DeskDatabase database, DeskContext db, UserManager<Person> users, ConfirmPassword confirm, TimeProvider time)
{
    /// <summary>The person whose password the link sets, or null when it does not work.</summary>
    public async Task<Person?> OwnerOfLinkAsync(string? token, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(token ?? ""), time.UtcNow());
        return await db.AccessLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .Join(db.Users.Where(p => p.DisabledAt == null), l => l.PersonId, p => p.Id, (_, p) => p).AsNoTracking().FirstOrDefaultAsync(ct);
    }

    /// <summary>Uses the link up and sets the password. Sessions and tokens that the person had end.</summary>
    public async Task<Result<Person>> ByLinkAsync(string? token, string password, CancellationToken ct)
    {
        var owner = await OwnerOfLinkAsync(token, ct);
        if (owner is null) return new Forbidden("Invitation.LinkDoesNotWork");

        var (hash, now) = (Secret.Hash(token!), time.UtcNow());
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var used = await db.AccessLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now).ExecuteUpdateAsync(u => u.SetProperty(l => l.UsedAt, now), ct);
        if (used == 0) return new Forbidden("Invitation.LinkDoesNotWork");

        var person = (await users.FindByIdAsync(owner.Id.ToString()))!;
        if (person.PasswordHash is not null) await users.RemovePasswordAsync(person);
        var set = await users.AddPasswordAsync(person, password);
        if (!set.Succeeded) return set.ToError();
        await ManagePeople.RevokeTokensAsync(db, owner.Id, now, ct);
        await Sessions.EndAsync(db.Sessions.Where(s => s.PersonId == owner.Id), now, ct);
        db.Audit(now, new DeskMember(person.Id, person.DisplayName, person.Role), AuditKind.PasswordChanged, owner.Id.ToString(), person.DisplayName, after: nameof(SignInMethod.Link));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return person;
    }

    /// <summary>Sets another password. The person's other sessions end.</summary>
    public async Task<Result<Person>> ChangeAsync(Actor actor, Guid sessionId, string current, string password, CancellationToken ct)
    {
        if (!(await confirm.HandleAsync(actor, current, ct)).TryGet(out _, out var error)) return error;
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out error)) return error;
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var person = (await users.FindByIdAsync(member.Id.ToString()))!;
        var changed = await users.ChangePasswordAsync(person, current, password);
        if (!changed.Succeeded) return changed.ToError();
        var now = time.UtcNow();
        await Sessions.EndAsync(db.Sessions.Where(s => s.PersonId == member.Id && s.Id != sessionId), now, ct);
        db.Audit(now, member, AuditKind.PasswordChanged, member.Id.ToString(), member.Name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return person;
    }

    /// <summary>The operator's <c>admin create</c>: a new administrator, whoever else there is.</summary>
    public async Task<Result<Person>> CreateAdministratorAsync(PersonDetails details, string password, CancellationToken ct)
    {
        if (!details.Check().TryGet(out var checkedDetails, out var error)) return error;
        var now = time.UtcNow();
        await using var transaction = await database.BeginWriteAsync(db, ct);
        if (!(await users.CreatePersonAsync(checkedDetails, PersonRole.Administrator, password, now)).TryGet(out var person, out error)) return error;
        db.Audit(now, null, AuditKind.PersonInvited, person.Id.ToString(), person.DisplayName, after: nameof(PersonRole.Administrator));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return person;
    }
}
