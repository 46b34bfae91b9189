using IncidentDesk.Audit;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Xunit;

namespace IncidentDesk.Tests.People;

public sealed class SecondFactorTests
{
    private const string Password = "correct horse battery";

    [Theory, EngineData]
    public async Task An_authenticator_counts_once_its_first_code_was_right(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, email) = await desk.WithPasswordAsync(Password);
        var (mine, other) = (await SessionAsync(desk, ana), await SessionAsync(desk, ana));
        var secret = (await desk.Get<SecondFactors>().BeginAuthenticatorAsync(ana, default)).Value;
        Assert.Equal(secret, (await desk.Get<SecondFactors>().PendingAuthenticatorAsync(ana, default)).Value);
        // whoever saw a secret that was begun and left has nothing of the one that is begun next
        var seen = secret;
        secret = (await desk.Get<SecondFactors>().BeginAuthenticatorAsync(ana, default)).Value;
        Assert.NotEqual(seen, secret);
        Assert.False((await desk.SignInAsync(email, Password)).Value.NeedsSecondFactor);
        Refused.Field("Code", "Factor.CodeWrong", await desk.Get<SecondFactors>().ConfirmAuthenticatorAsync(ana, mine.SessionId, "000000", default));

        var codes = (await desk.Get<SecondFactors>().ConfirmAuthenticatorAsync(ana, mine.SessionId, Code(desk, secret), default)).Value;

