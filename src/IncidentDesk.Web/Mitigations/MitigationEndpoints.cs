using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Text.Json.Serialization;
using IncidentDesk.Assets;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Mitigations;

/// <summary>Mitigations over HTTP.</summary>
public static class MitigationEndpoints
{
    /// <param name="Scope">Names or ids of assets.</param>
    /// <remarks>Texts that are left out are empty; the times are ISO 8601 with a zone.</remarks>
    public sealed record FactsRequest(
        string? Title, string? Kind, string? Actor, IReadOnlyList<string>? Scope, string? AppliedBy, string? Command, string? Revert, string? ExpectedEffect, string? SideEffects,
        string? ReviewBy, string? ExpiresAt, string? AskedAt, string? AskedWhom, string? Ticket, string? AnsweredAt, string? Answer);

    /// <param name="Id">Made by the client, so that a repeated request adds once; may be left out.</param>
    /// <param name="State">proposed, requested or applied (when left out).</param>
    /// <param name="When">Of that state; left out for now.</param>
    /// <param name="Against">Ids of the waves that it is to stop; may be left out.</param>
    public sealed record AddRequest(Guid? Id, string? Name, string? State, TimeInput? When, string? Reason, FactsRequest? Facts, IReadOnlyList<Guid>? Against);

    public sealed record EditRequest(int? Version, FactsRequest? Facts);

    /// <param name="ReviewBy">Left out to leave it.</param>
    public sealed record MoveRequest(int? Version, string? To, TimeInput? When, string? Reason, string? ReviewBy);

    /// <param name="ReviewBy">Must be there; null for never.</param>
    public sealed record ReviewRequest(int? Version, [property: JsonRequired] string? ReviewBy);

    public sealed record KindRequest(string? NameEn, string? NameEs, string? Actor, bool SacrificesTarget, bool IsRetired);

    /// <param name="Version">0 for a new one.</param>
    public sealed record TemplateRequest(int? Version, FactsRequest? Facts, int? ReviewAfterMinutes, bool IsRetired);

    public sealed record ListAnswer(IReadOnlyList<MitigationAnswer> Mitigations, int Total);

    public static void MapMitigations(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").WithTags("Mitigations");
        api.MapGet("/mitigations", ListAsync).WithSummary("Mitigations that you may see, those to be looked at first.");
        api.MapPost("/incidents/{key}/mitigations", AddAsync).WithSummary("Put something up against an attack, or propose or ask for it.");
        api.MapGet("/mitigations/{mitigation}", ReadAsync).WithSummary("One mitigation, by id or name.");
        api.MapPatch("/mitigations/{id:guid}", EditAsync).WithSummary("Write down anew what it is; all facts are given. A stale version is a conflict.");
        api.MapPost("/mitigations/{id:guid}/state", MoveAsync).WithSummary("Apply, judge, revert: to one of its next states.");
        api.MapPut("/mitigations/{id:guid}/review", ExtendAsync).WithSummary("Move the time by which somebody has to look at it.");
        api.MapPut("/mitigations/{id:guid}/incidents/{key}", (Guid id, string key, ServeIncident serve, Say say, ClaimsPrincipal user, CancellationToken ct) => ServeAsync(id, key, true, serve, say, user, ct)).WithSummary("Let it serve another incident too.");
        api.MapDelete("/mitigations/{id:guid}/incidents/{key}", (Guid id, string key, ServeIncident serve, Say say, ClaimsPrincipal user, CancellationToken ct) => ServeAsync(id, key, false, serve, say, user, ct)).WithSummary("Let it serve an incident no more.");
        api.MapGet("/mitigation-kinds", KindsAsync).WithSummary("The sorts of defences.");
        api.MapPut("/mitigation-kinds/{slug}", KeepKindAsync).WithSummary("Add, rename or retire a sort (administrators).").ForAdministrators();
        api.MapGet("/mitigation-templates", TemplatesAsync).WithSummary("Templates to start from.");
        api.MapPut("/mitigation-templates/{id:guid}", KeepTemplateAsync).WithSummary("Add, change or retire a template (administrators).").ForAdministrators();
    }

