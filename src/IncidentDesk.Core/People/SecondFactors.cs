using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace IncidentDesk.People;

/// <summary>A person's authenticator and recovery codes: to set up, to renew and to remove.</summary>
public sealed class SecondFactors(DeskDatabase database, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Who may read the secrets of authenticators.</summary>
    public const string Purpose = "IncidentDesk.Authenticator";

    public const int RecoveryCodes = 10;

    // RFC 4226, section 4, R6: 160 bits.
    private const int SecretBytes = 20;

    /// <param name="IsSettingUp">An authenticator has been begun, and its first code is still to come.</param>
    /// <param name="Passkeys">How many.</param>
    /// <param name="RecoveryCodesLeft">How many have not been used.</param>
    /// <param name="IsDemanded">By the role.</param>
    public sealed record State(bool HasAuthenticator, bool IsSettingUp, int Passkeys, int RecoveryCodesLeft, bool IsDemanded)
    {
        public bool HasAny => HasAuthenticator || Passkeys > 0;
    }

    public async Task<Result<State>> StateAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        return await StateAsync(db, member, ct);
    }

    /// <summary>Begins to set up an authenticator: a new secret each time, so that nobody confirms one that somebody else has seen.</summary>
    /// <returns>In base 32, as apps take it, or <c>Factor.AlreadyThere</c>.</returns>
    public async Task<Result<string>> BeginAuthenticatorAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await LockAsync(db, member.Id, ct);
        var authenticator = await db.Authenticators.FirstOrDefaultAsync(a => a.PersonId == member.Id, ct);
        if (authenticator?.ConfirmedAt is not null) return new Invalid(null, "Factor.AlreadyThere");
        var secret = Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes));
        var hidden = protection.CreateProtector(Purpose).Protect(secret);
        if (authenticator is null) db.Authenticators.Add(new Authenticator { PersonId = member.Id, ProtectedSecret = hidden });
        else authenticator.ProtectedSecret = hidden;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return secret;
    }

    /// <summary>The secret that is being set up, to be shown again.</summary>
    /// <returns><c>Factor.AlreadyThere</c> when none is.</returns>
    public async Task<Result<string>> PendingAuthenticatorAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var authenticator = await db.Authenticators.AsNoTracking().FirstOrDefaultAsync(a => a.PersonId == member.Id && a.ConfirmedAt == null, ct);
        return authenticator is null ? new Invalid(null, "Factor.AlreadyThere") : Base32Encoding.ToString(Read(authenticator));
    }

    /// <summary>Takes the authenticator into use once its first code is right. The session counts as one with a second factor; the person's sessions without one end.</summary>
    /// <returns>Recovery codes, this once, when it is the first factor; else none.</returns>
    public async Task<Result<IReadOnlyList<string>>> ConfirmAuthenticatorAsync(Actor actor, Guid sessionId, string code, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var now = time.UtcNow();
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await LockAsync(db, member.Id, ct);
        var authenticator = await db.Authenticators.FirstOrDefaultAsync(a => a.PersonId == member.Id && a.ConfirmedAt == null, ct);
        if (authenticator is null) return new Invalid(null, "Factor.AlreadyThere");
        if (StepOf(authenticator, code, now) is not { } step) return new Invalid("Code", "Factor.CodeWrong");

        (authenticator.ConfirmedAt, authenticator.LastStep) = (now, step);
        var codes = await FirstFactorAsync(db, member, sessionId, SignInMethod.PasswordAndCode, now, ct);
        db.Audit(now, member, AuditKind.AuthenticatorAdded, member.Id.ToString(), member.Name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return Result<IReadOnlyList<string>>.Ok(codes);
    }

    /// <returns><c>Factor.Demanded</c> when it is the only factor of somebody whose role demands one.</returns>
    public async Task<Result<Done>> RemoveAuthenticatorAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await LockAsync(db, member.Id, ct);
        var state = await StateAsync(db, member, ct);
        if (state.IsDemanded && state.Passkeys == 0) return new Forbidden("Factor.Demanded");
        if (await db.Authenticators.Where(a => a.PersonId == member.Id).ExecuteDeleteAsync(ct) > 0 && state.HasAuthenticator)
            db.Audit(time.UtcNow(), member, AuditKind.AuthenticatorRemoved, member.Id.ToString(), member.Name);
        if (state.Passkeys == 0) await db.RecoveryCodes.Where(c => c.PersonId == member.Id).ExecuteDeleteAsync(ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return Done.Value;
    }

    /// <summary>New recovery codes; the earlier ones end.</summary>
    /// <returns>The codes, this once.</returns>
    public async Task<Result<IReadOnlyList<string>>> NewRecoveryCodesAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await LockAsync(db, member.Id, ct);
        if (!(await StateAsync(db, member, ct)).HasAny) return new Invalid(null, "Factor.None");
        var codes = await ReplaceCodesAsync(db, member, time.UtcNow(), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return Result<IReadOnlyList<string>>.Ok(codes);
    }

    /// <summary>What a first factor brings with it: this session has one now, sessions without one end, and there are recovery codes.</summary>
    internal static async Task<IReadOnlyList<string>> FirstFactorAsync(DeskContext db, DeskMember member, Guid sessionId, SignInMethod method, DateTime now, CancellationToken ct)
    {
        var without = db.Sessions.Where(s => s.PersonId == member.Id && (s.Method == SignInMethod.Password || s.Method == SignInMethod.Link));
        await without.Where(s => s.Id == sessionId).ExecuteUpdateAsync(u => u.SetProperty(s => s.Method, method), ct);
        await Sessions.EndAsync(without.Where(s => s.Id != sessionId), now, ct);
        return await db.RecoveryCodes.AnyAsync(c => c.PersonId == member.Id, ct) ? [] : await ReplaceCodesAsync(db, member, now, ct);
    }

    /// <summary>The time step whose code it is, now or half a minute before or after, and never one that was used.</summary>
    internal long? StepOf(Authenticator authenticator, string code, DateTime now) =>
        new Totp(Read(authenticator)).VerifyTotp(now, code.Replace(" ", "", StringComparison.Ordinal), out var step, new VerificationWindow(1, 1)) && step > authenticator.LastStep ? step : null;

    /// <summary>One at a time changes the factors of a person.</summary>
    internal static Task LockAsync(DeskContext db, Guid personId, CancellationToken ct) =>
        db.Users.Where(p => p.Id == personId).ExecuteUpdateAsync(u => u.SetProperty(p => p.DisplayName, p => p.DisplayName), ct);

    internal static async Task<State> StateAsync(DeskContext db, DeskMember member, CancellationToken ct) => new(
        await db.Authenticators.AnyAsync(a => a.PersonId == member.Id && a.ConfirmedAt != null, ct),
        await db.Authenticators.AnyAsync(a => a.PersonId == member.Id && a.ConfirmedAt == null, ct),
        await db.UserPasskeys.CountAsync(k => k.UserId == member.Id, ct),
        await db.RecoveryCodes.CountAsync(c => c.PersonId == member.Id, ct),
        await db.SecondFactorRoles.AnyAsync(r => r.Role == member.Role, ct));

    private static async Task<IReadOnlyList<string>> ReplaceCodesAsync(DeskContext db, DeskMember member, DateTime now, CancellationToken ct)
    {
        await db.RecoveryCodes.Where(c => c.PersonId == member.Id).ExecuteDeleteAsync(ct);
        // 80 bits each: the hash needs no stretching.
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(10))).ToList();
        foreach (var code in codes) db.RecoveryCodes.Add(new RecoveryCode { Id = Guid.CreateVersion7(), PersonId = member.Id, Hash = Shared.Secret.Hash(code) });
        db.Audit(now, member, AuditKind.RecoveryCodesMade, member.Id.ToString(), member.Name);
        return [.. codes.Select(c => string.Join('-', c.Chunk(4).Select(four => new string(four))))];
    }

    /// <remarks>A key that was revoked still reads what it protected: revoking ends what can be forged with it, not what was kept.</remarks>
    private byte[] Read(Authenticator authenticator)
    {
        var bytes = ((IPersistedDataProtector)protection.CreateProtector(Purpose)).DangerousUnprotect(
            Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(authenticator.ProtectedSecret), ignoreRevocationErrors: true, out _, out _);
        return Base32Encoding.ToBytes(System.Text.Encoding.UTF8.GetString(bytes));
    }
}
