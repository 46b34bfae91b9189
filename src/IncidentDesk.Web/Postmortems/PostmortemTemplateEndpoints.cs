using System.Security.Claims;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Postmortems;

/// <summary>Templates of postmortems over HTTP.</summary>
public static class PostmortemTemplateEndpoints
{
    /// <param name="Kind"><c>summary</c>, <c>timeline</c>, …; <c>other</c> when left out.</param>
    /// <param name="Body">With which it begins; Markdown with fields.</param>
    public sealed record SectionRequest(string? Kind, string? TitleEn, string? TitleEs, string? GuidanceEn, string? GuidanceEs, string? Visibility, string? Body);

    /// <param name="Version">0 for a new one.</param>
    public sealed record KeepRequest(int? Version, string? NameEn, string? NameEs, IReadOnlyList<SectionRequest>? Sections, bool IsRetired);

    public static void MapPostmortemTemplates(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/postmortem-templates").WithTags("Postmortems");
        api.MapGet("", ListAsync).WithName("ListPostmortemTemplates").WithSummary("Templates on offer, with their sections in both languages.");
        api.MapPut("/{id:guid}", KeepAsync).WithName("KeepPostmortemTemplate").WithSummary("Add, change or retire a template (administrators). A stale version is a conflict.").ForAdministrators();
    }

    private static async Task<Results<Ok<IReadOnlyList<PostmortemTemplateAnswer>>, ProblemHttpResult>> ListAsync(FindPostmortemTemplates find, Say say, ClaimsPrincipal user, CancellationToken ct, bool retired = false) =>
        PostmortemEndpoints.Answer<IReadOnlyList<PostmortemTemplate>, IReadOnlyList<PostmortemTemplateAnswer>>(await find.HandleAsync(user.ToActor(), ct, retired), all => [.. all.Select(PostmortemTemplateAnswer.Of)], say);

    private static async Task<Results<Ok<PostmortemTemplateAnswer>, ProblemHttpResult>> KeepAsync(Guid id, KeepRequest request, KeepPostmortemTemplates keep, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        var sections = new List<TemplateSection>();
        foreach (var section in request.Sections ?? [])
        {
            if (!Labels.TryParse<SectionKind>(section.Kind ?? SectionKind.Other.Label(), out var kind)) return new Invalid("kind", "Word.Unknown", section.Kind!).ToProblem(say);
            if (!Labels.TryParse<Visibility>(section.Visibility ?? Visibility.Internal.Label(), out var visibility)) return new Invalid("visibility", "Word.Unknown", section.Visibility!).ToProblem(say);
            sections.Add(new(kind, section.TitleEn ?? "", section.TitleEs ?? "", section.GuidanceEn ?? "", section.GuidanceEs ?? "", visibility, section.Body ?? ""));
        }
        return PostmortemEndpoints.Answer(await keep.HandleAsync(new(id, version, request.NameEn, request.NameEs, sections, request.IsRetired), user.ToActor(), ct), PostmortemTemplateAnswer.Of, say);
    }
}
