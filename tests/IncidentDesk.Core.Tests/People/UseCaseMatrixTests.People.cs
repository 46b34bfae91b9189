using IncidentDesk.Audit;
using IncidentDesk.People;
using IncidentDesk.Shared;

namespace IncidentDesk.Tests.People;

/// <summary>What concerns accounts: one's own is everybody's, others' are the administrators'.</summary>
public sealed partial class UseCaseMatrixTests
{
    private static readonly Row[] OfPeople =
    [
        Of("ListAsync", May.Administer, (ManagePeople u, Scene _, Actor who) => u.ListAsync(who, default)),
        Of("ChoicesAsync", May.Anybody, (ManagePeople u, Scene _, Actor who) => u.ChoicesAsync(who, default)),
        Of("AddAsync", May.Administer, (ManagePeople u, Scene _, Actor who) => u.AddAsync(new("New", $"{Guid.NewGuid():N}@desk.example", "es", "UTC"), PersonRole.Observer, who, default)),
        Of("NewLinkAsync", May.Administer, (ManagePeople u, Scene s, Actor who) => u.NewLinkAsync(s.Other, who, default)),
        Of("ChangeAsync", May.Administer, (ManagePeople u, Scene s, Actor who) => u.ChangeAsync(s.Other, PersonRole.Administrator, false, who, default)),
        Of("ReadAsync", May.Anybody, (MyAccount u, Scene _, Actor who) => u.ReadAsync(who, default)),
        Of("ChangeAsync", May.Anybody, (MyAccount u, Scene _, Actor who) => u.ChangeAsync(who, "Me", "en", "UTC", default)),
        Of("TokensAsync", May.Anybody, (MyAccount u, Scene _, Actor who) => u.TokensAsync(who, default)),
        Of("CreateTokenAsync", May.Anybody, (MyAccount u, Scene _, Actor who) => u.CreateTokenAsync(who, "mine", TokenScopes.Read, TimeSpan.FromDays(1), default)),
        Of("RevokeTokenAsync", May.Anybody, (MyAccount u, Scene _, Actor who) => u.RevokeTokenAsync(who, Guid.Empty, default)),
        Of("ChangeAsync", May.Anybody, (ChoosePassword u, Scene _, Actor who) => u.ChangeAsync(who, Guid.Empty, "old password 1", "new password 1", default)),
        Of("HandleAsync", May.Anybody, (ConfirmPassword u, Scene _, Actor who) => u.HandleAsync(who, "old password 1", default)),
        Of("ListAsync", May.Anybody, (Sessions u, Scene _, Actor who) => u.ListAsync(who, default)),
        Of("EndAsync", May.Anybody, (Sessions u, Scene _, Actor who) => u.EndAsync(who, Guid.Empty, AuditKind.SessionEnded, default)),
        Of("EndOthersAsync", May.Anybody, (Sessions u, Scene _, Actor who) => u.EndOthersAsync(who, Guid.Empty, null, default)),
        Of("StateAsync", May.Anybody, (SecondFactors u, Scene _, Actor who) => u.StateAsync(who, default)),
        Of("BeginAuthenticatorAsync", May.Anybody, (SecondFactors u, Scene _, Actor who) => u.BeginAuthenticatorAsync(who, default)),
        Of("PendingAuthenticatorAsync", May.Anybody, (SecondFactors u, Scene _, Actor who) => u.PendingAuthenticatorAsync(who, default)),
        Of("ConfirmAuthenticatorAsync", May.Anybody, (SecondFactors u, Scene _, Actor who) => u.ConfirmAuthenticatorAsync(who, Guid.Empty, "x", default)),
        Of("RemoveAuthenticatorAsync", May.Anybody, (SecondFactors u, Scene _, Actor who) => u.RemoveAuthenticatorAsync(who, default)),
        Of("NewRecoveryCodesAsync", May.Anybody, (SecondFactors u, Scene _, Actor who) => u.NewRecoveryCodesAsync(who, default)),
        Of("ListAsync", May.Anybody, (Passkeys u, Scene _, Actor who) => u.ListAsync(who, default)),
        Of("AddAsync", May.Anybody, (Passkeys u, Scene _, Actor who) => u.AddAsync(who, Guid.Empty, "", null!, default)),
        Of("RemoveAsync", May.Anybody, (Passkeys u, Scene _, Actor who) => u.RemoveAsync(who, [1], default)),
        Of("UnlockAsync", May.Administer, (HelpToSignIn u, Scene s, Actor who) => u.UnlockAsync(s.Other, who, default)),
        Of("ResetSecondFactorAsync", May.Administer, (HelpToSignIn u, Scene s, Actor who) => u.ResetSecondFactorAsync(s.Other, who, default)),
        Of("EndSessionsAsync", May.Administer, (HelpToSignIn u, Scene s, Actor who) => u.EndSessionsAsync(s.Other, who, default)),
        Of("DemandSecondFactorAsync", May.Administer, (HelpToSignIn u, Scene _, Actor who) => u.DemandSecondFactorAsync(new HashSet<PersonRole>(), who, default)),
    ];
}
