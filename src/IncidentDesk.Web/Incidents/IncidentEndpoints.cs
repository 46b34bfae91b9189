using System.Security.Claims;
using System.Text.Json.Serialization;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Incidents;

/// <summary>Incidents over HTTP.</summary>
public static class IncidentEndpoints
{
    /// <param name="Id">Made by the client, so that a repeated request declares once; may be left out.</param>
    public sealed record DeclareRequest(string? Title, string? Severity, TimeInput? ImpactStartedAt, string? Tlp, bool IsRestricted, string? TimeZone, Guid? Id);

    /// <param name="Version">That of the incident which the client read.</param>
    /// <remarks>What is left out stays as it is.</remarks>
    public sealed record ChangeRequest(int? Version, string? Title, string? Severity, string? Status, string? Tlp, string? Reason, TimeInput? OccurredAt);

    /// <param name="When">Must be there; null makes it unknown.</param>
    public sealed record MilestoneRequest(int? Version, [property: JsonRequired] TimeInput? When, string? Reason);

    /// <param name="PersonId">Must be there; null frees the role.</param>
    public sealed record RoleRequest([property: JsonRequired] Guid? PersonId);

    /// <param name="IsRestricted">Must be there: what is left out must not open an incident.</param>
    public sealed record RestrictionRequest(int? Version, [property: JsonRequired] bool IsRestricted, IReadOnlyList<Guid>? People);

    public sealed record ListAnswer(IReadOnlyList<IncidentAnswer> Incidents, int Total);

    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("Incidents");
        incidents.MapGet("", ListAsync).WithSummary("Incidents that you may see, open ones first.");
        incidents.MapPost("", DeclareAsync).WithSummary("Declare an incident.");
        incidents.MapGet("/{key}", ReadAsync).WithSummary("One incident.");
        incidents.MapPatch("/{key}", ChangeAsync).WithSummary("Change title, severity, status or TLP. A stale version is a conflict that shows what stands now.");
        incidents.MapPut("/{key}/milestones/{milestone}", SetMilestoneAsync).WithSummary("Record a milestone; null makes it unknown again.");
        incidents.MapPut("/{key}/roles/{role}", AssignRoleAsync).WithSummary("Give a role to somebody; null frees it.");
        incidents.MapPut("/{key}/restriction", RestrictAsync).WithSummary("Say who may see the incident.");
    }

    private static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> ListAsync([AsParameters] IncidentQuery query, FindIncidents find, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!query.Read().TryGet(out var question, out var error)) return error.ToProblem(say);
        var found = await find.HandleAsync(question, user.ToActor(), ct);
        return found.TryGet(out var page, out error) ? TypedResults.Ok(new ListAnswer([.. page.Incidents.Select(IncidentAnswer.Of)], page.Total)) : error.ToProblem(say);
    }

    private static async Task<Results<Created<IncidentAnswer>, ProblemHttpResult>> DeclareAsync(DeclareRequest request, DeclareIncident declare, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<Severity>(request.Severity, out var severity)) return new Invalid("severity", "Word.Unknown", request.Severity ?? "").ToProblem(say);
        if (!Labels.TryParse<Tlp>(request.Tlp ?? Tlp.Amber.Label(), out var tlp)) return new Invalid("tlp", "Word.Unknown", request.Tlp!).ToProblem(say);
        OccurrenceTime? started = null;
        if (request.ImpactStartedAt is not null && !request.ImpactStartedAt.Read("impactStartedAt").TryGet(out started, out var error)) return error.ToProblem(say);

        var declared = await declare.HandleAsync(new DeclareIncident.Command(request.Title ?? "", severity, started, tlp, request.IsRestricted, request.TimeZone, request.Id), user.ToActor(), ct);
        return declared.TryGet(out var incident, out error) ? TypedResults.Created($"/api/v1/incidents/{incident.Key}", IncidentAnswer.Of(incident)) : error.ToProblem(say);
    }

    private static async Task<Results<Ok<IncidentAnswer>, ProblemHttpResult>> ReadAsync(string key, FindIncidents find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await find.ByKeyAsync(key, user.ToActor(), ct), say);

    private static async Task<Results<Ok<IncidentAnswer>, ProblemHttpResult>> ChangeAsync(string key, ChangeRequest request, ChangeIncident change, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        var severity = Labels.ParseOrNull<Severity>(request.Severity);
        if (request.Severity is not null && severity is null) return new Invalid("severity", "Word.Unknown", request.Severity).ToProblem(say);
        var status = Labels.ParseOrNull<IncidentStatus>(request.Status);
        if (request.Status is not null && status is null) return new Invalid("status", "Word.Unknown", request.Status).ToProblem(say);
        var tlp = Labels.ParseOrNull<Tlp>(request.Tlp);
        if (request.Tlp is not null && tlp is null) return new Invalid("tlp", "Word.Unknown", request.Tlp).ToProblem(say);
        OccurrenceTime? when = null;
        if (request.OccurredAt is not null && !request.OccurredAt.Read("occurredAt").TryGet(out when, out var error)) return error.ToProblem(say);

        return Answer(await change.HandleAsync(new ChangeIncident.Command(key, version, request.Title, severity, status, tlp, request.Reason, when), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<IncidentAnswer>, ProblemHttpResult>> SetMilestoneAsync(string key, string milestone, MilestoneRequest request, SetMilestone set, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        if (!Labels.TryParse<MilestoneKind>(milestone, out var kind)) return new Invalid("milestone", "Word.Unknown", milestone).ToProblem(say);
        OccurrenceTime? when = null;
        if (request.When is not null && !request.When.Read("when").TryGet(out when, out var error)) return error.ToProblem(say);
        return Answer(await set.HandleAsync(new SetMilestone.Command(key, version, kind, when, request.Reason), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<IncidentAnswer>, ProblemHttpResult>> AssignRoleAsync(string key, string role, RoleRequest request, AssignRole assign, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Labels.TryParse<IncidentRole>(role, out var which)
            ? Answer(await assign.HandleAsync(new AssignRole.Command(key, which, request.PersonId), user.ToActor(), ct), say)
            : new Invalid("role", "Word.Unknown", role).ToProblem(say);

    private static async Task<Results<Ok<IncidentAnswer>, ProblemHttpResult>> RestrictAsync(string key, RestrictionRequest request, RestrictIncident restrict, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        request.Version is { } version
            ? Answer(await restrict.HandleAsync(new RestrictIncident.Command(key, version, request.IsRestricted, [.. request.People ?? []]), user.ToActor(), ct), say)
            : new Invalid("version", "Incident.VersionMissing").ToProblem(say);

    private static Results<Ok<IncidentAnswer>, ProblemHttpResult> Answer(Result<Incident> result, Say say) =>
        result.TryGet(out var incident, out var error) ? TypedResults.Ok(IncidentAnswer.Of(incident)) : error.ToProblem(say);
}
