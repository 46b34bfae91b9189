using System.Security.Claims;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Mvc;

namespace IncidentDesk.Web.Timeline;

/// <summary>The capture bar as a plain HTML form, for when script or WebSocket is missing.</summary>
public static class CaptureForm
{
    public static void MapCaptureForm(this IEndpointRouteBuilder app) => app.MapPost("/incidents/{key}/log", PostAsync).ExcludeFromDescription();

    private static async Task<IResult> PostAsync(
        string key, [FromForm] string? body, [FromForm] string? kind, [FromForm] Guid? entryId, [FromForm] string? zone,
        AddEntry add, TimeProvider time, Say say, HttpContext context, ClaimsPrincipal user, CancellationToken ct)
    {
        TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "UTC", out var typedIn);
        var line = CaptureLine.Parse(body ?? "", time.UtcNow(), typedIn ?? TimeZoneInfo.Utc, Labels.ParseOrNull<EntryKind>(kind) ?? EntryKind.Note);
        var result = await add.HandleAsync(new AddEntry.Command(key, entryId ?? Guid.CreateVersion7(), line.Kind, line.Body, line.OccurredAt), user.ToActor(), ct);
        if (result.TryGet(out var added, out var error)) return Results.LocalRedirect($"/incidents/{Uri.EscapeDataString(key)}?entry={added.Entry.Sequence}");

        context.Response.StatusCode = Errors.StatusOf(error);
        await ErrorPage.WriteAsync(context, say["Capture.NotLogged"], say.Error(error), body);
        return Results.Empty;
    }
}
