using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Says who is asked to review a postmortem.</summary>
public sealed class NameReviewers(IncidentWriter writer, IncidentFeed feed)
{
    public const int MaxReviewers = 20;

    /// <param name="Version">Of the postmortem, as the person saw it; a newer one is a conflict.</param>
    /// <param name="People">All of them; who was asked before and stays keeps their approval.</param>
    public sealed record Command(string IncidentKey, int Version, IReadOnlyCollection<Guid> People);

    /// <returns>The postmortem with its reviewers, or a <see cref="Conflict"/> with what stands.</returns>
    public async Task<Result<Postmortem>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        var named = await writer.RecordAsync<Postmortem>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
        {
            var (db, incidentId, wanted) = (recording.Db, recording.IncidentIds.Single(), command.People.ToHashSet());
            if (wanted.Count > MaxReviewers) return new Invalid(nameof(command.People), "Postmortem.TooManyReviewers", MaxReviewers);
            if (await db.TakePostmortemAsync(incidentId, ct) is not { } postmortem) return new NotFound("Postmortem.NotFound");
            if (postmortem.State == PostmortemState.Final) return new Invalid(null, "Postmortem.IsFinal");

            if (wanted.SetEquals(postmortem.Reviewers.Select(r => r.PersonId))) return postmortem;
            if (postmortem.Version != command.Version) return new Conflict("Postmortem.Conflict", postmortem);
            if (wanted.Count == 0 && postmortem.State == PostmortemState.InReview) return new Invalid(nameof(command.People), "Postmortem.NeedsReviewer");

            var added = wanted.Except(postmortem.Reviewers.Select(r => r.PersonId)).ToList();
            if (!(await PeopleAsync(db, incidentId, added, ct)).TryGet(out var people, out var error)) return error;
            foreach (var gone in postmortem.Reviewers.Where(r => !wanted.Contains(r.PersonId)).ToList())
            {
                db.PostmortemReviewers.Remove(gone);
                postmortem.Reviewers.Remove(gone);
            }
            postmortem.Version++;
            postmortem.RaiseChanges(keepsApprovals: true);
            foreach (var person in people) postmortem.Reviewers.Add(new PostmortemReviewer { PostmortemId = postmortem.Id, PersonId = person.Id, PersonName = person.Name, AskedAt = recording.Now });
            var names = postmortem.Reviewers.Select(r => r.PersonName).Order(StringComparer.Ordinal).ToList();
            recording.Log(incidentId, new EntryDraft(EntryKind.Postmortem, "", OccurrenceTime.Exactly(recording.Now)) { Change = new EntryChange.ReviewersNamed(names) });
            return postmortem;
        }, ct);
        if (named.TryGet(out var changed, out _)) feed.Publish(Postmortem.FeedId(changed.IncidentId), changed.Changes);
        return named;
    }

    /// <summary>People who may see the incident and say something about it.</summary>
    private static async Task<Result<IReadOnlyList<DeskMember>>> PeopleAsync(DeskContext db, Guid incidentId, List<Guid> ids, CancellationToken ct)
    {
        var people = await db.Users.Where(p => EF.Parameter(ids).Contains(p.Id) && p.DisabledAt == null).OrderBy(p => p.DisplayName).ThenBy(p => p.Id).Select(p => new DeskMember(p.Id, p.DisplayName, p.Role)).ToListAsync(ct);
        if (people.Count != ids.Count) return new Invalid(nameof(Command.People), "Person.NotFound");
        if (people.Find(p => !p.Role.MayReview()) is { } observer) return new Invalid(nameof(Command.People), "Postmortem.ObserverReviews", observer.Name);
        if (!await db.Incidents.AnyAsync(i => i.Id == incidentId && i.IsRestricted, ct)) return people;
        var named = await db.NamedPeople.Where(n => n.IncidentId == incidentId).Select(n => n.PersonId).ToListAsync(ct);
        return people.Find(p => !p.Role.MayAdminister() && !named.Contains(p.Id)) is { } outsider ? new Invalid(nameof(Command.People), "Incident.PersonMayNotSee", outsider.Name) : people;
    }
}
