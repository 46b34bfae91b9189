using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Xunit;

namespace IncidentDesk.Tests.People;

public sealed class InvitationTests
{
    private const string Password = "correct horse battery";
    private static readonly PersonDetails Eva = new("Eva", "eva@desk.example", "es", "America/Mexico_City");

    [Theory, EngineData]
    public async Task An_invited_person_chooses_a_password_once(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        var invited = (await desk.Get<ManagePeople>().AddAsync(Eva, PersonRole.Responder, admin, default)).Value;
        Assert.Equal(TestDesk.Noon.AddHours(72), invited.ExpiresAt);

        Refused.Field("Password", "Person.PasswordTooShort", await ByLinkAsync(desk, invited.Token, "short"));
        Assert.Equal(invited.PersonId, (await ByLinkAsync(desk, invited.Token, Password)).Value.Id);
        Refused.Forbidden("Invitation.LinkDoesNotWork", await ByLinkAsync(desk, invited.Token, "another lagoon trombone"));

        Assert.True(await PasswordIsAsync(desk, invited.PersonId, Password));
    }

    [Theory, EngineData]
    public async Task A_new_link_ends_the_earlier_one_and_replaces_the_password(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        var first = (await desk.Get<ManagePeople>().AddAsync(Eva, PersonRole.Responder, admin, default)).Value;
        await ByLinkAsync(desk, first.Token, Password);
        var second = (await desk.Get<ManagePeople>().NewLinkAsync(first.PersonId, admin, default)).Value;
        var third = (await desk.Get<ManagePeople>().NewLinkAsync(first.PersonId, admin, default)).Value;

        Refused.Forbidden("Invitation.LinkDoesNotWork", await ByLinkAsync(desk, second.Token, "another lagoon trombone"));
        Assert.True((await ByLinkAsync(desk, third.Token, "third lagoon trombone")).Succeeded);
        Assert.True(await PasswordIsAsync(desk, first.PersonId, "third lagoon trombone"));
        Assert.False(await PasswordIsAsync(desk, first.PersonId, Password));
    }

    [Theory, EngineData]
    public async Task A_link_ends_after_three_days_and_with_the_account(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        var late = (await desk.Get<ManagePeople>().AddAsync(Eva, PersonRole.Responder, admin, default)).Value;
        desk.Clock.Advance(TimeSpan.FromHours(72));
        Refused.Forbidden("Invitation.LinkDoesNotWork", await ByLinkAsync(desk, late.Token, Password));

        var link = (await desk.Get<ManagePeople>().NewLinkAsync(late.PersonId, admin, default)).Value;
        await desk.Get<ManagePeople>().ChangeAsync(late.PersonId, PersonRole.Responder, disabled: true, admin, default);
        Refused.Forbidden("Invitation.LinkDoesNotWork", await ByLinkAsync(desk, link.Token, Password));
    }

    [Theory, EngineData]
    public async Task An_address_has_one_account(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        await desk.Get<ManagePeople>().AddAsync(Eva, PersonRole.Responder, admin, default);

        Refused.Field("Email", "Person.EmailTaken", await desk.Get<ManagePeople>().AddAsync(Eva with { Email = "EVA@desk.example" }, PersonRole.Observer, admin, default));
    }

    [Theory, EngineData]
    public async Task Of_two_who_add_the_same_address_at_once_one_is_told_that_it_is_taken(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => desk.Get<ManagePeople>().AddAsync(Eva, PersonRole.Responder, admin, default))));

        Assert.Single(answers, a => a.Succeeded);
        Assert.All(answers.Where(a => !a.Succeeded), a => Refused.Field("Email", "Person.EmailTaken", a));
    }

    [Theory, EngineData]
    public async Task The_last_administrator_stays(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        await desk.PersonAsync(PersonRole.Administrator, "Gone", disabled: true);

        Refused.Forbidden("Person.LastAdministrator", await desk.Get<ManagePeople>().ChangeAsync(admin.PersonId, PersonRole.Responder, false, admin, default));
        Refused.Forbidden("Person.LastAdministrator", await desk.Get<ManagePeople>().ChangeAsync(admin.PersonId, PersonRole.Administrator, true, admin, default));
        Assert.True((await desk.Get<ManagePeople>().ListAsync(admin, default)).Succeeded);
    }

    [Theory, EngineData]
    public async Task Two_administrators_who_remove_each_other_at_once_leave_one(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (one, other) = (await desk.PersonAsync(PersonRole.Administrator, "One"), await desk.PersonAsync(PersonRole.Administrator, "Other"));

        await Task.WhenAll(
            Task.Run(() => desk.Get<ManagePeople>().ChangeAsync(one.PersonId, PersonRole.Observer, false, other, default)),
            Task.Run(() => desk.Get<ManagePeople>().ChangeAsync(other.PersonId, PersonRole.Observer, false, one, default)));

        var may = new[] { await desk.Get<ManagePeople>().ListAsync(one, default), await desk.Get<ManagePeople>().ListAsync(other, default) };
        Assert.Single(may, m => m.Succeeded);
    }

    [Theory, EngineData]
    public async Task The_operator_adds_an_administrator_whoever_else_there_is(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        await desk.PersonAsync();
        await using var scope = desk.Scope<ChoosePassword>(out var passwords);

        Assert.Equal(PersonRole.Administrator, (await passwords.CreateAdministratorAsync(Eva, Password, default)).Value.Role);
        Refused.Field("Email", "Person.EmailTaken", await passwords.CreateAdministratorAsync(Eva, Password, default));
    }

    private static async Task<Result<Person>> ByLinkAsync(TestDesk desk, string token, string password)
    {
        await using var scope = desk.Scope<ChoosePassword>(out var passwords);
        return await passwords.ByLinkAsync(token, password, default);
    }

    private static async Task<bool> PasswordIsAsync(TestDesk desk, Guid personId, string password)
    {
        await using var scope = desk.Scope<UserManager<Person>>(out var users);
        return await users.CheckPasswordAsync((await users.FindByIdAsync(personId.ToString()))!, password);
    }
}
