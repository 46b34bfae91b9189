using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Makes a file of a document for an audience: whole on the server's disk, checked and recorded, before anybody gets a byte of it.</summary>
public sealed class MakeDocument(ReadDocument read, ReadDocumentFile files, CheckLeaks leaks, RecordExport record, BoardFile boards, Chromium chromium, DocumentFolder folder, IServiceScopeFactory scopes, Say say)
{
    // Tags for those who do not see take Chromium more time than all the rest, 20,000 entries more than a minute and a half.
    private const int MostTaggedEvents = 2_000;

    // Each holds a whole document in memory while it is made.
    private static readonly SemaphoreSlim Room = new(3);

    /// <param name="Mine">The zone of whoever asks.</param>
    public sealed record Wanted(string IncidentKey, DocumentSource Source, ExportFormat Format, Audience Audience, string Language, ZoneChoice Zone, TimeZoneInfo Mine);

    /// <summary>A file that is ready; its folder goes when it is disposed.</summary>
    /// <param name="Record">Null for a preview.</param>
    public sealed record Made(DocumentFolder.Work Folder, string Path, string FileName, DocumentExport? Record) : IDisposable
    {
        public void Dispose() => Folder.Dispose();
    }

    /// <returns>The file; or among others <c>Document.Leaks</c> with what was found, <c>Document.NoChromium</c>, <c>Document.PrintFailed</c>.</returns>
    public Task<Result<Made>> HandleAsync(Wanted wanted, Actor actor, CancellationToken ct) => InTurnAsync(() => ExportAsync(wanted, actor, ct), ct);

    /// <summary>What the audience would get, as HTML: no export, and nothing is checked.</summary>
    public Task<Result<Made>> PreviewAsync(Wanted wanted, Actor actor, CancellationToken ct) => InTurnAsync(() => ShowAsync(wanted, actor, ct), ct);

