using IncidentDesk.Attachments;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Reads the postmortem of an incident as its authors work on it, with the evidence at hand.</summary>
public sealed class ReadPostmortem(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>Entries that are at hand beside the document; of more, the first in the course of events. All are found by searching.</summary>
    public const int MaxEntries = 500;

    /// <param name="Document">Null while it has not been begun.</param>
    public sealed record Page(Incident Incident, Document? Document);

    /// <param name="Postmortem">With the sections that stand, in their order, and its reviewers.</param>
    /// <param name="Removed">Sections that can be brought back, the last one first.</param>
    /// <param name="Comments">In the order in which they were written.</param>
    /// <param name="Entries">Key events and what else the document chose or shows, in the course of events.</param>
    /// <param name="Series">Measurements, as <see cref="Fields.Measurements"/> names them.</param>
    /// <param name="ChangedCount">How much of <see cref="ReadReferencedChanges"/> the authors have not seen.</param>
    public sealed record Document(
        Postmortem Postmortem, IReadOnlyList<PostmortemSection> Removed, IReadOnlyList<PostmortemComment> Comments, IReadOnlyList<ChosenEntry> ChosenEntries, IReadOnlyList<ChosenFile> ChosenFiles,
        IReadOnlyList<TimelineEntry> Entries, IReadOnlyList<Attachment> Files, IReadOnlyList<string> Series, int ChangedCount)
    {
        public bool IsFinal => Postmortem.State == PostmortemState.Final;

        public ChosenEntry? Chosen(TimelineEntry entry) => ChosenEntries.FirstOrDefault(c => c.Sequence == entry.RootSequence);

        public ChosenFile? Chosen(Attachment file) => ChosenFiles.FirstOrDefault(c => c.AttachmentId == file.Id);
    }

    public async Task<Result<Page>> HandleAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        var id = entered.IncidentId;
        await reads.NoteAsync(db, entered.Member, id, ct);
        var incident = await db.Incidents.AsNoTracking().WithAll().FirstAsync(i => i.Id == id, ct);
        if (await db.ReadPostmortemAsync(id, ct) is not var (postmortem, written)) return new Page(incident, null);

        var removed = await db.PostmortemSections.AsNoTracking().Where(s => s.PostmortemId == postmortem.Id && s.RemovedAt != null).OrderByDescending(s => s.RemovedAt).ToListAsync(ct);
        var comments = await db.PostmortemComments.AsNoTracking().Where(c => c.PostmortemId == postmortem.Id).OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(ct);
        var wanted = written.Entries.Select(e => e.Sequence).Concat(written.Sections.SelectMany(s => Fields.Of(s.Body)).Select(p => p.Entry).OfType<long>()).Distinct().ToList();
        var entries = await db.CurrentEntries(id).Where(e => e.IsKeyEvent || EF.Parameter(wanted).Contains(e.RootSequence)).InCourse().Take(MaxEntries).ToListAsync(ct);
        var files = await db.Attachments.AsNoTracking().Where(a => a.IncidentId == id).OrderBy(a => a.AddedAt).ThenBy(a => a.Id).ToListAsync(ct);
        var batches = await db.TrafficBatches.AsNoTracking().Where(b => b.IncidentId == id && b.WithdrawnAt == null).OrderBy(b => b.Number).Select(b => new { b.Unit, b.MeasuredAt, b.FoldedMeasuredAt }).ToListAsync(ct);
        var series = batches.GroupBy(b => (b.Unit, b.FoldedMeasuredAt)).OrderBy(g => g.Key.Unit).ThenBy(g => g.Key.FoldedMeasuredAt, StringComparer.Ordinal).Select(g => $"{g.Key.Unit.Label()} {g.Last().MeasuredAt}");
        var changes = await ReadReferencedChanges.ReadAsync(db, postmortem, written, ct);
        return new Page(incident, new Document(postmortem, removed, comments, written.Entries, written.Files, entries, files, [.. series], changes.Count));
    }
}
