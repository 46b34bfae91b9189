using System.Text.Json;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

public sealed class ReviewTests
{
    [Theory, EngineData]
    public async Task A_postmortem_is_reviewed_approved_made_final_and_opened_again_and_the_log_says_so(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, lead) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Lea"));
        var incident = await desk.DeclareAsync(ana);
        await desk.PostmortemAsync(incident, ana, "It was a flood. {{facts}}");
        var (name, move, approve, finish) = (desk.Get<NameReviewers>(), desk.Get<MovePostmortem>(), desk.Get<ApprovePostmortem>(), desk.Get<FinishPostmortem>());

        var named = (await name.HandleAsync(new(incident.Key, 1, [lead.PersonId]), ana, default)).Value;
        var review = (await move.HandleAsync(new(incident.Key, named.Version, PostmortemState.InReview), ana, default)).Value;
        var approved = (await approve.HandleAsync(new(incident.Key, review.Changes, " Clear "), lead, default)).Value;
        var frozen = (await finish.HandleAsync(new(incident.Key, approved.Version), ana, default)).Value;
        var again = (await finish.HandleAsync(new(incident.Key, approved.Version), ana, default)).Value;
        var final = (await desk.Get<FindDocuments>().HandleAsync(incident.Key, lead, default)).Value;
        var open = (await move.HandleAsync(new(incident.Key, final.Postmortem!.Version, PostmortemState.Draft, "A wrong number"), ana, default)).Value;

