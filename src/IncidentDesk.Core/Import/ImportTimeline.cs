using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Import;

/// <summary>Brings a timeline that was written elsewhere into an incident: all of it or nothing, and the same file twice adds nothing.</summary>
public sealed class ImportTimeline(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    /// <param name="DryRun">Only say what would happen.</param>
    public sealed record Command(string IncidentKey, ReadOnlyMemory<byte> Content, TimelineFormat Format, bool DryRun);

    /// <param name="File">What the file says; lines that the incident already has carry <see cref="ImportDoubt.AlreadyImported"/>.</param>
    /// <param name="New">Entries that are, or would be, added.</param>
    /// <param name="Applied">False for a dry run, and when a problem kept everything out.</param>
    public sealed record Outcome(ParsedFile File, int New, bool Applied);

    public async Task<Result<Outcome>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;

        var incident = await db.Incidents.AsNoTracking().Where(i => i.Key == command.IncidentKey).Select(i => new { i.Id }).FirstOrDefaultAsync(ct);
        if (incident is null) return new NotFound("Incident.NotFound", command.IncidentKey);

        if (!member.Role.MayRespond()) return new Forbidden("Import.MayNotImport");

        var now = time.UtcNow();
        var file = TimelineFile.Parse(command.Content.Span, command.Format, now);
        var ids = EntryIds(incident.Id, file.Lines);
        if (file.Problems.Count > 0 || command.DryRun)
        {
            var known = await KnownAsync(db, incident.Id, ct);
            return new Outcome(MarkKnown(file, ids, known), ids.Count(id => !known.Contains(id)), Applied: false);
        }

        Outcome outcome;
        long last;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            await database.ReserveSequencesAsync(db, incident.Id, 0, now, ct);
            // It may have been restricted while we waited for the lock.
            if (!await db.Incidents.AnyAsync(i => i.Id == incident.Id, ct)) return new NotFound("Incident.NotFound", command.IncidentKey);
            var known = await KnownAsync(db, incident.Id, ct);
            var drafts = Drafts(file.Lines, ids, now).Where(d => !known.Contains(d.EntryId)).ToList();
            outcome = new Outcome(MarkKnown(file, ids, known), drafts.Count, Applied: true);
            if (drafts.Count == 0) return outcome;

            drafts.Add(new EntryDraft(EntryKind.Import, "", OccurrenceTime.Exactly(now)) { Change = new EntryChange.Imported(drafts.Count) });
            var sequence = await database.ReserveSequencesAsync(db, incident.Id, drafts.Count, now, ct);
            last = sequence + drafts.Count - 1;
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var draft in drafts) db.Entries.Add(draft.ToEntry(incident.Id, sequence++, member, now));
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
        }
        feed.Publish(incident.Id, last);
        return outcome;
    }

    private static async Task<HashSet<Guid>> KnownAsync(DeskContext db, Guid incidentId, CancellationToken ct) =>
        [.. await db.Entries.Where(e => e.IncidentId == incidentId && e.Source != null).Select(e => e.EntryId).ToListAsync(ct)];

    private static ParsedFile MarkKnown(ParsedFile file, IReadOnlyList<Guid> ids, HashSet<Guid> known) => file with
    {
        Lines = [.. file.Lines.Select((line, i) => known.Contains(ids[i]) ? line with { Doubts = [.. line.Doubts, ImportDoubt.AlreadyImported] } : line)],
    };

    /// <summary>A line's id follows from the incident and the line itself, so that the database refuses a second copy. Equal lines of one file are told apart by their count.</summary>
    private static List<Guid> EntryIds(Guid incidentId, IReadOnlyList<ImportLine> lines)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new List<Guid>(lines.Count);
        foreach (var line in lines)
        {
            var content = string.Join('\u001f', incidentId, line.OccurredAt.At?.Ticks.ToString(CultureInfo.InvariantCulture), line.SourcePrecision, line.Category, line.SourceUrl, line.StatedTime, line.Body);
            var count = seen[content] = seen.GetValueOrDefault(content) + 1;
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{content}\u001f{count.ToString(CultureInfo.InvariantCulture)}"));
            // RFC 9562 version 8: a layout of our own.
            hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
            hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
            ids.Add(new Guid(hash.AsSpan(0, 16), bigEndian: true));
        }
        return ids;
    }

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
