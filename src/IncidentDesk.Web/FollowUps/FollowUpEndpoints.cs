using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Serialization;
using IncidentDesk.FollowUps;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.FollowUps;

/// <summary>Follow-ups over HTTP.</summary>
public static class FollowUpEndpoints
{
    /// <param name="Id">Made by the client, so that a repeated request adds once; may be left out.</param>
    /// <param name="DueOn"><c>2026-03-31</c>, in the incident's zone; left out when no date was agreed.</param>
    /// <param name="Tracker">https or http.</param>
    public sealed record AddRequest(Guid? Id, string? Action, Guid? OwnerId, string? DueOn, string? Tracker);

    /// <remarks>All is given; null for nobody and for no date.</remarks>
    public sealed record EditRequest(int? Version, string? Action, [property: JsonRequired] Guid? OwnerId, [property: JsonRequired] string? DueOn, string? Tracker);

    /// <param name="To">done, dropped or open.</param>
    /// <param name="Outcome">What came of it; why, when it is dropped.</param>
    public sealed record MoveRequest(int? Version, string? To, string? Outcome);

    public sealed record ListAnswer(IReadOnlyList<FollowUpAnswer> FollowUps, int Total);

    public static void MapFollowUps(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").WithTags("Follow-ups");
        api.MapGet("/follow-ups", ListAsync).WithName("ListFollowUps").WithSummary("Open follow-ups of all incidents that you may see, the longest overdue first. owner=me or a person's id.");
        api.MapGet("/incidents/{key}/follow-ups", OfIncidentAsync).WithName("ListIncidentFollowUps").WithSummary("All follow-ups of an incident.");
        api.MapPost("/incidents/{key}/follow-ups", AddAsync).WithName("AddFollowUp").WithSummary("Note what somebody is to do.");
        api.MapPatch("/incidents/{key}/follow-ups/{id:guid}", EditAsync).WithName("EditFollowUp").WithSummary("Write it down anew; all is given. A stale version is a conflict.");
        api.MapPost("/incidents/{key}/follow-ups/{id:guid}/state", MoveAsync).WithName("MoveFollowUp").WithSummary("Done, dropped or open again.");
    }

    private static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> ListAsync(FindFollowUps find, TimeProvider time, Say say, ClaimsPrincipal user, CancellationToken ct, string? owner = null, int skip = 0, int take = FindFollowUps.MaxPage)
    {
        var actor = user.ToActor();
        Guid? ownerId = owner switch { null => null, "me" => actor.PersonId, _ => Guid.TryParse(owner, out var id) ? id : Guid.Empty };
        if (ownerId == Guid.Empty) return new Invalid("owner", "Word.Unknown", owner!).ToProblem(say);
        return (await find.HandleAsync(new(ownerId, skip, take), actor, ct)).TryGet(out var page, out var error)
            ? TypedResults.Ok(new ListAnswer([.. page.FollowUps.Select(f => FollowUpAnswer.Of(f, time.UtcNow()))], page.Total))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> OfIncidentAsync(string key, FindFollowUps find, TimeProvider time, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await find.OfIncidentAsync(key, user.ToActor(), ct)).TryGet(out var all, out var error) ? TypedResults.Ok(new ListAnswer([.. all.Select(f => FollowUpAnswer.Of(f, time.UtcNow()))], all.Count)) : error.ToProblem(say);

    private static async Task<Results<Created<FollowUpAnswer>, ProblemHttpResult>> AddAsync(string key, AddRequest request, AddFollowUp add, TimeProvider time, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Day(request.DueOn).TryGet(out var due, out var error)) return error.ToProblem(say);
        var facts = new FollowUpFacts(request.Action ?? "", request.OwnerId, due, request.Tracker ?? "");
        return (await add.HandleAsync(new(request.Id ?? Guid.CreateVersion7(), key, facts), user.ToActor(), ct)).TryGet(out var added, out error)
            ? TypedResults.Created($"/api/v1/incidents/{Uri.EscapeDataString(key)}/follow-ups", FollowUpAnswer.Of(added, time.UtcNow()))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<FollowUpAnswer>, ProblemHttpResult>> EditAsync(string key, Guid id, EditRequest request, EditFollowUp edit, TimeProvider time, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        if (!Day(request.DueOn).TryGet(out var due, out var error)) return error.ToProblem(say);
        var facts = new FollowUpFacts(request.Action ?? "", request.OwnerId, due, request.Tracker ?? "");
        return (await edit.HandleAsync(new(key, id, version, facts), user.ToActor(), ct)).TryGet(out var edited, out error) ? TypedResults.Ok(FollowUpAnswer.Of(edited, time.UtcNow())) : error.ToProblem(say);
    }

    private static async Task<Results<Ok<FollowUpAnswer>, ProblemHttpResult>> MoveAsync(string key, Guid id, MoveRequest request, MoveFollowUp move, TimeProvider time, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        if (!Labels.TryParse<FollowUpState>(request.To, out var to)) return new Invalid("to", "Word.Unknown", request.To ?? "").ToProblem(say);
        return (await move.HandleAsync(new(key, id, version, to, request.Outcome), user.ToActor(), ct)).TryGet(out var moved, out var error) ? TypedResults.Ok(FollowUpAnswer.Of(moved, time.UtcNow())) : error.ToProblem(say);
    }

    private static Result<DateOnly?> Day(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (DateOnly?)null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : new Invalid("dueOn", "FollowUp.NoDay", text);
    }
}

/// <summary>A follow-up in the API.</summary>
/// <param name="Incident">Its key, where it was read with the incident.</param>
/// <param name="DueOn">In the incident's zone.</param>
/// <param name="IsOverdue">Null where it was read without the incident.</param>
/// <param name="Outcome">What came of it, or why it was dropped.</param>
public sealed record FollowUpAnswer(
    Guid Id, string? Incident, string Action, Guid? OwnerId, string? Owner, DateOnly? DueOn, bool? IsOverdue, string State, string Outcome, string Tracker, DateTime CreatedAt, DateTime? ClosedAt, int Version)
{
    /// <param name="now">UTC.</param>
    public static FollowUpAnswer Of(FollowUp f, DateTime now) => new(
        f.Id, f.Incident?.Key, f.Action, f.OwnerId, f.Owner?.DisplayName, f.DueOn, f.Incident is { } incident ? f.IsOverdue(incident.TimeZone, now) : null, f.State.Label(), f.Outcome, f.Tracker, f.CreatedAt, f.ClosedAt, f.Version);
}
