using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.People;
using IncidentDesk.Shared;

namespace IncidentDesk.Postmortems;

/// <summary>A document as a file brings it: read and found sound.</summary>
/// <param name="Contents">Of its files, by their ids.</param>
internal sealed record ImportedFile(DocumentRecord Record, IReadOnlyDictionary<Guid, byte[]> Contents)
{
    /// <summary>Of the whole file; its pictures stand in it as text.</summary>
    public const int MaxBytes = 200 * 1024 * 1024;

    private static readonly JsonSerializerOptions Strict = MakeStrict();

    private sealed record Head
    {
        public string? Format { get; init; }
        public int FormatVersion { get; init; }
    }

    private sealed record Content(Guid Id, byte[] Base64);

    private sealed record Tail
    {
        public IReadOnlyList<Content> Contents { get; init; } = [];
    }

    /// <param name="content">Can be read again from its beginning.</param>
    public static async Task<Result<ImportedFile>> ReadAsync(Stream content, CancellationToken ct)
    {
        if (content.Length > MaxBytes) return new Invalid("Content", "Document.TooLarge", MaxBytes / 1024 / 1024);
        try
        {
            // First what it is: a newer version need not fit what is known here.
            var head = await ReadAsync<Head>(content, ct);
            if (head.Format != DocumentRecord.FormatName || head.FormatVersion < 1) return new Invalid("Content", "Document.NotOurs");
            if (head.FormatVersion > DocumentRecord.CurrentVersion) return new Invalid("Content", "Document.Newer", head.FormatVersion, DocumentRecord.CurrentVersion);
            var record = await ReadAsync<DocumentRecord>(content, ct);
            if (Check(record) is { } error) return error;
            var contents = (await ReadAsync<Tail>(content, ct)).Contents.OfType<Content>().DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => c.Base64);
            var wrong = record.Files.FirstOrDefault(f => !contents.TryGetValue(f.Id, out var bytes) || bytes.Length != f.Size || Convert.ToHexStringLower(SHA256.HashData(bytes)) != f.Sha256);
            return wrong is null ? new ImportedFile(record, contents) : new Invalid("Content", "Document.FileDiffers", wrong.FileName);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return new Invalid("Content", "Document.Unreadable", (e as JsonException)?.Path ?? "$");
        }
    }

    private static JsonSerializerOptions MakeStrict()
    {
        var options = new JsonSerializerOptions(DocumentRecord.Json) { RespectNullableAnnotations = true, AllowDuplicateProperties = false };
        options.Converters.Clear();
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        return options;
    }

    private static async Task<T> ReadAsync<T>(Stream content, CancellationToken ct)
    {
        content.Position = 0;
        return await JsonSerializer.DeserializeAsync<T>(content, Strict, ct) ?? throw new JsonException();
    }

    /// <summary>Whether it is whole and refers to nothing that is not in it. What stands in each field is looked at when it is kept.</summary>
    private static Invalid? Check(DocumentRecord r)
    {
        IEnumerable<object?>[] lists = [r.Sections, r.Entries, r.Members, r.Assets, r.People, r.Impacts, r.Mitigations, r.Waves, r.Traffic, r.FollowUps, r.Files, r.Reviewers, r.Comments, r.Incident.Milestones, r.Incident.Roles, .. r.Entries.Select(e => e?.Revisions).OfType<IReadOnlyList<DocumentRevision?>>()];
        if (Array.Exists(lists, list => list.Contains(null))) return Inconsistent("null");
        if (r.Kind != DocumentKind.Postmortem || r.Audience.IsWider()) return new Invalid("Content", "Document.NotWhole");
        if (r.Language is not ("en" or "es")) return Inconsistent("language");
        if (!Zones.IsKnown(r.Incident.TimeZone)) return Inconsistent("incident.timeZone");
        if (r.Files.Count > Attachment.MaxCount || r.Files.Sum(f => f.Size) > Attachment.MaxTotalBytes || r.Files.Any(f => f.Size is < 1 or > Attachment.MaxBytes)) return Inconsistent("files");
        if (r.Sections.Count > PostmortemSection.MaxOfDocument || r.Comments.Count > PostmortemComment.MaxOfDocument || r.Traffic.Count > TrafficBatch.MaxSeriesOfIncident) return Inconsistent("sections");

        foreach (var (name, ids) in new (string, IEnumerable<object>)[]
        {
            ("entries", r.Entries.Select(e => (object)e.Sequence)), ("members", r.Members.Select(m => (object)m.Id)), ("members", r.Members.Select(m => Folding.Fold(m.Name))), ("assets", r.Assets.Select(a => (object)a.Id)),
            ("assets", r.Assets.Select(a => Folding.Fold(a.Name))), ("impacts", r.Impacts.Select(i => (object)i.Id)), ("mitigations", r.Mitigations.Select(m => (object)m.Id)), ("mitigations", r.Mitigations.Select(m => Folding.Fold(m.Name))),
            ("waves", r.Waves.Select(w => (object)w.Id)), ("waves", r.Waves.Select(w => (object)w.Number)), ("followUps", r.FollowUps.Select(f => (object)f.Id)), ("files", r.Files.Select(f => (object)f.Id)), ("sections", r.Sections.Select(s => (object)s.Id)),
            ("comments", r.Comments.Select(c => (object)c.Id)), ("reviewers", r.Reviewers.Select(v => v.Name)), ("milestones", r.Incident.Milestones.Select(m => (object)m.Kind)), ("roles", r.Incident.Roles.Where(o => o.To is null).Select(o => (object)o.Role)),
        })
        {
            var all = ids.ToList();
            if (all.Distinct().Count() != all.Count) return Inconsistent(name);
        }

        var assets = r.Assets.Select(a => a.Id).ToHashSet();
        var mitigations = r.Mitigations.Select(m => m.Id).ToHashSet();
        var referred = r.Impacts.Select(i => i.AssetId).Concat(r.Mitigations.SelectMany(m => m.Scope)).Concat(r.Waves.SelectMany(w => w.Targets));
        if (!referred.All(assets.Contains)) return Inconsistent("assets");
        if (!r.Waves.SelectMany(w => w.Defences).Concat(r.Waves.Select(w => w.AdaptedTo).OfType<Guid>()).All(mitigations.Contains)) return Inconsistent("mitigations");
        if (!r.Assets.Select(a => a.MemberId).OfType<Guid>().All(r.Members.Select(m => m.Id).ToHashSet().Contains)) return Inconsistent("members");
        if (!r.Comments.Select(c => c.SectionId).OfType<Guid>().All(r.Sections.Select(s => s.Id).ToHashSet().Contains) || !r.Comments.Select(c => c.ReplyToId).OfType<Guid>().All(r.Comments.Select(c => c.Id).ToHashSet().Contains)) return Inconsistent("comments");
        return r.Waves.FirstOrDefault(w => AttackVectors.Find(w.Vector) is null) is { } wave ? Inconsistent(wave.Vector) : null;
    }

    private static Invalid Inconsistent(string what) => new("Content", "Document.Inconsistent", what);
}