    private static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> ListAsync(
        FindMitigations find, Say say, ClaimsPrincipal user, CancellationToken ct, string? incident = null, string? state = null, string? kind = null, string? text = null, int skip = 0, int take = FindMitigations.MaxPage)
    {
        var states = new List<MitigationState>();
        foreach (var word in (state ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Labels.TryParse<MitigationState>(word, out var known)) return new Invalid("state", "Word.Unknown", word).ToProblem(say);
            states.Add(known);
        }
        return (await find.HandleAsync(new(text ?? "", incident, states, kind, skip, take), user.ToActor(), ct)).TryGet(out var page, out var error)
            ? TypedResults.Ok(new ListAnswer([.. page.Mitigations.Select(MitigationAnswer.Of)], page.Total))
            : error.ToProblem(say);
    }

    private static async Task<Results<Created<MitigationAnswer>, ProblemHttpResult>> AddAsync(string key, AddRequest request, AddMitigation add, FindAssets assets, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<MitigationState>(request.State ?? MitigationState.Applied.Label(), out var state)) return new Invalid("state", "Word.Unknown", request.State!).ToProblem(say);
        OccurrenceTime? when = null;
        if (request.When is not null && !request.When.Read("when").TryGet(out when, out var error)) return error.ToProblem(say);
        if (!(await FactsAsync(request.Facts, assets, user.ToActor(), ct)).TryGet(out var facts, out error)) return error.ToProblem(say);
        return (await add.HandleAsync(new(request.Id ?? Guid.CreateVersion7(), key, request.Name, state, facts, when, request.Reason, request.Against), user.ToActor(), ct)).TryGet(out var mitigation, out error)
            ? TypedResults.Created($"/api/v1/mitigations/{Uri.EscapeDataString(mitigation.Name)}", MitigationAnswer.Of(mitigation))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<MitigationAnswer>, ProblemHttpResult>> ReadAsync(string mitigation, FindMitigations find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await find.ByIdAsync(mitigation, user.ToActor(), ct), say);

