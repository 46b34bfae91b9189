using System.Reflection;
using IncidentDesk.People;
using IncidentDesk.Web.Live;
using IncidentDesk.Web.Tests.Hosting;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace IncidentDesk.Web.Tests.Access;

/// <summary>Who may call what on the hub: every method, every caller, every incident.</summary>
public sealed class HubMatrixTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    // Each waits for its first answer. All of them read, so whoever sees the incident may.
    private static readonly Dictionary<string, Func<HubConnection, string, CancellationToken, Task>> Methods = new(StringComparer.Ordinal)
    {
        [nameof(IncidentsHub.Follow)] = async (hub, key, ct) =>
        {
            await foreach (var _ in hub.StreamAsync<EntryAnswer>(nameof(IncidentsHub.Follow), key, 0L, ct)) return;
        },
    };

    [Fact]
    public void Every_method_stands_in_the_matrix() => Assert.Equal(
        Methods.Keys.Order(StringComparer.Ordinal),
        typeof(IncidentsHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.GetBaseDefinition().DeclaringType == typeof(IncidentsHub)).Select(m => m.Name).Distinct().Order(StringComparer.Ordinal));

    [Theory, EngineData]
    public async Task Each_caller_gets_what_the_incident_allows(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var owner = await desk.PersonAsync();
        var (open, hidden) = (await owner.DeclareAsync(), await owner.DeclareAsync(restricted: true));
        foreach (var role in Enum.GetValues<PersonRole>())
        {
            await using var hub = await ConnectAsync(desk, (await desk.PersonAsync(role)).Token);
            foreach (var (name, callAsync) in Methods)
            {
                await callAsync(hub, open, default).WaitAsync(Deadline);
                if (role == PersonRole.Administrator) await callAsync(hub, hidden, default).WaitAsync(Deadline);
                var refused = new List<string>();
                foreach (var key in role == PersonRole.Administrator ? ["INC-1999-999"] : new[] { hidden, "INC-1999-999" })
                    refused.Add((await Assert.ThrowsAsync<HubException>(() => callAsync(hub, key, default).WaitAsync(Deadline))).Message.Replace(key, "KEY", StringComparison.Ordinal));
                Assert.True(refused.Distinct(StringComparer.Ordinal).Count() == 1, $"{name}, {role}: {string.Join(" | ", refused)}");
            }
        }
    }

    [Theory, EngineData]
    public async Task Strangers_and_closed_accounts_are_not_let_in(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (gone, admin) = (await desk.PersonAsync(PersonRole.Administrator), await desk.PersonAsync(PersonRole.Administrator));
        await using var connected = await ConnectAsync(desk, gone.Token);
        Assert.True((await desk.Get<ManagePeople>().ChangeAsync(gone.Id, PersonRole.Administrator, disabled: true, admin.Actor, default)).Succeeded);

        foreach (var token in new[] { null, "wrong", gone.Token }) await Assert.ThrowsAnyAsync<HttpRequestException>(() => ConnectAsync(desk, token));
        var open = await admin.DeclareAsync();
        foreach (var callAsync in Methods.Values) await Assert.ThrowsAsync<HubException>(() => callAsync(connected, open, default).WaitAsync(Deadline));
    }

    private static async Task<HubConnection> ConnectAsync(WebDesk desk, string? token)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(desk.Address, "/hubs/incidents"), o => o.AccessTokenProvider = () => Task.FromResult(token)).Build();
        await hub.StartAsync();
        return hub;
    }
}
