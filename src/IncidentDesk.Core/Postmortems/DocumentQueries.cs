using IncidentDesk.Attacks;
using IncidentDesk.Data;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

internal static class DocumentQueries
{
    /// <summary>The sections of a document and what its authors chose.</summary>
    public sealed record Written(IReadOnlyList<DocumentSection> Sections, IReadOnlyList<ChosenEntry> Entries, IReadOnlyList<ChosenFile> Files);

    /// <summary>What stands of the postmortem of an incident, in the order of its sections; null when there is none.</summary>
    public static async Task<(Postmortem Postmortem, Written Written)?> ReadPostmortemAsync(this DeskContext db, Guid incidentId, CancellationToken ct)
    {
        var postmortem = await db.Postmortems.AsNoTracking().AsSplitQuery().Include(p => p.Sections.Where(s => s.RemovedAt == null).OrderBy(s => s.Position).ThenBy(s => s.Id)).Include(p => p.Reviewers).FirstOrDefaultAsync(p => p.IncidentId == incidentId, ct);
        if (postmortem is null) return null;
        var entries = await db.ChosenEntries.AsNoTracking().Where(e => e.PostmortemId == postmortem.Id).ToListAsync(ct);
        var files = await db.ChosenFiles.AsNoTracking().Where(f => f.PostmortemId == postmortem.Id).ToListAsync(ct);
        return (postmortem, new Written([.. postmortem.Sections.Select(s => new DocumentSection(s.Id, s.Kind, s.TitleEn, s.TitleEs, s.Visibility, s.Body))], entries, files));
    }

