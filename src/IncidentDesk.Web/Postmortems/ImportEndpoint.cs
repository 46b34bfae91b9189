using System.Security.Claims;
using IncidentDesk.Postmortems;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentDesk.Web.Postmortems;

/// <summary>Postmortems of other desks over HTTP.</summary>
public static class ImportEndpoint
{
    /// <summary>On the page; larger ones come over the API or from the server's console.</summary>
    internal const int MaxFormMegabytes = 100;

    /// <summary>With the form around it.</summary>
    internal const int MaxFormBytes = (MaxFormMegabytes * 1024 * 1024) + (64 * 1024);

    private const int InMemory = 64 * 1024;

    /// <summary>A body is counted byte by byte; in pieces, the frame of each counts for the server too.</summary>
    private const int Frames = 1024 * 1024;

    // What is on its way stands on the disk, and nobody may fill that.
    private static readonly SemaphoreSlim Receiving = new(2);

    // Two hundred megabytes over a line of 120 KB a second.
    private static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(30);

    /// <param name="IsRepeat">It was imported before, as this incident.</param>
    public sealed record ImportedAnswer(string Key, bool IsRepeat);

    public static void MapDocumentImport(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/documents/import", ImportAsync).WithTags("Review").Accepts<byte[]>("application/json").WithMetadata(new RequestRoomAttribute(ImportDocument.MaxBytes + Frames))
        .WithName("ImportDocument").WithSummary("A postmortem of another desk, as its JSON export, becomes an incident here: all of it or nothing. The same file again gets the same answer. restricted=true: seen only by you and administrators.");

    private static async Task<Results<Ok<ImportedAnswer>, ProblemHttpResult>> ImportAsync(HttpRequest request, ImportDocument import, Say say, ClaimsPrincipal user, CancellationToken ct, bool restricted = false)
    {
        var actor = user.ToActor();
        if (!(await import.MayAsync(actor, ct)).TryGet(out _, out var error)) return error.ToProblem(say);
        await Receiving.WaitAsync(ct);
        try
        {
            await using var content = new FileBufferingReadStream(request.Body, InMemory);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(LongestUpload);
            var piece = new byte[16 * 1024];
            while (await content.ReadAsync(piece, limit.Token) > 0)
            {
                if (content.Length > ImportDocument.MaxBytes) throw RequestRoom.TooLarge();
            }
            return (await import.HandleAsync(new(content, restricted), actor, ct)).TryGet(out var outcome, out error) ? TypedResults.Ok(new ImportedAnswer(outcome.Key, outcome.IsRepeat)) : error.ToProblem(say);
        }
        finally
        {
            Receiving.Release();
        }
    }
}
