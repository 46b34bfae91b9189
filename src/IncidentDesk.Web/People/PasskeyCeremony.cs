using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;

namespace IncidentDesk.Web.People;

/// <summary>The two steps of each passkey ceremony: what is asked of the browser, and whether its answer is right.</summary>
internal sealed class PasskeyCeremony(IPasskeyHandler<Person> handler, DeskCookies cookies, Passkeys passkeys, UsedAnswers used, ILogger<PasskeyCeremony> logger)
{
    // Larger than any authenticator's answer.
    private const int MaxCredentialLength = 32 * 1024;

    public async Task<string> AskAsync(HttpContext context)
    {
        // Not for anybody in particular: the browser shows the passkeys that it has, and nobody learns who has any.
        var asked = await handler.MakeRequestOptionsAsync(null, context);
        cookies.WritePasskeyState(context, asked.AssertionState);
        return asked.RequestOptionsJson;
    }

    public async Task<string> OfferAsync(HttpContext context, Person person)
    {
        var offered = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.Email!, DisplayName = person.DisplayName }, context);
        cookies.WritePasskeyState(context, offered.AttestationState);
        return offered.CreationOptionsJson;
    }

    /// <returns>Whose it is, or <c>SignIn.PasskeyFailed</c>.</returns>
    public async Task<Result<Guid>> SignInAsync(HttpContext context, string? credential, CancellationToken ct)
    {
        if (cookies.TakePasskeyState(context) is not { } state || credential is not { Length: > 0 and <= MaxCredentialLength }) return new Forbidden("SignIn.PasskeyFailed");
        var outcome = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = state });
        if (!outcome.Succeeded || outcome.User.DisabledAt is not null)
        {
            logger.LogInformation("A passkey was refused: {Reason}", outcome.Failure?.Message ?? "disabled account");
            return new Forbidden("SignIn.PasskeyFailed");
        }
        if (!used.TryUse(state) || !await passkeys.UsedAsync(outcome.User, outcome.Passkey, ct))
        {
            logger.LogWarning("A passkey's answer came twice");
            return new Forbidden("SignIn.PasskeyFailed");
        }
        return outcome.User.Id;
    }

    /// <returns>The passkey, checked, or <c>Factor.PasskeyFailed</c>.</returns>
    public async Task<Result<UserPasskeyInfo>> ReadNewAsync(HttpContext context, string? credential)
    {
        if (cookies.TakePasskeyState(context) is not { } state || credential is not { Length: > 0 and <= MaxCredentialLength }) return new Forbidden("Factor.PasskeyFailed");
        var outcome = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = state });
        if (outcome.Succeeded && outcome.UserEntity.Id == context.User.ToActor().PersonId.ToString()) return outcome.Passkey;
        logger.LogInformation("A new passkey was refused: {Reason}", outcome.Failure?.Message ?? "another person's");
        return new Forbidden("Factor.PasskeyFailed");
    }
}

/// <summary>What passkeys have answered lately, by its hash: whoever has read an answer along comes too late with it.</summary>
internal sealed class UsedAnswers(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    /// <returns>False when it was used.</returns>
    public bool TryUse(string state)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            // Only right answers get in: they are few.
            foreach (var old in _used.Where(u => u.Value < now).Select(u => u.Key).ToList()) _used.Remove(old);
            return _used.TryAdd(Secret.Hash(state), now + DeskCookies.PendingLifetime);
        }
    }
}
