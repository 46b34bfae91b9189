using IncidentDesk.Data;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Timeline;

/// <summary>Logs one entry.</summary>
public sealed class AddEntry(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    /// <param name="EntryId">Made by the client; the same id again is answered with the entry that it made first.</param>
    /// <param name="OccurredAt">Null for now by the desk's clock.</param>
    /// <param name="After">The sequence of the entry behind which this one belongs, when its time does not say so.</param>
    public sealed record Command(
        string IncidentKey,
        Guid EntryId,
        EntryKind Kind,
        string Body,
        OccurrenceTime? OccurredAt = null,
        long? After = null,
        bool IsKeyEvent = false,
        Visibility Visibility = Visibility.Internal);

    /// <param name="IsRepeat">True when an earlier request made the entry.</param>
    public sealed record Added(TimelineEntry Entry, bool IsRepeat);

    public async Task<Result<Added>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, command.IncidentKey, ct)).TryGet(out var entered, out var error)) return error;
        var (member, incidentId) = entered;

        // The desk's own kinds are nobody's to write.
        if (!command.Kind.IsWrittenByPeople()) return new Invalid(nameof(command.Kind), "Entry.KindOfTheDesk", command.Kind.Label());

        if (!member.Role.MayLog(command.Kind)) return new Forbidden("Entry.MayNotLog", command.Kind);

        if (command.EntryId == Guid.Empty) return new Invalid(nameof(command.EntryId), "Entry.IdMissing");

        if (!TextRules.Lines(nameof(command.Body), command.Body, TimelineEntry.MaxBodyLength).TryGet(out var body, out error)) return error;

        var now = time.UtcNow();
        var when = command.OccurredAt ?? (command.After is null ? OccurrenceTime.Exactly(now) : OccurrenceTime.OrderOnly);
        if (!TimeRules.Check(nameof(command.OccurredAt), when, now).TryGet(out when, out error)) return error;

        var draft = new EntryDraft(command.Kind, body, when)
        {
            EntryId = command.EntryId,
            IsKeyEvent = command.IsKeyEvent,
            Visibility = command.Visibility,
            Links = await db.MentionedAsync(body, ct),
        };

        TimelineEntry entry;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            var (sequence, isKnown, isRestricted) = await database.ReserveForAsync(db, incidentId, command.EntryId, now, ct);

            // It may have been restricted while we waited for the lock.
            if (isRestricted && !await db.Incidents.AnyAsync(i => i.Id == incidentId, ct)) return new NotFound("Incident.NotFound", command.IncidentKey);

            // Asked only now: whoever sent the same id at the same time has either committed or waits behind our lock.
            if (isKnown && await FindRepeatAsync(db, command, body, incidentId, member, ct) is { } repeat) return repeat;

            if (command.After is { } after)
            {
                var place = await db.PlaceAfterAsync(incidentId, after, ct);
                if (place is null) return new Invalid(nameof(command.After), "Entry.AfterNotFound", after);
                if (when.At is null || when.At == place.SortAt) draft = draft with { SortAt = place.SortAt, Rank = place.Rank };
            }

            entry = draft.ToEntry(incidentId, sequence, member, now);
            db.Entries.Add(entry);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
        }
        feed.Publish(incidentId, entry.Sequence);
        return new Added(entry, IsRepeat: false);
    }

    private static async Task<Result<Added>?> FindRepeatAsync(DeskContext db, Command command, string body, Guid incidentId, DeskMember member, CancellationToken ct)
    {
        var earlier = await db.Entries.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(e => e.EntryId == command.EntryId, ct);
        if (earlier is null) return null;
        // The same words, not only the same id: a form that was sent, gone back to and reworded is no repeat. The time may differ,
        // for a client adds it when the first attempt was not answered.
        return earlier.IncidentId == incidentId && earlier.AuthorId == member.Id && earlier.Revision == 1 && earlier.Kind == command.Kind && earlier.Body == body
            ? new Added(earlier, IsRepeat: true)
            : new Invalid(nameof(command.EntryId), "Entry.IdTaken");
    }
}
