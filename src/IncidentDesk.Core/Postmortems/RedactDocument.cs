using System.Security.Cryptography;
using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>What an audience outside of the house gets of a document; docs/guide/redaction.md has it as a table.</summary>
internal static class RedactDocument
{
    public static DocumentRecord For(DocumentRecord whole, Known known, PseudonymNumbers numbers, IReadOnlyDictionary<string, IncidentRole> roles, Guid incidentId, Audience audience)
    {
        var shown = DocumentShown.Of(whole, audience);
        // In the order of their names, or of when they were made, the hidden ones could be told from their neighbours.
        shown = shown with { Members = [.. shown.Members.OrderBy(m => Outside(incidentId, m.Id))], Assets = [.. shown.Assets.OrderBy(a => Outside(incidentId, a.Id))] };
        var redactor = new Redactor(known, numbers, roles)
        {
            Entries = shown.Entries.Select((e, i) => (e.Sequence, Place: i + 1L)).ToDictionary(e => e.Sequence, e => e.Place),
            Files = shown.Files.ToDictionary(f => f.Id, f => Outside(incidentId, f.Id)),
        };
        var isPublic = audience == Audience.Public;
        Guid Id(Guid of) => Outside(incidentId, of);
        var record = new DocumentRecord
        {
            Kind = whole.Kind,
            Number = whole.Number,
            Audience = audience,
            Title = whole.Title,
            Language = whole.Language == "es" ? "es" : "en",
            State = whole.State,
            MadeAt = whole.MadeAt,
            NextDueAt = whole.NextDueAt,
            Sequence = shown.Entries.Count,
            MemberCount = shown.MemberCount,
            Incident = whole.Incident with { TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(whole.Incident.TimeZone, out _) ? whole.Incident.TimeZone : "UTC", Tlp = isPublic ? Tlp.Clear : whole.Incident.Tlp, Milestones = shown.Milestones, Roles = [] },
            Sections = [.. shown.Sections.Select(s => s with { Id = Id(s.Id) })],
            Entries = [.. shown.Entries.Select((e, i) => e with { Sequence = i + 1, Revision = 1, RecordedAt = e.SortAt, AuthorName = "", Change = Told(e.Change), Revisions = null })],
            Members = [.. shown.Members.Select(m => m with { Id = Id(m.Id), Aliases = [] })],
            Assets = [.. shown.Assets.Select(a => a with { Id = Id(a.Id), MemberId = a.MemberId is { } member ? Id(member) : null, Names = [] })],
            Impacts = [.. shown.Impacts.Select(i => i with { Id = Id(i.Id), AssetId = Id(i.AssetId), KnownFrom = Known(i.From, i.KnownFrom), KnownTo = i.To is { } to ? Known(to, i.KnownTo) : Known(i.From, i.KnownTo), Evidence = isPublic ? "" : i.Evidence })],
            Mitigations = [.. shown.Mitigations.Select(m => Of(m, isPublic, Id))],
            Waves = [.. shown.Waves.Select(w => Of(w, isPublic, Id))],
            Traffic = shown.Traffic,
            FollowUps = [.. shown.FollowUps.Select(f => f with { Id = Id(f.Id), OwnerName = isPublic ? null : f.OwnerName, DueOn = isPublic ? null : f.DueOn, Outcome = isPublic ? "" : f.Outcome, Tracker = "" })],
            Files = [.. shown.Files.Select((f, i) => Of(f, i, whole.MadeAt) with { Id = Id(f.Id) })],
        };
        record = DocumentStrings.Map(record, (_, text, isMarkdown) => isMarkdown ? redactor.Markdown(text) : redactor.Text(text));
        // Whose name it is says more surely how it is called than the name itself.
        string Called(string name, NamedThing thing, Guid of) => known.MayBeNamed(of) ? name : redactor.Of(thing, of.ToString("D"));
        return record with
        {
            Incident = record.Incident with { Roles = [.. shown.Roles.GroupBy(r => r.Role).Select(g => new DocumentRole(g.Key, PseudonymText.Of(g.Key), whole.Incident.DeclaredAt, null))] },
            Members = [.. record.Members.Zip(shown.Members, (told, m) => told with { Name = Called(m.Name, NamedThing.Member, m.Id) })],
            Assets = [.. record.Assets.Zip(shown.Assets, (told, a) => told with { Name = Called(a.Name, KnownNames.ThingOf(a.Kind), a.Id) })],
            // A word of the house's own vocabulary.
            Mitigations = [.. record.Mitigations.Select(m => redactor.Text(m.Kind) == m.Kind ? m : m with { Kind = "" })],
        };
    }

