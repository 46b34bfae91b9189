using System.Text;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Evidence;

/// <summary>What goes into the evidence of one incident.</summary>
/// <param name="id">Of the export, under which it stands in the record of exports.</param>
/// <param name="now">UTC.</param>
/// <remarks>The caller has let the reader in.</remarks>
internal sealed class EvidenceBundle(DeskContext db, DeskMember reader, Guid incidentId, Guid id, DateTime now)
{
    public const string FormatName = "incidentdesk-evidence";
    public const int FormatVersion = 1;

    public async Task WriteAsync(Stream to, CancellationToken ct)
    {
        using var bundle = new BundleWriter(to, now);
        var incident = await db.Incidents.AsNoTracking().AsSplitQuery().Include(i => i.Milestones).Include(i => i.Roles).Include(i => i.NamedPeople).ThenInclude(n => n.Person).FirstAsync(i => i.Id == incidentId, ct);
        await bundle.TextAsync("README.en.md", EvidenceReadme.English(incident.Key, incident.LastSequence, now), ct);
        await bundle.TextAsync("README.es.md", EvidenceReadme.Spanish(incident.Key, incident.LastSequence, now), ct);
        await bundle.JsonAsync("incident.json", new
        {
            incident.Id,
            incident.Key,
            incident.Title,
            incident.Severity,
            incident.Status,
            incident.Tlp,
            incident.IsRestricted,
            incident.TimeZone,
            incident.DeclaredAt,
            incident.ChangedAt,
            incident.Version,
            incident.LastSequence,
            Milestones = incident.Milestones.OrderBy(m => m.Kind).Select(m => new { m.Kind, m.At, m.Precision }),
            Roles = incident.Roles.OrderBy(r => r.StartedAt).Select(r => new { r.Role, r.PersonId, r.PersonName, r.StartedAt, r.EndedAt }),
            NamedPeople = incident.NamedPeople.Select(n => new { n.PersonId, n.Person!.DisplayName }),
        }, ct);
        await bundle.LinesAsync("log.jsonl", EvidenceRows.LogAsync(db, incidentId, incident.LastSequence, ct).Select(EvidenceRows.LogLine), ct);
        await bundle.TableAsync("log.csv", EvidenceRows.LogColumns, EvidenceRows.LogAsync(db, incidentId, incident.LastSequence, ct).Select(EvidenceRows.LogCells), ct);
        await DefenceAsync(bundle, ct);
        await bundle.TableAsync("measurements.csv", EvidenceRows.MeasurementColumns, EvidenceRows.MeasurementsAsync(db, incidentId, ct), ct);
        await DocumentsAsync(bundle, ct);
        await AttachmentsAsync(bundle, ct);
        await ExportsAsync(bundle, incident.Key, ct);
        var files = bundle.Files.ToList();
        await bundle.JsonAsync(BundleWriter.Manifest, new { Format = FormatName, FormatVersion, Id = id, incident.Key, incident.Title, MadeAt = now, MadeByName = reader.Name, LogUpTo = incident.LastSequence, Files = files }, ct);
        await bundle.SumsAsync(ct);
    }

