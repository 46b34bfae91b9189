using System.Net;

namespace IncidentDesk.Web.Hosting;

/// <summary>A plain page that needs nothing but itself and the style sheet, for when the rest does not work.</summary>
internal static class ErrorPage
{
    /// <param name="kept">What the person typed, given back so that nothing is lost.</param>
    public static Task WriteAsync(HttpContext context, string title, string text, string? kept = null)
    {
        var typed = string.IsNullOrEmpty(kept) ? "" : $"""<p><textarea class="input" rows="8" readonly>{WebUtility.HtmlEncode(kept)}</textarea></p>""";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{Languages.Current}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{WebUtility.HtmlEncode(title)} · IncidentDesk</title>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/css/tokens.css"><link rel="stylesheet" href="/css/desk.css"></head>
            <body><main class="page"><div class="fatal"><h1>{WebUtility.HtmlEncode(title)}</h1><p>{WebUtility.HtmlEncode(text)}</p>{typed}<p><a class="btn" href="/">IncidentDesk</a></p></div></main></body>
            </html>
            """);
    }
}