    /// <summary>An id from which the one on the desk cannot be told: SHA-256 over both, of which 74 and more random bits are never given out.</summary>
    public static Guid Outside(Guid incidentId, Guid id)
    {
        Span<byte> both = stackalloc byte[32];
        incidentId.TryWriteBytes(both, bigEndian: true, out _);
        id.TryWriteBytes(both[16..], bigEndian: true, out _);
        Span<byte> hash = SHA256.HashData(both).AsSpan(0, 16);
        // Version 8 of RFC 9562, made in a way of one's own: the check knows these from ids of the desk.
        (hash[6], hash[8]) = ((byte)(0x80 | (hash[6] & 0x0F)), (byte)(0x80 | (hash[8] & 0x3F)));
        return new Guid(hash, bigEndian: true);
    }

    /// <summary>The name and the type that a picture has when its copy is given out.</summary>
    public static (string FileName, string MediaType) Copy(int index, string mediaType) => mediaType == PictureCopy.Jpeg ? ($"picture-{index + 1}.jpg", PictureCopy.Jpeg) : ($"picture-{index + 1}.png", PictureCopy.Png);

    private static DocumentFile Of(DocumentFile file, int index, DateTime madeAt)
    {
        var (name, type) = Copy(index, file.MediaType);
        return file with { FileName = name, MediaType = type, Size = 0, Sha256 = "", AddedAt = madeAt };
    }

    /// <summary>Without the names of those who asked the desk to do it, and without when somebody has to look again.</summary>
    private static EntryChange? Told(EntryChange? change) => change is EntryChange.MitigationMoved moved ? moved with { ReviewBy = null } : change is EntryChange.WaveDeclared { Vector: var v } declared && AttackVectors.Find(v) is null ? declared with { Vector = "" } : change is EntryChange.WaveEnded { Vector: var e } ended && AttackVectors.Find(e) is null ? ended with { Vector = "" } : change;

    /// <summary>When the team wrote it down is told only where it bounds what is not known better.</summary>
    private static DateTime Known(OccurrenceTime when, DateTime recorded) => when is { IsMeasurable: true, At: { } at } ? at : recorded;

    private static DocumentMitigation Of(DocumentMitigation m, bool isPublic, Func<Guid, Guid> id) => m with
    {
        Id = id(m.Id),
        AppliedBy = "",
        Command = "",
        Revert = "",
        ExpectedEffect = isPublic ? "" : m.ExpectedEffect,
        SideEffects = isPublic ? "" : m.SideEffects,
        VerdictReason = isPublic ? "" : m.VerdictReason,
        AskedAt = isPublic ? null : m.AskedAt,
        AskedWhom = "",
        Ticket = "",
        AnsweredAt = isPublic ? null : m.AnsweredAt,
        Answer = "",
        Scope = [.. m.Scope.Select(id).Order()],
        CreatedAt = m.Steps.Count > 0 ? Known(m.Steps[0].When, m.CreatedAt) : m.CreatedAt,
        Steps = [.. m.Steps.Select(s => s with { RecordedAt = Known(s.When, s.RecordedAt), ByName = "", Reason = isPublic ? "" : s.Reason })],
    };

    private static DocumentWave Of(DocumentWave w, bool isPublic, Func<Guid, Guid> id) => w with
    {
        Id = id(w.Id),
        Vector = AttackVectors.Find(w.Vector)?.Slug ?? "",
        Signature = "",
        Notes = isPublic ? "" : w.Notes,
        Countries = [.. w.Countries.Where(Countries.IsCode)],
        Networks = isPublic ? [] : w.Networks,
        Prefixes = [],
        AdaptedTo = w.AdaptedTo is { } mitigation ? id(mitigation) : null,
        CreatedAt = Known(w.From, w.CreatedAt),
        Targets = [.. w.Targets.Select(id).Order()],
        Defences = [.. w.Defences.Select(id).Order()],
    };
}
