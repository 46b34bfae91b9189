using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Import;

/// <summary>Brings a timeline that was written elsewhere into an incident, and what a person has chosen of what it offers: all of it or nothing, and the same twice adds nothing.</summary>
public sealed class ImportTimeline(DeskDatabase database, IncidentWriter writer, TimeProvider time)
{
    /// <param name="DryRun">Only say what would happen.</param>
    /// <param name="Accept">Ids of proposals that are to be done; null for none.</param>
    public sealed record Command(string IncidentKey, ReadOnlyMemory<byte> Content, TimelineFormat Format, bool DryRun, IReadOnlyCollection<Guid>? Accept = null);

    /// <param name="File">What the file says; lines that the incident already has carry <see cref="ImportDoubt.AlreadyImported"/>.</param>
    /// <param name="New">Entries that are, or would be, added.</param>
    /// <param name="Applied">False for a dry run, and when a problem kept everything out.</param>
    /// <param name="Proposals">What the file offers and does not stand already, as it was before.</param>
    /// <param name="Accepted">How many of them were done.</param>
    public sealed record Outcome(ParsedFile File, int New, bool Applied, IReadOnlyList<ImportProposal> Proposals, int Accepted);

    public async Task<Result<Outcome>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        ParsedFile file;
        await using (var db = await database.OpenAsync(ct))
        {
            if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;

            var id = await db.Incidents.AsNoTracking().Where(i => i.Key == command.IncidentKey).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(ct);
            if (id is not { } incidentId) return new NotFound("Incident.NotFound", command.IncidentKey);

            if (!member.Role.MayRespond()) return new Forbidden("Import.MayNotImport");

            var now = time.UtcNow();
            file = TimelineFile.Parse(command.Content.Span, command.Format, now);
            if (file.Problems.Count > 0 || command.DryRun)
            {
                var ids = ImportIds.OfEntries(incidentId, file.Lines);
                var known = await KnownAsync(db, incidentId, ct);
                // A file that is refused as a whole offers nothing.
                var offered = file.Problems.Count > 0 ? [] : ImportProposals.Of(file.Lines, ids, await Standing.ReadAsync(db, incidentId, file.Lines, ct), now);
                return new Outcome(MarkKnown(file, ids, known), ids.Count(entry => !known.Contains(entry)), Applied: false, [.. offered.Where(p => !p.IsDone)], Accepted: 0);
            }
        }
        return await writer.RecordAsync(actor, IncidentWriter.Of(command.IncidentKey, ct), recording => ImportAsync(recording, command, file, ct), ct);
    }

    private static async Task<Result<Outcome>> ImportAsync(IncidentWriter.Recording recording, Command command, ParsedFile file, CancellationToken ct)
    {
        var (db, incidentId, now) = (recording.Db, recording.IncidentIds.Single(), recording.Now);
        var ids = ImportIds.OfEntries(incidentId, file.Lines);
        var known = await KnownAsync(db, incidentId, ct);
        var standing = await Standing.ReadAsync(db, incidentId, file.Lines, ct);
        var proposals = ImportProposals.Of(file.Lines, ids, standing, now);
        if (!AcceptProposals.Choose(proposals, command.Accept ?? [], standing).TryGet(out var accepted, out var error)) return error;

        var all = Drafts(file.Lines, ids, now).ToList();
        var drafts = all.Where(d => !known.Contains(d.EntryId)).ToList();
        recording.Drafts.AddRange(drafts.Select(d => (incidentId, d)));
        if (drafts.Count > 0) recording.Log(incidentId, new EntryDraft(EntryKind.Import, "", OccurrenceTime.Exactly(now)) { Change = new EntryChange.Imported(drafts.Count) });
        error = await AcceptProposals.DoAsync(recording, command.IncidentKey, accepted, all.ToDictionary(d => d.EntryId, d => d.SortAt ?? now), ct);
        return error is null ? new Outcome(MarkKnown(file, ids, known), drafts.Count, Applied: true, [.. proposals.Where(p => !p.IsDone)], accepted.Count) : error;
    }

    private static async Task<HashSet<Guid>> KnownAsync(DeskContext db, Guid incidentId, CancellationToken ct) =>
        [.. await db.Entries.Where(e => e.IncidentId == incidentId && e.Source != null).Select(e => e.EntryId).ToListAsync(ct)];

    private static ParsedFile MarkKnown(ParsedFile file, IReadOnlyList<Guid> ids, HashSet<Guid> known) => file with
    {
        Lines = [.. file.Lines.Select((line, i) => known.Contains(ids[i]) ? line with { Doubts = [.. line.Doubts, ImportDoubt.AlreadyImported] } : line)],
    };

    private static IEnumerable<EntryDraft> Drafts(IReadOnlyList<ImportLine> lines, IReadOnlyList<Guid> ids, DateTime now)
    {
        // A line without a time stands behind the line before it; the first ones stand before the first that has a time.
        var at = lines.Select(l => l.OccurredAt.At).FirstOrDefault(a => a is not null) ?? now;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            at = line.OccurredAt.At ?? at;
            yield return new EntryDraft(line.Kind, line.Body, line.OccurredAt)
            {
                EntryId = ids[i],
                Source = new EntrySource(line.Category, line.SourceUrl, line.SourcePrecision, line.StatedTime),
                SortAt = at,
            };
        }
    }
}
