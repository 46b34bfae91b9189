using IncidentDesk.Import;
using Microsoft.AspNetCore.Http.Features;

namespace IncidentDesk.Web.Import;

/// <summary>Sizes of what a person may upload.</summary>
public static class ImportForms
{
    /// <summary>A file at its limit, once as an upload and once as the text that the preview carries to the next step, with the form around it.</summary>
    public const int MaxRequestBytes = (4 * TimelineFile.MaxBytes) + (64 * 1024);

    public static bool IsImport(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Path.Value?.EndsWith("/import", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Signed-in people may send a file; all other requests stay small, whoever sends them.</summary>
    public static void UseRoomForImports(this WebApplication app) => app.Use((context, next) =>
    {
        if (IsImport(context.Request) && context.User.Identity?.IsAuthenticated == true && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxRequestBytes;
        return next(context);
    });
}
