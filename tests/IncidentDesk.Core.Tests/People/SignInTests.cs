using IncidentDesk.Audit;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.People;

/// <summary>Passwords at the door: who is let in, who waits, and that strangers cannot make the owner wait.</summary>
public sealed class SignInTests
{
    private const string Password = "correct horse battery";

    [Theory, EngineData]
    public async Task The_right_password_passes_and_everything_else_is_one_answer(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, email) = await desk.WithPasswordAsync(Password);
        Assert.Equal(new SignInWithPassword.Passed(ana.PersonId, "stamp", NeedsSecondFactor: false), (await desk.SignInAsync(email, Password)).Value);
        Assert.True((await desk.SignInAsync(email.ToUpperInvariant(), Password)).Succeeded);

        Refused.Forbidden("SignIn.Failed", await desk.SignInAsync(email, Password + "x"));
        Refused.Forbidden("SignIn.Failed", await desk.SignInAsync("nobody@desk.example", Password));
        Refused.Forbidden("SignIn.Failed", await desk.SignInAsync(email, new string('x', PasswordRule.MaxLength + 1)));
        Refused.Forbidden("SignIn.Failed", await desk.SignInAsync("a\0b@desk.example", Password));
        await desk.WithContextAsync(db => db.Users.ExecuteUpdateAsync(u => u.SetProperty(p => p.DisabledAt, desk.Now)));
        Refused.Forbidden("SignIn.Failed", await desk.SignInAsync(email, Password));
    }

    [Theory, EngineData]
    public async Task A_password_is_the_same_however_it_is_composed(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (_, email) = await desk.WithPasswordAsync("cami\u00f3n volcán manatí 7");
        Assert.True((await desk.SignInAsync(email, "camio\u0301n volca\u0301n manati\u0301 7")).Succeeded);
    }

    [Theory, EngineData]
    public async Task Strangers_wait_longer_and_longer_and_names_that_nobody_has_wait_the_same(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (_, email) = await desk.WithPasswordAsync(Password);
        foreach (var name in new[] { email, "nobody@desk.example" })
        {
            for (var i = 0; i < SignInThrottle.Free; i++) Refused.Forbidden("SignIn.Failed", await desk.SignInAsync(name, "wrong"));
            Assert.Equal(1, Wait(await desk.SignInAsync(name, "wrong")));
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
            Refused.Forbidden("SignIn.Failed", await desk.SignInAsync(name, "wrong"));
            Assert.Equal(2, Wait(await desk.SignInAsync(name, "wrong")));
        }
        // the right password tells a stranger nothing either while it waits
        Assert.True(Wait(await desk.SignInAsync(email, Password)) > 0);
        for (var i = 0; i < 20; i++)
        {
            desk.Clock.Advance(SignInThrottle.LongestWait);
            Refused.Forbidden("SignIn.Failed", await desk.SignInAsync(email, "wrong"));
        }
        Assert.Equal((int)SignInThrottle.LongestWait.TotalSeconds, Wait(await desk.SignInAsync(email, "wrong")));
    }

    [Theory, EngineData]
    public async Task Whoever_hammers_on_a_name_does_not_make_its_owner_wait_on_a_device_that_the_desk_knows(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, email) = await desk.WithPasswordAsync(Password);
        var device = (await desk.Get<Sessions>().StartAsync(new(ana.PersonId, SignInMethod.Password, false, "Firefox", "192.0.2.1"), default)).Value.DeviceKey!;
        for (var i = 0; i < 1000; i++)
        {
            await desk.SignInAsync(email, "wrong", address: $"198.51.100.{i % 250}");
            if (i % 10 == 0) desk.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.True((await desk.SignInAsync(email, Password, device)).Succeeded);

        // a stolen device is held back by itself, and then is a stranger
        for (var i = 0; i < SignInThrottle.Free; i++) Refused.Forbidden("SignIn.Failed", await desk.SignInAsync(email, "wrong", device));
        Assert.True(Wait(await desk.SignInAsync(email, Password, device)) > 0);
        // somebody else's device is one
        var (_, other) = await desk.WithPasswordAsync(Password, "Ben");
        for (var i = 0; i < SignInThrottle.Free; i++) Refused.Forbidden("SignIn.Failed", await desk.SignInAsync(other, "wrong"));
        Assert.True(Wait(await desk.SignInAsync(other, Password, device)) > 0);
    }

    [Theory, EngineData]
    public async Task An_unlocked_account_can_be_tried_from_a_new_device_while_strangers_go_on(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, email) = await desk.WithPasswordAsync(Password);
        for (var i = 0; i < 100; i++) await desk.SignInAsync(email, "wrong");
        Assert.True(Wait(await desk.SignInAsync(email, Password)) > 0);

        Assert.True((await desk.Get<HelpToSignIn>().UnlockAsync(ana.PersonId, null, default)).Succeeded);
        for (var i = 0; i < 50; i++) Refused.Forbidden("SignIn.Failed", await desk.SignInAsync(email, "wrong"));
        Assert.True((await desk.SignInAsync(email, Password)).Succeeded);
        for (var i = 0; i < 100; i++) await desk.SignInAsync(email, "wrong");
        desk.Clock.Advance(HelpToSignIn.Unlocked);
        for (var i = 0; i < 100; i++) await desk.SignInAsync(email, "wrong");
        Assert.True(Wait(await desk.SignInAsync(email, Password)) > 0);
        Assert.Equal(["operator"], await desk.WithContextAsync(db => db.AuditEvents.Where(e => e.Kind == AuditKind.SignInUnlocked).Select(e => e.ActorName).ToListAsync()));
    }

    [Theory, EngineData]
    public async Task A_long_attack_on_a_name_leaves_a_few_lines_in_the_audit_trail(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, email) = await desk.WithPasswordAsync(Password);
        for (var i = 0; i < 70; i++)
        {
            await desk.SignInAsync(email, "wrong", address: "203.0.113.9");
            await desk.SignInAsync("nobody@desk.example", "wrong");
            desk.Clock.Advance(SignInThrottle.LongestWait);
        }
        await desk.Get<FailedAttempts>().Writing;
        var lines = await desk.WithContextAsync(db => db.AuditEvents.Where(e => e.Kind == AuditKind.SignInThrottled).OrderBy(e => e.Id).ToListAsync());
        Assert.Equal(["5", "8", "16", "32", "64"], lines.Select(l => l.After));
        Assert.All(lines, l => Assert.Equal((ana.PersonId.ToString(), "203.0.113.9"), (l.SubjectId, l.Address)));
    }

    [Fact]
    public async Task More_strangers_at_once_than_can_wait_are_told_to_come_again()
    {
        await using var desk = await TestDesk.OpenAsync(Engine.Sqlite);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => desk.SignInAsync($"nobody{i}@desk.example", "wrong"))));
        Assert.All(answers, a => Assert.Contains(a.Error!.Code, new[] { "SignIn.Failed", "SignIn.Busy" }));
        Assert.Contains(answers, a => a.Error!.Code == "SignIn.Failed");
    }

    [Theory, EngineData]
    public async Task A_hash_of_an_older_make_is_made_anew_at_the_next_sign_in(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, email) = await desk.WithPasswordAsync(Password);
        var old = new PasswordHasher<Person>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 500 })).HashPassword(null!, Password);
        await desk.WithContextAsync(db => db.Users.Where(p => p.Id == ana.PersonId).ExecuteUpdateAsync(u => u.SetProperty(p => p.PasswordHash, old)));
        Assert.True((await desk.SignInAsync(email, Password)).Succeeded);
        Assert.NotEqual(old, await desk.WithContextAsync(db => db.Users.Where(p => p.Id == ana.PersonId).Select(p => p.PasswordHash).SingleAsync()));
        Assert.True((await desk.SignInAsync(email, Password)).Succeeded);
    }

    [Fact]
    public void The_throttle_forgets_and_its_memory_is_bounded()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var throttle = new SignInThrottle(clock);
        for (var i = 0; i < SignInThrottle.Free; i++) Assert.Equal(TimeSpan.Zero, throttle.Enter("name:ANA"));
        Assert.NotEqual(TimeSpan.Zero, throttle.Enter("name:ANA"));
        // names that strangers invent do not push out the one that they attack
        for (var i = 0; i < 250_000; i++) throttle.Enter($"name:{i}");
        Assert.NotEqual(TimeSpan.Zero, throttle.Enter("name:ANA"));
        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(TimeSpan.Zero, throttle.Enter("name:ANA"));
        Assert.Equal(1, throttle.Failures("name:ANA"));
    }

    private static int Wait<T>(Result<T> result)
    {
        var error = Assert.IsType<Forbidden>(result.Error);
        Assert.Equal("SignIn.Wait", error.Code);
        return Assert.IsType<int>(Assert.Single(error.Args));
    }
}

internal static class SigningIn
{
    /// <summary>Somebody who chose a password.</summary>
    public static async Task<(Actor Person, string Email)> WithPasswordAsync(this TestDesk desk, string password, string name = "Ana", PersonRole role = PersonRole.Responder)
    {
        var person = await desk.PersonAsync(role, name);
        var hash = desk.Get<IPasswordHasher<Person>>().HashPassword(null!, password);
        await desk.WithContextAsync(db => db.Users.Where(p => p.Id == person.PersonId).ExecuteUpdateAsync(u => u.SetProperty(p => p.PasswordHash, hash)));
        return (person, await desk.WithContextAsync(db => db.Users.Where(p => p.Id == person.PersonId).Select(p => p.Email!).SingleAsync()));
    }

    public static Task<Result<SignInWithPassword.Passed>> SignInAsync(this TestDesk desk, string email, string password, string? device = null, string address = "192.0.2.7") =>
        desk.Get<SignInWithPassword>().HandleAsync(new(email, password, device, address), default);
}