    /// <summary>Reads all that a document is made of, as it stands now.</summary>
    /// <param name="all">The whole log with what was revised, and every measurement; not only what is chosen and what a picture can show.</param>
    /// <remarks>The caller has let the reader in. Title, language and state are the caller's to fill in.</remarks>
    public static async Task<DocumentRecord> ReadDocumentAsync(this DeskContext db, Guid incidentId, DocumentKind kind, Written written, bool all, DateTime now, CancellationToken ct)
    {
        var incident = await db.Incidents.AsNoTracking().AsSplitQuery().Include(i => i.Milestones).Include(i => i.Roles).FirstAsync(i => i.Id == incidentId, ct);
        var impacts = await db.ReadStandingAsync(incidentId, ct);
        var mitigations = await db.Mitigations.IgnoreQueryFilters().AsNoTracking().AsSplitQuery().Include(m => m.Steps.OrderBy(s => s.Number)).Include(m => m.Scope)
            .Where(m => m.Incidents.Any(i => i.IncidentId == incidentId)).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync(ct);
        var kinds = await db.MitigationKinds.AsNoTracking().ToDictionaryAsync(k => k.Slug, StringComparer.Ordinal, ct);
        var waves = await db.AttackWaves.IgnoreQueryFilters().AsNoTracking().AsSplitQuery().Include(w => w.Targets).Include(w => w.Defences).Where(w => w.IncidentId == incidentId && !w.IsWithdrawn).OrderBy(w => w.Number).ToListAsync(ct);
        var entries = await EntriesAsync(db, incidentId, written, all, ct);
        var assetIds = impacts.Select(i => i.AssetId).Concat(mitigations.SelectMany(m => m.Scope).Select(s => s.AssetId)).Concat(waves.SelectMany(w => w.Targets).Select(t => t.AssetId))
            .Concat(entries.SelectMany(e => e.Entry.Links ?? []).Select(l => l.AssetId).OfType<Guid>()).Distinct().ToList();
        var assets = await db.Assets.AsNoTracking().AsSplitQuery().Include(a => a.Names).Include(a => a.Member).Where(a => EF.Parameter(assetIds).Contains(a.Id)).OrderBy(a => a.FoldedName).ToListAsync(ct);
        var attachments = await db.Attachments.IgnoreQueryFilters().AsNoTracking().Where(a => a.IncidentId == incidentId).OrderBy(a => a.AddedAt).ThenBy(a => a.Id).ToListAsync(ct);
        var shown = all ? null : Shown(written, entries.Select(e => e.Body));
        var followUps = await db.FollowUps.IgnoreQueryFilters().AsNoTracking().Include(f => f.Owner).Where(f => f.IncidentId == incidentId).OrderBy(f => f.CreatedAt).ThenBy(f => f.Id).ToListAsync(ct);
        return new DocumentRecord
        {
            Kind = kind,
            Audience = Audience.Internal,
            Title = incident.Title,
            Language = "en",
            MadeAt = now,
            Sequence = incident.LastSequence,
            MemberCount = await db.CountMembersAsync(impacts, ct),
            Incident = Of(incident),
            Sections = written.Sections,
            Entries = [.. entries.Select(e => new DocumentEntry(e.Entry.RootSequence, e.Entry.Revision, e.Entry.When, e.Entry.SortAt, e.Entry.RecordedAt, e.Entry.AuthorName, e.Entry.Kind, e.Body, e.Choice?.Visibility ?? e.Entry.Visibility, e.Entry.IsKeyEvent, e.IsInTimeline, e.Entry.Change) { Revisions = e.Revisions })],
            Members = [.. assets.Select(a => a.Member).OfType<Assets.Member>().DistinctBy(m => m.Id).Select(m => new DocumentMember(m.Id, m.Name, m.Aliases, m.MayBeNamed, m.IsInvented))],
            Assets = [.. assets.Select(a => new DocumentAsset(a.Id, a.Kind, a.Name, a.Service, a.MemberId, [.. a.Names.OrderBy(n => n.Kind).ThenBy(n => n.Folded, StringComparer.Ordinal).Select(n => new DocumentAssetName(n.Kind, n.Text))], a.IsInvented))],
            People = await PeopleAsync(db, incident, entries.Select(e => e.Entry), followUps.Select(f => f.OwnerId), ct),
            Impacts = [.. impacts.OrderBy(i => i.FromAt ?? i.RecordedAt).ThenBy(i => i.ImpactId).Select(i => new DocumentImpact(i.ImpactId, i.AssetId, i.State, i.Cause, i.From, i.To, i.KnownFrom, i.KnownTo, i.Evidence))],
            Mitigations = [.. mitigations.Select(m => Of(m, kinds.GetValueOrDefault(m.Kind)))],
            Waves = [.. waves.Select(Of)],
            Traffic = await ReadTraffic.ReadAsync(db, incidentId, null, null, all ? int.MaxValue : ReadTraffic.MaxPoints, ct),
            FollowUps = [.. followUps.Select(f => new DocumentFollowUp(f.Id, f.Action, f.Owner?.DisplayName, f.DueOn, f.State, f.Outcome, f.Tracker))],
            Files = [.. attachments.Where(a => shown is null || shown.Contains(a.Id)).Select(a => Of(a, written.Files.FirstOrDefault(f => f.AttachmentId == a.Id)))],
        };
    }

    private sealed record Read(TimelineEntry Entry, ChosenEntry? Choice, string Body, bool IsInTimeline, IReadOnlyList<DocumentRevision>? Revisions);

    /// <summary>Those in the timeline, and those that a section shows by its field.</summary>
    private static async Task<List<Read>> EntriesAsync(DeskContext db, Guid incidentId, Written written, bool all, CancellationToken ct)
    {
        var choices = written.Entries.ToDictionary(e => e.Sequence);
        var wanted = choices.Keys.Concat(written.Sections.SelectMany(s => Fields.Of(s.Body)).Select(p => p.Entry).OfType<long>()).Distinct().ToList();
        var entries = await db.CurrentEntries(incidentId).Where(e => all || e.IsKeyEvent || EF.Parameter(wanted).Contains(e.RootSequence)).InCourse().ToListAsync(ct);
        var earlier = all ? (await db.Entries.IgnoreQueryFilters().AsNoTracking().Where(e => e.IncidentId == incidentId && db.Entries.IgnoreQueryFilters().Any(r => r.IncidentId == incidentId && r.RootSequence == e.RootSequence && r.Revision > e.Revision)).OrderBy(e => e.Revision).ToListAsync(ct)).ToLookup(e => e.RootSequence) : null;
        return [.. entries.Select(e =>
        {
            var choice = choices.GetValueOrDefault(e.RootSequence);
            var isToldOtherwise = choice is { Wording.Length: > 0 } || (choice?.Visibility ?? e.Visibility) != e.Visibility;
            IReadOnlyList<DocumentRevision> revisions = [.. (earlier?[e.RootSequence] ?? []).Append(e).Select(Of)];
            return new Read(e, choice, choice is { Wording.Length: > 0 } ? choice.Wording : e.Body, choice?.IsInTimeline ?? e.IsKeyEvent, isToldOtherwise || revisions.Count > 1 ? revisions : null);
        })];
    }

