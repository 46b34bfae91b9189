using System.Security.Claims;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Timeline;

/// <summary>An incident's log over HTTP.</summary>
public static class TimelineEndpoints
{
    /// <param name="EntryId">Made by the client; the same id again is answered with the entry that it made first.</param>
    /// <param name="OccurredAt">Now by the desk's clock when left out.</param>
    /// <param name="After">The entry behind which this one belongs, when its time does not say so.</param>
    public sealed record AddRequest(Guid EntryId, string? Kind, string? Body, TimeInput? OccurredAt, long? After, bool IsKeyEvent, string? Visibility);

    /// <param name="Revision">The newest that the client read.</param>
    /// <param name="RevisionId">Made by the client, as an entry's id is.</param>
    /// <remarks>What is left out stays as it is.</remarks>
    public sealed record CorrectRequest(int Revision, Guid RevisionId, string? Kind, string? Body, TimeInput? OccurredAt, bool? IsKeyEvent, string? Visibility);

    public sealed record TimelineAnswer(IReadOnlyList<EntryAnswer> Entries, long LastSequence);

    public static void MapTimeline(this IEndpointRouteBuilder api)
    {
        var timeline = api.MapGroup("/incidents/{key}/timeline").WithTags("Timeline");
        timeline.MapGet("", ReadAsync).WithSummary("Rows of the log after a sequence, in the order in which they were written.");
        timeline.MapPost("", AddAsync).WithSummary("Log an entry. Answered after it is kept; a repeat with the same entryId gets the same answer.");
        timeline.MapPost("/{sequence:long}/revisions", CorrectAsync).WithSummary("Correct an entry by a new revision. A stale revision is a conflict that shows what stands now.");
        timeline.MapGet("/{sequence:long}/revisions", RevisionsAsync).WithSummary("All revisions of an entry, oldest first.");
    }

    private static async Task<Results<Ok<TimelineAnswer>, ProblemHttpResult>> ReadAsync(string key, ReadTimeline read, Say say, ClaimsPrincipal user, CancellationToken ct, long after = 0, int limit = ReadTimeline.MaxPage)
    {
        var result = await read.AfterAsync(key, after, limit, user.ToActor(), ct);
        return result.TryGet(out var page, out var error) ? TypedResults.Ok(new TimelineAnswer([.. page.Entries.Select(EntryAnswer.Of)], page.LastSequence)) : error.ToProblem(say);
    }

    private static async Task<Results<Created<EntryAnswer>, ProblemHttpResult>> AddAsync(string key, AddRequest request, AddEntry add, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<EntryKind>(request.Kind ?? EntryKind.Note.Label(), out var kind)) return new Invalid("kind", "Word.Unknown", request.Kind!).ToProblem(say);
        if (!Labels.TryParse<Visibility>(request.Visibility ?? Visibility.Internal.Label(), out var visibility)) return new Invalid("visibility", "Word.Unknown", request.Visibility!).ToProblem(say);
        OccurrenceTime? when = null;
        if (request.OccurredAt is not null && !request.OccurredAt.Read("occurredAt").TryGet(out when, out var error)) return error.ToProblem(say);

        var result = await add.HandleAsync(new AddEntry.Command(key, request.EntryId, kind, request.Body ?? "", when, request.After, request.IsKeyEvent, visibility), user.ToActor(), ct);
        return Answer(key, result.TryGet(out var added, out error) ? added.Entry : error, say);
    }

    private static async Task<Results<Created<EntryAnswer>, ProblemHttpResult>> CorrectAsync(string key, long sequence, CorrectRequest request, CorrectEntry correct, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        var kind = Labels.ParseOrNull<EntryKind>(request.Kind);
        if (request.Kind is not null && kind is null) return new Invalid("kind", "Word.Unknown", request.Kind).ToProblem(say);
        var visibility = Labels.ParseOrNull<Visibility>(request.Visibility);
        if (request.Visibility is not null && visibility is null) return new Invalid("visibility", "Word.Unknown", request.Visibility).ToProblem(say);
        OccurrenceTime? when = null;
        if (request.OccurredAt is not null && !request.OccurredAt.Read("occurredAt").TryGet(out when, out var error)) return error.ToProblem(say);

        return Answer(key, await correct.HandleAsync(new CorrectEntry.Command(key, sequence, request.Revision, request.RevisionId, kind, request.Body, when, request.IsKeyEvent, visibility), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<IReadOnlyList<EntryAnswer>>, ProblemHttpResult>> RevisionsAsync(string key, long sequence, ReadTimeline read, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        var result = await read.RevisionsAsync(key, sequence, user.ToActor(), ct);
        return result.TryGet(out var revisions, out var error) ? TypedResults.Ok<IReadOnlyList<EntryAnswer>>([.. revisions.Select(EntryAnswer.Of)]) : error.ToProblem(say);
    }

    private static Results<Created<EntryAnswer>, ProblemHttpResult> Answer(string key, Result<TimelineEntry> result, Say say) =>
        result.TryGet(out var entry, out var error) ? TypedResults.Created($"/api/v1/incidents/{key}/timeline?after={entry.Sequence - 1}&limit=1", EntryAnswer.Of(entry)) : error.ToProblem(say);
}
