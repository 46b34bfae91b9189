using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>The second step of a sign-in: a code of the authenticator or a recovery code. Each works once.</summary>
public sealed class CheckSecondFactor(DeskDatabase database, SecondFactors factors, SignInThrottle throttle, FailedAttempts failed, TimeProvider time)
{
    /// <param name="Stamp">Of the account when the password was right.</param>
    /// <param name="DeviceKey">What the browser holds from an earlier sign-in; null for none.</param>
    public sealed record Attempt(Guid PersonId, string Stamp, string Code, string? DeviceKey, string Address);

    /// <returns>How it was proved, or <c>Factor.CodeWrong</c>, <c>SignIn.Wait</c> (seconds), or <c>SignIn.Failed</c> when the password that was right is another now.</returns>
    public async Task<Result<SignInMethod>> HandleAsync(Attempt attempt, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(new Actor(attempt.PersonId), ct)).TryGet(out var member, out var error)) return error;
        var (personId, code) = (attempt.PersonId, attempt.Code);
        if (!await db.Users.AnyAsync(p => p.Id == personId && p.SecurityStamp == attempt.Stamp, ct)) return new Forbidden("SignIn.Failed");
        var (now, device) = (time.UtcNow(), Secret.Hash(attempt.DeviceKey ?? ""));
        var known = await db.KnownDevices.Where(d => d.KeyHash == device && d.PersonId == personId && d.ExpiresAt > now).Select(d => (Guid?)d.Id).FirstOrDefaultAsync(ct);
        var lane = known is { } id ? $"code:{SignInWithPassword.DeviceLane(id)}" : $"code:{personId}";
        if (throttle.Enter(lane) is var wait && wait > TimeSpan.Zero) return new Forbidden("SignIn.Wait", (int)Math.Ceiling(wait.TotalSeconds));

        var method = code.Trim().Length <= 7 ? await ByAuthenticatorAsync(db, personId, code, now, ct) : await ByRecoveryCodeAsync(db, member, code, now, ct);
        if (method is null)
        {
            failed.Tell(personId, member.Name, throttle.Failures(lane), attempt.Address);
            return new Invalid("Code", "Factor.CodeWrong");
        }
        throttle.Succeeded(lane);
        return method.Value;
    }

    private async Task<SignInMethod?> ByAuthenticatorAsync(DeskContext db, Guid personId, string code, DateTime now, CancellationToken ct)
    {
        var authenticator = await db.Authenticators.AsNoTracking().FirstOrDefaultAsync(a => a.PersonId == personId && a.ConfirmedAt != null, ct);
        if (authenticator is null || factors.StepOf(authenticator, code, now) is not { } step) return null;
        // Of two who use the same code at once, one finds it used.
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var used = await db.Authenticators.Where(a => a.PersonId == personId && a.LastStep < step).ExecuteUpdateAsync(u => u.SetProperty(a => a.LastStep, step), ct);
        await transaction.CommitAsync();
        return used == 1 ? SignInMethod.PasswordAndCode : null;
    }

    private async Task<SignInMethod?> ByRecoveryCodeAsync(DeskContext db, DeskMember member, string code, DateTime now, CancellationToken ct)
    {
        var hash = Secret.Hash(new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant());
        await using var transaction = await database.BeginWriteAsync(db, ct);
        if (await db.RecoveryCodes.Where(c => c.PersonId == member.Id && c.Hash == hash).ExecuteDeleteAsync(ct) != 1) return null;
        db.Audit(now, member, AuditKind.RecoveryCodeUsed, member.Id.ToString(), member.Name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return SignInMethod.PasswordAndRecoveryCode;
    }
}
