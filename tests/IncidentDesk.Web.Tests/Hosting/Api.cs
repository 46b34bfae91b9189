using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace IncidentDesk.Web.Tests.Hosting;

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The stable code of the problem details.</summary>
    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The problem in the reader's words.</summary>
    public string Detail => Json.GetProperty("detail").GetString()!;

    public string? Location => Message.Headers.Location?.OriginalString;

    public string? MediaType => Message.Content.Headers.ContentType?.MediaType;

    /// <summary>A header of the answer or its content; empty when it is not there.</summary>
    public string Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";

    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{Message.RequestMessage?.Method} {Message.RequestMessage?.RequestUri}: {(int)Status} instead of {(int)status}\n{Text}");
        return this;
    }

    /// <summary>Problem details with this status and code.</summary>
    public Answer ExpectProblem(HttpStatusCode status, string? code)
    {
        Expect(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal((int)status, Json.GetProperty("status").GetInt32());
        Assert.Equal(code, Code);
        return this;
    }

    internal static async Task<Answer> OfAsync(HttpResponseMessage message) => new(message.StatusCode, await message.Content.ReadAsStringAsync(), message);
}

/// <summary>A program that speaks to the desk.</summary>
internal sealed class Api
{
    private readonly HttpClient _http;

    public Api(HttpMessageHandler connections, Uri address, string? token, string? acceptLanguage)
    {
        _http = new HttpClient(connections, disposeHandler: false) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (acceptLanguage is not null) _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(acceptLanguage);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body));

    public Task<Answer> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, JsonContent.Create(body));

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<Answer> PostTextAsync(string path, string text, string mediaType) => SendAsync(HttpMethod.Post, path, new StringContent(text, Encoding.UTF8, mediaType));

    public Task<Answer> PostBytesAsync(string path, byte[] bytes, string mediaType) =>
        SendAsync(HttpMethod.Post, path, new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } });

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Answer.OfAsync(await _http.SendAsync(request));
    }
}
