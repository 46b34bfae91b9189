using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Makes a reviewed postmortem final: frozen as it is, with all that it refers to.</summary>
public sealed class FinishPostmortem(IncidentWriter writer, ReadDocument documents, IncidentFeed feed)
{
    /// <param name="Version">Of the postmortem, as the person saw it; a newer one is a conflict.</param>
    public sealed record Command(string IncidentKey, int Version);

    /// <returns>The frozen document; or <c>Postmortem.NotApproved</c> with the names of those who have not approved what stands now; or a <see cref="Conflict"/> with what stands.</returns>
    public async Task<Result<FrozenDocument>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        long changes = 0;
        var finished = await writer.RecordAsync<FrozenDocument>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
        {
            var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
            // From here to the commit no save of a section comes between.
            if (await db.TakePostmortemAsync(incidentId, ct) is not { } postmortem) return new NotFound("Postmortem.NotFound");
            if (postmortem.State == PostmortemState.Final && await LastAsync(db, incidentId, ct) is { } earlier) return earlier;
            if (postmortem.Version != command.Version) return new Conflict("Postmortem.Conflict", postmortem);
            if (postmortem.State != PostmortemState.InReview) return new Invalid(null, "Postmortem.NotInReview");
            if (postmortem.Reviewers.Count == 0) return new Invalid(null, "Postmortem.NeedsReviewer");

            var missing = postmortem.Reviewers.Where(r => !r.HasApproved(postmortem)).Select(r => r.PersonName).Order(StringComparer.Ordinal).ToList();
            if (missing.Count > 0) return new Invalid(null, "Postmortem.NotApproved", string.Join(", ", missing));

            // What the reviewers read is what is kept: the log must not have moved beneath it.
            if (await db.ReadPostmortemAsync(incidentId, ct) is var (standing, written) && (await ReadReferencedChanges.ReadAsync(db, standing, written, ct)).Count is > 0 and var unseen) return new Invalid(null, "Postmortem.ChangesUnseen", unseen);

            postmortem.Version++;
            postmortem.RaiseChanges(keepsApprovals: true);
            // What is read next is to be what is kept.
            await db.SaveChangesAsync(ct);
            if (!(await documents.WholeAsync(db, incidentId, DocumentSource.Draft, all: false, ct)).TryGet(out var record, out var error)) return error;
            postmortem.State = PostmortemState.Final;
            var document = await db.FreezeAsync(recording, incidentId, Guid.CreateVersion7(), record with { State = PostmortemState.Final }, ct);
            recording.Log(incidentId, new EntryDraft(EntryKind.Postmortem, "", OccurrenceTime.Exactly(recording.Now)) { Change = new EntryChange.PostmortemMoved(PostmortemState.InReview, PostmortemState.Final, document.Number, document.Sha256) });
            changes = postmortem.Changes;
            return document;
        }, ct);
        if (finished.TryGet(out var frozen, out _) && changes > 0) feed.Publish(Postmortem.FeedId(frozen.IncidentId), changes);
        return finished;
    }

    private static Task<FrozenDocument?> LastAsync(DeskContext db, Guid incidentId, CancellationToken ct) =>
        db.FrozenDocuments.AsNoTracking().Where(d => d.IncidentId == incidentId && d.Kind == DocumentKind.Postmortem).OrderByDescending(d => d.Number).FirstOrDefaultAsync(ct);
}
