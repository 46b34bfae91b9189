using System.Security.Claims;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Postmortems;

/// <summary>The sections of postmortems over HTTP.</summary>
public static class SectionEndpoints
{
    /// <param name="Id">Made by the client, so that a repeated request adds once; may be left out.</param>
    /// <param name="TitleEs">One title is enough.</param>
    /// <param name="After">The section behind which it belongs; the end when left out.</param>
    public sealed record AddRequest(Guid? Id, string? TitleEn, string? TitleEs, string? Visibility, Guid? After);

    /// <remarks>What is left out stays as it is.</remarks>
    public sealed record SaveRequest(int? Version, string? Body, string? TitleEn, string? TitleEs, string? Visibility);

    /// <param name="To">0, 1, 2, …</param>
    public sealed record PlaceRequest(int To);

    public sealed record RestoreRequest(int? Version);

    public static void MapPostmortemSections(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/incidents/{key}/postmortem/sections").WithTags("Postmortems");
        api.MapPost("", AddAsync).WithName("AddPostmortemSection").WithSummary("Add a section of your own.");
        api.MapPatch("/{id:guid}", SaveAsync).WithName("SavePostmortemSection").WithSummary("Write a section. A stale version is a conflict that shows what stands now.");
        api.MapDelete("/{id:guid}", async (string key, Guid id, ArrangeSections arrange, Say say, ClaimsPrincipal user, CancellationToken ct) => Answer(await arrange.RemoveAsync(key, id, user.ToActor(), ct), say)).WithName("RemovePostmortemSection").WithSummary("Take a section out; it can be brought back.");
        api.MapPost("/{id:guid}/restore", async (string key, Guid id, ArrangeSections arrange, Say say, ClaimsPrincipal user, CancellationToken ct) => Answer(await arrange.RestoreAsync(key, id, user.ToActor(), ct), say)).WithName("RestorePostmortemSection").WithSummary("Bring a section back.");
        api.MapPut("/{id:guid}/position", MoveAsync).WithName("MovePostmortemSection").WithSummary("Put a section in its place: 0, 1, 2, … Answered with all of them in their order.");
        api.MapGet("/{id:guid}/revisions", RevisionsAsync).WithName("ReadPostmortemRevisions").WithSummary("The history of a section, oldest first.");
        api.MapPost("/{id:guid}/revisions/{number:int}/restore", RestoreAsync).WithName("RestorePostmortemRevision").WithSummary("Write a section as it once was.");
    }

    private static async Task<Results<Ok<SectionAnswer>, ProblemHttpResult>> AddAsync(string key, AddRequest request, ArrangeSections arrange, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<Visibility>(request.Visibility ?? Visibility.Internal.Label(), out var visibility)) return new Invalid("visibility", "Word.Unknown", request.Visibility!).ToProblem(say);
        return Answer(await arrange.AddAsync(new(key, request.Id ?? Guid.CreateVersion7(), request.TitleEn, request.TitleEs, visibility, request.After), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<SectionAnswer>, ProblemHttpResult>> SaveAsync(string key, Guid id, SaveRequest request, SaveSection save, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        var visibility = Labels.ParseOrNull<Visibility>(request.Visibility);
        if (request.Visibility is not null && visibility is null) return new Invalid("visibility", "Word.Unknown", request.Visibility).ToProblem(say);
        return Answer(await save.HandleAsync(new(key, id, version, request.Body, request.TitleEn, request.TitleEs, visibility), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<IReadOnlyList<SectionAnswer>>, ProblemHttpResult>> MoveAsync(string key, Guid id, PlaceRequest request, ArrangeSections arrange, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        PostmortemEndpoints.Answer<IReadOnlyList<PostmortemSection>, IReadOnlyList<SectionAnswer>>(await arrange.MoveAsync(new(key, id, request.To), user.ToActor(), ct), all => [.. all.Select(SectionAnswer.Of)], say);

    private static async Task<Results<Ok<IReadOnlyList<RevisionAnswer>>, ProblemHttpResult>> RevisionsAsync(string key, Guid id, ReadRevisions read, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        PostmortemEndpoints.Answer<IReadOnlyList<SectionRevision>, IReadOnlyList<RevisionAnswer>>(await read.HandleAsync(key, id, user.ToActor(), ct), all => [.. all.Select(RevisionAnswer.Of)], say);

    private static async Task<Results<Ok<SectionAnswer>, ProblemHttpResult>> RestoreAsync(string key, Guid id, int number, RestoreRequest request, RestoreRevision restore, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        request.Version is { } version ? Answer(await restore.HandleAsync(new(key, id, version, number), user.ToActor(), ct), say) : new Invalid("version", "Incident.VersionMissing").ToProblem(say);

    private static Results<Ok<SectionAnswer>, ProblemHttpResult> Answer(Result<PostmortemSection> result, Say say) => PostmortemEndpoints.Answer(result, SectionAnswer.Of, say);
}