    private async Task DefenceAsync(BundleWriter bundle, CancellationToken ct)
    {
        await bundle.LinesAsync("impacts.jsonl", EvidenceRows.Of(db.Impacts.AsNoTracking().Include(i => i.Asset!.Member).Where(i => i.IncidentId == incidentId).OrderBy(i => i.Sequence).ThenBy(i => i.ImpactId).ThenBy(i => i.Revision), i => new
        {
            i.ImpactId,
            i.Revision,
            i.AssetId,
            Asset = i.Asset!.Name,
            AssetKind = i.Asset.Kind,
            Member = i.Asset.Member?.Name,
            i.State,
            i.Cause,
            i.FromAt,
            i.FromPrecision,
            i.ToAt,
            i.ToPrecision,
            i.Evidence,
            i.IsWithdrawn,
            i.BehindId,
            i.Sequence,
            i.RecordedAt,
            i.RecordedById,
            i.RecordedByName,
        }, ct), ct);
        var mitigations = await db.Mitigations.AsNoTracking().AsSplitQuery().Include(m => m.Steps).Include(m => m.Scope).ThenInclude(s => s.Asset).Where(m => m.Incidents.Any(i => i.IncidentId == incidentId)).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync(ct);
        await bundle.LinesAsync("mitigations.jsonl", mitigations.ToAsyncEnumerable().Select(m => (object)new
        {
            m.Id,
            m.Name,
            m.Title,
            m.Kind,
            m.Actor,
            m.State,
            m.AppliedBy,
            m.Command,
            m.Revert,
            m.ExpectedEffect,
            m.SideEffects,
            m.VerdictReason,
            m.ReviewBy,
            m.ExpiresAt,
            m.AskedAt,
            m.AskedWhom,
            m.Ticket,
            m.AnsweredAt,
            m.Answer,
            m.CreatedAt,
            m.Version,
            Scope = m.Scope.Select(s => s.Asset!.Name).Order(StringComparer.Ordinal),
            Steps = m.Steps.OrderBy(s => s.Number).Select(s => new { s.Number, s.State, s.At, s.Precision, s.RecordedAt, s.ById, s.ByName, s.Reason }),
        }), ct);
        var waves = await db.AttackWaves.AsNoTracking().AsSplitQuery().Include(w => w.Targets).ThenInclude(t => t.Asset).Include(w => w.Defences).Where(w => w.IncidentId == incidentId).OrderBy(w => w.Number).ToListAsync(ct);
        await bundle.LinesAsync("waves.jsonl", waves.ToAsyncEnumerable().Select(w => (object)new
        {
            w.Id,
            w.Number,
            w.Vector,
            w.FromAt,
            w.FromPrecision,
            w.ToAt,
            w.ToPrecision,
            w.Magnitude,
            w.Unit,
            w.MagnitudeKind,
            w.MeasuredAt,
            w.Signature,
            w.Notes,
            w.Countries,
            w.Networks,
            w.Prefixes,
            w.AdaptedToId,
            w.IsWithdrawn,
            w.CreatedAt,
            w.CreatedById,
            w.CreatedByName,
            w.Version,
            Targets = w.Targets.Select(t => t.Asset!.Name).Order(StringComparer.Ordinal),
            Defences = w.Defences.Select(d => d.MitigationId),
        }), ct);
        await bundle.LinesAsync("follow-ups.jsonl", EvidenceRows.Of(db.FollowUps.AsNoTracking().Include(f => f.Owner).Where(f => f.IncidentId == incidentId).OrderBy(f => f.CreatedAt).ThenBy(f => f.Id), f => new
        {
            f.Id,
            f.Action,
            Owner = f.Owner?.DisplayName,
            f.DueOn,
            f.State,
            f.Outcome,
            f.Tracker,
            f.CreatedAt,
            f.ClosedAt,
            f.Version,
        }, ct), ct);
    }

