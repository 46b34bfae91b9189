using System.Security.Claims;
using IncidentDesk.Attachments;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace IncidentDesk.Web.Attachments;

/// <summary>An incident's files over HTTP.</summary>
public static class AttachmentEndpoints
{
    private const int InMemory = 64 * 1024;

    /// <summary>A body is counted byte by byte; in pieces, the frame of each counts for the server too.</summary>
    private const int Frames = 256 * 1024;

    // What is on its way stands on the disk, and nobody may fill that.
    private static readonly SemaphoreSlim Receiving = new(32);

    // Ten megabytes over a line of 20 KB a second.
    private static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(10);

    /// <param name="MediaType">By its content.</param>
    /// <param name="Sha256">Of the content, in lower-case hexadecimal.</param>
    public sealed record AttachmentAnswer(Guid Id, string Name, string MediaType, bool IsImage, long Size, string Sha256, string AddedBy, DateTime AddedAt, string Url)
    {
        public static AttachmentAnswer Of(string key, Attachment a) =>
            new(a.Id, a.FileName, a.MediaType, FileTypes.IsImage(a.MediaType), a.Size, a.Sha256, a.AddedByName, a.AddedAt, Links.Attachment(key, a.Id));
    }

    public static void MapAttachments(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/incidents/{key}/attachments").WithTags("Attachments");
        api.MapGet("", ListAsync).WithName("ListAttachments").WithSummary("Files of an incident.");
        api.MapGet("/{id:guid}", ContentAsync).WithName("ReadAttachment").WithSummary("The content of a file, always as a download.");
        api.MapPost("", AddAsync).Accepts<byte[]>("*/*").WithMetadata(new RequestRoomAttribute(Attachment.MaxBytes + Frames)).WithName("AddAttachment")
            .WithSummary("Add a file: its content is the body, at most 10 MB, as it is; what it is, is found by its content. A repeat with the same id and content gets the same answer.");
    }

    private static async Task<Results<Ok<IReadOnlyList<AttachmentAnswer>>, ProblemHttpResult>> ListAsync(string key, ReadAttachments read, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await read.OfIncidentAsync(key, user.ToActor(), ct)).TryGet(out var attachments, out var error)
            ? TypedResults.Ok<IReadOnlyList<AttachmentAnswer>>([.. attachments.Select(a => AttachmentAnswer.Of(key, a))])
            : error.ToProblem(say);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ContentAsync(string key, Guid id, ReadAttachments read, HttpContext http, Say say, CancellationToken ct)
    {
        if (!(await read.ContentAsync(key, id, http.User.ToActor(), ct)).TryGet(out var content, out var error)) return error.ToProblem(say);
        var attachment = content.Attachment!;
        // What is no picture by its content is none in a page, whatever a browser would make of it.
        if (http.Request.Headers["Sec-Fetch-Dest"] == "image" && !FileTypes.IsImage(attachment.MediaType)) return new Shared.NotFound("Attachment.NotFound", id).ToProblem(say);

        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(attachment.FileName);
        var headers = http.Response.Headers;
        headers.ContentDisposition = name.ToString();
        headers.CacheControl = "private, no-store";
        headers.ContentSecurityPolicy = SecurityHeaders.PolicyOfFiles;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return TypedResults.Bytes(content.Bytes, attachment.MediaType == FileTypes.Text ? "text/plain; charset=utf-8" : attachment.MediaType);
    }

    private static async Task<Results<Created<AttachmentAnswer>, ProblemHttpResult>> AddAsync(
        string key, HttpRequest request, AddAttachment add, Say say, ClaimsPrincipal user, CancellationToken ct, string? name = null, Guid? id = null)
    {
        var actor = user.ToActor();
        if (!(await add.MayAddAsync(key, actor, ct)).TryGet(out _, out var error)) return error.ToProblem(say);

        await Receiving.WaitAsync(ct);
        try
        {
            await using var content = new FileBufferingReadStream(request.Body, InMemory);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(LongestUpload);
            await ReceiveAsync(content, limit.Token);
            return (await add.HandleAsync(new AddAttachment.Command(key, id ?? Guid.CreateVersion7(), name, content), actor, ct)).TryGet(out var attachment, out error)
                ? TypedResults.Created(Links.Attachment(key, attachment.Id), AttachmentAnswer.Of(key, attachment))
                : error.ToProblem(say);
        }
        finally
        {
            Receiving.Release();
        }
    }

    /// <summary>Reads the body as far as a file may be long, whatever its head says, and goes back to its beginning.</summary>
    private static async Task ReceiveAsync(FileBufferingReadStream content, CancellationToken ct)
    {
        var piece = new byte[16 * 1024];
        while (await content.ReadAsync(piece, ct) > 0)
        {
            if (content.Length > Attachment.MaxBytes) throw RequestRoom.TooLarge();
        }
        content.Position = 0;
    }
}
