using IncidentDesk.Evidence;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Postmortems.Documents;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Evidence;

/// <summary>The evidence of an incident over HTTP.</summary>
public static class EvidenceEndpoints
{
    // Each stands on the disk until the last byte of it has left.
    private static readonly SemaphoreSlim Making = new(2);

    public static void MapEvidence(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/incidents/{key}/evidence.zip", ExportAsync).WithTags("Evidence").WithName("ExportEvidence")
        .WithSummary("All that the desk knows of an incident, with all revisions, files and hashes, as one zip. That you took it stands in the incident's log.").LeavesRecord();

    private static async Task<IResult> ExportAsync(string key, ExportEvidence export, DocumentFolder folder, Say say, HttpContext http, CancellationToken ct)
    {
        var actor = http.User.ToActor();
        if (!(await export.MayAsync(key, actor, ct)).TryGet(out _, out var error)) return error.ToProblem(say);
        await Making.WaitAsync(ct);
        // The last that is registered goes first: the file, its folder, the room for it.
        http.Response.RegisterForDispose(new Room());
        var work = folder.Begin();
        http.Response.RegisterForDispose(work);
        var file = new FileStream(work.File("evidence.zip"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.Asynchronous);
        http.Response.RegisterForDisposeAsync(file);
        // Complete, and known to the log, before the first byte leaves.
        if (!(await export.HandleAsync(key, file, Languages.Current, actor, ct)).TryGet(out var made, out error)) return error.ToProblem(say);
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyOfFiles;
        http.Response.Headers["Content-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(made.Sha256))}:";
        return TypedResults.Stream(file, "application/zip", $"{key}-evidence.zip");
    }

    private sealed class Room : IDisposable
    {
        public void Dispose() => Making.Release();
    }
}
