using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Documents as files over HTTP, and as their audience will see them.</summary>
public static class DocumentEndpoints
{
    /// <param name="Number">Of the frozen document; 0 for one that was not frozen.</param>
    public sealed record ExportAnswer(Guid Id, DocumentKind? Kind, int Number, Audience Audience, string Format, string Language, long Size, string Sha256, DateTime At, string By)
    {
        public static ExportAnswer Of(DocumentExport e) => new(e.Id, e.Kind, e.Number, e.Audience, e.Format, e.Language, e.Size, e.Sha256, e.At, e.ByName);
    }

    /// <param name="Format">Of <see cref="ExportFormat"/>; html when left out.</param>
    /// <param name="Audience">internal when left out.</param>
    /// <param name="Lang">en or es; the reader's when left out.</param>
    /// <param name="Zone">utc, incident or mine; utc when left out.</param>
    /// <param name="Number">Of a frozen document; the postmortem as it stands when left out.</param>
    public sealed record Asked(string? Format, string? Audience, string? Lang, string? Zone, int? Number)
    {
        public Result<MakeDocument.Wanted> For(string key, DocumentSource source, HttpContext http)
        {
            if (!Labels.TryParse<ExportFormat>(Format ?? "html", out var format)) return new Invalid("format", "Word.Unknown", Format!);
            if (!Labels.TryParse<Audience>(Audience ?? "internal", out var audience)) return new Invalid("audience", "Word.Unknown", Audience!);
            if (Lang is not null && !Languages.All.Contains(Lang, StringComparer.Ordinal)) return new Invalid("lang", "Word.Unknown", Lang);
            if (!Labels.TryParse<ZoneChoice>(Zone ?? "utc", out var zone)) return new Invalid("zone", "Word.Unknown", Zone!);
            return new MakeDocument.Wanted(key, source, format, audience, Lang ?? Languages.Current, zone, http.User.Zone());
        }
    }

    public static void MapDocuments(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/incidents/{key}").WithTags("Documents");
        api.MapGet("/postmortem/export", (string key, [AsParameters] Asked asked, MakeDocument make, Say say, HttpContext http, CancellationToken ct) => ExportAsync(key, new(DocumentKind.Postmortem, asked.Number), asked, make, say, http, ct))
            .WithSummary("The postmortem as a file: format markdown, zip, html, pdf, docx, json, csv, icalendar; audience internal, members, public, evidence; lang en, es; zone utc, incident, mine; number of a frozen one. It is recorded.").LeavesRecord();
        api.MapGet("/postmortem/preview", (string key, [AsParameters] Asked asked, MakeDocument make, Say say, HttpContext http, CancellationToken ct) => PreviewAsync(key, new(DocumentKind.Postmortem, asked.Number), asked, make, say, http, ct))
            .WithSummary("The postmortem as an audience would see it, as HTML; no export.");
        api.MapGet("/reports/{number:int}/export", (string key, int number, [AsParameters] Asked asked, MakeDocument make, Say say, HttpContext http, CancellationToken ct) => ExportAsync(key, new(DocumentKind.SituationReport, number), asked, make, say, http, ct))
            .WithSummary("A situation report as a file; as for a postmortem.").LeavesRecord();
        api.MapGet("/reports/{number:int}/preview", (string key, int number, [AsParameters] Asked asked, MakeDocument make, Say say, HttpContext http, CancellationToken ct) => PreviewAsync(key, new(DocumentKind.SituationReport, number), asked, make, say, http, ct))
            .WithSummary("A situation report as an audience would see it, as HTML; no export.");
        api.MapGet("/exports", ListAsync).WithSummary("Who took which document out of the desk, the newest first.");
    }

    private static async Task<Results<Ok<IReadOnlyList<ExportAnswer>>, ProblemHttpResult>> ListAsync(string key, ReadExports read, Say say, HttpContext http, CancellationToken ct) =>
        (await read.HandleAsync(key, http.User.ToActor(), ct)).TryGet(out var listed, out var error) ? TypedResults.Ok<IReadOnlyList<ExportAnswer>>([.. listed.Exports.Select(ExportAnswer.Of)]) : error.ToProblem(say);

    private static async Task<IResult> ExportAsync(string key, DocumentSource source, Asked asked, MakeDocument make, Say say, HttpContext http, CancellationToken ct)
    {
        if (!asked.For(key, source, http).TryGet(out var wanted, out var error)) return error.ToProblem(say);
        if (!(await make.HandleAsync(wanted, http.User.ToActor(), ct)).TryGet(out var made, out error)) return error.ToProblem(say);
        http.Response.RegisterForDispose(made);
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(made.FileName);
        http.Response.Headers.ContentDisposition = name.ToString();
        http.Response.Headers["Content-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(made.Record!.Sha256))}:";
        return Send(made, wanted.Format.MediaType(), SecurityHeaders.PolicyOfFiles, wanted.Language, http);
    }

    private static async Task<IResult> PreviewAsync(string key, DocumentSource source, Asked asked, MakeDocument make, Say say, HttpContext http, CancellationToken ct)
    {
        if (!asked.For(key, source, http).TryGet(out var wanted, out var error)) return error.ToProblem(say);
        if (!(await make.PreviewAsync(wanted, http.User.ToActor(), ct)).TryGet(out var made, out error)) return error.ToProblem(say);
        http.Response.RegisterForDispose(made);
        return Send(made, ExportFormat.Html.MediaType(), SecurityHeaders.PolicyOfDocuments, wanted.Language, http);
    }

    private static IResult Send(MakeDocument.Made made, string mediaType, string policy, string language, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.ContentLanguage = language;
        return TypedResults.PhysicalFile(made.Path, mediaType);
    }
}