    private async Task<Result<Made>> ExportAsync(Wanted wanted, Actor actor, CancellationToken ct)
    {
        if (!(await record.MayAsync(wanted.IncidentKey, actor, ct)).TryGet(out _, out var error)) return error;
        if (wanted.Format == ExportFormat.Pdf && chromium.Path is null) return new Invalid("format", "Document.NoChromium");
        if (!(await read.HandleAsync(wanted.IncidentKey, wanted.Source, wanted.Audience, actor, ct)).TryGet(out var document, out error)) return error;
        if (wanted.Audience.IsWider() && await LeaksAsync(document, wanted, actor, ct) is { } found) return found;
        return await InFolderAsync(async work =>
        {
            var path = work.File($"document.{wanted.Format.Extension()}");
            if (!await WriteAsync(document, wanted, work, path, actor, ct)) return new Conflict("Document.PrintFailed", "");
            await using var made = File.OpenRead(path);
            var command = new RecordExport.Command(wanted.IncidentKey, wanted.Source.Kind, document.Number, wanted.Audience, wanted.Format.Label(), wanted.Language, made.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(made, ct)));
            return (await record.HandleAsync(command, actor, ct)).TryGet(out var kept, out var refused) ? new Made(work, path, NameOf(wanted, document.Number), kept) : refused;
        });
    }

    private async Task<Result<Made>> ShowAsync(Wanted wanted, Actor actor, CancellationToken ct)
    {
        if (!(await read.HandleAsync(wanted.IncidentKey, wanted.Source, wanted.Audience, actor, ct)).TryGet(out var document, out var error)) return error;
        return await InFolderAsync(async work =>
        {
            var path = work.File("document.html");
            await WriteAsync(document, wanted with { Format = ExportFormat.Html }, work, path, actor, ct);
            return new Made(work, path, NameOf(wanted with { Format = ExportFormat.Html }, document.Number), null);
        });
    }

    /// <summary>What should not leave the house: in the record, and once more in what is written of it.</summary>
    private async Task<Error?> LeaksAsync(DocumentRecord document, Wanted wanted, Actor actor, CancellationToken ct)
    {
        if (!(await leaks.OfAsync(wanted.IncidentKey, wanted.Source, document, actor, ct)).TryGet(out var report, out var error)) return error;
        var open = report.Open;
        if (open.Count == 0)
        {
            using var text = new MemoryStream();
            await MarkdownWriter.WriteAsync(await LayOutAsync(document, wanted, actor), text, ct);
            // Every text of the record was looked through for names. What is written around it are the desk's own words, and somebody may be called like one.
            open = [.. LeakCheck.Find("document", Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length), report.Known).Where(l => l.Thing is NamedThing.Address or NamedThing.HostName or NamedThing.Email or NamedThing.Secret or NamedThing.InternalLink)];
        }
        return open.Count > 0 ? new Conflict("Document.Leaks", open.Select(l => l with { Where = say.Where(l) }).ToList(), open.Count) : null;
    }

    private static async Task<Result<Made>> InTurnAsync(Func<Task<Result<Made>>> make, CancellationToken ct)
    {
        await Room.WaitAsync(ct);
        try
        {
            return await make();
        }
        finally
        {
            Room.Release();
        }
    }

    private async Task<Result<Made>> InFolderAsync(Func<DocumentFolder.Work, Task<Result<Made>>> make)
    {
        var work = folder.Begin();
        var isMade = false;
        try
        {
            var made = await make(work);
            isMade = made.Succeeded;
            return made;
        }
        finally
        {
            if (!isMade) work.Dispose();
        }
    }

    private async Task<bool> WriteAsync(DocumentRecord whole, Wanted wanted, DocumentFolder.Work work, string path, Actor actor, CancellationToken ct)
    {
        Task<Document> LaidOutAsync() => LayOutAsync(whole, wanted, actor);
        // What is set in here does not come out.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(wanted.Language);
        if (wanted.Format == ExportFormat.Pdf)
        {
            var html = work.File("print.html");
            var document = await LaidOutAsync();
            await using (var page = File.Create(html)) await HtmlWriter.WriteForPrinterAsync(document, page, ct);
            return await chromium.PrintAsync(work, html, path, document.Parts.OfType<DocumentPart.Events>().Sum(e => e.Rows.Count) <= MostTaggedEvents, ct);
        }
        await using var to = File.Create(path);
        await (wanted.Format switch
        {
            ExportFormat.Markdown => MarkdownWriter.WriteAsync(await LaidOutAsync(), to, ct),
            ExportFormat.Zip => MarkdownWriter.WriteZipAsync(await LaidOutAsync(), NameOf(wanted with { Format = ExportFormat.Markdown }, whole.Number), to, ct),
            ExportFormat.Html => HtmlWriter.WriteAsync(await LaidOutAsync(), to, ct),
            ExportFormat.Docx => DocxWriter.WriteAsync(await LaidOutAsync(), svg => BoardPng.DrawAsync(chromium, work, svg, ct), to, ct),
            ExportFormat.Json => JsonWriter.WriteAsync(whole.InWords(say), (id, stop) => ContentAsync(wanted, id, actor, stop), to, ct),
            ExportFormat.Csv => TimelineCsv.WriteAsync(whole.InWords(say), say, wanted.Language, ZoneOf(whole, wanted), to, ct),
            ExportFormat.ICalendar => FollowUpCalendar.WriteAsync(whole.InWords(say), say, wanted.Language, to, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        return true;
    }

    private Task<Document> LayOutAsync(DocumentRecord whole, Wanted wanted, Actor actor)
    {
        var zone = ZoneOf(whole, wanted);
        return DocumentLayout.OfAsync(whole, say, wanted.Language, zone, facts => DrawAsync(facts, whole.MadeAt, zone), async (id, stop) => (await ContentAsync(wanted, id, actor, stop))?.Bytes);
    }

    private async Task<(byte[] Bytes, string MediaType)?> ContentAsync(Wanted wanted, Guid id, Actor actor, CancellationToken ct) =>
        (await files.HandleAsync(wanted.IncidentKey, wanted.Source, id, wanted.Audience, actor, ct)).TryGet(out var content, out _) ? content : null;

    private static TimeZoneInfo ZoneOf(DocumentRecord document, Wanted wanted) => wanted.Zone switch
    {
        ZoneChoice.Utc => TimeZoneInfo.Utc,
        ZoneChoice.Incident => TimeZoneInfo.FindSystemTimeZoneById(document.Incident.TimeZone),
        ZoneChoice.Mine => wanted.Mine,
    };

    private async Task<string> DrawAsync(IncidentDesk.Attacks.ReadBoard.Facts facts, DateTime now, TimeZoneInfo zone)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await boards.DrawAsync(scope.ServiceProvider, facts, now, null, zone, "light", showAll: false, BoardFile.WidthOnPaper);
    }

    /// <param name="number">0 for a draft.</param>
    private static string NameOf(Wanted wanted, int number) =>
        $"{wanted.IncidentKey}-{wanted.Source.Kind.Label()}-{(number > 0 ? $"{number}-" : "draft-")}{wanted.Audience.Label()}-{wanted.Language}.{wanted.Format.Extension()}";
}
