using System.Security.Claims;
using IncidentDesk.Import;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Import;

/// <summary>Import over HTTP: the file is the request's body.</summary>
public static class ImportEndpoints
{
    /// <summary>A line of the file and the entry that it becomes.</summary>
    public sealed record LineAnswer(int Line, TimeAnswer OccurredAt, string Kind, string Body, string Category, string SourceUrl, string SourcePrecision, string StatedTime, IReadOnlyList<string> Doubts);

    public sealed record ProblemAnswer(int Line, string Code, string Message);

    /// <param name="Applied">Whether the entries are in the incident now.</param>
    /// <param name="Added">Entries that were, or in a dry run would be, added.</param>
    /// <param name="SkippedLines">Lines of Markdown that are no events.</param>
    /// <param name="Proposals">What the timeline says besides, and does not stand already, as it was before.</param>
    /// <param name="Accepted">How many of them were done.</param>
    public sealed record ImportAnswer(
        bool Applied, int Added, IReadOnlyList<LineAnswer> Lines, IReadOnlyList<ProblemAnswer> Problems, IReadOnlyList<int> SkippedLines, IReadOnlyList<ProposalAnswer> Proposals, int Accepted);

    /// <param name="Id">To be given back as <c>accept</c>; the same for the same file in the same incident.</param>
    /// <param name="What">What would be done, such as <c>milestone.resolved</c>, <c>mitigation</c>, <c>mitigation.reverted</c>, <c>impact</c>.</param>
    /// <param name="IsPlain">Whether nothing speaks against it.</param>
    /// <param name="Reasons">What does.</param>
    public sealed record ProposalAnswer(Guid Id, int Line, string What, TimeAnswer OccurredAt, string Message, bool IsPlain, IReadOnlyList<string> Reasons);

    public static void MapImport(this IEndpointRouteBuilder api) => api.MapPost("/incidents/{key}/import", ImportAsync)
        .Accepts<string>("text/csv", "text/markdown").WithMetadata(new RequestRoomAttribute(ImportForms.MaxRequestBytes)).WithTags("Timeline").WithSummary("Import a timeline: all of it or nothing; the same file twice adds nothing. A dry run says what it offers besides; accept=id,id does what is chosen of it.");

    private static async Task<Results<Ok<ImportAnswer>, UnprocessableEntity<ImportAnswer>, ProblemHttpResult>> ImportAsync(
        string key, HttpRequest request, ImportTimeline import, Say say, ClaimsPrincipal user, CancellationToken ct, bool dryRun = false, string? accept = null)
    {
        TimelineFormat? format = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "text/csv" => TimelineFormat.Csv,
            "text/markdown" => TimelineFormat.Markdown,
            _ => null,
        };
        if (format is null) return new Invalid(null, "Import.TypeUnknown", request.ContentType ?? "").ToProblem(say);

        var chosen = new List<Guid>();
        foreach (var text in (accept ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Guid.TryParse(text, out var id)) return new Invalid("Accept", "Import.BadProposal", text).ToProblem(say);
            chosen.Add(id);
        }

        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, ct);
        var result = await import.HandleAsync(new ImportTimeline.Command(key, content.ToArray(), format.Value, dryRun, chosen), user.ToActor(), ct);
        if (!result.TryGet(out var outcome, out var error)) return error.ToProblem(say);

        var answer = new ImportAnswer(outcome.Applied, outcome.New, [.. outcome.File.Lines.Select(Line)], [.. outcome.File.Problems.Select(p => new ProblemAnswer(p.Line, p.Code, say.Error(p)))], outcome.File.SkippedLines,
            [.. outcome.Proposals.Select(p => new ProposalAnswer(p.Id, p.Line, p.Act.Key, TimeAnswer.Of(p.When)!, ProposalText.Of(p.Act, say), p.IsPlain, [.. p.Reasons.Select(r => r.ToString())]))], outcome.Accepted);
        return outcome.File.Problems.Count > 0 && !dryRun ? TypedResults.UnprocessableEntity(answer) : TypedResults.Ok(answer);
    }

    private static LineAnswer Line(ImportLine l) => new(
        l.Line, TimeAnswer.Of(l.OccurredAt)!, l.Kind.Label(), l.Body, l.Category, l.SourceUrl, l.SourcePrecision, l.StatedTime, [.. l.Doubts.Select(d => d.ToString())]);
}
