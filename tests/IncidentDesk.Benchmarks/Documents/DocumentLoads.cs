using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using IncidentDesk.Attachments;
using IncidentDesk.Benchmarks.History;
using IncidentDesk.Data;
using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Benchmarks.Documents;

/// <summary>Files of a very large postmortem: how long each format takes, what the desk holds meanwhile, and how long the others' appends take beside it.</summary>
internal static class DocumentLoads
{
    private const int Pictures = 200;

    // What a document of 20,000 entries and 200 pictures may take, in seconds.
    private static readonly (string Format, string Audience, double? Most)[] Files =
    [
        ("markdown", "internal", 2), ("zip", "internal", null), ("json", "internal", 2), ("html", "internal", 3), ("docx", "internal", null), ("csv", "internal", null), ("pdf", "internal", 20),
        // Redacted and looked through before.
        ("markdown", "public", null), ("json", "public", null), ("html", "public", null),
    ];

    public static async Task MeasureAsync(Report report, string postgres)
    {
        var entries = int.Parse(Environment.GetEnvironmentVariable("DESK_BENCH_DOCUMENT_ENTRIES") ?? "20000", CultureInfo.InvariantCulture);
        foreach (var engine in new[] { "SQLite", "PostgreSQL" })
        {
            var directory = Directory.CreateTempSubdirectory("desk-documents-").FullName;
            try
            {
                await using var desk = await Desk.StartAsync(engine == "SQLite" ? null : postgres, dataDirectory: directory);
                var (key, beside) = (await desk.DeclareAsync("Told at length"), await desk.DeclareAsync("Logged meanwhile"));
                await desk.FillAsync(key, entries);
                await FillAsync(engine == "SQLite" ? null : postgres, directory, key, entries);
                foreach (var (format, audience, most) in Files) await MeasureAsync(report, engine, desk, key, beside, (format, audience), most, entries);
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private static async Task MeasureAsync(Report report, string engine, Desk desk, string key, string beside, (string Format, string Audience) file, double? most, int entries)
    {
        // Once, so that what is measured is the work and not the compiler's.
        await GetAsync(desk, key, file);
        await DiagnosticsPort.CollectGarbageAsync(desk.ProcessId);
        await File.WriteAllTextAsync($"/proc/{desk.ProcessId}/clear_refs", "5");
        var appends = new List<Samples>();
        var start = Stopwatch.GetTimestamp();
        var export = GetAsync(desk, key, file);
        while (!export.IsCompleted) appends.Add((await Appending.RunAsync(desk.Api, $"/api/v1/incidents/{beside}/timeline", 1, 5)).Times);
        var size = await export;
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var what = string.Create(CultureInfo.InvariantCulture, $"{file.Format}, {file.Audience}, {engine}, {entries:N0} entries, {Pictures} pictures");
        report.Amount($"document as {what}", "s", 1, took, most);
        report.Amount($"  its size, {what}", "MiB", 1, size / 1024.0 / 1024);
        report.Amount($"  most resident memory meanwhile, {what}", "MiB", 1, Peak(desk.ProcessId), most: 500);
        report.Time($"  append meanwhile, {what}", Samples.Of([.. appends.Select(a => a.Milliseconds)]));
    }

    private static async Task<long> GetAsync(Desk desk, string key, (string Format, string Audience) file)
    {
        using var answer = await desk.Api.GetAsync($"/api/v1/incidents/{key}/postmortem/export?format={file.Format}&audience={file.Audience}", HttpCompletionOption.ResponseHeadersRead);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        await using var content = await answer.Content.ReadAsStreamAsync();
        var (piece, size) = (new byte[64 * 1024], 0L);
        while (await content.ReadAsync(piece) is > 0 and var read) size += read;
        return size;
    }

    private static double Peak(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>A postmortem with all entries in its timeline and every picture in a section.</summary>
    private static async Task FillAsync(string? connection, string directory, string key, int entries)
    {
        await using var services = HistoryDesk.On(connection ?? $"Data Source={Directory.GetFiles(directory, "*.db").Single()}");
        await using var db = await services.Get<DeskDatabase>().OpenAsync(default);
        db.EnterAsDesk();
        var incident = await db.Incidents.SingleAsync(i => i.Key == key);
        var person = await db.Users.FirstAsync();
        var (id, now) = (Guid.CreateVersion7(), DateTime.UtcNow);
        db.Postmortems.Add(new Postmortem { Id = id, IncidentId = incident.Id, Title = "Told at length", Language = "en", CreatedAt = now, CreatedById = person.Id, CreatedByName = person.DisplayName });
        var pictures = Enumerable.Range(0, Pictures).Select(n => (Id: Guid.CreateVersion7(), Bytes: NoisePicture.Of(n))).ToList();
        foreach (var (n, body) in new[] { "{{facts}}\n\n{{impact}}\n\n{{metrics}}", "{{board}}\n\n{{timeline}}", string.Join("\n\n", pictures.Select(p => Fields.File(p.Id))) }.Index())
            db.PostmortemSections.Add(new PostmortemSection { Id = Guid.CreateVersion7(), PostmortemId = id, Position = n, TitleEn = $"Section {n + 1}", TitleEs = $"Sección {n + 1}", Visibility = Visibility.Public, Body = body, EditedAt = now, EditedById = person.Id, EditedByName = person.DisplayName });
        foreach (var picture in pictures)
        {
            db.Attachments.Add(new Attachment { Id = picture.Id, IncidentId = incident.Id, FileName = "noise.png", MediaType = "image/png", Size = picture.Bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(picture.Bytes)), AddedById = person.Id, AddedByName = person.DisplayName, AddedAt = now });
            db.AttachmentContents.Add(new AttachmentContent { AttachmentId = picture.Id, Bytes = picture.Bytes });
            db.ChosenFiles.Add(new ChosenFile { PostmortemId = id, AttachmentId = picture.Id, Visibility = Visibility.Public, Caption = "Noise" });
        }
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        foreach (var some in (await db.Entries.Where(e => e.IncidentId == incident.Id).OrderBy(e => e.Sequence).Select(e => e.Sequence).Take(entries).ToListAsync()).Chunk(2_000))
        {
            db.ChosenEntries.AddRange(some.Select(s => new ChosenEntry { PostmortemId = id, Sequence = s, IsInTimeline = true, Visibility = Visibility.Public }));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }
}
