using System.Globalization;
using IncidentDesk.Web.Texts;
using Microsoft.Extensions.Options;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>Says 429: what happened and when to try again, in the reader's language, without asking the database.</summary>
internal sealed partial class Refusal(Say say, IOptions<RequestLocalizationOptions> languages, TimeProvider time, ILogger<Refusal> logger)
{
    private static readonly long LogEvery = TimeSpan.TicksPerMinute;

    private long _refused;
    private long _loggedAt = -LogEvery;

    /// <param name="text">Key of the text, with the seconds as its place to fill.</param>
    /// <param name="code">The stable code for programs.</param>
    public async Task WriteAsync(HttpContext context, string text, string code, TimeSpan retryAfter)
    {
        Count(context);
        // The door stands before the middleware that chooses the language.
        if (await LanguageAsync(context) is { } language) CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        context.Response.Headers.ContentLanguage = Languages.Current;
        var seconds = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds));
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        var (title, words) = (say["Problem.TooMany"], say[text, seconds]);
        if (Api.IsFor(context)) await TypedResults.Problem(words, statusCode: StatusCodes.Status429TooManyRequests, title: title, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code }).ExecuteAsync(context);
        else await ErrorPage.WriteAsync(context, title, words);
    }

    private async Task<string?> LanguageAsync(HttpContext context)
    {
        foreach (var provider in languages.Value.RequestCultureProviders)
        {
            if (await provider.DetermineProviderCultureResult(context) is { UICultures: var asked }
                && asked.Select(a => a.Value?.Split('-')[0]).FirstOrDefault(a => Languages.All.Contains(a, StringComparer.OrdinalIgnoreCase)) is { } language)
                return language;
        }
        return null;
    }

    // One line a minute: the log must not be flooded with the door.
    private void Count(HttpContext context)
    {
        Interlocked.Increment(ref _refused);
        var (now, last) = (time.GetElapsedTime(0).Ticks, Interlocked.Read(ref _loggedAt));
        if (now - last < LogEvery || Interlocked.CompareExchange(ref _loggedAt, now, last) != last) return;
        Refused(Interlocked.Exchange(ref _refused, 0), context.Connection.RemoteIpAddress);
    }

    [LoggerMessage(LogLevel.Warning, "Too many requests: {Count} refused since the last such line, the latest from {Address}.")]
    private partial void Refused(long count, System.Net.IPAddress? address);
}
