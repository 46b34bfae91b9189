using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.People;

public sealed class ApiTokenTests
{
    [Theory, EngineData]
    public async Task A_token_acts_as_its_owner_and_is_kept_only_as_a_hash(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();

        var token = (await desk.Get<MyAccount>().CreateTokenAsync(ana, "wall board", TokenScopes.Read, TimeSpan.FromDays(30), default)).Value;

        Assert.Equal(ana.PersonId, (await desk.Get<CheckToken>().HandleAsync(token, default))!.Owner.Id);
        Assert.Null(await desk.Get<CheckToken>().HandleAsync(token + "x", default));
        Assert.Null(await desk.Get<CheckToken>().HandleAsync("", default));
        var kept = await desk.WithContextAsync(db => db.ApiTokens.SingleAsync());
        Assert.Equal(64, kept.Hash.Length);
        Assert.DoesNotContain(token, kept.Hash + kept.Name);
        Assert.Equal(TestDesk.Noon, kept.LastUsedAt);
    }

    [Theory, EngineData]
    public async Task A_revoked_token_does_not_work(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var token = (await desk.Get<MyAccount>().CreateTokenAsync(ana, "bot", TokenScopes.Read, TimeSpan.FromDays(30), default)).Value;
        var id = Assert.Single((await desk.Get<MyAccount>().TokensAsync(ana, default)).Value).Id;

        Refused.NotFound("Token.NotFound", await desk.Get<MyAccount>().RevokeTokenAsync(ben, id, default));
        Assert.NotNull(await desk.Get<CheckToken>().HandleAsync(token, default));
        Assert.True((await desk.Get<MyAccount>().RevokeTokenAsync(ana, id, default)).Succeeded);
        Assert.Null(await desk.Get<CheckToken>().HandleAsync(token, default));
        Assert.Empty((await desk.Get<MyAccount>().TokensAsync(ana, default)).Value);
    }

    [Theory, EngineData]
    public async Task The_token_of_somebody_disabled_does_not_work_and_never_again(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (admin, ana) = (await desk.PersonAsync(PersonRole.Administrator, "Root"), await desk.PersonAsync());
        var token = (await desk.Get<MyAccount>().CreateTokenAsync(ana, "bot", TokenScopes.Read, TimeSpan.FromDays(30), default)).Value;

        await desk.Get<ManagePeople>().ChangeAsync(ana.PersonId, PersonRole.Responder, disabled: true, admin, default);
        Assert.Null(await desk.Get<CheckToken>().HandleAsync(token, default));

        await desk.Get<ManagePeople>().ChangeAsync(ana.PersonId, PersonRole.Responder, disabled: false, admin, default);
        // Who comes back makes new ones: nobody knows who had the old ones meanwhile.
        Assert.Null(await desk.Get<CheckToken>().HandleAsync(token, default));
    }

    [Theory, EngineData]
    public async Task A_token_is_good_for_what_it_was_made_for_and_for_so_long(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var mine = desk.Get<MyAccount>();
        var token = (await mine.CreateTokenAsync(ana, "bot", TokenScopes.Read | TokenScopes.Log, TimeSpan.FromDays(30), default)).Value;
        Assert.Equal(TokenScopes.Read | TokenScopes.Log, (await desk.Get<CheckToken>().HandleAsync(token, default))!.Scopes);
        desk.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null(await desk.Get<CheckToken>().HandleAsync(token, default));

        Refused.Forbidden("Person.MayNotManage", await mine.CreateTokenAsync(ana, "bot", TokenScopes.Administer, TimeSpan.FromDays(1), default));
        Refused.Field("scopes", "Token.NoScope", await mine.CreateTokenAsync(ana, "bot", TokenScopes.None, TimeSpan.FromDays(1), default));
        Refused.Field("scopes", "Token.NoScope", await mine.CreateTokenAsync(ana, "bot", (TokenScopes)64, TimeSpan.FromDays(1), default));
        Refused.Field("lifetime", "Token.LifetimeUnknown", await mine.CreateTokenAsync(ana, "bot", TokenScopes.Read, TimeSpan.FromDays(400), default));
        Refused.Field("lifetime", "Token.LifetimeUnknown", await mine.CreateTokenAsync(ana, "bot", TokenScopes.Read, TimeSpan.Zero, default));
    }
}