    /// <summary>The files that stand in a section or in an entry that is shown, and those that the authors chose.</summary>
    private static HashSet<Guid> Shown(Written written, IEnumerable<string> entries) =>
    [
        .. written.Files.Select(f => f.AttachmentId), .. written.Sections.SelectMany(s => Fields.Of(s.Body)).Select(p => p.File).OfType<Guid>(),
        .. written.Sections.Select(s => s.Body).Concat(entries).SelectMany(AttachmentLinks.In),
    ];

    /// <summary>Everybody who has an account and is named by it in the document, and those with a role.</summary>
    private static async Task<IReadOnlyList<DocumentPerson>> PeopleAsync(DeskContext db, Incident incident, IEnumerable<TimelineEntry> entries, IEnumerable<Guid?> owners, CancellationToken ct)
    {
        var named = incident.Roles.Select(r => (Id: (Guid?)r.PersonId, Name: r.PersonName)).Concat(entries.Select(e => (Id: e.AuthorId, Name: e.AuthorName))).Where(p => p.Id is not null).Select(p => (Id: p.Id!.Value, p.Name)).Distinct().ToList();
        var ids = named.Select(p => p.Id).Concat(owners.OfType<Guid>()).Distinct().ToList();
        var now = await db.Users.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).Select(p => new DocumentPerson(p.Id, p.DisplayName)).ToListAsync(ct);
        // Under the name of that time and under that of now.
        return [.. now.Concat(named.Select(p => new DocumentPerson(p.Id, p.Name))).Distinct().OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id)];
    }

    private static DocumentIncident Of(Incident i) => new(i.Key, i.Title, i.Severity, i.Status, i.Tlp, i.TimeZone, i.DeclaredAt,
        [.. i.Milestones.OrderBy(m => m.Kind).Select(m => new DocumentMilestone(m.Kind, m.Time))], [.. i.Roles.OrderBy(r => r.Role).ThenBy(r => r.StartedAt).Select(r => new DocumentRole(r.Role, r.PersonName, r.StartedAt, r.EndedAt))]);

    private static DocumentMitigation Of(Mitigations.Mitigation m, Mitigations.MitigationKind? kind) => new(
        m.Id, m.Name, m.Title, m.Kind, kind?.NameEn ?? m.Kind, kind?.NameEs ?? m.Kind, m.Actor, m.State, m.AppliedBy, m.Command, m.Revert, m.ExpectedEffect, m.SideEffects, m.VerdictReason, m.AskedAt, m.AskedWhom, m.Ticket, m.AnsweredAt, m.Answer, m.CreatedAt,
        [.. m.Scope.Select(s => s.AssetId).Order()], [.. m.Steps.Select(s => new DocumentStep(s.Number, s.State, s.When, s.RecordedAt, s.ByName, s.Reason))]);

    private static DocumentWave Of(AttackWave w) => new(
        w.Id, w.Number, w.Vector, w.From, w.To, w.Magnitude, w.Unit, w.MagnitudeKind, w.MeasuredAt, w.Signature, w.Notes, w.Countries, w.Networks, w.Prefixes ?? [], w.AdaptedToId,
        [.. w.Targets.Select(t => t.AssetId).Order()], [.. w.Defences.Select(d => d.MitigationId).Order()], w.CreatedAt);

    private static DocumentRevision Of(TimelineEntry e) => new(e.When, e.SortAt, e.Kind, e.Body, e.Visibility, e.IsKeyEvent, e.RevisedAt, e.RevisedByName);

    private static DocumentFile Of(Attachments.Attachment a, ChosenFile? choice) => new(a.Id, a.FileName, a.MediaType, a.Size, a.Sha256, choice?.Visibility ?? Visibility.Internal, choice?.Caption ?? "", a.AddedAt);
}
