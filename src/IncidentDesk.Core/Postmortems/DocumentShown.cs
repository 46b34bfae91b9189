using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>What of a document an audience outside of the house may have: sections, entries and pictures by their visibility, and of the rest what those sections show. What no section shows is not in the file either.</summary>
internal sealed record DocumentShown(
    IReadOnlyList<DocumentSection> Sections, IReadOnlyList<DocumentEntry> Entries, IReadOnlyList<DocumentFile> Files, IReadOnlyList<DocumentMember> Members, IReadOnlyList<DocumentAsset> Assets,
    IReadOnlyList<DocumentImpact> Impacts, IReadOnlyList<DocumentMitigation> Mitigations, IReadOnlyList<DocumentWave> Waves, IReadOnlyList<TrafficSeries> Traffic, IReadOnlyList<DocumentFollowUp> FollowUps,
    IReadOnlyList<DocumentMilestone> Milestones, IReadOnlyList<DocumentRole> Roles, int MemberCount)
{
    public static DocumentShown Of(DocumentRecord whole, Audience audience)
    {
        var sections = whole.Sections.Where(s => audience.MaySee(s.Visibility)).ToList();
        var pieces = sections.SelectMany(s => Fields.Of(s.Body)).Where(p => p.IsKnown).ToList();
        var fields = pieces.Select(p => p.Name!).ToHashSet(StringComparer.Ordinal);
        var asked = pieces.Select(p => p.Entry).OfType<long>().ToHashSet();
        bool Shows(params ReadOnlySpan<string> names)
        {
            foreach (var name in names) if (fields.Contains(name)) return true;
            return false;
        }
        var (course, board) = (Shows("timeline", "board"), Shows("board"));
        var mitigations = board || Shows("mitigations", "waves") ? whole.Mitigations : [];
        var waves = board || Shows("mitigations", "waves") ? whole.Waves : [];
        var impacts = board || Shows("impact", "facts", "metrics", "members", "members-affected", "sites-affected") ? whole.Impacts : [];
        var ids = impacts.Select(i => i.AssetId).Concat(mitigations.SelectMany(m => m.Scope)).Concat(waves.SelectMany(w => w.Targets)).ToHashSet();
        var assets = whole.Assets.Where(a => ids.Contains(a.Id)).ToList();
        var owners = assets.Select(a => a.MemberId).OfType<Guid>().ToHashSet();
        return new DocumentShown(
            sections,
            [.. whole.Entries.Where(e => audience.MaySee(e.Visibility) && IsTold(e.Change) && (asked.Contains(e.Sequence) || (course && e.IsInTimeline)))],
            [.. whole.Files.Where(f => audience.MaySee(f.Visibility) && FileTypes.IsImage(f.MediaType))],
            [.. whole.Members.Where(m => owners.Contains(m.Id))],
            assets, impacts, mitigations, waves,
            board ? whole.Traffic : [.. whole.Traffic.Where(t => pieces.Exists(p => p.Name == "measurements" && Folding.Fold(p.Argument) == Folding.Fold($"{t.Unit.Label()} {t.MeasuredAt}".Trim())))],
            Shows("follow-ups") ? whole.FollowUps : [],
            Shows("facts", "metrics") ? whole.Incident.Milestones : [.. whole.Incident.Milestones.Where(m => Asks(fields, m.Kind))],
            Shows("facts", "lead") ? whole.Incident.Roles : [], impacts.Count > 0 || Shows("members") ? whole.MemberCount : 0);
    }

    /// <summary>By its own name, or by that of a duration that begins or ends with it.</summary>
    private static bool Asks(HashSet<string> fields, MilestoneKind kind) => fields.Contains(kind.Label()) || Fields.Durations.Any(d => fields.Contains(d.Key) && (d.Value.Ends()!.Value is var ends && (ends.From == kind || ends.To == kind)));

    /// <summary>Roles, restrictions, checklists, imports, reviews and what left the house are inner matters, whatever visibility somebody gave them.</summary>
    private static bool IsTold(EntryChange? change) => change is null
        or EntryChange.Declared or EntryChange.StatusChanged or EntryChange.SeverityChanged or EntryChange.TitleChanged or EntryChange.MilestoneChanged
        or EntryChange.ImpactMarked or EntryChange.ImpactEnded or EntryChange.ImpactCorrected or EntryChange.MitigationMoved or EntryChange.WaveDeclared or EntryChange.WaveEnded;
}
