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

        var token = (await desk.Get<MyAccount>().CreateTokenAsync(ana, "wall board", default)).Value;

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
        var token = (await desk.Get<MyAccount>().CreateTokenAsync(ana, "bot", default)).Value;
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
        var token = (await desk.Get<MyAccount>().CreateTokenAsync(ana, "bot", default)).Value;

        await desk.Get<ManagePeople>().ChangeAsync(ana.PersonId, PersonRole.Responder, disabled: true, admin, default);
        Assert.Null(await desk.Get<CheckToken>().HandleAsync(token, default));

        await desk.Get<ManagePeople>().ChangeAsync(ana.PersonId, PersonRole.Responder, disabled: false, admin, default);
        // Who comes back makes new ones: nobody knows who had the old ones meanwhile.
        Assert.Null(await desk.Get<CheckToken>().HandleAsync(token, default));
    }
}
