using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using IncidentDesk.Testing;
using Xunit;

namespace IncidentDesk.Web.Tests.Hosting;

/// <summary>A browser without script: pages, cookies and forms. It does not follow redirects by itself.</summary>
internal sealed class Browser
{
    private readonly HttpClient _http;

    public Browser(Uri address, string? acceptLanguage)
    {
        Cookies = new CookieContainer();
        // One connection pool for each browser: the cookies live in the handler.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        if (acceptLanguage is not null) _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(acceptLanguage);
    }

    public CookieContainer Cookies { get; }

    public async Task<Answer> GetAsync(string path) => await Answer.OfAsync(await _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute)));

    /// <summary>A page that is there.</summary>
    public async Task<IHtmlDocument> PageAsync(string path) => Parse((await GetAsync(path)).Expect(HttpStatusCode.OK));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Answer.OfAsync(await _http.SendAsync(request));
    }

    /// <summary>Sends the form that is on <paramref name="path"/> as a browser would, with what it holds and what is typed over it.</summary>
    /// <param name="form">CSS selector.</param>
    public async Task<Answer> SubmitAsync(string path, string form, params (string Name, string Value)[] typed)
    {
        var element = Assert.IsAssignableFrom<IHtmlFormElement>((await PageAsync(path)).QuerySelector(form));
        return await SubmitAsync(path, element, typed);
    }

    public async Task<Answer> SubmitAsync(string path, IHtmlFormElement form, params (string Name, string Value)[] typed)
    {
        // What was typed last stands.
        var fields = Fields(form).Where(f => !typed.Any(t => t.Name == f.Name)).Concat(typed.GroupBy(t => t.Name).Select(t => t.Last())).Select(f => KeyValuePair.Create(f.Name, f.Value));
        var target = form.GetAttribute("action") is { Length: > 0 } action ? action : path;
        return await SendAsync(HttpMethod.Post, target, new FormUrlEncodedContent(fields));
    }

    public Task<Answer> SignInAsync(string email, string password, string? to = null) =>
        SubmitAsync(to is null ? "/signin" : $"/signin?to={Uri.EscapeDataString(to)}", "form[aria-labelledby=signin-title]", ("Input.Email", email), ("Input.Password", password));

    /// <summary>A page with its circuit, as the framework's script opens it.</summary>
    public Task<Circuit> GoLiveAsync(string path) => Circuit.OpenAsync(_http.BaseAddress!, Cookies, _http, path);

    /// <summary>Comes back to a page whose connection broke.</summary>
    public Task<bool> TryReconnectAsync(string secret) => Circuit.TryReconnectAsync(_http.BaseAddress!, Cookies, secret);

    public static IHtmlDocument Parse(Answer answer) => new HtmlParser().ParseDocument(answer.Text);

    private static IEnumerable<(string Name, string Value)> Fields(IHtmlFormElement form)
    {
        foreach (var element in form.QuerySelectorAll("input[name], select[name], textarea[name]"))
        {
            var name = element.GetAttribute("name")!;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } choice:
                    if (choice.IsChecked) yield return (name, choice.Value);
                    break;
                case IHtmlInputElement { Type: "file" or "submit" }:
                    break;
                case IHtmlInputElement input:
                    yield return (name, input.Value);
                    break;
                case IHtmlSelectElement select:
                    yield return (name, select.Value ?? "");
                    break;
                case IHtmlTextAreaElement area:
                    yield return (name, area.Value);
                    break;
            }
        }
    }
}
