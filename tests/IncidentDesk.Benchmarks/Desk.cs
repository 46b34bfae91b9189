using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentDesk.Testing;

namespace IncidentDesk.Benchmarks;

/// <summary>A running desk with some administrators, who share the load: one person alone may not cause as much.</summary>
internal sealed partial class Desk : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private const int TokensInTurn = 4;

    private readonly DeskProcess _process;
    private readonly string[] _tokens;
    private readonly HashSet<int> _people = [.. Enumerable.Range(0, TokensInTurn)];
    private int _turn;

    private Desk(DeskProcess process, string[] tokens)
    {
        (_process, _tokens) = (process, tokens);
        Api = NewClient(8);
    }

    /// <summary>Of the next of them.</summary>
    public string Token => _tokens[(uint)Interlocked.Increment(ref _turn) % (uint)_tokens.Length];

    public Uri Address => _process.Address;

    /// <summary>Signed in by the token.</summary>
    public HttpClient Api { get; }

    public int ProcessId => _process.ProcessId;

    /// <param name="postgres">SQLite when null.</param>
    /// <param name="beside">A desk whose database and keys this one shares, as a second node does.</param>
    /// <param name="dataDirectory">A new one when null; on SQLite the database lies in it.</param>
    public static async Task<Desk> StartAsync(string? postgres, Desk? beside = null, string? dataDirectory = null)
    {
        var process = new DeskProcess(postgres, beside?._process.DataDirectory ?? dataDirectory, new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Production" });
        await process.StartAsync();
        if (beside is not null) return new Desk(process, beside._tokens);
        var tokens = new string[TokensInTurn];
        for (var person = 0; person < TokensInTurn; person++)
        {
            await CreateAsync(process, person);
            tokens[person] = Check(await process.RunAsync(["token", "create", "--user", Email(person), "--name", "bench", "--scope", "read", "log"]));
        }
        return new Desk(process, tokens);
    }

    public static string Email(int person) => $"bench{person}@example.org";

    private static async Task CreateAsync(DeskProcess process, int person) =>
        Check(await process.RunAsync(["admin", "create", "--email", Email(person), "--name", $"Bench {person}", "--password-stdin"], Password + "\n"));

    private static string Check(CommandResult result) => result.ExitCode == 0 ? result.Output.Trim() : throw new InvalidOperationException(result.ToString());

    public HttpClient NewClient(int connections) => new(new TokensByTurn(this, connections)) { BaseAddress = Address };

    /// <returns>The key.</returns>
    public async Task<string> DeclareAsync(string title)
    {
        using var answer = await Api.PostAsJsonAsync("/api/v1/incidents", new { title, severity = "sev2", impactStartedAt = new { at = DateTime.UtcNow.AddHours(-1).ToString("O"), precision = "exact" } });
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(body).RootElement.GetProperty("key").GetString()! : throw new InvalidOperationException(body);
    }

    /// <summary>Fills the log by the import.</summary>
    public async Task FillAsync(string key, int entries)
    {
        const int aFile = 10_000;
        var start = DateTime.UtcNow.AddDays(-20);
        for (var from = 0; from < entries; from += aFile)
        {
            var csv = new StringBuilder("utc,event,category,source_url,precision,stated_time\n");
            for (var i = from; i < Math.Min(entries, from + aFile); i++)
                csv.Append(start.AddMinutes(i).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")).Append(",Traffic on uplink ").Append(i % 7).Append(" at **").Append(i).Append("** kpps; `flowspec` rule checked again,attack,,exact,\n");
            using var content = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
            using var answer = await Api.PostAsync($"/api/v1/incidents/{key}/import", content);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Signs in by the form, as a person does.</summary>
    /// <param name="cookies">What the browser holds then.</param>
    /// <param name="person">Which of them; made when there are not as many yet.</param>
    public async Task<HttpClient> SignInAsync(CookieContainer? cookies = null, int person = 0)
    {
        if (_people.Add(person)) await CreateAsync(_process, person);
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };
        var page = await http.GetStringAsync("/signin");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = FormToken().Match(page).Groups["it"].Value,
            ["_handler"] = "signin",
            ["Input.Email"] = Email(person),
            ["Input.Password"] = Password,
        });
        using var answer = await http.PostAsync("/signin", form);
        if (answer.StatusCode is not HttpStatusCode.Redirect) throw new InvalidOperationException($"Sign-in was answered with {answer.StatusCode}.");
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_process.IsRunning) await _process.StopAsync();
        await _process.DisposeAsync();
    }

    private sealed class TokensByTurn(Desk desk, int connections) : DelegatingHandler(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", desk.Token);
            return base.SendAsync(request, cancellationToken);
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<it>[^"]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex FormToken();
}
