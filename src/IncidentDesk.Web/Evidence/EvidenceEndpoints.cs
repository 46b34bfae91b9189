using IncidentDesk.Evidence;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Evidence;

/// <summary>The evidence of an incident over HTTP.</summary>
public static class EvidenceEndpoints
{
    // Each stands on the disk while it is made and sent.
    private static readonly SemaphoreSlim Making = new(2);

    public static void MapEvidence(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/incidents/{key}/evidence.zip", ExportAsync).WithTags("Evidence").WithName("ExportEvidence")
        .WithSummary("All that the desk knows of an incident, with all revisions, files and hashes, as one zip. That you took it stands in the incident's log.");

    private static async Task<IResult> ExportAsync(string key, ExportEvidence export, Say say, HttpContext http, CancellationToken ct)
    {
        var actor = http.User.ToActor();
        if (!(await export.MayAsync(key, actor, ct)).TryGet(out _, out var error)) return error.ToProblem(say);
        await Making.WaitAsync(ct);
        FileStream? file = null;
        try
        {
            file = TemporaryFile();
            // Complete, and known to the log, before the first byte leaves.
            if (!(await export.HandleAsync(key, file, Languages.Current, actor, ct)).TryGet(out var made, out error)) return error.ToProblem(say);
            http.Response.Headers.CacheControl = "private, no-store";
            http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyOfFiles;
            http.Response.Headers["Content-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(made.Sha256))}:";
            var given = file;
            file = null;
            // It is gone from the disk when it has been sent, or when who asked has gone away.
            return TypedResults.Stream(given, "application/zip", $"{key}-evidence.zip");
        }
        finally
        {
            if (file is not null) await file.DisposeAsync();
            Making.Release();
        }
    }

    /// <summary>Nobody else on the machine reads it, and it goes with its handle.</summary>
    private static FileStream TemporaryFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"incidentdesk-{Guid.NewGuid():N}.zip"), options);
    }
}
