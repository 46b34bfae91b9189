namespace IncidentDesk.Web.Hosting;

internal static class SecurityHeaders
{
    // Inline style attributes are needed for positions in pictures; nothing else is inline, and nothing comes from another host.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // The desk copies to the clipboard and signs in with passkeys, and uses nothing else of what browsers can do.
    private const string PermissionsPolicy =
        "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), "
        + "hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    /// <summary>For what people have uploaded: whatever it is, it does nothing and belongs to nobody.</summary>
    public const string PolicyOfFiles = "sandbox; default-src 'none'; frame-ancestors 'none'";

    /// <summary>For the preview of a document: its own styles and pictures, and nothing that acts; only the desk's own pages show it.</summary>
    public const string PolicyOfDocuments = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    // Written at the very end: an error clears what was to be answered, and its page needs them too.
    public static void UseDeskHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Write, context);
        return next(context);
    });

    private static Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        // Pages come with a weaker one of the framework's.
        if (headers.ContentSecurityPolicy != PolicyOfFiles && headers.ContentSecurityPolicy != PolicyOfDocuments) headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        // Not "no-referrer": browsers would then hide the origin of our own forms from us.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Over plain HTTP anybody on the way could have written it, and browsers ignore it.
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return Task.CompletedTask;
    }

    /// <summary>A browser that acts with the session's cookie must do so from the desk's own pages.</summary>
    /// <remarks>
    /// Bearer tokens are not sent by browsers on their own, and programs without <c>Origin</c> are no other site's page. What looks like
    /// another site's form, to an endpoint that has no antiforgery token of its own, is refused without one too.
    /// </remarks>
    public static void UseSameOriginForCookies(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        var isSocket = context.WebSockets.IsWebSocketRequest || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
        var isForeign = request.Headers.Origin is [{ } origin] ? !IsOwn(origin, request) : request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"] || (Api.IsFor(context) && !isSafe && IsOfForm(request));
        var leavesRecord = context.GetEndpoint()?.Metadata.GetMetadata<LeavesRecord>() is not null;
        if ((!isSafe || isSocket || leavesRecord) && isForeign && !request.Headers.ContainsKey("Authorization"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }
        return next(context);
    });

    /// <summary>It is asked for by GET, and yet something stays: a line of the log or of the audit trail, in the name of whoever asks.</summary>
    public static RouteHandlerBuilder LeavesRecord(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new LeavesRecord());

    /// <summary>What a form can send to another site without asking it first.</summary>
    private static bool IsOfForm(HttpRequest request) =>
        request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is "application/x-www-form-urlencoded" or "multipart/form-data" or "text/plain";

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

/// <summary>Marks an endpoint; see <see cref="SecurityHeaders.LeavesRecord"/>.</summary>
internal sealed class LeavesRecord;
