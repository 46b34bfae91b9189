using System.Net;
using IncidentDesk.Testing;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class TrustedProxyTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.0.2.7, 127.0.0.0/8", true)]
    [InlineData("192.0.2.7", false)]
    [InlineData(null, false)]
    public async Task Only_a_named_proxy_is_believed_that_the_browser_came_over_https(string? trusted, bool isBelieved)
    {
        await using var desk = new DeskProcess(environment: new Dictionary<string, string?> { ["Desk__TrustedProxies"] = trusted });
        await desk.StartAsync();

        var cookie = await FormCookieAsync(desk.Address, "https");

        Assert.Equal(isBelieved, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_stops_the_start_and_names_what_is_wrong()
    {
        await using var desk = new DeskProcess(environment: new Dictionary<string, string?> { ["Desk__TrustedProxies"] = "10.1.0.0/16, proxy.example.org, 10.1.0.0/99" });

        var start = await desk.RunAsync(["serve", "--urls", desk.Address.OriginalString]);

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("\"proxy.example.org\"", start.Error, StringComparison.Ordinal);
        Assert.Contains("\"10.1.0.0/99\"", start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"10.1.0.0/16\"", start.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("192.0.2.7", 1)]
    [InlineData("127.0.0.1", 0)]
    public async Task A_proxy_that_was_not_named_is_told_to_the_operator_once(string? trusted, int lines)
    {
        await using var desk = new DeskProcess(environment: new Dictionary<string, string?> { ["Desk__TrustedProxies"] = trusted, ["Desk__PublicUrl"] = "https://desk.example.org" });
        await desk.StartAsync();
        for (var i = 0; i < 3; i++) await FormCookieAsync(desk.Address, "https");
        await desk.StopAsync();
        Assert.Equal(lines, desk.Output.Split('\n').Count(l => l.Contains("it is not believed", StringComparison.Ordinal)));
        Assert.Equal(trusted is null, desk.Output.Contains("names no proxy", StringComparison.Ordinal));
    }

    private static async Task<string> FormCookieAsync(Uri address, string scheme)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/signin", UriKind.Relative));
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-For", "198.51.100.1");
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.Contains("incidentdesk-form=", StringComparison.Ordinal));
    }
}
