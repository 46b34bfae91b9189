using System.Security.Claims;
using IncidentDesk.Leadership;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Leadership;

/// <summary>The figures over HTTP.</summary>
public static class LeadershipEndpoints
{
    private const string Csv = "text/csv; charset=utf-8";

    public static void MapLeadership(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").WithTags("Leadership");
        api.MapGet("/leadership", ReadAsync).WithSummary("How often, how long, how many: all figures of a period (days of UTC, both included; all time when left out) beside the one before. Durations are in seconds; what is not known is null.");
        api.MapGet("/leadership/{figure}.csv", FileAsync).WithSummary("What is behind one figure, or behind all of them, as csv.").LeavesRecord();
        api.MapGet("/members/{id:guid}/ledger.csv", LedgerAsync).WithSummary("What happened to one member, as it may be handed to it: no titles, no other member, no restricted incident.").LeavesRecord();
    }

    private static async Task<Results<Ok<LeadershipAnswer>, ProblemHttpResult>> ReadAsync(ReadLeadership read, Say say, ClaimsPrincipal user, CancellationToken ct, string? from = null, string? to = null, string? zones = null)
    {
        if (!LeadershipUrl.Days(from, to).TryGet(out var period, out var error)) return error.ToProblem(say);
        IReadOnlyList<string> asked = string.IsNullOrEmpty(zones) ? [LeadershipUrl.FirstZone, LeadershipUrl.SecondZone] : [.. zones.Split(',').Take(4)];
        return (await read.HandleAsync(new(period, asked), user.ToActor(), ct)).TryGet(out var overview, out error) ? TypedResults.Ok(LeadershipAnswer.Of(overview)) : error.ToProblem(say);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(string figure, ExportFigures export, Say say, ClaimsPrincipal user, CancellationToken ct, string? from = null, string? to = null)
    {
        if (!LeadershipUrl.Days(from, to).TryGet(out var period, out var error)) return error.ToProblem(say);
        var which = Labels.ParseOrNull<Figure>(figure);
        if (which is null && figure != "all") return new Shared.NotFound("Leadership.FigureUnknown", figure).ToProblem(say);
        return (await export.HandleAsync(which, period, user.ToActor(), ct)).TryGet(out var file, out error)
            ? TypedResults.File(file, Csv, which is { } one ? $"leadership-{one.Label()}.csv" : "leadership.csv")
            : error.ToProblem(say);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> LedgerAsync(Guid id, ExportFigures export, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await export.LedgerAsync(id, user.ToActor(), ct)).TryGet(out var file, out var error) ? TypedResults.File(file, Csv, $"ledger-{id}.csv") : error.ToProblem(say);
}
