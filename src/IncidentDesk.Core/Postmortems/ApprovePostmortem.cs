using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>A reviewer approves what stands in a postmortem.</summary>
public sealed class ApprovePostmortem(IncidentWriter writer, IncidentFeed feed)
{
    /// <param name="Changes">The <see cref="Postmortem.Changes"/> of the text that the reviewer read; a newer one is a conflict.</param>
    public sealed record Command(string IncidentKey, long Changes, string? Note = null);

    /// <returns>The postmortem with its reviewers, or a <see cref="Conflict"/> with what stands.</returns>
    public async Task<Result<Postmortem>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        var approved = await writer.RecordAsync<Postmortem>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
        {
            var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
            if (!TextRules.OptionalLines(nameof(command.Note), command.Note, PostmortemReviewer.MaxNoteLength).TryGet(out var note, out var error)) return error;
            if (await db.TakePostmortemAsync(incidentId, ct) is not { } postmortem) return new NotFound("Postmortem.NotFound");
            if (postmortem.State != PostmortemState.InReview) return new Invalid(null, "Postmortem.NotInReview");
            if (postmortem.Reviewers.Find(r => r.PersonId == recording.Member.Id) is not { } reviewer) return new Forbidden("Postmortem.NotAReviewer");

            // A second click, perhaps from a page that has not heard of the first.
            if (reviewer.HasApproved(postmortem) && (note.Length == 0 || note == reviewer.Note)) return postmortem;
            if (command.Changes != postmortem.Changes) return new Conflict("Postmortem.TextChanged", postmortem);

            postmortem.Version++;
            postmortem.RaiseChanges(keepsApprovals: true);
            (reviewer.ApprovedAt, reviewer.ApprovedChanges, reviewer.Note) = (recording.Now, postmortem.Changes, note);
            recording.Log(incidentId, new EntryDraft(EntryKind.Postmortem, note, OccurrenceTime.Exactly(recording.Now)) { Change = new EntryChange.PostmortemApproved(recording.Member.Name) });
            return postmortem;
        }, ct, PersonRoles.MayReview);
        if (approved.TryGet(out var changed, out _)) feed.Publish(Postmortem.FeedId(changed.IncidentId), changed.Changes);
        return approved;
    }
}
