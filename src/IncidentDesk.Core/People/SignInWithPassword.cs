using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>The first step of a sign-in: address and password.</summary>
/// <remarks>The answer, and the work for it, are the same whether there is such an account or not.</remarks>
public sealed class SignInWithPassword(DeskDatabase database, PasswordGate gate, IPasswordHasher<Person> hasher, SignInThrottle throttle, FailedAttempts failed, TimeProvider time)
{
    /// <param name="DeviceKey">What the browser holds from an earlier sign-in; null for none.</param>
    public sealed record Attempt(string Email, string Password, string? DeviceKey, string Address);

    /// <param name="Stamp">Of the account as it is; another password makes it another.</param>
    /// <param name="NeedsSecondFactor">The person has one, and the password alone opens nothing.</param>
    public sealed record Passed(Guid PersonId, string Stamp, bool NeedsSecondFactor);

    /// <returns><c>SignIn.Failed</c>, <c>SignIn.Wait</c> (seconds) or <c>SignIn.Busy</c> when it did not pass.</returns>
    public async Task<Result<Passed>> HandleAsync(Attempt attempt, CancellationToken ct)
    {
        // What no account can have is not looked up and not hashed.
        if (attempt.Password.Length > PasswordRule.MaxLength || !TextRules.Line(nameof(attempt.Email), attempt.Email, 254).TryGet(out var email, out _)) return new Forbidden("SignIn.Failed");

        await using var db = await database.OpenAsync(ct);
        var (normalized, now) = (email.ToUpperInvariant(), time.UtcNow());
        var device = Secret.Hash(attempt.DeviceKey ?? "");
        var found = await db.Users.AsNoTracking().Where(p => p.NormalizedEmail == normalized && p.DisabledAt == null).Select(p => new
        {
            p.Id,
            p.PasswordHash,
            p.SecurityStamp,
            p.UnlockedUntil,
            DeviceId = db.KnownDevices.Where(d => d.KeyHash == device && d.PersonId == p.Id && d.ExpiresAt > now).Select(d => (Guid?)d.Id).FirstOrDefault(),
            HasAuthenticator = db.Authenticators.Any(a => a.PersonId == p.Id && a.ConfirmedAt != null),
            HasPasskey = db.UserPasskeys.Any(k => k.UserId == p.Id),
        }).FirstOrDefaultAsync(ct);

        var (lane, isKnown) = (StrangersLane(normalized), false);
        if (found?.DeviceId is { } id && throttle.Enter(DeviceLane(id)) == TimeSpan.Zero) (lane, isKnown) = (DeviceLane(id), true);
        // Unlocked, whoever comes is let through to the password: strangers must not use up what was opened for the owner.
        else if (!(found?.UnlockedUntil > now) && throttle.Enter(lane) is var wait && wait > TimeSpan.Zero) return new Forbidden("SignIn.Wait", (int)Math.Ceiling(wait.TotalSeconds));

        if (!(await gate.CompareAsync(found?.PasswordHash, attempt.Password, isKnown, ct)).TryGet(out var outcome, out var error))
        {
            throttle.Withdraw(lane);
            return error;
        }
        if (outcome == PasswordVerificationResult.Failed)
        {
            if (found is not null) failed.Tell(found.Id, email, throttle.Failures(lane), attempt.Address);
            return new Forbidden("SignIn.Failed");
        }
        throttle.Succeeded(lane);
        if (outcome == PasswordVerificationResult.SuccessRehashNeeded) await HashAgainAsync(db, found!.Id, found.PasswordHash!, attempt.Password, ct);
        return new Passed(found!.Id, found.SecurityStamp ?? "", found.HasAuthenticator || found.HasPasskey);
    }

    internal static string DeviceLane(Guid deviceId) => $"device:{deviceId}";

    private static string StrangersLane(string normalizedEmail) => $"name:{normalizedEmail}";

    /// <summary>A hash of an older make costs less work, and its account would answer faster than others.</summary>
    private async Task HashAgainAsync(DeskContext db, Guid personId, string before, string password, CancellationToken ct)
    {
        var hash = hasher.HashPassword(null!, password);
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await db.Users.Where(p => p.Id == personId && p.PasswordHash == before).ExecuteUpdateAsync(u => u.SetProperty(p => p.PasswordHash, hash), ct);
        await transaction.CommitAsync();
    }
}
