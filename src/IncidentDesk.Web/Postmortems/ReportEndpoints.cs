using System.Security.Claims;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Postmortems;

/// <summary>Situation reports over HTTP.</summary>
public static class ReportEndpoints
{
    /// <param name="Id">Made by the client, so that a repeated request makes one report; may be left out.</param>
    /// <param name="Audience">internal or members.</param>
    /// <param name="Language">Of the text: en or es.</param>
    /// <param name="Summary">Markdown, with fields.</param>
    /// <param name="NextDueAt">ISO 8601 with its zone; left out when no other is announced.</param>
    public sealed record MakeRequest(Guid? Id, string? Audience, string? Language, string? Summary, string? Next, string? NextDueAt);

    /// <param name="Reports">The newest first.</param>
    public sealed record ListAnswer(IReadOnlyList<FrozenAnswer> Reports, DateTime? NextDueAt, bool IsOverdue);

    public static void MapReports(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/incidents/{key}/reports").WithTags("Situation reports");
        api.MapGet("", ListAsync).WithName("ListSituationReports").WithSummary("The situation reports of an incident, and when the next one is due.");
        api.MapPost("", MakeAsync).WithName("MakeSituationReport").WithSummary("Write a situation report: numbered, and frozen at once.");
    }

    private static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> ListAsync(string key, FindSituationReports find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await find.HandleAsync(key, user.ToActor(), ct)).TryGet(out var found, out var error)
            ? TypedResults.Ok(new ListAnswer([.. found.Reports.Select(FrozenAnswer.Of)], found.NextDueAt, found.IsOverdue))
            : error.ToProblem(say);

    private static async Task<Results<Created<FrozenAnswer>, ProblemHttpResult>> MakeAsync(string key, MakeRequest request, MakeSituationReport make, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<Audience>(request.Audience ?? "internal", out var audience)) return new Invalid("audience", "Word.Unknown", request.Audience!).ToProblem(say);
        DateTime? due = null;
        if (!string.IsNullOrWhiteSpace(request.NextDueAt))
        {
            if (!new TimeInput(request.NextDueAt, null).Read("nextDueAt").TryGet(out var time, out var unreadable)) return unreadable.ToProblem(say);
            due = time.At;
        }
        var command = new MakeSituationReport.Command(request.Id ?? Guid.CreateVersion7(), key, audience, request.Language ?? Languages.Current, request.Summary ?? "", request.Next ?? "", due);
        return (await make.HandleAsync(command, user.ToActor(), ct)).TryGet(out var report, out var error)
            ? TypedResults.Created($"{Links.SituationReportsApi(key)}/{report.Number}/preview", FrozenAnswer.Of(report))
            : error.ToProblem(say);
    }
}
