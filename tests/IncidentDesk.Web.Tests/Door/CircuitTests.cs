using System.Net;
using System.Net.WebSockets;
using IncidentDesk.Testing;
using IncidentDesk.Web.Hosting.Door;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Door;

public sealed class CircuitTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_person_may_have_so_many_live_pages_and_closing_one_makes_room()
    {
        await using var desk = await WebDesk.StartAsync(limits: new DoorLimits { CircuitsOfPerson = 2 });
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync());
        var (hers, his) = (await ana.BrowserAsync(), await ben.BrowserAsync());
        await using var first = await hers.GoLiveAsync("/");
        var second = await hers.GoLiveAsync("/incidents");

        var refused = (await hers.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1")).Expect(HttpStatusCode.TooManyRequests);
        Assert.Contains("live pages", refused.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<WebSocketException>(() => hers.GoLiveAsync("/"));
        (await hers.GetAsync("/")).Expect(HttpStatusCode.OK);
        await using var other = await his.GoLiveAsync("/");

        await second.DisposeAsync();
        await Poll.UntilAsync(async () => (await hers.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1")).Status == HttpStatusCode.OK, Soon, "there is room again");
    }

    [Fact]
    public async Task A_live_page_comes_back_to_the_person_for_whom_it_was_opened_and_to_nobody_else()
    {
        await using var desk = await WebDesk.StartAsync();
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync());
        var (hers, his) = (await ana.BrowserAsync(), await ben.BrowserAsync());
        var page = await hers.GoLiveAsync("/");
        await page.DisposeAsync();

        Assert.False(await his.TryReconnectAsync(page.Secret));
        // Another session of hers is hers.
        Assert.True(await (await ana.BrowserAsync()).TryReconnectAsync(page.Secret));
        // As long as it is connected too.
        await using var open = await hers.GoLiveAsync("/");
        Assert.False(await his.TryReconnectAsync(open.Secret));
        Assert.True(await hers.TryReconnectAsync(open.Secret));
    }

    [Fact]
    public async Task Live_connections_are_not_compressed()
    {
        await using var desk = await WebDesk.StartAsync();
        var browser = await (await desk.PersonAsync()).BrowserAsync();
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = browser.Cookies;
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.CollectHttpResponseDetails = true;
        await socket.ConnectAsync(new UriBuilder(desk.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, default);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", socket.HttpResponseHeaders!.Keys, StringComparer.OrdinalIgnoreCase);
    }
}
