using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.People;

public sealed class SetUpDeskTests
{
    private const string Password = "correct horse battery";

    [Theory, EngineData]
    public async Task The_link_creates_the_first_administrator_and_works_once(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var token = await NewLinkAsync(desk);

        var root = (await UseAsync(desk, token!, "root@desk.example")).Value;

        Assert.Equal(PersonRole.Administrator, root.Role);
        Assert.True((await desk.Get<ManagePeople>().ListAsync(new Actor(root.Id), default)).Succeeded);
        Refused.Forbidden("Setup.LinkDoesNotWork", await UseAsync(desk, token!, "second@desk.example"));
        Assert.Null(await NewLinkAsync(desk));
        Assert.Equal(1, await desk.WithContextAsync(db => db.Users.CountAsync()));
        Assert.DoesNotContain(token, await desk.WithContextAsync(db => db.AccessLinks.Select(l => l.TokenHash).ToListAsync()));
    }

    [Theory, EngineData]
    public async Task The_link_ends_after_an_hour_and_when_a_newer_one_is_made(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (first, second) = (await NewLinkAsync(desk), await NewLinkAsync(desk));

        Refused.Forbidden("Setup.LinkDoesNotWork", await UseAsync(desk, first!, "root@desk.example"));
        await using (var scope = desk.Scope<SetUpDesk>(out var setUp))
            Assert.Equal(((DateTime?)null, (DateTime?)TestDesk.Noon.AddHours(1)), (await setUp.EndOfLinkAsync(first, default), await setUp.EndOfLinkAsync(second, default)));

        desk.Clock.Advance(TimeSpan.FromHours(1));
        Refused.Forbidden("Setup.LinkDoesNotWork", await UseAsync(desk, second!, "root@desk.example"));
        Assert.True((await UseAsync(desk, (await NewLinkAsync(desk))!, "root@desk.example")).Succeeded);
    }

    [Theory, EngineData]
    public async Task A_link_that_is_still_open_does_not_work_once_somebody_has_an_account(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var token = await NewLinkAsync(desk);
        await desk.PersonAsync(PersonRole.Observer, disabled: true);

        Refused.Forbidden("Setup.LinkDoesNotWork", await UseAsync(desk, token!, "root@desk.example"));
        await using var scope = desk.Scope<SetUpDesk>(out var setUp);
        Assert.Null(await setUp.EndOfLinkAsync(token, default));
    }

    [Theory, EngineData]
    public async Task Of_several_who_open_the_link_at_once_one_becomes_administrator(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var token = await NewLinkAsync(desk);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => UseAsync(desk, token!, $"root{i}@desk.example"))));

        Assert.Single(answers, a => a.Succeeded);
        Assert.All(answers.Where(a => !a.Succeeded), a => Refused.Forbidden("Setup.LinkDoesNotWork", a));
        Assert.Equal(1, await desk.WithContextAsync(db => db.Users.CountAsync()));
    }

    [Theory, EngineData]
    public async Task A_refused_password_or_address_leaves_the_link_open(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var token = await NewLinkAsync(desk);

        Refused.Field("Password", "Person.PasswordTooShort", await UseAsync(desk, token!, "root@desk.example", "short"));
        Refused.Field("Email", "Person.EmailInvalid", await UseAsync(desk, token!, "nobody"));
        Refused.Forbidden("Setup.LinkDoesNotWork", await UseAsync(desk, "another", "root@desk.example"));
        Assert.True((await UseAsync(desk, token!, "root@desk.example")).Succeeded);
    }

    private static async Task<string?> NewLinkAsync(TestDesk desk)
    {
        await using var scope = desk.Scope<SetUpDesk>(out var setUp);
        return await setUp.NewLinkAsync(default);
    }

    private static async Task<Result<Person>> UseAsync(TestDesk desk, string token, string email, string password = Password)
    {
        await using var scope = desk.Scope<SetUpDesk>(out var setUp);
        return await setUp.HandleAsync(token, new PersonDetails("Root", email, "en", "UTC"), password, default);
    }
}
