using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Timeline;

/// <summary>Writes a new revision of an entry. Earlier revisions stay in the log for ever.</summary>
public sealed class CorrectEntry(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    /// <param name="Sequence">The entry's number.</param>
    /// <param name="Revision">The revision that the person saw; a newer one is a conflict.</param>
    /// <param name="RevisionId">Made by the client; the same id again is answered with the revision that it made first.</param>
    /// <remarks>A null field stays as it is.</remarks>
    public sealed record Command(
        string IncidentKey,
        long Sequence,
        int Revision,
        Guid RevisionId,
        EntryKind? Kind = null,
        string? Body = null,
        OccurrenceTime? OccurredAt = null,
        bool? IsKeyEvent = null,
        Visibility? Visibility = null);

    public async Task<Result<TimelineEntry>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;

        var incident = await db.Incidents.AsNoTracking().Where(i => i.Key == command.IncidentKey).Select(i => new { i.Id }).FirstOrDefaultAsync(ct);
        if (incident is null) return new NotFound("Incident.NotFound", command.IncidentKey);

        if (command.RevisionId == Guid.Empty) return new Invalid(nameof(command.RevisionId), "Entry.IdMissing");

        var now = time.UtcNow();
        TimelineEntry revised;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            var sequence = await database.ReserveSequencesAsync(db, incident.Id, 1, now, ct);

            // It may have been restricted while we waited for the lock.
            if (!await db.Incidents.AnyAsync(i => i.Id == incident.Id, ct)) return new NotFound("Incident.NotFound", command.IncidentKey);

            var current = await db.CurrentEntries(incident.Id).FirstOrDefaultAsync(e => e.RootSequence == command.Sequence, ct);
            if (current is null) return new NotFound("Entry.NotFound", command.Sequence);

            // Asked behind the lock: whoever sent the same id at the same time has either committed or waits.
            var earlier = await db.Entries.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(e => e.EntryId == command.RevisionId, ct);
            if (earlier is not null)
            {
                return earlier.IncidentId == incident.Id && earlier.RootSequence == command.Sequence && earlier.RevisedById == member.Id
                    ? earlier
                    : new Invalid(nameof(command.RevisionId), "Entry.IdTaken");
            }

            if (!MayCorrect(current, command, member)) return new Forbidden("Entry.MayNotCorrect");

            if (current.Revision != command.Revision) return new Conflict("Entry.Conflict", current, current.RevisedByName ?? current.AuthorName);

            var body = current.Body;
            if (command.Body is not null && !TextRules.Lines(nameof(command.Body), command.Body, TimelineEntry.MaxBodyLength).TryGet(out body, out error)) return error;

            // A time that stands is not judged again: an imported one may be to come.
            var when = current.When;
            if (command.OccurredAt is not null && !TimeRules.Check(nameof(command.OccurredAt), command.OccurredAt, now).TryGet(out when, out error)) return error;

            var links = body == current.Body ? current.Links : await db.MentionedAsync(body, ct);
            revised = Revise(current, sequence, command, body, links, when, member, now);
            if (SaysTheSame(revised, current)) return new Invalid(null, "Entry.NothingChanged");

            db.Entries.Add(revised);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
        }
        feed.Publish(incident.Id, revised.Sequence);
        return revised;
    }

    /// <summary>Responders correct what people wrote and mark anything; leadership corrects its own; nobody rewords the desk.</summary>
    private static bool MayCorrect(TimelineEntry current, Command command, DeskMember member)
    {
        var marksOnly = command is { Kind: null, Body: null, OccurredAt: null };
        if (marksOnly && member.Role.MayRespond()) return true;
        return member.Role.MayLog(current.Kind)
            && member.Role.MayLog(command.Kind ?? current.Kind)
            && (member.Role.MayRespond() || current.AuthorId == member.Id);
    }

    private static TimelineEntry Revise(TimelineEntry current, long sequence, Command command, string body, IReadOnlyList<EntryLink>? links, OccurrenceTime when, DeskMember member, DateTime now) => new()
    {
        EntryId = command.RevisionId,
        IncidentId = current.IncidentId,
        Sequence = sequence,
        RootSequence = current.RootSequence,
        Revision = current.Revision + 1,
        OccurredAt = when.At,
        Precision = when.Precision,
        SortAt = when.At ?? current.SortAt,
        Rank = when.At is null || when.At == current.OccurredAt ? current.Rank : current.RootSequence,
        RecordedAt = current.RecordedAt,
        AuthorId = current.AuthorId,
        AuthorName = current.AuthorName,
        Kind = command.Kind ?? current.Kind,
        Body = body,
        Visibility = command.Visibility ?? current.Visibility,
        IsKeyEvent = command.IsKeyEvent ?? current.IsKeyEvent,
        Change = current.Change,
        Source = current.Source,
        Links = links is { Count: > 0 } ? links : null,
        RevisedById = member.Id,
        RevisedByName = member.Name,
        RevisedAt = now,
        SearchText = Folding.Fold($"{body} {current.AuthorName}"),
    };

    private static bool SaysTheSame(TimelineEntry a, TimelineEntry b) =>
        a.Kind == b.Kind && a.Body == b.Body && a.When == b.When && a.IsKeyEvent == b.IsKeyEvent && a.Visibility == b.Visibility;
}
