namespace IncidentDesk.Web.Hosting;

internal static class SecurityHeaders
{
    // Inline style attributes are needed for positions in pictures; nothing else is inline, and nothing comes from another host.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>For what people have uploaded: whatever it is, it does nothing and belongs to nobody.</summary>
    public const string PolicyOfFiles = "sandbox; default-src 'none'; frame-ancestors 'none'";

    // Written at the very end: an error clears what was to be answered, and its page needs them too.
    public static void UseDeskHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Write, context.Response.Headers);
        return next(context);
    });

    private static Task Write(object state)
    {
        var headers = (IHeaderDictionary)state;
        // Pages come with a weaker one of the framework's.
        if (headers.ContentSecurityPolicy != PolicyOfFiles) headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        // Not "no-referrer": browsers would then hide the origin of our own forms from us.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return Task.CompletedTask;
    }

    /// <summary>A browser that acts with the session's cookie must do so from the desk's own pages.</summary>
    /// <remarks>Bearer tokens are not sent by browsers on their own, and programs without <c>Origin</c> are no other site's page.</remarks>
    public static void UseSameOriginForCookies(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        var isSocket = context.WebSockets.IsWebSocketRequest || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
        if ((!isSafe || isSocket) && request.Headers.Origin is [{ } origin] && !request.Headers.ContainsKey("Authorization") && !IsOwn(origin, request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }
        return next(context);
    });

    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Circuits are refused while the desk stops, or the stop waits for them.</summary>
    public static void UseRefusalWhileStopping(this WebApplication app)
    {
        var lifetime = app.Lifetime;
        app.Use((context, next) =>
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested || !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)) return next(context);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
    }
}