        Assert.Equal(SecondFactors.RecoveryCodes, codes.Distinct().Count());
        Assert.True((await desk.SignInAsync(email, Password)).Value.NeedsSecondFactor);
        // the session in which it was set up goes on; one that a thief of the password may have ends
        Assert.NotNull(await desk.Get<Sessions>().FindAsync(mine.Key, default));
        Assert.Null(await desk.Get<Sessions>().FindAsync(other.Key, default));
        Refused.Field(null, "Factor.AlreadyThere", await desk.Get<SecondFactors>().BeginAuthenticatorAsync(ana, default));
        // neither the secret nor the codes stand in the database
        var kept = await desk.WithContextAsync(db => db.Authenticators.SingleAsync());
        Assert.DoesNotContain(secret, kept.ProtectedSecret, StringComparison.Ordinal);
        Assert.DoesNotContain(await desk.WithContextAsync(db => db.RecoveryCodes.Select(c => c.Hash).ToListAsync()), codes.Contains);
    }

    [Theory, EngineData]
    public async Task A_code_works_once_and_none_before_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, secret, _) = await EnrolledAsync(desk);
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        var (earlier, code) = (Code(desk, secret, -30), Code(desk, secret));
        Assert.Equal(SignInMethod.PasswordAndCode, (await CheckAsync(desk, ana, code)).Value);
        Refused.Field("Code", "Factor.CodeWrong", await CheckAsync(desk, ana, code));
        Refused.Field("Code", "Factor.CodeWrong", await CheckAsync(desk, ana, earlier));
        Assert.True((await CheckAsync(desk, ana, Code(desk, secret, 30))).Succeeded);
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        Refused.Field("Code", "Factor.CodeWrong", await CheckAsync(desk, ana, Code(desk, secret, -90)));
    }

    [Theory, EngineData]
    public async Task Of_several_who_use_one_code_at_once_one_gets_in(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, secret, codes) = await EnrolledAsync(desk);
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var code in new[] { Code(desk, secret), codes[0] })
            Assert.Single(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => CheckAsync(desk, ana, code)))), r => r.Succeeded);
    }

    [Theory, EngineData]
    public async Task A_recovery_code_works_once_however_it_is_written(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, _, codes) = await EnrolledAsync(desk);
        Assert.Equal(SignInMethod.PasswordAndRecoveryCode, (await CheckAsync(desk, ana, codes[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).Value);
        Refused.Field("Code", "Factor.CodeWrong", await CheckAsync(desk, ana, codes[3]));
        Assert.Equal(SecondFactors.RecoveryCodes - 1, (await desk.Get<SecondFactors>().StateAsync(ana, default)).Value.RecoveryCodesLeft);

        var renewed = (await desk.Get<SecondFactors>().NewRecoveryCodesAsync(ana, default)).Value;
        Refused.Field("Code", "Factor.CodeWrong", await CheckAsync(desk, ana, codes[4]));
        Assert.True((await CheckAsync(desk, ana, renewed[4])).Succeeded);
    }

    [Theory, EngineData]
    public async Task Guessing_codes_is_held_back_for_strangers_and_not_for_the_owner(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, secret, _) = await EnrolledAsync(desk);
        var device = (await SessionAsync(desk, ana)).Device;
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < SignInThrottle.Free; i++) Refused.Field("Code", "Factor.CodeWrong", await CheckAsync(desk, ana, $"00000{i}"));
        Refused.Forbidden("SignIn.Wait", await CheckAsync(desk, ana, Code(desk, secret)));
        Assert.True((await CheckAsync(desk, ana, Code(desk, secret), device)).Succeeded);
    }

    [Theory, EngineData]
    public async Task Another_password_ends_what_is_half_done_and_wrong_codes_are_written_down(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, secret, _) = await EnrolledAsync(desk);
        for (var i = 0; i < SignInThrottle.Free; i++) await CheckAsync(desk, ana, $"00000{i}");
        await desk.Get<FailedAttempts>().Writing;
        Assert.Equal("5", await desk.WithContextAsync(db => db.AuditEvents.Where(e => e.Kind == AuditKind.SignInThrottled).Select(e => e.After).SingleAsync()));

        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True((await desk.Get<HelpToSignIn>().EndSessionsAsync(ana.PersonId, null, default)).Succeeded);
        Refused.Forbidden("SignIn.Failed", await CheckAsync(desk, ana, Code(desk, secret)));
    }

    [Theory, EngineData]
    public async Task A_role_that_demands_a_second_factor_opens_the_desk_to_sessions_that_have_one(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator, "Root");
        var (ana, _) = await desk.WithPasswordAsync(Password);
        var session = await SessionAsync(desk, ana);
        Refused.Forbidden("Person.MayNotManage", await desk.Get<HelpToSignIn>().DemandSecondFactorAsync(new HashSet<PersonRole> { PersonRole.Responder }, ana, default));
        Assert.True(await IsValidAsync(desk, session, ana));

        Assert.True((await desk.Get<HelpToSignIn>().DemandSecondFactorAsync(new HashSet<PersonRole> { PersonRole.Responder, PersonRole.Administrator }, admin, default)).Succeeded);
        Assert.True((await desk.Get<Sessions>().FindAsync(session.Key, default))!.MustEnrol);
        // open pages end
        Assert.False(await IsValidAsync(desk, session, ana));

        var secret = (await desk.Get<SecondFactors>().BeginAuthenticatorAsync(ana, default)).Value;
        Assert.True((await desk.Get<SecondFactors>().ConfirmAuthenticatorAsync(ana, session.SessionId, Code(desk, secret), default)).Succeeded);
        Assert.False((await desk.Get<Sessions>().FindAsync(session.Key, default))!.MustEnrol);
        Assert.True(await IsValidAsync(desk, session, ana));
        Refused.Forbidden("Factor.Demanded", await desk.Get<SecondFactors>().RemoveAuthenticatorAsync(ana, default));

        var change = await desk.WithContextAsync(db => db.AuditEvents.SingleAsync(e => e.Kind == AuditKind.SecondFactorRequired));
        Assert.Equal(("", "Responder, Administrator", "Root"), (change.Before, change.After, change.ActorName));
    }

    [Theory, EngineData]
    public async Task An_administrator_removes_the_factors_of_somebody_who_lost_them(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator, "Root");
        var (ana, _, codes) = await EnrolledAsync(desk);
        var session = await SessionAsync(desk, ana);
        Refused.Forbidden("Person.MayNotManage", await desk.Get<HelpToSignIn>().ResetSecondFactorAsync(ana.PersonId, ana, default));
        Assert.True((await desk.Get<HelpToSignIn>().ResetSecondFactorAsync(ana.PersonId, admin, default)).Succeeded);
        Assert.Equal(new SecondFactors.State(false, false, 0, 0, false), (await desk.Get<SecondFactors>().StateAsync(ana, default)).Value);
        Assert.Null(await desk.Get<Sessions>().FindAsync(session.Key, default));
        Refused.Field("Code", "Factor.CodeWrong", await CheckAsync(desk, ana, codes[0]));
    }

    [Theory, EngineData]
    public async Task A_passkey_is_kept_counted_as_a_second_factor_and_removed_by_its_owner_only(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, email) = await desk.WithPasswordAsync(Password);
        var ben = await desk.PersonAsync(name: "Ben");
        var session = await SessionAsync(desk, ana);
        await using (desk.Scope<Passkeys>(out var passkeys)) Assert.Equal(SecondFactors.RecoveryCodes, (await passkeys.AddAsync(ana, session.SessionId, "Laptop", Passkey(1), default)).Value.Count);
        await using (desk.Scope<Passkeys>(out var passkeys)) Assert.Empty((await passkeys.AddAsync(ana, session.SessionId, "Phone", Passkey(2), default)).Value);
        await using (desk.Scope<Passkeys>(out var passkeys)) Refused.Field(null, "Factor.PasskeyKnown", await passkeys.AddAsync(ben, session.SessionId, "Stolen", Passkey(2), default));
        await using (desk.Scope<Passkeys>(out var passkeys)) Refused.NotFound("Factor.PasskeyNotFound", await passkeys.RemoveAsync(ben, [1], default));
        Assert.True((await desk.SignInAsync(email, Password)).Value.NeedsSecondFactor);

        await using (desk.Scope<Passkeys>(out var passkeys)) Assert.True((await passkeys.RemoveAsync(ana, [1], default)).Succeeded);
        await using (desk.Scope<Passkeys>(out var passkeys)) Assert.Equal("Phone", Assert.Single((await passkeys.ListAsync(ana, default)).Value).Name);
        await using (desk.Scope<Passkeys>(out var passkeys)) Assert.True((await passkeys.RemoveAsync(ana, [2], default)).Succeeded);
        Assert.Equal(new SecondFactors.State(false, false, 0, 0, false), (await desk.Get<SecondFactors>().StateAsync(ana, default)).Value);
        Assert.False((await desk.SignInAsync(email, Password)).Value.NeedsSecondFactor);
    }

    private static UserPasskeyInfo Passkey(byte id) => new([id], [9], DateTimeOffset.UnixEpoch, 0, null, isUserVerified: true, isBackupEligible: false, isBackedUp: false, [], []);

    private static async Task<(Actor Person, string Secret, IReadOnlyList<string> Codes)> EnrolledAsync(TestDesk desk)
    {
        var (ana, _) = await desk.WithPasswordAsync(Password);
        var secret = (await desk.Get<SecondFactors>().BeginAuthenticatorAsync(ana, default)).Value;
        return (ana, secret, (await desk.Get<SecondFactors>().ConfirmAuthenticatorAsync(ana, Guid.Empty, Code(desk, secret), default)).Value);
    }

    private static async Task<(string Key, Guid SessionId, string Device)> SessionAsync(TestDesk desk, Actor person)
    {
        var started = (await desk.Get<Sessions>().StartAsync(new(person.PersonId, SignInMethod.Password, false, "Firefox, Linux", "192.0.2.1"), default)).Value;
        return (started.Key, (await desk.Get<Sessions>().FindAsync(started.Key, default))!.SessionId, started.DeviceKey!);
    }

    private static Task<bool> IsValidAsync(TestDesk desk, (string Key, Guid SessionId, string Device) session, Actor person) =>
        desk.Get<Sessions>().IsValidAsync(session.SessionId, person.PersonId, PersonRole.Responder, default);

    private static Task<Result<SignInMethod>> CheckAsync(TestDesk desk, Actor person, string code, string? device = null) =>
        desk.Get<CheckSecondFactor>().HandleAsync(new(person.PersonId, "stamp", code, device, "192.0.2.7"), default);

    private static string Code(TestDesk desk, string secret, int seconds = 0) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(desk.Now.AddSeconds(seconds));
}
