using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>Whoever sits before an open session proves again who they are before it becomes more than a session: with new factors, tokens or another password.</summary>
public sealed class ConfirmPassword(DeskDatabase database, PasswordGate gate, SignInThrottle throttle, FailedAttempts failed)
{
    /// <returns><c>Person.PasswordWrong</c> or <c>SignIn.Wait</c> (seconds) when it is not confirmed.</returns>
    public async Task<Result<Done>> HandleAsync(Actor actor, string? password, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var lane = $"own:{member.Id}";
        if (throttle.Enter(lane) is var wait && wait > TimeSpan.Zero) return new Forbidden("SignIn.Wait", (int)Math.Ceiling(wait.TotalSeconds));
        var hash = await db.Users.Where(p => p.Id == member.Id).Select(p => p.PasswordHash).FirstAsync(ct);
        if (password is null or { Length: 0 or > PasswordRule.MaxLength } || (await gate.CompareAsync(hash, password, isKnown: true, ct)).Value == PasswordVerificationResult.Failed)
        {
            failed.Tell(member.Id, member.Name, throttle.Failures(lane), "");
            return new Invalid("CurrentPassword", "Person.PasswordWrong");
        }
        throttle.Succeeded(lane);
        return Done.Value;
    }
}
