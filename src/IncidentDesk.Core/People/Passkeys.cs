using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>A person's passkeys. What a browser proves is checked by the framework; this keeps them.</summary>
public sealed class Passkeys(DeskDatabase database, DeskContext db, UserManager<Person> users, TimeProvider time)
{
    public const int MaxNameLength = 80;

    /// <summary>More than anybody has devices.</summary>
    public const int Max = 20;

    public async Task<Result<IReadOnlyList<UserPasskeyInfo>>> ListAsync(Actor actor, CancellationToken ct)
    {
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        return Result<IReadOnlyList<UserPasskeyInfo>>.Ok([.. (await users.GetPasskeysAsync(await PersonAsync(member))).OrderBy(k => k.CreatedAt)]);
    }

    /// <param name="passkey">As the framework has checked it.</param>
    /// <returns>Recovery codes, this once, when it is the first factor; else none.</returns>
    public async Task<Result<IReadOnlyList<string>>> AddAsync(Actor actor, Guid sessionId, string name, UserPasskeyInfo passkey, CancellationToken ct)
    {
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!TextRules.Line(nameof(name), name, MaxNameLength).TryGet(out name!, out error)) return error;
        var now = time.UtcNow();
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await SecondFactors.LockAsync(db, member.Id, ct);
        if (await db.UserPasskeys.CountAsync(k => k.UserId == member.Id, ct) >= Max) return new Invalid(null, "Factor.TooManyPasskeys", Max);
        if (await users.FindByPasskeyIdAsync(passkey.CredentialId) is not null) return new Invalid(null, "Factor.PasskeyKnown");
        passkey.Name = name;
        var added = await users.AddOrUpdatePasskeyAsync(await PersonAsync(member), passkey);
        if (!added.Succeeded) return added.ToError();
        var codes = await SecondFactors.FirstFactorAsync(db, member, sessionId, SignInMethod.Passkey, now, ct);
        db.Audit(now, member, AuditKind.PasskeyAdded, member.Id.ToString(), member.Name, after: name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return Result<IReadOnlyList<string>>.Ok(codes);
    }

    /// <returns><c>Factor.Demanded</c> when it is the only factor of somebody whose role demands one.</returns>
    public async Task<Result<Done>> RemoveAsync(Actor actor, byte[] credentialId, CancellationToken ct)
    {
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await SecondFactors.LockAsync(db, member.Id, ct);
        var person = await PersonAsync(member);
        if (await users.GetPasskeyAsync(person, credentialId) is not { } passkey) return new NotFound("Factor.PasskeyNotFound");
        var state = await SecondFactors.StateAsync(db, member, ct);
        var isLast = !state.HasAuthenticator && state.Passkeys == 1;
        if (state.IsDemanded && isLast) return new Forbidden("Factor.Demanded");
        await users.RemovePasskeyAsync(person, credentialId);
        if (isLast) await db.RecoveryCodes.Where(c => c.PersonId == member.Id).ExecuteDeleteAsync(ct);
        db.Audit(time.UtcNow(), member, AuditKind.PasskeyRemoved, member.Id.ToString(), member.Name, before: passkey.Name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return Done.Value;
    }

    /// <summary>Keeps what a sign-in changed of the passkey: the counter by which a copy is found out.</summary>
    /// <returns>False when another sign-in with it was quicker.</returns>
    public async Task<bool> UsedAsync(Person person, UserPasskeyInfo passkey, CancellationToken ct)
    {
        await using var transaction = await database.BeginWriteAsync(db, ct);
        if (!(await users.AddOrUpdatePasskeyAsync(person, passkey)).Succeeded) return false;
        await transaction.CommitAsync();
        return true;
    }

    private async Task<Person> PersonAsync(DeskMember member) => (await users.FindByIdAsync(member.Id.ToString()))!;
}
