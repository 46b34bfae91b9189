using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Reads which incidents have a postmortem, how far each has come, and which still want one.</summary>
public sealed class FindPostmortems(DeskDatabase database)
{
    public const int MaxOfEach = 200;

    /// <param name="Title">Of the postmortem; of the incident where there is none.</param>
    /// <param name="State">Null where there is none.</param>
    /// <param name="At">UTC: when it was begun; where there is none, when the incident last changed.</param>
    /// <param name="Approved">How many of its reviewers have approved what stands now.</param>
    /// <param name="WaitsForMe">The reader was asked and has not approved what stands now.</param>
    public sealed record Line(string Key, string Title, Severity Severity, IncidentStatus Status, bool IsRestricted, PostmortemState? State, DateTime At, int Reviewers, int Approved, bool WaitsForMe);

    /// <param name="Wanted">Incidents that are over and have none, the newest first; each list has at most <see cref="MaxOfEach"/>.</param>
    /// <param name="InReview">Those that wait for the reader first.</param>
    public sealed record Found(IReadOnlyList<Line> Wanted, IReadOnlyList<Line> Drafts, IReadOnlyList<Line> InReview, IReadOnlyList<Line> Final);

    /// <summary>Of all incidents that the actor may see.</summary>
    public async Task<Result<Found>> HandleAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var wanted = await db.Incidents.AsNoTracking().Where(i => (i.Status == IncidentStatus.Resolved || i.Status == IncidentStatus.Closed) && !db.Postmortems.Any(p => p.IncidentId == i.Id))
            .OrderByDescending(i => i.ChangedAt).Take(MaxOfEach).Select(i => new Line(i.Key, i.Title, i.Severity, i.Status, i.IsRestricted, null, i.ChangedAt, 0, 0, false)).ToListAsync(ct);
        Task<List<Line>> In(PostmortemState state) => db.Postmortems.AsNoTracking().Where(p => p.State == state)
            .OrderByDescending(p => p.CreatedAt).Take(MaxOfEach)
            .Select(p => new Line(
                p.Incident!.Key, p.Title, p.Incident.Severity, p.Incident.Status, p.Incident.IsRestricted, p.State, p.CreatedAt, p.Reviewers.Count, p.Reviewers.Count(r => r.ApprovedChanges >= p.Changes),
                p.State == PostmortemState.InReview && p.Reviewers.Any(r => r.PersonId == member.Id && (r.ApprovedChanges == null || r.ApprovedChanges < p.Changes)))).ToListAsync(ct);
        var reviews = await In(PostmortemState.InReview);
        return new Found(wanted, await In(PostmortemState.Draft), [.. reviews.OrderByDescending(l => l.WaitsForMe)], await In(PostmortemState.Final));
    }

    /// <summary>How many wait for the actor's approval.</summary>
    public async Task<Result<int>> WaitingForMeAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        return await db.PostmortemReviewers.CountAsync(r => r.PersonId == member.Id && r.Postmortem!.State == PostmortemState.InReview && (r.ApprovedChanges == null || r.ApprovedChanges < r.Postmortem.Changes), ct);
    }
}
