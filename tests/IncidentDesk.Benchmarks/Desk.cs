using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentDesk.Testing;

namespace IncidentDesk.Benchmarks;

/// <summary>A running desk with one administrator, a token and a session.</summary>
internal sealed partial class Desk : IAsyncDisposable
{
    public const string Email = "bench@example.org";
    public const string Password = "correct horse battery staple";

    private readonly DeskProcess _process;

    private Desk(DeskProcess process, string token)
    {
        (_process, Token) = (process, token);
        Api = NewClient(8);
    }

    public string Token { get; }
    public Uri Address => _process.Address;

    /// <summary>Signed in by the token.</summary>
    public HttpClient Api { get; }

    /// <summary>Signed in as a browser is; empty before <see cref="SignInAsync"/>.</summary>
    public CookieContainer Cookies { get; } = new();

    public int ProcessId => _process.ProcessId;

    /// <param name="postgres">SQLite when null.</param>
    /// <param name="beside">A desk whose database and keys this one shares, as a second node does.</param>
    public static async Task<Desk> StartAsync(string? postgres, Desk? beside = null)
    {
        var process = new DeskProcess(postgres, beside?._process.DataDirectory, new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Production" });
        await process.StartAsync();
        if (beside is not null) return new Desk(process, beside.Token);
        Check(await process.RunAsync(["admin", "create", "--email", Email, "--name", "Bench", "--password-stdin"], Password + "\n"));
        var token = Check(await process.RunAsync(["token", "create", "--user", Email, "--name", "bench"]));
        return new Desk(process, token);

        static string Check(CommandResult result) => result.ExitCode == 0 ? result.Output.Trim() : throw new InvalidOperationException(result.ToString());
    }

    public HttpClient NewClient(int connections)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false }) { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return http;
    }

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
    public async Task<HttpClient> SignInAsync()
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = Address };
        var page = await http.GetStringAsync("/signin");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = FormToken().Match(page).Groups["it"].Value,
            ["_handler"] = "signin",
            ["Input.Email"] = Email,
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

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<it>[^"]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex FormToken();
}
