using System.Security.Claims;
using IncidentDesk.History;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.History;

/// <summary>Saved views over HTTP.</summary>
public static class ViewEndpoints
{
    /// <param name="Query">The parameters of the list of incidents: <c>q=syn&amp;status=Mitigating</c>. What the list does not know is left out.</param>
    public sealed record ViewRequest(string? Name, string? Query);

    /// <param name="Url">Of the page.</param>
    public sealed record ViewAnswer(Guid Id, string Name, string Query, string Url, DateTime CreatedAt);

    public static void MapViews(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/views").WithTags("Views");
        api.MapGet("", ListAsync).WithName("ListViews").WithSummary("Your saved views of the list of incidents.");
        api.MapPut("/{id:guid}", SaveAsync).WithName("SaveView").WithSummary("Keep a view under an id of your own making, or give it another name or question.");
        api.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteView").WithSummary("Forget a view.");
    }

    private static async Task<Results<Ok<IReadOnlyList<ViewAnswer>>, ProblemHttpResult>> ListAsync(KeepViews views, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await views.ListAsync(user.ToActor(), ct)).TryGet(out var kept, out var error) ? TypedResults.Ok<IReadOnlyList<ViewAnswer>>([.. kept.Select(Answer)]) : error.ToProblem(say);

    private static async Task<Results<Ok<ViewAnswer>, ProblemHttpResult>> SaveAsync(Guid id, ViewRequest request, KeepViews views, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await views.SaveAsync(new(id, request.Name, IncidentFilter.Read(request.Query ?? "").ToQuery()), user.ToActor(), ct)).TryGet(out var view, out var error) ? TypedResults.Ok(Answer(view)) : error.ToProblem(say);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, KeepViews views, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await views.DeleteAsync(id, user.ToActor(), ct)).TryGet(out _, out var error) ? TypedResults.NoContent() : error.ToProblem(say);

    private static ViewAnswer Answer(SavedView view) => new(view.Id, view.Name, view.Query, IncidentFilter.Read(view.Query).ToUrl(), view.CreatedAt);
}
