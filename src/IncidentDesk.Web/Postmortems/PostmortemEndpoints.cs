using System.Security.Claims;
using System.Text.Json.Serialization;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Postmortems;

/// <summary>Postmortems over HTTP: the document, its evidence and its comments. Its sections: <see cref="SectionEndpoints"/>.</summary>
public static class PostmortemEndpoints
{
    /// <param name="TemplateId">The first on offer when left out.</param>
    /// <param name="Language">In which its authors write; that of the request when left out.</param>
    public sealed record BeginRequest(Guid? TemplateId, string? Language);

    /// <remarks>What is left out stays as it is.</remarks>
    public sealed record EditRequest(int? Version, string? Title, string? Language);

    /// <param name="Id">Made by the client, so that a repeated request says it once; may be left out.</param>
    /// <param name="SectionId">Left out for the document as a whole.</param>
    /// <param name="ReplyTo">The comment that began the thread.</param>
    /// <param name="IsQuestion">To be asked in the review meeting.</param>
    public sealed record CommentRequest(Guid? Id, string? Body, Guid? SectionId, Guid? ReplyTo, bool IsQuestion);

    /// <param name="Visibility">Null for that of the entry itself.</param>
    /// <param name="Wording">Empty for the entry's own.</param>
    public sealed record EntryRequest([property: JsonRequired] bool IsInTimeline, [property: JsonRequired] string? Visibility, string? Wording);

    public sealed record FileRequest(string? Visibility, string? Caption);

    public sealed record SeenRequest(long Sequence);

    public static void MapPostmortems(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/incidents/{key}/postmortem").WithTags("Postmortems");
        api.MapGet("", ReadAsync).WithName("ReadPostmortem").WithSummary("The postmortem of an incident as its authors work on it.");
        api.MapPost("", BeginAsync).WithName("BeginPostmortem").WithSummary("Begin the postmortem from a template; the one that is there already is the answer.");
        api.MapPatch("", EditAsync).WithName("EditPostmortem").WithSummary("Change its title or the language of its authors. A stale version is a conflict.");
        api.MapPost("/comments", CommentAsync).WithName("AddPostmortemComment").WithSummary("Comment on it or on a section, answer a thread, or ask a question for the review meeting.");
        api.MapPut("/comments/{id:guid}/resolved", (string key, Guid id, KeepComments keep, Say say, ClaimsPrincipal user, CancellationToken ct) => ResolveAsync(key, id, true, keep, say, user, ct)).WithName("ResolvePostmortemComment").WithSummary("Settle a thread.");
        api.MapDelete("/comments/{id:guid}/resolved", (string key, Guid id, KeepComments keep, Say say, ClaimsPrincipal user, CancellationToken ct) => ResolveAsync(key, id, false, keep, say, user, ct)).WithName("ReopenPostmortemComment").WithSummary("Open a thread again.");
        api.MapPut("/entries/{sequence:long}", ChooseEntryAsync).WithName("ChoosePostmortemEntry").WithSummary("Whether an entry stands in the timeline, how far it may travel and in which words.");
        api.MapPut("/files/{id:guid}", ChooseFileAsync).WithName("ChoosePostmortemFile").WithSummary("How far a file may travel, and what is to be seen in it.");
        api.MapGet("/changes", ChangesAsync).WithName("ReadPostmortemChanges").WithSummary("What changed in the log of what the document shows, since its authors looked.");
        api.MapPost("/changes/seen", SeenAsync).WithName("MarkPostmortemChangesSeen").WithSummary("Say that it has been seen, up to a sequence.");
    }

    private static async Task<Results<Ok<PostmortemAnswer>, ProblemHttpResult>> ReadAsync(string key, ReadPostmortem read, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!(await read.HandleAsync(key, user.ToActor(), ct)).TryGet(out var page, out var error)) return error.ToProblem(say);
        return page.Document is { } document ? TypedResults.Ok(PostmortemAnswer.Of(document)) : new Shared.NotFound("Postmortem.NotFound").ToProblem(say);
    }

    private static async Task<Results<Ok<PostmortemAnswer>, ProblemHttpResult>> BeginAsync(string key, BeginRequest request, BeginPostmortem begin, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await begin.HandleAsync(new(key, request.TemplateId, request.Language ?? Languages.Current), user.ToActor(), ct), PostmortemAnswer.Of, say);

    private static async Task<Results<Ok<PostmortemAnswer>, ProblemHttpResult>> EditAsync(string key, EditRequest request, EditPostmortem edit, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        request.Version is { } version ? Answer(await edit.HandleAsync(new(key, version, request.Title, request.Language), user.ToActor(), ct), PostmortemAnswer.Of, say) : new Invalid("version", "Incident.VersionMissing").ToProblem(say);

    private static async Task<Results<Ok<CommentAnswer>, ProblemHttpResult>> CommentAsync(string key, CommentRequest request, KeepComments keep, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await keep.AddAsync(new(key, request.Id ?? Guid.CreateVersion7(), request.Body, request.SectionId, request.ReplyTo, request.IsQuestion), user.ToActor(), ct), CommentAnswer.Of, say);

    private static async Task<Results<Ok<CommentAnswer>, ProblemHttpResult>> ResolveAsync(string key, Guid id, bool isResolved, KeepComments keep, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await keep.ResolveAsync(new(key, id, isResolved), user.ToActor(), ct), CommentAnswer.Of, say);

    private static async Task<Results<Ok<PostmortemAnswer.EntryChoiceAnswer>, ProblemHttpResult>> ChooseEntryAsync(string key, long sequence, EntryRequest request, ChooseEvidence choose, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        var visibility = Labels.ParseOrNull<Visibility>(request.Visibility);
        if (request.Visibility is not null && visibility is null) return new Invalid("visibility", "Word.Unknown", request.Visibility).ToProblem(say);
        var chosen = await choose.EntryAsync(new(key, sequence, new(request.IsInTimeline, visibility, request.Wording ?? "")), user.ToActor(), ct);
        return Answer(chosen, c => new PostmortemAnswer.EntryChoiceAnswer(sequence, c.IsInTimeline, c.Visibility?.Label(), c.Wording), say);
    }

    private static async Task<Results<Ok<PostmortemAnswer.FileChoiceAnswer>, ProblemHttpResult>> ChooseFileAsync(string key, Guid id, FileRequest request, ChooseEvidence choose, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<Visibility>(request.Visibility, out var visibility)) return new Invalid("visibility", "Word.Unknown", request.Visibility ?? "").ToProblem(say);
        var chosen = await choose.FileAsync(new(key, id, new(visibility, request.Caption ?? "")), user.ToActor(), ct);
        return Answer(chosen, c => new PostmortemAnswer.FileChoiceAnswer(id, c.Visibility.Label(), c.Caption), say);
    }

    private static async Task<Results<Ok<ReferencedChangesAnswer>, ProblemHttpResult>> ChangesAsync(string key, ReadReferencedChanges read, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await read.HandleAsync(key, user.ToActor(), ct), ReferencedChangesAnswer.Of, say);

    private static async Task<Results<Ok<PostmortemAnswer>, ProblemHttpResult>> SeenAsync(string key, SeenRequest request, MarkChangesSeen mark, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await mark.HandleAsync(new(key, request.Sequence), user.ToActor(), ct), PostmortemAnswer.Of, say);

    internal static Results<Ok<TAnswer>, ProblemHttpResult> Answer<T, TAnswer>(Result<T> result, Func<T, TAnswer> of, Say say) =>
        result.TryGet(out var value, out var error) ? TypedResults.Ok(of(value)) : error.ToProblem(say);
}
