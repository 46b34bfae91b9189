using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentDesk.Attachments;
using IncidentDesk.Audit;
using IncidentDesk.Evidence;
using IncidentDesk.FollowUps;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Tests.Postmortems;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Evidence;

public sealed class EvidenceTests
{
    [Theory, EngineData]
    public async Task The_bundle_holds_all_revisions_files_and_frozen_documents_and_every_hash_fits(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var entry = await desk.LogAsync(ana, incident, "=HYPERLINK(\"x\")");
        await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 1, Guid.CreateVersion7(), Body: "=2+2, corrected"), ana, default);
        byte[] picture = [.. "GIF89a"u8, .. RandomNumberGenerator.GetBytes(70_000)];
        await desk.Get<AddAttachment>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), "..gráfica 1.gif", new MemoryStream(picture)), ana, default);
        var frozen = await desk.FinalAsync(incident, ana);

        var (export, zip) = await ExportAsync(desk, incident, ana);

        var files = Unpack(zip);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(zip)), zip.Length, (DocumentKind?)null, "evidence"), (export.Sha256, export.Size, export.Kind, export.Format));
        // As sha256sum -c reads it: every file but the list itself.
        var sums = Text(files["SHA256SUMS"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(l => l[66..], l => l[..64], StringComparer.Ordinal);
        Assert.Equal(files.Keys.Where(f => f != "SHA256SUMS").Order(StringComparer.Ordinal), sums.Keys.Order(StringComparer.Ordinal));
        Assert.All(sums, s => Assert.Equal(s.Value, Convert.ToHexStringLower(SHA256.HashData(files[s.Key]))));
        var log = Lines(files["log.jsonl"]);
        Assert.Equal((await desk.RowsAsync(incident)).Count - 1, log.Count);
        Assert.Equal([1, 2], log.Where(l => l.GetProperty("rootSequence").GetInt64() == entry.Sequence).Select(l => l.GetProperty("revision").GetInt32()));
        Assert.Contains("\"'=HYPERLINK(", Text(files["log.csv"]), StringComparison.Ordinal);
        Assert.Contains("\"'=2+2, corrected\"", Text(files["log.csv"]), StringComparison.Ordinal);
        Assert.Equal(frozen.Sha256, Convert.ToHexStringLower(SHA256.HashData(files["documents/postmortem-001.json"])));
        Assert.Equal(picture, files["attachments/001-gr_fica_1.gif"]);
        Assert.Equal("..gráfica 1.gif", Assert.Single(Lines(files["attachments.jsonl"])).GetProperty("fileName").GetString());
        foreach (var readme in new[] { "README.en.md", "README.es.md" }) Assert.Contains("sha256sum -c SHA256SUMS", Text(files[readme]), StringComparison.Ordinal);
    }

    [Theory, EngineData]
    public async Task All_of_it_is_of_one_moment_and_nobody_waits_for_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await using var file = new Meanwhile(() => desk.Get<AddFollowUp>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, new("Asked for while it was made")), ana, default));
        var export = await desk.Get<ExportEvidence>().HandleAsync(incident.Key, file, "en", ana, default);

        Assert.True(export.Succeeded);
        Assert.True(file.WasDone);
        var files = Unpack(file.ToArray());
        Assert.Single(Lines(files["log.jsonl"]));
        Assert.Empty(Lines(files["follow-ups.jsonl"]));
    }

    /// <summary>Somebody works on while the first bytes are written.</summary>
    private sealed class Meanwhile(Func<Task> work) : MemoryStream
    {
        public bool WasDone { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!WasDone)
            {
                WasDone = true;
                await work();
            }
            await base.WriteAsync(buffer, cancellationToken);
        }
    }

    [Theory, EngineData]
    public async Task Whoever_takes_it_stands_in_the_log_in_the_trail_and_in_the_record_which_the_next_one_has(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, root) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator, "Root"));
        var incident = await desk.DeclareAsync(ana, restricted: true);

        var (first, zip) = await ExportAsync(desk, incident, ana);
        var (second, next) = await ExportAsync(desk, incident, root);

        var itself = Assert.Single(Lines(Unpack(zip)["exports.jsonl"]));
        Assert.Equal((first.Id, JsonValueKind.Null), (itself.GetProperty("id").GetGuid(), itself.GetProperty("sha256").ValueKind));
        var exports = Lines(Unpack(next)["exports.jsonl"]);
        Assert.Equal([(first.Id, "Ana"), (second.Id, "Root")], exports.Select(e => (e.GetProperty("id").GetGuid(), e.GetProperty("byName").GetString())));
        Assert.Equal(first.Sha256, exports[0].GetProperty("sha256").GetString());
        Assert.Equal(
            [new EntryChange.DocumentLeft(null, 0, Audience.Evidence, "evidence", first.Sha256), new EntryChange.DocumentLeft(null, 0, Audience.Evidence, "evidence", second.Sha256)],
            (await desk.RowsAsync(incident)).Select(r => r.Change).OfType<EntryChange.DocumentLeft>());
        Assert.Equal(2, await desk.WithContextAsync(db => db.AuditEvents.CountAsync(e => e.Kind == AuditKind.Exported && e.SubjectId == incident.Key)));
        // Who read is the administrators' to see.
        Assert.DoesNotContain("RestrictedRead", Text(Unpack(zip)["audit.jsonl"]), StringComparison.Ordinal);
        Assert.Contains("RestrictedRead", Text(Unpack(next)["audit.jsonl"]), StringComparison.Ordinal);
    }

    [Theory, EngineData]
    public async Task Nobody_else_gets_it_and_nothing_is_kept_of_the_attempt(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, lead, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Lea"), await desk.PersonAsync(name: "Stranger"));
        var (incident, hidden) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        using var file = new MemoryStream();

        Refused.Forbidden("Evidence.MayNotExport", await desk.Get<ExportEvidence>().HandleAsync(incident.Key, file, "en", lead, default));
        Refused.NotFound("Incident.NotFound", await desk.Get<ExportEvidence>().HandleAsync(hidden.Key, file, "en", stranger, default));

        Assert.Equal((0L, 0), (file.Length, await desk.WithContextAsync(db => db.DocumentExports.IgnoreQueryFilters().CountAsync())));
    }

    private static async Task<(DocumentExport Export, byte[] Zip)> ExportAsync(TestDesk desk, Incident incident, Actor who)
    {
        using var file = new MemoryStream();
        var export = (await desk.Get<ExportEvidence>().HandleAsync(incident.Key, file, "es", who, default)).Value;
        return (export, file.ToArray());
    }

    private static Dictionary<string, byte[]> Unpack(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = e.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        }, StringComparer.Ordinal);
    }

    private static string Text(byte[] file) => Encoding.UTF8.GetString(file);

    private static List<JsonElement> Lines(byte[] file) => [.. Text(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l))];
}
