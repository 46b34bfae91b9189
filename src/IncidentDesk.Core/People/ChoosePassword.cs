using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>Passwords: by an administrator's link, by the signed-in person, and by the operator on the server.</summary>
public sealed class ChoosePassword(DeskDatabase database, DeskContext db, UserManager<Person> users, TimeProvider time)
{
    /// <summary>The person whose password the link sets, or null when it does not work.</summary>
    public async Task<Person?> OwnerOfLinkAsync(string? token, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(token ?? ""), time.UtcNow());
        return await db.AccessLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .Join(db.Users.Where(p => p.DisabledAt == null), l => l.PersonId, p => p.Id, (_, p) => p).AsNoTracking().FirstOrDefaultAsync(ct);
    }

    /// <summary>Uses the link up and sets the password.</summary>
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
        await transaction.CommitAsync();
        return person;
    }

    public async Task<Result<Person>> ChangeAsync(Actor actor, string current, string password, CancellationToken ct)
    {
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var person = (await users.FindByIdAsync(member.Id.ToString()))!;
        var changed = await users.ChangePasswordAsync(person, current, password);
        return changed.Succeeded ? person : changed.ToError();
    }

    /// <summary>The operator's <c>admin create</c>: a new administrator, whoever else there is.</summary>
    public Task<Result<Person>> CreateAdministratorAsync(PersonDetails details, string password) =>
        details.Check().TryGet(out var checkedDetails, out var error)
            ? users.CreatePersonAsync(checkedDetails, PersonRole.Administrator, password, time.UtcNow())
            : Task.FromResult<Result<Person>>(error);
}
