using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace IncidentDesk.Browser.Tests.Faults;

/// <summary>Strangers from thousands of addresses, as a trusted proxy hands them on. Raw sockets and prepared bytes, so that the desk has the processor and not the flood.</summary>
internal sealed partial class Flood
{
    private const int Sockets = 48;
    private const int BatchesASecond = 10;

    private readonly Uri _desk;
    private readonly byte[][] _requests;
    private readonly byte[][] _signIns;
    private readonly ConcurrentDictionary<int, int> _answers = [];
    private long _sent;

    private Flood(Uri desk, byte[][] requests, byte[][] signIns) => (_desk, _requests, _signIns) = (desk, requests, signIns);

    /// <summary>How many answers of each status came.</summary>
    public IReadOnlyDictionary<int, int> Answers => _answers;

    /// <summary>Requests that were sent each second.</summary>
    public double Rate { get; private set; }

    /// <param name="desk">Which trusts this machine as a proxy.</param>
    /// <param name="email">Of somebody whose password is guessed.</param>
    public static async Task<Flood> PrepareAsync(Uri desk, string email)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = desk };
        using var page = await http.GetAsync(new Uri("/signin", UriKind.Relative));
        // Any stranger has a form that is valid, and may send it again and again.
        var cookie = page.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        var token = Uri.EscapeDataString(System.Net.WebUtility.HtmlDecode(Antiforgery().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value));
        var form = $"_handler=signin&__RequestVerificationToken={token}&Input.Email={Uri.EscapeDataString(email)}&Input.Password=guessed-by-a-stranger";
        var random = new Random(20180228);
        return new Flood(desk, [.. Enumerable.Range(0, 20_000).Select(i => Encoding.ASCII.GetBytes(One(i, i % 6)))], [.. Enumerable.Range(0, 4_000).Select(i => Encoding.ASCII.GetBytes(One(i, 6)))]);

        string One(int i, int kind)
        {
            var from = (i % 10) switch
            {
                // The people's own network floods too.
                0 => $"127.0.0.{random.Next(2, 255)}",
                < 4 => $"198.51.{random.Next(256)}.{random.Next(1, 255)}",
                _ => $"2001:db8:{random.Next(0x10000):x}:{random.Next(0x10000):x}::1",
            };
            return kind switch
            {
                0 => Get("/signin", ""),
                1 => Get("/api/v1/incidents", $"Authorization: Bearer {Guid.NewGuid():N}\r\n"),
                2 => Post("/_blazor/negotiate?negotiateVersion=1", "", ""),
                3 => Get("/css/desk.css", ""),
                4 => Get($"/nothing/{random.Next()}", ""),
                5 => Get("/incidents", $"Cookie: incidentdesk={Guid.NewGuid():N}\r\n"),
                _ => Post("/signin", form, $"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"),
            };

            string Get(string path, string headers) => $"GET {path} HTTP/1.1\r\nHost: {desk.Authority}\r\nX-Forwarded-For: {from}\r\n{headers}\r\n";
            string Post(string path, string body, string headers) => $"POST {path} HTTP/1.1\r\nHost: {desk.Authority}\r\nX-Forwarded-For: {from}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";
        }
    }

    /// <param name="rate">Requests a second.</param>
    /// <param name="duration">Of the flood.</param>
    public async Task RunAsync(int rate, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        using var end = new CancellationTokenSource(duration);
        await Task.WhenAll(Enumerable.Range(0, Sockets).Select(number => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested) await SendAsync(number, rate / Sockets / BatchesASecond, end.Token);
        })));
        Rate = _sent / clock.Elapsed.TotalSeconds;
    }

    // Until the end, or until the desk closes the connection.
    private async Task SendAsync(int number, int batch, CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(_desk.Host, _desk.Port, ct);
            var reading = ReadAsync(client.GetStream(), ct);
            using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BatchesASecond));
            // Answers come in the order of the requests: what waits for its turn with a password must not hold up the rest.
            var requests = number % 6 == 0 ? _signIns : _requests;
            for (var next = number * 397; await pace.WaitForNextTickAsync(ct) && !reading.IsCompleted; next += batch)
            {
                var bytes = Enumerable.Range(next, batch).SelectMany(i => requests[i % requests.Length]).ToArray();
                await client.GetStream().WriteAsync(bytes, ct);
                Interlocked.Add(ref _sent, batch);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // the end, or again
        }
    }

    private async Task ReadAsync(NetworkStream stream, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer, ct) is > 0 and var read)
            {
                for (var rest = buffer.AsSpan(0, read); rest.IndexOf("HTTP/1.1 "u8) is >= 0 and var at && at + 12 <= rest.Length; rest = rest[(at + 12)..])
                    if (int.TryParse(rest.Slice(at + 9, 3), out var status)) _answers.AddOrUpdate(status, 1, (_, count) => count + 1);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the end
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Antiforgery();
}
