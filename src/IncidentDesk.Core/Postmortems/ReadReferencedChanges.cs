using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>What was written in the log since the authors last looked and changes what their document shows.</summary>
public sealed class ReadReferencedChanges(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>That are read at once; of more, the newest.</summary>
    public const int MaxChanges = 200;

    /// <summary>An entry that is shown and was corrected, one that came to the timeline, or what the desk logged about something that a field shows.</summary>
    /// <param name="Before">Of a corrected one, as the authors saw it.</param>
    public sealed record Change(TimelineEntry Entry, TimelineEntry? Before);

    /// <param name="Sequence">Up to here the log was read; what to say when all has been seen.</param>
    public sealed record Changes(IReadOnlyList<Change> All, long Sequence);

    // Which fields show what the desk logs under a kind.
    private static readonly Dictionary<EntryKind, string[]> ShownBy = new()
    {
        [EntryKind.Impact] = ["impact", "board", "facts", "members-affected", "sites-affected"],
        [EntryKind.Mitigation] = ["mitigations", "board"],
        [EntryKind.Wave] = ["waves", "board"],
        [EntryKind.Milestone] = ["facts", "metrics", "board", "impact-started", "detected", "declared", "acknowledged", "mitigated", "resolved", "first-public-word", "ttd", "tta", "ttm", "ttr", "time-to-first-public-word"],
        [EntryKind.FollowUp] = ["follow-ups"],
        [EntryKind.Status] = ["facts", "status"],
        [EntryKind.Severity] = ["facts", "severity"],
        [EntryKind.Role] = ["facts", "lead"],
        [EntryKind.Incident] = ["facts", "title", "tlp"],
    };

    public async Task<Result<Changes>> HandleAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        if (await db.ReadPostmortemAsync(entered.IncidentId, ct) is not var (postmortem, written)) return new NotFound("Postmortem.NotFound");
        var sequence = await db.Incidents.Where(i => i.Id == entered.IncidentId).Select(i => i.LastSequence).FirstAsync(ct);
        return new Changes(await ReadAsync(db, postmortem, written, ct), sequence);
    }

    /// <summary>In the order of writing.</summary>
    internal static async Task<IReadOnlyList<Change>> ReadAsync(DeskContext db, Postmortem postmortem, DocumentQueries.Written written, CancellationToken ct)
    {
        // A final one is as it was, whatever the log says since.
        if (postmortem.State == PostmortemState.Final) return [];
        var fields = written.Sections.SelectMany(s => Fields.Of(s.Body)).Where(p => p.Name is not null).ToList();
        var names = fields.Select(f => f.Name!).ToHashSet(StringComparer.Ordinal);
        var kinds = ShownBy.Where(k => k.Value.Any(names.Contains)).Select(k => k.Key).ToList();
        var chosen = written.Entries.ToDictionary(e => e.Sequence);
        var shown = fields.Select(f => f.Entry).OfType<long>().ToHashSet();
        var showsTimeline = names.Contains("timeline") || names.Contains("board");

        var named = shown.Concat(chosen.Keys).Distinct().ToList();
        var rows = await db.CurrentEntries(postmortem.IncidentId).Where(e => e.Sequence > postmortem.SeenSequence)
            .Where(e => e.IsKeyEvent || e.Revision > 1 || EF.Parameter(kinds).Contains(e.Kind) || EF.Parameter(named).Contains(e.RootSequence)).OrderBy(e => e.Sequence).ToListAsync(ct);
        var revised = rows.Where(e => e.Revision > 1).Select(e => e.RootSequence).ToList();
        var before = (await db.Entries.AsNoTracking().Where(e => e.IncidentId == postmortem.IncidentId && EF.Parameter(revised).Contains(e.RootSequence) && e.Sequence <= postmortem.SeenSequence).OrderBy(e => e.Revision).ToListAsync(ct))
            .GroupBy(e => e.RootSequence).ToDictionary(g => g.Key, g => g.Last());
        bool IsShown(TimelineEntry entry) => shown.Contains(entry.RootSequence) || (showsTimeline && (chosen.GetValueOrDefault(entry.RootSequence)?.IsInTimeline ?? entry.IsKeyEvent));

        var changes = rows.Select(e => new Change(e, before.GetValueOrDefault(e.RootSequence)))
            .Where(c => IsShown(c.Entry) || (c.Before is { } was && IsShown(was)) || (c.Before is null && kinds.Contains(c.Entry.Kind))).ToList();
        return changes.Count <= MaxChanges ? changes : changes[^MaxChanges..];
    }
}
