using System.Net;
using IncidentDesk.Testing;
using IncidentDesk.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;
using IPNetwork = System.Net.IPNetwork;

namespace IncidentDesk.Web.Tests.Http;

public sealed class OutgoingHttpTests : IAsyncLifetime
{
    private static readonly IPNetwork[] ThisMachine = [IPNetwork.Parse("127.0.0.1/32")];

    private readonly WebApplication _site = NewSite();
    private int _asked;

    private int Port => new Uri(_site.Urls.Single()).Port;

    public Task InitializeAsync() => _site.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("[::]")]
    [InlineData("[::1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:169.254.169.254]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[64:ff9b:1::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[fd00::1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[ff02::1]")]
    [InlineData("localhost")]
    public async Task What_is_not_on_the_public_internet_is_not_asked(string host)
    {
        using var http = NewClient([], Dns.GetHostAddressesAsync);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://{host}:{Port}/")));
        Assert.Equal(0, _asked);
    }

    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.128.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("64:ff9b::5db8:d70e", true)]
    [InlineData("::ffff:10.0.0.1", false)]
    public void The_public_internet_is_reached(string address, bool isReached) => Assert.Equal(isReached, OutgoingHttp.MayReach(IPAddress.Parse(address), []));

    [Fact]
    public async Task An_administrator_can_allow_a_network()
    {
        using var http = NewClient(ThisMachine, Resolve("127.0.0.1"));
        Assert.Equal("here", await http.GetStringAsync(new Uri($"http://hook.example.org:{Port}/")));
        Assert.True(OutgoingHttp.MayReach(IPAddress.Parse("::ffff:127.0.0.1"), ThisMachine));
    }

    [Fact]
    public async Task A_name_with_one_address_inside_is_refused()
    {
        using var http = NewClient([], Resolve("93.184.215.14", "127.0.0.1"));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://hook.example.org:{Port}/")));
    }

    [Fact]
    public async Task A_name_that_is_answered_differently_the_second_time_is_asked_for_once_and_the_checked_address_is_used()
    {
        using var http = NewClient(ThisMachine, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(Interlocked.Increment(ref _asked) == 1 ? "127.0.0.1" : "127.0.0.2")]));
        Assert.Equal("here", await http.GetStringAsync(new Uri($"http://hook.example.org:{Port}/")));
        Assert.Equal(1, _asked);
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("inside.example.org")]
    public async Task A_redirect_to_the_inside_is_refused_like_a_first_address(string inside)
    {
        using var http = NewClient(ThisMachine, (host, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(host == "hook.example.org" ? "127.0.0.1" : "127.0.0.2")]));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://hook.example.org:{Port}/to?address={Uri.EscapeDataString($"http://{inside}:{Port}/")}")));
        Assert.Equal("here", await http.GetStringAsync(new Uri($"http://hook.example.org:{Port}/to?address={Uri.EscapeDataString($"http://hook.example.org:{Port}/")}")));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_an_error()
    {
        var services = new ServiceCollection().AddOutgoingHttp(new DeskOptions { AllowedOutgoingNetworks = "127.0.0.1" }).AddSingleton<ResolveName>((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(OutgoingHttp.Client);
        Assert.Equal("here", await http.GetStringAsync(new Uri($"http://hook.example.org:{Port}/")));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://hook.example.org:{Port}/large")));
    }

    [Fact]
    public async Task A_list_of_networks_that_cannot_be_read_stops_the_start()
    {
        await using var desk = new DeskProcess(environment: new Dictionary<string, string?> { ["Desk__AllowedOutgoingNetworks"] = "10.1.0.0/16, inside" });
        var start = await desk.RunAsync(["serve"]);
        Assert.Equal(1, start.ExitCode);
        Assert.Contains("Desk:AllowedOutgoingNetworks has \"inside\"", start.Error, StringComparison.Ordinal);
    }

    private static HttpClient NewClient(IReadOnlyList<IPNetwork> allowed, ResolveName resolve) => new(OutgoingHttp.NewHandler(allowed, resolve));

    private static ResolveName Resolve(params string[] addresses) => (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());

    private static WebApplication NewSite()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Run(context =>
        {
            if (context.Request.Path == "/to") context.Response.Redirect(context.Request.Query["address"]!);
            return context.Request.Path == "/to" ? Task.CompletedTask : context.Response.WriteAsync(context.Request.Path == "/large" ? new string('x', OutgoingHttp.MaxAnswerBytes + 1) : "here");
        });
        return site;
    }
}
