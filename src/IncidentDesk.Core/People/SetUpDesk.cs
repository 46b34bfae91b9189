using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>The first run: a link that works once creates the first administrator. There is no default password, and it never opens again.</summary>
public sealed class SetUpDesk(DeskDatabase database, DeskContext db, UserManager<Person> users, TimeProvider time)
{
    /// <summary>A new link's token when nobody has an account yet, else null. Earlier links of this kind end.</summary>
    public async Task<string?> NewLinkAsync(CancellationToken ct)
    {
        if (await db.Users.AnyAsync(ct)) return null;
        var now = time.UtcNow();
        var token = Secret.New();
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await db.AccessLinks.Where(l => l.PersonId == null && l.UsedAt == null).ExecuteUpdateAsync(u => u.SetProperty(l => l.UsedAt, now), ct);
        db.AccessLinks.Add(new AccessLink { Id = Guid.CreateVersion7(), TokenHash = Secret.Hash(token), CreatedAt = now, ExpiresAt = now + AccessLink.FirstAdministratorLifetime });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return token;
    }

    /// <summary>UTC end of the link, or null when it does not work.</summary>
    public async Task<DateTime?> EndOfLinkAsync(string? token, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(token ?? ""), time.UtcNow());
        if (await db.Users.AnyAsync(ct)) return null;
        return await db.AccessLinks.Where(l => l.TokenHash == hash && l.PersonId == null && l.UsedAt == null && l.ExpiresAt > now)
            .Select(l => (DateTime?)l.ExpiresAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>Uses the link up and creates the first administrator.</summary>
    public async Task<Result<Person>> HandleAsync(string? token, PersonDetails details, string password, CancellationToken ct)
    {
        if (!details.Check().TryGet(out details!, out var error)) return error;

        var (hash, now) = (Secret.Hash(token ?? ""), time.UtcNow());
        await using var transaction = await database.BeginWriteAsync(db, ct);

        // Using the link up is the lock: of two who open it at once, one finds it used.
        var used = await db.AccessLinks.Where(l => l.TokenHash == hash && l.PersonId == null && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(u => u.SetProperty(l => l.UsedAt, now), ct);
        if (used == 0 || await db.Users.AnyAsync(ct)) return new Forbidden("Setup.LinkDoesNotWork");

        if (!(await users.CreatePersonAsync(details, PersonRole.Administrator, password, now)).TryGet(out var person, out error)) return error;
        db.Audit(now, new DeskMember(person.Id, person.DisplayName, person.Role), AuditKind.PersonInvited, person.Id.ToString(), person.DisplayName, after: nameof(PersonRole.Administrator));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return person;
    }
}

internal static class UserManagerResults
{
    public static async Task<Result<Person>> CreatePersonAsync(this UserManager<Person> users, PersonDetails details, PersonRole role, string? password, DateTime now)
    {
        var person = details.ToPerson(role, now);
        var created = password is null ? await users.CreateAsync(person) : await users.CreateAsync(person, password);
        return created.Succeeded ? person : created.ToError();
    }

    /// <summary>The framework's refusal in the desk's words.</summary>
    public static Error ToError(this IdentityResult result)
    {
        var code = result.Errors.First().Code;
        return code switch
        {
            nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) => new Invalid("Email", "Person.EmailTaken"),
            nameof(IdentityErrorDescriber.InvalidEmail) or nameof(IdentityErrorDescriber.InvalidUserName) => new Invalid("Email", "Person.EmailInvalid"),
            PasswordRule.Validator.TooShort => new Invalid("Password", "Person.PasswordTooShort", PasswordRule.MinLength),
            nameof(IdentityErrorDescriber.ConcurrencyFailure) => new Invalid(null, "Person.ChangedMeanwhile"),
            PasswordRule.Validator.TooLong => new Invalid("Password", "Person.PasswordTooLong", PasswordRule.MaxLength),
            PasswordRule.Validator.Guessable => new Invalid("Password", "Person.PasswordGuessable"),
            PasswordRule.Validator.Breached => new Invalid("Password", "Person.PasswordBreached"),
            PasswordRule.Validator.Unreadable => new Invalid("Password", "Person.PasswordUnreadable"),
            nameof(IdentityErrorDescriber.PasswordMismatch) => new Invalid("CurrentPassword", "Person.PasswordWrong"),
            _ => throw new InvalidOperationException($"Identity refused: {code}"),
        };
    }
}