    private static async Task<Results<Ok<MitigationAnswer>, ProblemHttpResult>> EditAsync(Guid id, EditRequest request, EditMitigation edit, FindAssets assets, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        return (await FactsAsync(request.Facts, assets, user.ToActor(), ct)).TryGet(out var facts, out var error)
            ? Answer(await edit.HandleAsync(new(id, version, facts), user.ToActor(), ct), say)
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<MitigationAnswer>, ProblemHttpResult>> MoveAsync(Guid id, MoveRequest request, MoveMitigation move, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        if (!Labels.TryParse<MitigationState>(request.To, out var to)) return new Invalid("to", "Word.Unknown", request.To ?? "").ToProblem(say);
        OccurrenceTime? when = null;
        if (request.When is not null && !request.When.Read("when").TryGet(out when, out var error)) return error.ToProblem(say);
        if (!TryMoment("reviewBy", request.ReviewBy, out var review, out error)) return error.ToProblem(say);
        return Answer(await move.HandleAsync(new(id, version, to, when, request.Reason, review), user.ToActor(), ct), say);
    }

    private static async Task<Results<Ok<MitigationAnswer>, ProblemHttpResult>> ExtendAsync(Guid id, ReviewRequest request, ExtendReview extend, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        return TryMoment("reviewBy", request.ReviewBy, out var review, out var error) ? Answer(await extend.HandleAsync(new(id, version, review), user.ToActor(), ct), say) : error.ToProblem(say);
    }

    private static async Task<Results<Ok<MitigationAnswer>, ProblemHttpResult>> ServeAsync(Guid id, string key, bool serves, ServeIncident serve, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        Answer(await serve.HandleAsync(new(id, key, serves), user.ToActor(), ct), say);

    private static async Task<Results<Ok<IReadOnlyList<KindAnswer>>, ProblemHttpResult>> KindsAsync(FindMitigations find, Say say, ClaimsPrincipal user, CancellationToken ct, bool retired = false) =>
        (await find.KindsAsync(user.ToActor(), ct, retired)).TryGet(out var kinds, out var error) ? TypedResults.Ok<IReadOnlyList<KindAnswer>>([.. kinds.Select(KindAnswer.Of)]) : error.ToProblem(say);

    private static async Task<Results<Ok<KindAnswer>, ProblemHttpResult>> KeepKindAsync(string slug, KindRequest request, KeepMitigationKinds keep, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<MitigationActor>(request.Actor ?? MitigationActor.Own.Label(), out var actor)) return new Invalid("actor", "Word.Unknown", request.Actor!).ToProblem(say);
        return (await keep.HandleAsync(new(slug, request.NameEn ?? "", request.NameEs ?? "", actor, request.SacrificesTarget, request.IsRetired), user.ToActor(), ct)).TryGet(out var kind, out var error)
            ? TypedResults.Ok(KindAnswer.Of(kind))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<IReadOnlyList<TemplateAnswer>>, ProblemHttpResult>> TemplatesAsync(FindMitigations find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await find.TemplatesAsync(user.ToActor(), ct)).TryGet(out var templates, out var error) ? TypedResults.Ok<IReadOnlyList<TemplateAnswer>>([.. templates.Select(TemplateAnswer.Of)]) : error.ToProblem(say);

    private static async Task<Results<Ok<TemplateAnswer>, ProblemHttpResult>> KeepTemplateAsync(Guid id, TemplateRequest request, KeepTemplates keep, FindAssets assets, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        if (!(await FactsAsync(request.Facts, assets, user.ToActor(), ct)).TryGet(out var facts, out var error)) return error.ToProblem(say);
        return (await keep.HandleAsync(new(id, version, facts, request.ReviewAfterMinutes, request.IsRetired), user.ToActor(), ct)).TryGet(out var template, out error)
            ? TypedResults.Ok(TemplateAnswer.Of(template))
            : error.ToProblem(say);
    }

    private static Results<Ok<MitigationAnswer>, ProblemHttpResult> Answer(Result<Mitigation> result, Say say) =>
        result.TryGet(out var mitigation, out var error) ? TypedResults.Ok(MitigationAnswer.Of(mitigation)) : error.ToProblem(say);

    private static async Task<Result<MitigationFacts>> FactsAsync(FactsRequest? r, FindAssets assets, Actor actor, CancellationToken ct)
    {
        if (r is null) return new Invalid("facts", "Text.Empty");
        var who = Labels.ParseOrNull<MitigationActor>(r.Actor);
        if (r.Actor is not null && who is null) return new Invalid("actor", "Word.Unknown", r.Actor);
        var scope = new List<Guid>();
        foreach (var name in r.Scope ?? [])
        {
            if (!(await assets.ByNameAsync(name, actor, ct)).TryGet(out var asset, out var missing)) return missing;
            scope.Add(asset.Id);
        }
        if (!TryMoment("reviewBy", r.ReviewBy, out var review, out var error) || !TryMoment("expiresAt", r.ExpiresAt, out var expires, out error)
            || !TryMoment("askedAt", r.AskedAt, out var asked, out error) || !TryMoment("answeredAt", r.AnsweredAt, out var answered, out error)) return error;
        return new MitigationFacts(r.Title ?? "", r.Kind ?? "")
        {
            Actor = who,
            Scope = scope,
            AppliedBy = r.AppliedBy ?? "",
            Command = r.Command ?? "",
            Revert = r.Revert ?? "",
            ExpectedEffect = r.ExpectedEffect ?? "",
            SideEffects = r.SideEffects ?? "",
            ReviewBy = review,
            ExpiresAt = expires,
            AskedAt = asked,
            AskedWhom = r.AskedWhom ?? "",
            Ticket = r.Ticket ?? "",
            AnsweredAt = answered,
            Answer = r.Answer ?? "",
        };
    }

    private static bool TryMoment(string field, string? text, out DateTime? utc, [NotNullWhen(false)] out Error? error)
    {
        (utc, error) = (null, null);
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!new TimeInput(text, null).Read(field).TryGet(out var time, out error)) return false;
        utc = time.At;
        return true;
    }
}
