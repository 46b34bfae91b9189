using IncidentDesk.Audit;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.People;

public sealed class SessionsTests
{
    [Theory, EngineData]
    public async Task A_session_is_known_by_its_secret_until_its_time_is_up_however_much_it_is_used(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var sessions = desk.Get<Sessions>();
        var started = (await sessions.StartAsync(Start(ana), default)).Value;
        Assert.Equal(TestDesk.Noon + Session.Lifetime, started.ExpiresAt);
        Assert.Equal(ana.PersonId, (await sessions.FindAsync(started.Key, default))!.Person.Id);
        Assert.Null(await sessions.FindAsync(started.Key + "x", default));
        Assert.Null(await sessions.FindAsync("", default));
        Assert.DoesNotContain(started.Key, await desk.WithContextAsync(db => db.Sessions.Select(s => s.KeyHash).ToListAsync()));

        for (var hour = 1; hour < 12; hour++)
        {
            desk.Clock.Advance(TimeSpan.FromHours(1));
            Assert.NotNull(await sessions.FindAsync(started.Key, default));
            Assert.Equal(desk.Now, Assert.Single((await sessions.ListAsync(ana, default)).Value).LastSeenAt);
        }
        desk.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await sessions.FindAsync(started.Key, default));
        Assert.Equal(desk.Now + Session.LongLifetime, (await sessions.StartAsync(Start(ana) with { Stay = true }, default)).Value.ExpiresAt);
    }

    [Theory, EngineData]
    public async Task A_person_sees_their_own_sessions_and_ends_one_or_all_others(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var sessions = desk.Get<Sessions>();
        var keys = new List<string>();
        string? device = null;
        for (var i = 0; i < 3; i++)
        {
            var started = (await sessions.StartAsync(Start(ana), default)).Value;
            keys.Add(started.Key);
            if (i == 1) device = started.DeviceKey;
        }
        var bens = (await sessions.StartAsync(Start(ben), default)).Value;
        var ids = new List<Guid>();
        foreach (var key in keys) ids.Add((await sessions.FindAsync(key, default))!.SessionId);
        Assert.Equal(3, (await sessions.ListAsync(ana, default)).Value.Count);

        await sessions.EndAsync(ben, ids[0], AuditKind.SessionEnded, default);
        Assert.NotNull(await sessions.FindAsync(keys[0], default));
        await sessions.EndAsync(ana, ids[0], AuditKind.SignedOut, default);
        Assert.Null(await sessions.FindAsync(keys[0], default));
        Assert.True((await sessions.EndOthersAsync(ana, ids[1], device, default)).Succeeded);
        Assert.NotNull(await sessions.FindAsync(keys[1], default));
        Assert.Null(await sessions.FindAsync(keys[2], default));
        Assert.NotNull(await sessions.FindAsync(bens.Key, default));
        // of the devices, the one from which it was asked stays known, and nobody else's is touched
        var kept = Shared.Secret.Hash(device!);
        Assert.Equal(1, await desk.WithContextAsync(db => db.KnownDevices.CountAsync(d => d.PersonId == ana.PersonId && d.KeyHash == kept)));
        Assert.Equal(2, await desk.WithContextAsync(db => db.KnownDevices.CountAsync()));
    }

    [Theory, EngineData]
    public async Task Signing_in_again_ends_what_the_browser_held_and_knows_the_device(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var sessions = desk.Get<Sessions>();
        var first = (await sessions.StartAsync(Start(ana), default)).Value;
        var second = (await sessions.StartAsync(Start(ana) with { EarlierKey = first.Key, DeviceKey = first.DeviceKey }, default)).Value;
        Assert.Null(await sessions.FindAsync(first.Key, default));
        Assert.NotNull(await sessions.FindAsync(second.Key, default));
        Assert.Null(second.DeviceKey);
        // a colleague on the same machine is known there too, and the first one stays known
        Assert.Null((await sessions.StartAsync(Start(await desk.PersonAsync(name: "Ben")) with { DeviceKey = first.DeviceKey }, default)).Value.DeviceKey);
        Assert.Equal(2, await desk.WithContextAsync(db => db.KnownDevices.CountAsync()));
        Assert.Single(await desk.WithContextAsync(db => db.KnownDevices.Select(d => d.KeyHash).Distinct().ToListAsync()));
    }

    [Theory, EngineData]
    public async Task Disabling_an_account_ends_its_sessions_for_good(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (admin, ana) = (await desk.PersonAsync(PersonRole.Administrator, "Root"), await desk.PersonAsync());
        var started = (await desk.Get<Sessions>().StartAsync(Start(ana), default)).Value;
        await desk.Get<ManagePeople>().ChangeAsync(ana.PersonId, PersonRole.Responder, disabled: true, admin, default);
        Assert.Null(await desk.Get<Sessions>().FindAsync(started.Key, default));
        Refused.Forbidden("Person.NoAccess", await desk.Get<Sessions>().StartAsync(Start(ana), default));
        await desk.Get<ManagePeople>().ChangeAsync(ana.PersonId, PersonRole.Responder, disabled: false, admin, default);
        Assert.Null(await desk.Get<Sessions>().FindAsync(started.Key, default));
    }

    [Theory, EngineData]
    public async Task Another_password_ends_the_other_sessions_and_a_link_ends_all_with_the_tokens(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator, "Root");
        var (ana, _) = await desk.WithPasswordAsync("correct horse battery");
        var sessions = desk.Get<Sessions>();
        var (mine, other) = ((await sessions.StartAsync(Start(ana), default)).Value, (await sessions.StartAsync(Start(ana), default)).Value);
        var id = (await sessions.FindAsync(mine.Key, default))!.SessionId;
        await using (desk.Scope<ChoosePassword>(out var choose))
        {
            Refused.Field("CurrentPassword", "Person.PasswordWrong", await choose.ChangeAsync(ana, id, "wrong", "staple manatee volcano", default));
            Refused.Field("Password", "Person.PasswordGuessable", await choose.ChangeAsync(ana, id, "correct horse battery", "passwordpassword", default));
            Assert.True((await choose.ChangeAsync(ana, id, "correct horse battery", "staple manatee volcano", default)).Succeeded);
        }
        Assert.NotNull(await sessions.FindAsync(mine.Key, default));
        Assert.Null(await sessions.FindAsync(other.Key, default));

        var token = (await desk.Get<MyAccount>().CreateTokenAsync(ana, "bot", TokenScopes.Read, TimeSpan.FromDays(1), default)).Value;
        var link = (await desk.Get<ManagePeople>().NewLinkAsync(ana.PersonId, admin, default)).Value;
        await using (desk.Scope<ChoosePassword>(out var choose)) Assert.True((await choose.ByLinkAsync(link.Token, "lagoon pepper trombone", default)).Succeeded);
        Assert.Null(await sessions.FindAsync(mine.Key, default));
        Assert.Null(await desk.Get<CheckToken>().HandleAsync(token, default));
        Assert.Equal(2, await desk.WithContextAsync(db => db.AuditEvents.CountAsync(e => e.Kind == AuditKind.PasswordChanged)));
    }

    private static Sessions.Start Start(Shared.Actor person) => new(person.PersonId, SignInMethod.Password, false, "Firefox, Linux", "192.0.2.1");
}
