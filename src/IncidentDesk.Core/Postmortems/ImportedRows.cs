using IncidentDesk.Assets;
using IncidentDesk.Attachments;
using IncidentDesk.Data;
using IncidentDesk.Import;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>What a document from elsewhere becomes on this desk.</summary>
/// <remarks>
/// Ids follow from the incident's, so that nothing of another document is met. A member and an asset are the ones of the same name here; else they are kept as retired ones, for history.
/// A person of there is nobody here: they become a closed account without an address, under their name. Times of recording stay those of there.
/// </remarks>
internal sealed partial class ImportedRows(DeskContext db, ImportedFile file, DeskMember importer, Guid incidentId, DateTime now)
{
    private readonly Dictionary<string, Guid> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Guid> _members = [];
    private readonly Dictionary<Guid, Asset> _assets = [];
    private readonly Dictionary<Guid, Guid> _mitigations = [];
    private readonly Dictionary<Guid, Guid> _files = [];
    private readonly Dictionary<long, long> _entries = [];

    private DocumentRecord Record => file.Record;

    public Incident Incident(string key, bool isRestricted)
    {
        var from = Record.Incident;
        var incident = new Incident
        {
            Id = incidentId,
            Key = key,
            Title = from.Title,
            Severity = from.Severity,
            Status = IncidentStatus.Closed,
            Tlp = from.Tlp,
            IsRestricted = isRestricted,
            TimeZone = from.TimeZone,
            Version = 1,
            DeclaredAt = from.DeclaredAt,
            ChangedAt = now,
        };
        incident.Milestones.AddRange(from.Milestones.Select(m => new Milestone { Kind = m.Kind, At = m.Time.At, Precision = m.Time.Precision }));
        incident.Roles.AddRange(from.Roles.Select((r, i) => new RoleAssignment { Id = Id("role", i), Role = r.Role, PersonId = PersonOf(r.PersonName), PersonName = r.PersonName, StartedAt = r.From, EndedAt = r.To }));
        if (isRestricted) incident.NamedPeople.Add(new NamedPerson { PersonId = importer.Id });
        return incident;
    }

