using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Hands a postmortem in for review, sends it back, or opens a final one again. It becomes final by <see cref="FinishPostmortem"/>.</summary>
public sealed class MovePostmortem(IncidentWriter writer, IncidentFeed feed)
{
    /// <param name="Version">Of the postmortem, as the person saw it; a newer one is a conflict.</param>
    /// <param name="Reason">Needed for every move back.</param>
    public sealed record Command(string IncidentKey, int Version, PostmortemState To, string? Reason = null);

    /// <returns>The postmortem with its reviewers, or a <see cref="Conflict"/> with what stands.</returns>
    public async Task<Result<Postmortem>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        var moved = await writer.RecordAsync<Postmortem>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
        {
            var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
            if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, TimelineEntry.MaxBodyLength).TryGet(out var reason, out var error)) return error;
            // What responders may is asked before anything is said of the document.
            if (command.To != PostmortemState.Draft && !recording.Member.Role.MayRespond()) return new Forbidden("Incident.MayNotChange");
            if (await db.TakePostmortemAsync(incidentId, ct) is not { } postmortem) return new NotFound("Postmortem.NotFound");
            if (!recording.Member.Role.MayRespond() && !MaySendBack(postmortem, recording.Member)) return new Forbidden("Postmortem.NotAReviewer");
            if (postmortem.State == command.To) return postmortem;
            if (postmortem.Version != command.Version) return new Conflict("Postmortem.Conflict", postmortem);

            error = postmortem.State switch
            {
                PostmortemState.Draft when command.To == PostmortemState.InReview => await MayBeReviewedAsync(db, postmortem, ct),
                PostmortemState.InReview or PostmortemState.Final when command.To == PostmortemState.Draft => reason.Length == 0 ? new Invalid(nameof(command.Reason), "Postmortem.ReasonMissing") : null,
                PostmortemState.Draft or PostmortemState.InReview or PostmortemState.Final => new Invalid(nameof(command.To), "Postmortem.NoSuchMove", postmortem.State, command.To),
            };
            if (error is not null) return error;

            recording.Log(incidentId, new EntryDraft(EntryKind.Postmortem, reason, OccurrenceTime.Exactly(recording.Now)) { Change = new EntryChange.PostmortemMoved(postmortem.State, command.To, 0, "") });
            // Who approved what was sent back or opened again has approved an earlier text.
            postmortem.Version++;
            postmortem.RaiseChanges(keepsApprovals: command.To == PostmortemState.InReview);
            postmortem.State = command.To;
            return postmortem;
        }, ct, PersonRoles.MayReview);
        if (moved.TryGet(out var changed, out _)) feed.Publish(Postmortem.FeedId(changed.IncidentId), changed.Changes);
        return moved;
    }

    private static bool MaySendBack(Postmortem postmortem, DeskMember member) => postmortem.State != PostmortemState.Final && postmortem.Reviewers.Exists(r => r.PersonId == member.Id);

    private static async Task<Error?> MayBeReviewedAsync(DeskContext db, Postmortem postmortem, CancellationToken ct)
    {
        if (postmortem.Reviewers.Count == 0) return new Invalid(null, "Postmortem.NeedsReviewer");
        return await db.PostmortemSections.AnyAsync(s => s.PostmortemId == postmortem.Id && s.RemovedAt == null && s.Body != "", ct) ? null : new Invalid(null, "Postmortem.IsEmpty");
    }
}
