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
        Of("CreateTokenAsync", May.Anybody, (MyAccount u, Scene _, Actor who) => u.CreateTokenAsync(who, "mine", default)),
        Of("RevokeTokenAsync", May.Anybody, (MyAccount u, Scene _, Actor who) => u.RevokeTokenAsync(who, Guid.Empty, default)),
        Of("ChangeAsync", May.Anybody, (ChoosePassword u, Scene _, Actor who) => u.ChangeAsync(who, "old password 1", "new password 1", default)),
    ];
}