    /// <summary>Closed accounts for those who are named; the same person of two documents of one desk is one.</summary>
    public async Task PeopleAsync(CancellationToken ct)
    {
        var names = Record.Incident.Roles.Select(r => r.PersonName).Concat(Record.Reviewers.Select(r => r.Name)).Concat(Record.FollowUps.Select(f => f.OwnerName).OfType<string>()).Concat(Record.People.Select(p => p.Name)).Distinct(StringComparer.Ordinal);
        foreach (var name in names)
            _people[name] = ImportIds.OfDocument("person", Record.People.FirstOrDefault(p => p.Name == name) is { } known ? known.Id.ToString() : $"{incidentId} {name}");
        var ids = _people.Values.Distinct().ToList();
        var there = await db.Users.Where(p => EF.Parameter(ids).Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        foreach (var (name, id) in _people.Where(p => !there.Contains(p.Value)).DistinctBy(p => p.Value))
        {
            var address = $"{id:N}@imported.invalid";
            db.Users.Add(new Person
            {
                Id = id,
                UserName = address,
                NormalizedUserName = address.ToUpperInvariant(),
                Email = address,
                NormalizedEmail = address.ToUpperInvariant(),
                SecurityStamp = Guid.NewGuid().ToString("N"),
                DisplayName = name,
                Role = PersonRole.Observer,
                Language = Record.Language,
                TimeZone = Record.Incident.TimeZone,
                CreatedAt = now,
                DisabledAt = now,
            });
        }
    }

    public async Task<Error?> InventoryAsync(CancellationToken ct)
    {
        var members = Record.Members.ToDictionary(m => Folding.Fold(m.Name), StringComparer.Ordinal);
        var knownMembers = await db.Members.Where(m => EF.Parameter(members.Keys.ToList()).Contains(m.FoldedName)).ToDictionaryAsync(m => m.FoldedName, m => m.Id, StringComparer.Ordinal, ct);
        foreach (var (folded, member) in members)
        {
            if (TextRules.Line("members", member.Name, Member.MaxNameLength).Error is { } error) return error;
            if (!knownMembers.TryGetValue(folded, out var id))
            {
                id = Id("member", member.Id);
                db.Members.Add(new Member { Id = id, Name = member.Name, FoldedName = folded, Aliases = [.. member.Aliases], IsInvented = member.IsInvented, RetiredAt = now });
            }
            _members[member.Id] = id;
        }

        var assets = Record.Assets.ToDictionary(a => Folding.Fold(a.Name), StringComparer.Ordinal);
        var knownAssets = await db.Assets.Where(a => EF.Parameter(assets.Keys.ToList()).Contains(a.FoldedName)).ToDictionaryAsync(a => a.FoldedName, StringComparer.Ordinal, ct);
        foreach (var (folded, from) in assets)
        {
            if (!AssetRules.Name("assets", from.Name).TryGet(out _, out var error)) return error;
            if (!knownAssets.TryGetValue(folded, out var asset))
            {
                asset = new Asset { Id = Id("asset", from.Id), Kind = from.Kind, Name = from.Name, FoldedName = folded, Service = from.Service, MemberId = from.MemberId is { } member ? _members[member] : null, IsInvented = from.IsInvented, RetiredAt = now };
                foreach (var name in from.Names)
                {
                    if (!AssetRules.Other("assets", name.Kind, name.Text).TryGet(out var other, out error)) return error;
                    if (!asset.Names.Exists(n => n.Kind == other.Kind && n.Folded == other.Folded)) asset.Names.Add(other);
                }
                db.Assets.Add(asset);
            }
            _assets[from.Id] = asset;
        }

        var kinds = Record.Mitigations.DistinctBy(m => m.Kind, StringComparer.Ordinal).ToDictionary(m => m.Kind, StringComparer.Ordinal);
        var knownKinds = await db.MitigationKinds.Where(k => EF.Parameter(kinds.Keys.ToList()).Contains(k.Slug)).Select(k => k.Slug).ToListAsync(ct);
        foreach (var kind in kinds.Values.Where(k => !knownKinds.Contains(k.Kind, StringComparer.Ordinal)))
            db.MitigationKinds.Add(new MitigationKind { Slug = kind.Kind, NameEn = kind.KindEn, NameEs = kind.KindEs, Actor = kind.Actor, RetiredAt = now });
        return null;
    }

    /// <summary>A file keeps its id where that is free, so that what is frozen finds its pictures.</summary>
    public async Task FilesAsync(CancellationToken ct)
    {
        var ids = Record.Files.Select(f => f.Id).ToList();
        // Of any incident, whoever may see it: an id is taken or it is not.
        var taken = await db.Attachments.IgnoreQueryFilters().Where(a => EF.Parameter(ids).Contains(a.Id)).Select(a => a.Id).ToListAsync(ct);
        foreach (var id in ids) _files[id] = taken.Contains(id) || id == Guid.Empty ? Id("file", id) : id;
    }

    public Attachment Attachment(DocumentFile from, byte[] bytes) => new()
    {
        Id = _files[from.Id],
        IncidentId = incidentId,
        FileName = from.FileName,
        MediaType = FileTypes.Of(bytes),
        Size = bytes.Length,
        Sha256 = from.Sha256,
        AddedById = importer.Id,
        AddedByName = importer.Name,
        AddedAt = from.AddedAt,
    };

    /// <summary>How many rows the log gets: each entry, and what it was revised to.</summary>
    public int LogLength => Record.Entries.Sum(e => Math.Max(1, e.Revisions?.Count ?? 1));

    /// <param name="first">The number of the first.</param>
    public void Log(long first)
    {
        var next = first + Record.Entries.Count;
        foreach (var (from, number) in Record.Entries.OrderBy(e => e.Sequence).Select((e, i) => (e, first + i))) _entries[from.Sequence] = number;
        foreach (var (from, place) in Record.Entries.Select((e, i) => (e, i + 1)))
        {
            var revisions = from.Revisions is { Count: > 0 } logged ? logged : [new(from.When, from.SortAt, from.Kind, from.Body, from.Visibility, from.IsKeyEvent, null, null)];
            foreach (var (revision, earlier) in revisions.Select((r, i) => (r, i)))
                db.Entries.Add(Row(from, revision, place, _entries[from.Sequence], earlier == 0 ? _entries[from.Sequence] : next++, earlier + 1));
        }
    }

    private TimelineEntry Row(DocumentEntry from, DocumentRevision text, int place, long root, long sequence, int number)
    {
        var body = Text(text.Body);
        var links = Links(body);
        return new TimelineEntry
        {
            EntryId = number == 1 ? Id("entry", from.Sequence) : Id("entry", $"{from.Sequence} {number}"),
            IncidentId = incidentId,
            Sequence = sequence,
            RootSequence = root,
            Revision = number,
            OccurredAt = text.When.At,
            Precision = text.When.Precision,
            SortAt = text.SortAt,
            Rank = place,
            RecordedAt = from.RecordedAt,
            AuthorId = _people.TryGetValue(from.AuthorName, out var author) ? author : null,
            AuthorName = from.AuthorName,
            Kind = text.Kind,
            Body = body,
            Visibility = text.Visibility,
            IsKeyEvent = text.IsKeyEvent,
            Change = from.Change,
            Source = new EntrySource(from.Kind.Label(), "", from.When.Precision.Label(), ""),
            Links = links.Count == 0 ? null : links,
            RevisedById = number > 1 && text.RevisedByName is { } reviser && _people.TryGetValue(reviser, out var by) ? by : null,
            RevisedByName = number > 1 ? text.RevisedByName : null,
            RevisedAt = number > 1 ? text.RevisedAt : null,
            SearchText = Folding.Fold($"{body} {from.AuthorName}"),
        };
    }

    private List<EntryLink> Links(string body) =>
    [
        .. Mentions.In(body).Where(m => m.IsAsset).Select(m => _assets.Values.FirstOrDefault(a => a.FoldedName == Folding.Fold(m.Name))).OfType<Asset>().DistinctBy(a => a.Id).Select(a => new EntryLink(a.Name, a.Id)),
    ];

    private Guid PersonOf(string name) => _people[name];

    /// <summary>With the ids that its files have here.</summary>
    private string Text(string text) => _files.Where(f => f.Key != f.Value).Aggregate(text, (t, f) => t.Replace(f.Key.ToString("D"), f.Value.ToString("D"), StringComparison.OrdinalIgnoreCase));

    /// <summary>The same, with the numbers that its entries have here.</summary>
    private string Body(string body) => string.Concat(Fields.Of(Text(body)).Select(p => p.Entry is { } from && _entries.TryGetValue(from, out var to) ? Fields.Entry(to) : p.Text));

    private Guid Id(string what, object from) => ImportIds.OfDocument(incidentId.ToString(), what, FormattableString.Invariant($"{from}"));
}