    /// <summary>Each frozen one byte for byte as it was hashed, and the postmortem with all its revisions.</summary>
    private async Task DocumentsAsync(BundleWriter bundle, CancellationToken ct)
    {
        var ids = await db.FrozenDocuments.Where(d => d.IncidentId == incidentId).OrderBy(d => d.Kind).ThenBy(d => d.Number).Select(d => d.Id).ToListAsync(ct);
        foreach (var document in ids)
        {
            var frozen = await db.FrozenDocuments.AsNoTracking().FirstAsync(d => d.Id == document, ct);
            await bundle.BytesAsync($"documents/{Shared.Labels.Label(frozen.Kind)}-{frozen.Number:000}.json", Encoding.UTF8.GetBytes(frozen.Json), ct);
        }
        await bundle.LinesAsync("documents.jsonl", EvidenceRows.Of(
            db.FrozenDocuments.AsNoTracking().Where(d => d.IncidentId == incidentId).OrderBy(d => d.MadeAt).Select(d => new { d.Id, d.Kind, d.Number, d.Audience, d.MadeAt, d.MadeById, d.MadeByName, d.NextDueAt, d.Sha256 }), d => d, ct), ct);
        await bundle.LinesAsync("postmortem-sections.jsonl", EvidenceRows.Of(
            db.SectionRevisions.AsNoTracking().Where(r => r.Section!.Postmortem!.IncidentId == incidentId).OrderBy(r => r.Section!.Position).ThenBy(r => r.SectionId).ThenBy(r => r.Number)
                .Select(r => new { r.SectionId, r.Section!.Kind, r.Number, r.TitleEn, r.TitleEs, r.Visibility, r.Body, r.FromAt, r.ToAt, r.ById, r.ByName, r.Section.RemovedAt }), r => r, ct), ct);
        await bundle.LinesAsync("postmortem-comments.jsonl", EvidenceRows.Of(
            db.PostmortemComments.AsNoTracking().Where(c => c.Postmortem!.IncidentId == incidentId).OrderBy(c => c.At).ThenBy(c => c.Id)
                .Select(c => new { c.Id, c.SectionId, c.ReplyToId, c.IsQuestion, c.Body, c.At, c.ById, c.ByName, c.ResolvedAt, c.ResolvedByName }), c => c, ct), ct);
    }

    /// <summary>One file in memory at a time.</summary>
    private async Task AttachmentsAsync(BundleWriter bundle, CancellationToken ct)
    {
        var attachments = await db.Attachments.AsNoTracking().Where(a => a.IncidentId == incidentId).OrderBy(a => a.AddedAt).ThenBy(a => a.Id).ToListAsync(ct);
        var files = attachments.Select((a, i) => (Attachment: a, File: $"attachments/{i + 1:000}-{PlainName(a.FileName)}")).ToList();
        await bundle.LinesAsync("attachments.jsonl", files.ToAsyncEnumerable().Select(f => (object)new { f.Attachment.Id, f.File, f.Attachment.FileName, f.Attachment.MediaType, f.Attachment.Size, f.Attachment.Sha256, f.Attachment.AddedAt, f.Attachment.AddedById, f.Attachment.AddedByName }), ct);
        foreach (var (attachment, file) in files)
            await bundle.BytesAsync(file, await db.AttachmentContents.AsNoTracking().Where(c => c.AttachmentId == attachment.Id).Select(c => c.Bytes).FirstAsync(ct), ct);
    }

    /// <summary>Who took what out and when, this bundle last; and the trail's lines about the incident, which are the administrators' but for those about exports.</summary>
    private async Task ExportsAsync(BundleWriter bundle, string key, CancellationToken ct)
    {
        var exports = db.DocumentExports.AsNoTracking().Where(e => e.IncidentId == incidentId).OrderBy(e => e.At).ThenBy(e => e.Id)
            .Select(e => new { e.Id, Document = e.Kind, e.Number, e.Audience, e.Format, e.Language, e.Size, Sha256 = (string?)e.Sha256, e.At, e.ById, e.ByName, Note = "" });
        var last = new { Id = id, Document = (DocumentKind?)null, Number = 0, Audience = Audience.Evidence, Format = "evidence", Sha256 = (string?)null, At = now, ById = reader.AuthorId, ByName = reader.Name, Note = EvidenceReadme.OfItself };
        await bundle.LinesAsync("exports.jsonl", EvidenceRows.Of(exports, e => e, ct).Append(last), ct);
        var all = reader.Role.MayAdminister();
        await bundle.LinesAsync("audit.jsonl", EvidenceRows.Of(
            db.AuditEvents.AsNoTracking().Where(e => e.SubjectId == key && (all || e.Kind == AuditKind.Exported)).OrderBy(e => e.Id).Select(e => new { e.Id, e.At, e.ActorId, e.ActorName, e.Kind, e.Subject, e.Before, e.After }), e => e, ct), ct);
    }

    /// <summary>A name that every system can unpack and no tool takes for a path; the true one stands in the list.</summary>
    private static string PlainName(string name)
    {
        var plain = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]).TrimStart('.');
        return plain.Length == 0 ? "file" : plain[Math.Max(0, plain.Length - 80)..];
    }
}
