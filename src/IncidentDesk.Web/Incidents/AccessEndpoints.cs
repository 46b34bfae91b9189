using System.Security.Claims;
using System.Text.Json.Serialization;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Incidents;

/// <summary>Requests to see restricted incidents over HTTP.</summary>
public static class AccessEndpoints
{
    public sealed record AskRequest(string? IncidentKey, string? Reason);

    /// <param name="Message">The same for every key.</param>
    public sealed record AskAnswer(string Message);

    /// <param name="Grant">Must be there: what is left out must not decide.</param>
    public sealed record DecisionRequest([property: JsonRequired] bool Grant);

    public static void MapAccess(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/access-requests").WithTags("Access");
        api.MapPost("", AskAsync).WithSummary("Ask to see an incident. The answer is the same for every key, whether there is such an incident or not.");
        api.MapGet("", ListAsync).WithSummary("Requests that you may decide, oldest first.");
        api.MapPost("/{id:guid}/decision", DecideAsync).WithSummary("Grant or refuse. Granting names the person in the incident; refusing tells them nothing.");
    }

    private static async Task<Results<Accepted<AskAnswer>, ProblemHttpResult>> AskAsync(AskRequest request, AskForAccess ask, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await ask.HandleAsync(new(request.IncidentKey ?? "", request.Reason ?? ""), user.ToActor(), ct)).TryGet(out _, out var error)
            ? TypedResults.Accepted((string?)null, new AskAnswer(say["Access.Kept"]))
            : error.ToProblem(say);

    private static async Task<Results<Ok<IReadOnlyList<DecideAccess.Open>>, ProblemHttpResult>> ListAsync(DecideAccess decide, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await decide.ListAsync(null, user.ToActor(), ct)).TryGet(out var open, out var error) ? TypedResults.Ok(open) : error.ToProblem(say);

    private static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(Guid id, DecisionRequest request, DecideAccess decide, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await decide.HandleAsync(new(id, request.Grant), user.ToActor(), ct)).TryGet(out _, out var error) ? TypedResults.NoContent() : error.ToProblem(say);
}