        var reviewer = Assert.Single(approved.Reviewers);
        Assert.Equal(("Lea", TestDesk.Noon, "Clear", true), (reviewer.PersonName, reviewer.ApprovedAt, reviewer.Note, reviewer.HasApproved(approved)));
        Assert.Equal((DocumentKind.Postmortem, 1, frozen.Id), (frozen.Kind, frozen.Number, again.Id));
        Assert.Equal(Secret.Hash(frozen.Json), frozen.Sha256);
        Assert.Equal((PostmortemState.Final, frozen.Sha256), (final.Postmortem.State, Assert.Single(final.Documents).Sha256));
        Assert.Equal(PostmortemState.Draft, open.State);
        // What was approved is what was frozen, not what comes now.
        Assert.False(Assert.Single(open.Reviewers).HasApproved(open));
        var rows = (await desk.RowsAsync(incident)).Where(r => r.Kind == EntryKind.Postmortem).ToList();
        Assert.Equal(["Lea"], rows.Select(r => r.Change).OfType<EntryChange.ReviewersNamed>().Single().Names);
        Assert.Equal(
            [
                new EntryChange.PostmortemMoved(PostmortemState.Draft, PostmortemState.InReview, 0, ""),
                new EntryChange.PostmortemApproved("Lea"),
                new EntryChange.PostmortemMoved(PostmortemState.InReview, PostmortemState.Final, 1, frozen.Sha256),
                new EntryChange.PostmortemMoved(PostmortemState.Final, PostmortemState.Draft, 0, ""),
            ],
            rows.Select(r => r.Change).Where(c => c is not EntryChange.ReviewersNamed));
        Assert.Equal(["", "", "Clear", "", "A wrong number"], rows.Select(r => r.Body));
        Assert.Equal(open.Changes, desk.Get<IncidentFeed>().Latest(Postmortem.FeedId(incident.Id)));
    }

    [Theory, EngineData]
    public async Task A_comment_keeps_what_was_approved_and_a_log_that_moved_does_not(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, lead) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Lea"));
        var incident = await desk.DeclareAsync(ana);
        var review = await desk.InReviewAsync(incident, ana, lead);
        var (approve, finish, changes) = (desk.Get<ApprovePostmortem>(), desk.Get<FinishPostmortem>(), desk.Get<ReadReferencedChanges>());
        var approved = (await approve.HandleAsync(new(incident.Key, review.Changes), lead, default)).Value;

        await desk.Get<KeepComments>().AddAsync(new(incident.Key, Guid.CreateVersion7(), "Well said"), lead, default);
        Assert.True(Assert.Single((await desk.ReadAsync(approved)).Reviewers).HasApproved(await desk.ReadAsync(approved)));

        // {{facts}} shows the severity, which is another now.
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, incident.Version, Severity: Severity.Sev1), ana, default);
        Refused.Field(null, "Postmortem.ChangesUnseen", await finish.HandleAsync(new(incident.Key, approved.Version), ana, default));
        await desk.Get<MarkChangesSeen>().HandleAsync(new(incident.Key, (await changes.HandleAsync(incident.Key, ana, default)).Value.Sequence), ana, default);
        Refused.Field(null, "Postmortem.NotApproved", await finish.HandleAsync(new(incident.Key, approved.Version), ana, default));
        approved = (await approve.HandleAsync(new(incident.Key, (await desk.ReadAsync(approved)).Changes), lead, default)).Value;
        Assert.Contains("Sev1", (await finish.HandleAsync(new(incident.Key, approved.Version), ana, default)).Value.Json.Replace("SEV", "Sev", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory, EngineData]
    public async Task What_was_made_final_stays_as_it_was_whatever_comes_after(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await desk.LogAsync(ana, incident, "The line was full");
        var frozen = await desk.FinalAsync(incident, ana);

        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, "Another title"), ana, default);
        var read = (await desk.Get<ReadDocument>().HandleAsync(incident.Key, new(DocumentKind.Postmortem, 1), Audience.Internal, ana, default)).Value;
        var verdict = (await desk.Get<VerifyDocument>().HandleAsync(incident.Key, new(DocumentKind.Postmortem, 1), ana, default)).Value;

        Assert.Equal((incident.Title, PostmortemState.Final, 1, "Ana"), (read.Incident.Title, read.State, read.Number, read.MadeByName));
        Assert.Equal(frozen.Json, JsonSerializer.Serialize(read, DocumentRecord.Json));
        // Whoever asks for it as it stands gets the same.
        Assert.Equal(frozen.Json, JsonSerializer.Serialize((await desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Internal, ana, default)).Value, DocumentRecord.Json));
        Assert.Equal((true, frozen.Sha256, frozen.Sha256), (verdict.IsSound, verdict.Found, verdict.Logged));
    }

    [Theory, EngineData]
    public async Task A_frozen_document_that_somebody_changed_in_the_database_is_not_sound(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var frozen = await desk.FinalAsync(incident, ana);
        // Past the guard in the database, with a hash that fits: the log still has the true one.
        var json = frozen.Json.Replace(incident.Title, "Nothing happened", StringComparison.Ordinal);
        await desk.WithContextAsync(async db =>
        {
            await db.FrozenDocuments.AddAsync(new FrozenDocument { Id = Guid.CreateVersion7(), IncidentId = incident.Id, Kind = DocumentKind.SituationReport, Number = 1, MadeAt = desk.Now, MadeById = ana.PersonId, MadeByName = "Ana", Json = json, Sha256 = frozen.Sha256 });
            return await db.SaveChangesAsync();
        });

        var verdict = (await desk.Get<VerifyDocument>().HandleAsync(incident.Key, new(DocumentKind.SituationReport, 1), ana, default)).Value;

        Assert.Equal((false, frozen.Sha256, null), (verdict.IsSound, verdict.Recorded, verdict.Logged));
        Refused.NotFound("Document.NotFound", await desk.Get<VerifyDocument>().HandleAsync(incident.Key, new(DocumentKind.Postmortem, 2), ana, default));
    }

    [Theory, EngineData]
    public async Task Whoever_approved_an_earlier_text_is_asked_again_and_it_does_not_become_final_before(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var incident = await desk.DeclareAsync(ana);
        var review = await desk.InReviewAsync(incident, ana, ana, beto);
        var (approve, finish) = (desk.Get<ApprovePostmortem>(), desk.Get<FinishPostmortem>());

        var first = (await approve.HandleAsync(new(incident.Key, review.Changes), ana, default)).Value;
        Assert.Equal("Beto", Assert.Single(Refused.Field(null, "Postmortem.NotApproved", await finish.HandleAsync(new(incident.Key, first.Version), ana, default)).Args));
        // An approval of somebody else leaves the text as it was.
        var both = (await approve.HandleAsync(new(incident.Key, first.Changes), beto, default)).Value;
        Assert.All(both.Reviewers, r => Assert.True(r.HasApproved(both)));

        await desk.WriteAsync(review, "Another text");
        var written = await desk.ReadAsync(review);
        Assert.Equal("Ana, Beto", Assert.Single(Refused.Field(null, "Postmortem.NotApproved", await finish.HandleAsync(new(incident.Key, written.Version), ana, default)).Args));
        var standing = Refused.Conflict<Postmortem, Postmortem>("Postmortem.TextChanged", await approve.HandleAsync(new(incident.Key, both.Changes), beto, default));
        Assert.Equal(written.Changes, standing.Changes);
        await approve.HandleAsync(new(incident.Key, standing.Changes), beto, default);
        await approve.HandleAsync(new(incident.Key, standing.Changes + 1), ana, default);
        var frozen = (await finish.HandleAsync(new(incident.Key, (await desk.ReadAsync(review)).Version), ana, default)).Value;
        Assert.Contains("Another text", frozen.Json, StringComparison.Ordinal);
    }

    [Theory, EngineData]
    public async Task What_does_not_fit_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, lead, observer, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Lea"), await desk.PersonAsync(PersonRole.Observer, "Olga"), await desk.PersonAsync(name: "Stranger"));
        var (incident, hidden, bare) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true), await desk.DeclareAsync(ana));
        await desk.PostmortemAsync(incident, ana, " ".Trim());
        await desk.PostmortemAsync(hidden, ana, "x");
        var (name, move, approve, finish) = (desk.Get<NameReviewers>(), desk.Get<MovePostmortem>(), desk.Get<ApprovePostmortem>(), desk.Get<FinishPostmortem>());
        Task<Result<Postmortem>> Name(Incident of, int version, Actor who, params Actor[] people) => name.HandleAsync(new(of.Key, version, [.. people.Select(p => p.PersonId)]), who, default);
        Task<Result<Postmortem>> Move(int version, PostmortemState to, string? reason = null, Actor? who = null) => move.HandleAsync(new(incident.Key, version, to, reason), who ?? ana, default);

        Refused.NotFound("Postmortem.NotFound", await Name(bare, 1, ana, lead));
        Refused.Field("People", "Person.NotFound", await Name(incident, 1, ana, new Actor(Guid.NewGuid())));
        Refused.Field("People", "Postmortem.ObserverReviews", await Name(incident, 1, ana, observer));
        Refused.Field("People", "Incident.PersonMayNotSee", await Name(hidden, 1, ana, stranger));
        Refused.NotFound("Incident.NotFound", await Name(hidden, 1, stranger, ana));
        Refused.Forbidden("Incident.MayNotChange", await Name(incident, 1, lead, lead));
        Refused.Conflict<Postmortem, Postmortem>("Postmortem.Conflict", await Name(incident, 9, ana, lead));
        Refused.Field(null, "Postmortem.NeedsReviewer", await Move(1, PostmortemState.InReview));
        await Name(incident, 1, ana, lead);
        Refused.Field(null, "Postmortem.IsEmpty", await Move(2, PostmortemState.InReview));
        await desk.WithContextAsync(db => db.PostmortemSections.IgnoreQueryFilters().ExecuteUpdateAsync(u => u.SetProperty(s => s.Body, "x")));
        Refused.Field("To", "Postmortem.NoSuchMove", await Move(2, PostmortemState.Final));
        Refused.Forbidden("Incident.MayNotChange", await Move(2, PostmortemState.InReview, who: lead));
        Refused.Field(null, "Postmortem.NotInReview", await finish.HandleAsync(new(incident.Key, 2), ana, default));
        Refused.Field(null, "Postmortem.NotInReview", await approve.HandleAsync(new(incident.Key, 2), lead, default));
        Assert.True((await Move(2, PostmortemState.InReview)).Succeeded);
        Refused.Conflict<Postmortem, Postmortem>("Postmortem.Conflict", await Move(2, PostmortemState.Draft, "x"));
        Refused.Field("To", "Postmortem.NoSuchMove", await Move(3, PostmortemState.Final));
        Refused.Field("Reason", "Postmortem.ReasonMissing", await Move(3, PostmortemState.Draft));
        Refused.Field("People", "Postmortem.NeedsReviewer", await Name(incident, 3, ana));
        Refused.Forbidden("Postmortem.NotAReviewer", await approve.HandleAsync(new(incident.Key, 3), ana, default));
        Refused.Forbidden("Incident.MayNotChange", await approve.HandleAsync(new(incident.Key, 3), observer, default));
        // Whoever was asked may say that it is not ready.
        Assert.True((await Move(3, PostmortemState.Draft, "Too long", lead)).Succeeded);
    }

    [Theory, EngineData]
    public async Task A_save_that_comes_at_the_same_time_is_either_in_the_final_document_or_refused_to_be_approved(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        for (var round = 0; round < 4; round++)
        {
            var incident = await desk.DeclareAsync(ana);
            var review = await desk.InReviewAsync(incident, ana, ana);
            var approved = (await desk.Get<ApprovePostmortem>().HandleAsync(new(incident.Key, review.Changes), ana, default)).Value;

            var writing = Task.Run(() => desk.WriteAsync(review, "typed meanwhile"));
            var finished = await Task.Run(() => desk.Get<FinishPostmortem>().HandleAsync(new(incident.Key, approved.Version), ana, default));
            await writing;

            if (finished.TryGet(out var frozen, out var error)) Assert.DoesNotContain("typed meanwhile", frozen.Json, StringComparison.Ordinal);
            else Assert.Equal("Postmortem.NotApproved", error.Code);
        }
    }

    [Theory, EngineData]
    public async Task The_list_says_what_is_wanted_and_what_waits_for_whom(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"), await desk.PersonAsync(PersonRole.Observer, "Stranger"));
        async Task<Incident> Over(string title, bool restricted = false)
        {
            var incident = await desk.DeclareAsync(ana, title, restricted);
            return (await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Status: IncidentStatus.Closed), ana, default)).Value;
        }
        await desk.DeclareAsync(ana, "still on");
        await Over("wanted");
        await Over("hidden", restricted: true);
        await desk.PostmortemAsync(await Over("draft"), ana, "x");
        await desk.InReviewAsync(await Over("for Ana"), ana, ana);
        await desk.InReviewAsync(await Over("for Beto"), ana, beto);
        await desk.FinalAsync(await Over("final"), ana);
        var find = desk.Get<FindPostmortems>();

        var mine = (await find.HandleAsync(ana, default)).Value;
        var others = (await find.HandleAsync(stranger, default)).Value;

        Assert.Equal(["hidden", "wanted"], mine.Wanted.Select(l => l.Title).Order(StringComparer.Ordinal));
        Assert.Equal(["wanted"], others.Wanted.Select(l => l.Title));
        Assert.Equal(["draft"], mine.Drafts.Select(l => l.Title));
        Assert.Equal([("for Ana", true, 0, 1), ("for Beto", false, 0, 1)], mine.InReview.Select(l => (l.Title, l.WaitsForMe, l.Approved, l.Reviewers)));
        Assert.Equal([("final", 1)], mine.Final.Select(l => (l.Title, l.Approved)));
        Assert.Equal((1, 1, 0), ((await find.WaitingForMeAsync(ana, default)).Value, (await find.WaitingForMeAsync(beto, default)).Value, (await find.WaitingForMeAsync(stranger, default)).Value));
    }
}
