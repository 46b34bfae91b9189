using System.Security.Claims;
using IncidentDesk.Checklists;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Checklists;

/// <summary>Checklists over HTTP.</summary>
public static class ChecklistEndpoints
{
    public sealed record StepRequest(string? En, string? Es);

    /// <param name="Version">0 for a new one.</param>
    /// <param name="Source">The public guidance that it was built from; may be left out.</param>
    public sealed record KeepRequest(int? Version, string? TitleEn, string? TitleEs, string? Source, IReadOnlyList<StepRequest>? Steps, bool IsRetired);

    public sealed record AttachRequest(Guid ChecklistId);

    public static void MapChecklists(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").WithTags("Checklists");
        api.MapGet("/checklists", ListAsync).WithName("ListChecklists").WithSummary("Checklists on offer, with their steps in both languages.");
        api.MapPut("/checklists/{id:guid}", KeepAsync).WithName("KeepChecklist").WithSummary("Add, change or retire a checklist (administrators). A stale version is a conflict.").ForAdministrators();
        api.MapGet("/incidents/{key}/checklists", OfIncidentAsync).WithName("ListIncidentChecklists").WithSummary("Checklists on an incident, with who ticked what and when.");
        api.MapPost("/incidents/{key}/checklists", AttachAsync).WithName("AttachChecklist").WithSummary("Attach a checklist; the one that is there already is the answer.");
        api.MapDelete("/incidents/{key}/checklists/{id:guid}", DetachAsync).WithName("DetachChecklist").WithSummary("Take a checklist off an incident; its ticks stay in the timeline.");
        api.MapPut("/incidents/{key}/checklists/{id:guid}/ticks/{step:int}", (string key, Guid id, int step, TickStep tick, Say say, ClaimsPrincipal user, CancellationToken ct) => TickAsync(key, id, step, true, tick, say, user, ct)).WithName("TickStep").WithSummary("Tick a step: 0, 1, 2, …");
        api.MapDelete("/incidents/{key}/checklists/{id:guid}/ticks/{step:int}", (string key, Guid id, int step, TickStep tick, Say say, ClaimsPrincipal user, CancellationToken ct) => TickAsync(key, id, step, false, tick, say, user, ct)).WithName("UntickStep").WithSummary("Open a step again.");
    }

    private static async Task<Results<Ok<IReadOnlyList<ChecklistAnswer>>, ProblemHttpResult>> ListAsync(FindChecklists find, Say say, ClaimsPrincipal user, CancellationToken ct, bool retired = false) =>
        (await find.HandleAsync(user.ToActor(), ct, retired)).TryGet(out var checklists, out var error) ? TypedResults.Ok<IReadOnlyList<ChecklistAnswer>>([.. checklists.Select(ChecklistAnswer.Of)]) : error.ToProblem(say);

    private static async Task<Results<Ok<ChecklistAnswer>, ProblemHttpResult>> KeepAsync(Guid id, KeepRequest request, KeepChecklists keep, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        ChecklistStep[] steps = [.. (request.Steps ?? []).Select(s => new ChecklistStep(s.En ?? "", s.Es ?? ""))];
        return (await keep.HandleAsync(new(id, version, request.TitleEn, request.TitleEs, request.Source, steps, request.IsRetired), user.ToActor(), ct)).TryGet(out var checklist, out var error)
            ? TypedResults.Ok(ChecklistAnswer.Of(checklist))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<IReadOnlyList<AttachedAnswer>>, ProblemHttpResult>> OfIncidentAsync(string key, FindChecklists find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await find.OfIncidentAsync(key, user.ToActor(), ct)).TryGet(out var attached, out var error) ? TypedResults.Ok<IReadOnlyList<AttachedAnswer>>([.. attached.Select(AttachedAnswer.Of)]) : error.ToProblem(say);

    private static async Task<Results<Ok<AttachedAnswer>, ProblemHttpResult>> AttachAsync(string key, AttachRequest request, AttachChecklist attach, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await attach.HandleAsync(new(key, request.ChecklistId), user.ToActor(), ct), say);

    private static async Task<Results<Ok<AttachedAnswer>, ProblemHttpResult>> DetachAsync(string key, Guid id, DetachChecklist detach, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await detach.HandleAsync(new(key, id), user.ToActor(), ct), say);

    private static async Task<Results<Ok<AttachedAnswer>, ProblemHttpResult>> TickAsync(string key, Guid id, int step, bool isDone, TickStep tick, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await tick.HandleAsync(new(key, id, step, isDone), user.ToActor(), ct), say);

    private static Results<Ok<AttachedAnswer>, ProblemHttpResult> Answer(Result<IncidentChecklist> result, Say say) =>
        result.TryGet(out var attached, out var error) ? TypedResults.Ok(AttachedAnswer.Of(attached)) : error.ToProblem(say);
}
