using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Tests.Postmortems;

/// <summary>Postmortems for tests, put straight into the database.</summary>
internal static class Documents
{
    public static async Task<Postmortem> PostmortemAsync(this TestDesk desk, Incident incident, Actor author, params string[] bodies)
    {
        var postmortem = new Postmortem { Id = Guid.CreateVersion7(), IncidentId = incident.Id, Title = incident.Title, Language = "en", CreatedAt = desk.Now, CreatedById = author.PersonId, CreatedByName = "Ana" };
        postmortem.Sections.AddRange(bodies.Select((body, i) => new PostmortemSection
        {
            Id = Guid.CreateVersion7(),
            Kind = SectionKind.Summary,
            Position = i * 10,
            TitleEn = $"Part {i + 1}",
            TitleEs = $"Parte {i + 1}",
            Visibility = Visibility.Public,
            Body = body,
            EditedAt = desk.Now,
            EditedById = author.PersonId,
            EditedByName = "Ana",
        }));
        await using var db = await desk.OpenContextAsync();
        postmortem.SeenSequence = await db.Incidents.IgnoreQueryFilters().Where(i => i.Id == postmortem.IncidentId).Select(i => i.LastSequence).FirstAsync();
        db.Postmortems.Add(postmortem);
        await db.SaveChangesAsync();
        return postmortem;
    }

    /// <summary>As somebody who writes in it does: in one transaction, behind the lock of the document.</summary>
    public static Task<int> WriteAsync(this TestDesk desk, Postmortem postmortem, string body) => desk.WithContextAsync(async db =>
    {
        await using var transaction = await desk.Get<DeskDatabase>().BeginWriteAsync(db, default);
        await db.Postmortems.IgnoreQueryFilters().Where(p => p.Id == postmortem.Id).ExecuteUpdateAsync(u => u.SetProperty(p => p.Changes, p => p.Changes + 1));
        var written = await db.PostmortemSections.IgnoreQueryFilters().Where(s => s.PostmortemId == postmortem.Id).ExecuteUpdateAsync(u => u.SetProperty(s => s.Body, body).SetProperty(s => s.Version, s => s.Version + 1));
        await transaction.CommitAsync();
        return written;
    });

    public static Task<Postmortem> ReadAsync(this TestDesk desk, Postmortem postmortem) =>
        desk.WithContextAsync(db => db.Postmortems.IgnoreQueryFilters().AsNoTracking().Include(p => p.Reviewers).FirstAsync(p => p.Id == postmortem.Id));

    /// <summary>In review, with these who are asked.</summary>
    public static async Task<Postmortem> InReviewAsync(this TestDesk desk, Incident incident, Actor author, params Actor[] reviewers)
    {
        var postmortem = await desk.PostmortemAsync(incident, author, "{{facts}}");
        await desk.Get<NameReviewers>().HandleAsync(new(incident.Key, 1, [.. reviewers.Select(r => r.PersonId)]), author, default);
        return (await desk.Get<MovePostmortem>().HandleAsync(new(incident.Key, 2, PostmortemState.InReview), author, default)).Value;
    }

    /// <summary>Final, approved by whoever wrote it.</summary>
    public static async Task<FrozenDocument> FinalAsync(this TestDesk desk, Incident incident, Actor author)
    {
        var review = await desk.InReviewAsync(incident, author, author);
        var approved = (await desk.Get<ApprovePostmortem>().HandleAsync(new(incident.Key, review.Changes), author, default)).Value;
        return (await desk.Get<FinishPostmortem>().HandleAsync(new(incident.Key, approved.Version), author, default)).Value;
    }
}
