using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cookie = Microsoft.Playwright.Cookie;

namespace IncidentDesk.Browser.Tests.Desks;

/// <summary>A row of the log as the API tells it.</summary>
public sealed record Logged(long Sequence, Guid EntryId, string Kind, string Body, LoggedTime OccurredAt, int Revision, string Author);

/// <summary>When it happened; no instant where only the order is known.</summary>
public sealed record LoggedTime(DateTime? At, string Precision);

/// <summary>Somebody with an account, signed in over HTTP: what a test needs to have happened happens through the API.</summary>
public sealed partial class Colleague : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    private Colleague(Uri desk, string name, string email)
    {
        (Name, Email) = (name, email);
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = desk, Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Name { get; }
    public string Email { get; }

    /// <summary>The session as a browser holds it; it outlives restarts of the desk.</summary>
    public Cookie Session =>
        _cookies.GetCookies(_http.BaseAddress!).Where(c => c.Name == "incidentdesk")
            .Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = _http.BaseAddress!.AbsoluteUri }).Single();

    public static async Task<Colleague> SignInAsync(Uri desk, string name, string email, string password)
    {
        var colleague = new Colleague(desk, name, email);
        await colleague.SubmitAsync("/signin", "signin", new() { ["Input.Email"] = email, ["Input.Password"] = password });
        return colleague;
    }

    /// <summary>Adds somebody who has not come yet.</summary>
    /// <returns>The path of their one-time link.</returns>
    public async Task<string> InviteAsync(string name, string? email = null, string role = "Responder", string language = "en")
    {
        var answer = await SubmitAsync("/people", "add", new()
        {
            ["Add.Name"] = name,
            ["Add.Email"] = email ?? $"{Guid.NewGuid():N}@example.org",
            ["Add.Role"] = role,
            ["Add.Language"] = language,
            ["Add.TimeZone"] = "UTC",
        });
        return WelcomeLink().Match(answer) is { Success: true } link ? link.Value : throw new InvalidOperationException($"{name} is not added:\n{answer}");
    }

    /// <summary>Adds somebody by a one-time link, who chooses the password and is signed in then.</summary>
    public async Task<Colleague> AddAsync(string name, string role, string language, string password)
    {
        var email = $"{name.ToLowerInvariant()}@example.org";
        var link = await InviteAsync(name, email, role, language);
        var added = new Colleague(_http.BaseAddress!, name, email);
        await added.SubmitAsync(link, "welcome", new() { ["Input.Password"] = password });
        return added;
    }

    /// <summary>Any request to the API that is to succeed.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request);
        return await ReadAsync(answer);
    }

    /// <returns>The key.</returns>
    public async Task<string> DeclareAsync(string title, string severity = "SEV2", bool restricted = false)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/incidents", new { title, severity, isRestricted = restricted });
        return (await ReadAsync(answer)).GetProperty("key").GetString()!;
    }

    /// <summary>Asks to see an incident.</summary>
    public async Task AskAsync(string key, string reason)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/access-requests", new { incidentKey = key, reason });
        await ReadAsync(answer);
    }

    /// <returns>The sequence.</returns>
    public async Task<long> LogAsync(string key, string body, string kind = "note", Guid? entryId = null, string? at = null)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/v1/incidents/{key}/timeline", new
        {
            entryId = entryId ?? Guid.CreateVersion7(),
            kind,
            body,
            occurredAt = at is null ? null : new { at, precision = "exact" },
        });
        return (await ReadAsync(answer)).GetProperty("sequence").GetInt64();
    }

    /// <summary>The first answer to this entry, whatever stands in the way: sent again with the same id until the desk acknowledges it.</summary>
    public async Task<long> LogUntilAcknowledgedAsync(string key, string body, CancellationToken ct)
    {
        var entryId = Guid.CreateVersion7();
        while (true)
        {
            try
            {
                using var answer = await _http.PostAsJsonAsync($"/api/v1/incidents/{key}/timeline", new { entryId, kind = "note", body }, ct);
                if (answer.IsSuccessStatusCode) return (await ReadAsync(answer)).GetProperty("sequence").GetInt64();
                if ((int)answer.StatusCode < 500) throw new InvalidOperationException($"Refused: {await answer.Content.ReadAsStringAsync(ct)}");
            }
            catch (HttpRequestException)
            {
                // the desk is away: again
            }
            await Task.Delay(50, ct);
        }
    }

    /// <returns>The id of the file.</returns>
    public async Task<Guid> AttachAsync(string key, string name, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        using var answer = await _http.PostAsync(new Uri($"/api/v1/incidents/{key}/attachments?name={Uri.EscapeDataString(name)}", UriKind.Relative), body);
        return (await ReadAsync(answer)).GetProperty("id").GetGuid();
    }

    /// <summary>Adds to the inventory.</summary>
    /// <param name="on">Names of what it sits on or behind.</param>
    /// <param name="member">Whose it is; added when there is none of that name.</param>
    public async Task AddAssetAsync(string name, string kind, string? on = null, string? member = null)
    {
        if (member is not null)
        {
            using var added = await _http.PostAsJsonAsync("/api/v1/members", new { name = member });
        }
        using var answer = await _http.PostAsJsonAsync("/api/v1/assets", new { name, kind, member, sitsOn = on is null ? null : new[] { on } });
        await ReadAsync(answer);
    }

    public async Task<Guid> MemberIdAsync(string name)
    {
        using var answer = await _http.GetAsync($"/api/v1/members?text={Uri.EscapeDataString(name)}");
        return (await ReadAsync(answer)).GetProperty("members")[0].GetProperty("id").GetGuid();
    }

    /// <returns>The id of the defence that is in place now.</returns>
    public async Task<Guid> DefendAsync(string key, string title, string kind = "rate-limit", DateTime? reviewBy = null)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/v1/incidents/{key}/mitigations", new { state = "applied", facts = new { title, kind, reviewBy } });
        return (await ReadAsync(answer)).GetProperty("id").GetGuid();
    }

    public async Task AttackAsync(string key, string vector, string target)
    {
        var facts = new { vector, targets = new[] { target }, magnitude = 20e9, unit = "bps", magnitudeKind = "peak", measuredAt = "uplink, inbound", signature = "udp and src port 11211", sources = "203.0.113.9\n2001:db8::1", notes = "from everywhere" };
        using var answer = await _http.PostAsJsonAsync($"/api/v1/incidents/{key}/waves", new { facts });
        await ReadAsync(answer);
    }

    public async Task MarkAsync(string key, string asset, string state = "MajorOutage", string cause = "Targeted", bool behind = false)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/v1/incidents/{key}/impacts", new { asset, state, cause, behind });
        await ReadAsync(answer);
    }

    /// <summary>Changes the incident as it is now.</summary>
    public async Task ChangeAsync(string key, object change)
    {
        var body = JsonSerializer.SerializeToNode(change)!.AsObject();
        body["version"] = (await IncidentAsync(key)).GetProperty("version").GetInt32();
        using var answer = await _http.PatchAsJsonAsync($"/api/v1/incidents/{key}", body);
        await ReadAsync(answer);
    }

    public async Task CorrectAsync(string key, long entry, int revision, string body)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/v1/incidents/{key}/timeline/{entry}/revisions", new { revision, revisionId = Guid.CreateVersion7(), body });
        await ReadAsync(answer);
    }

    public async Task ImportAsync(string key, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var answer = await _http.PostAsync(new Uri($"/api/v1/incidents/{key}/import", UriKind.Relative), content);
        await ReadAsync(answer);
    }

    public async Task<JsonElement> IncidentAsync(string key)
    {
        using var answer = await _http.GetAsync(new Uri($"/api/v1/incidents/{key}", UriKind.Relative));
        return await ReadAsync(answer);
    }

    /// <summary>The whole log in the order in which it was written.</summary>
    public async Task<IReadOnlyList<Logged>> TimelineAsync(string key)
    {
        List<Logged> all = [];
        while (true)
        {
            using var answer = await _http.GetAsync(new Uri($"/api/v1/incidents/{key}/timeline?after={all.LastOrDefault()?.Sequence ?? 0}&limit=500", UriKind.Relative));
            var page = (await ReadAsync(answer)).GetProperty("entries").Deserialize<List<Logged>>(JsonSerializerOptions.Web)!;
            if (page.Count == 0) return all;
            all.AddRange(page);
        }
    }

    /// <summary>Ends the session, in whatever browser it is open.</summary>
    public async Task SignOutAsync()
    {
        var page = await _http.GetStringAsync(new Uri("/account", UriKind.Relative));
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Antiforgery().Match(page).Groups[1].Value) });
        using var answer = await _http.PostAsync(new Uri("/signout", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends one of a page's forms, as a browser without script does.</summary>
    private async Task<string> SubmitAsync(string path, string form, Dictionary<string, string> fields)
    {
        var page = await _http.GetStringAsync(new Uri(path, UriKind.Relative));
        fields["__RequestVerificationToken"] = WebUtility.HtmlDecode(Antiforgery().Match(page).Groups[1].Value);
        fields["_handler"] = form;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{path}: {answer.StatusCode}\n{text}");
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri}: {answer.StatusCode}\n{text}");
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Antiforgery();

    [GeneratedRegex(@"/welcome\?token=[^\s""'<>]+")]
    private static partial Regex WelcomeLink();
}
