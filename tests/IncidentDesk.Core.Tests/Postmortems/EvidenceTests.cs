using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.FollowUps;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

public sealed class EvidenceTests
{
    [Theory, EngineData]
    public async Task Authors_choose_what_of_the_log_stands_there_and_in_which_words(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, _) = await WritingTests.BeginAsync(desk, ana);
        var entry = await desk.LogAsync(ana, incident, "BGP down on 203.0.113.9");
        var choose = desk.Get<ChooseEvidence>();
        var (none, chosen) = (new ChooseEvidence.EntryChoice(false, null, ""), new ChooseEvidence.EntryChoice(true, Visibility.Public, "The uplink went away"));

        Assert.Equal(chosen, (await choose.EntryAsync(new(incident.Key, entry.Sequence, chosen with { Wording = " The uplink went away " }, none), ana, default)).Value);
        var document = await WritingTests.DocumentAsync(desk, incident, ana);
        Assert.Equal(entry.Sequence, Assert.Single(document.Entries).Sequence);
        Assert.Equal("The uplink went away", Assert.Single(document.ChosenEntries).Wording);
        var record = (await desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Internal, ana, default)).Value;
        Assert.Equal(("The uplink went away", Visibility.Public, true), (record.Entries[0].Body, record.Entries[0].Visibility, record.Entries[0].IsInTimeline));
        Assert.Equal(chosen, Refused.Conflict<ChooseEvidence.EntryChoice, ChooseEvidence.EntryChoice>("Postmortem.ChoiceConflict", await choose.EntryAsync(new(incident.Key, entry.Sequence, none with { Wording = "Mine" }, none), ana, default)));

        // As if nobody had decided.
        await choose.EntryAsync(new(incident.Key, entry.Sequence, none), ana, default);
        Assert.Empty((await WritingTests.DocumentAsync(desk, incident, ana)).ChosenEntries);
        Refused.NotFound("Entry.NotFound", await choose.EntryAsync(new(incident.Key, 999, chosen), ana, default));
    }

    [Theory, EngineData]
    public async Task Files_get_a_visibility_and_a_caption_and_measurements_a_name(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, _) = await WritingTests.BeginAsync(desk, ana);
        var file = (await desk.Get<AddAttachment>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), "graph.txt", new MemoryStream("x"u8.ToArray())), ana, default)).Value;
        await desk.Get<RecordTraffic>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), [new(TrafficUnit.Bps, "Uplink, inbound", [new(desk.Now, 1e9)])]), ana, default);
        var choose = desk.Get<ChooseEvidence>();

        await choose.FileAsync(new(incident.Key, file.Id, new(Visibility.Members, "Traffic of the night")), ana, default);

        var document = await WritingTests.DocumentAsync(desk, incident, ana);
        Assert.Equal(("Traffic of the night", Visibility.Members), (document.Chosen(document.Files[0])!.Caption, document.Chosen(document.Files[0])!.Visibility));
        Assert.Equal(["bps Uplink, inbound"], document.Series);
        Refused.Field("Caption", "Text.TooLong", await choose.FileAsync(new(incident.Key, file.Id, new(Visibility.Public, new string('x', ChosenFile.MaxCaptionLength + 1))), ana, default));
        var other = await WritingTests.BeginAsync(desk, ana);
        Refused.NotFound("Attachment.NotFound", await choose.FileAsync(new(other.Incident.Key, file.Id, new(Visibility.Public, "x")), ana, default));
    }

    [Theory, EngineData]
    public async Task The_author_sees_what_changed_in_the_log_since(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (shown, hidden) = (await desk.LogAsync(ana, incident, "Attack began", at: TestDesk.Noon), await desk.LogAsync(ana, incident, "Coffee", at: TestDesk.Noon));
        var correct = desk.Get<CorrectEntry>();
        await correct.HandleAsync(new(incident.Key, shown.Sequence, 1, Guid.CreateVersion7(), IsKeyEvent: true), ana, default);
        var sections = (await desk.Get<BeginPostmortem>().HandleAsync(new(incident.Key, null, "en"), ana, default)).Value.Sections;
        async Task<ReadReferencedChanges.Changes> ReadAsync() => (await desk.Get<ReadReferencedChanges>().HandleAsync(incident.Key, ana, default)).Value;
        Assert.Empty((await ReadAsync()).All);

        await correct.HandleAsync(new(incident.Key, shown.Sequence, 2, Guid.CreateVersion7(), OccurredAt: OccurrenceTime.Exactly(TestDesk.Noon.AddMinutes(-20))), ana, default);
        await correct.HandleAsync(new(incident.Key, hidden.Sequence, 1, Guid.CreateVersion7(), Body: "Tea"), ana, default);
        await desk.LogAsync(ana, incident, "A remark");
        await desk.Get<AddFollowUp>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, new("Second uplink")), ana, default);
        await desk.Get<SetMilestone>().HandleAsync(new(incident.Key, (await desk.ReadAsync(incident, ana)).Version, MilestoneKind.Detected, OccurrenceTime.Exactly(TestDesk.Noon)), ana, default);

        var changes = await ReadAsync();
        Assert.Equal([EntryKind.Note, EntryKind.FollowUp, EntryKind.Milestone], changes.All.Select(c => c.Entry.Kind));
        Assert.Equal((TestDesk.Noon, TestDesk.Noon.AddMinutes(-20)), (changes.All[0].Before!.OccurredAt, changes.All[0].Entry.OccurredAt));
        Assert.Equal(3, (await WritingTests.DocumentAsync(desk, incident, ana)).ChangedCount);

        // Without the field that shows it, it is no change of the document.
        await desk.Get<SaveSection>().HandleAsync(new(incident.Key, sections[^1].Id, 1, ""), ana, default);
        Assert.Equal(2, (await ReadAsync()).All.Count);
        await desk.Get<MarkChangesSeen>().HandleAsync(new(incident.Key, changes.Sequence), ana, default);
        await desk.Get<MarkChangesSeen>().HandleAsync(new(incident.Key, 1), ana, default);
        Assert.Empty((await ReadAsync()).All);
    }

    [Theory, EngineData]
    public async Task Comments_are_threads_that_are_settled_and_opened_again(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, lead, observer) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Lupe"), await desk.PersonAsync(PersonRole.Observer, "Olga"));
        var (incident, section) = await WritingTests.BeginAsync(desk, ana);
        var keep = desk.Get<KeepComments>();
        var question = new KeepComments.New(incident.Key, Guid.CreateVersion7(), " Why so late? ", section.Id, IsQuestion: true);

        await keep.AddAsync(question, lead, default);
        Assert.Equal("Why so late?", (await keep.AddAsync(question, lead, default)).Value.Body);
        var answer = (await keep.AddAsync(new(incident.Key, Guid.CreateVersion7(), "The pager was silent", ReplyToId: question.Id), ana, default)).Value;
        Assert.Equal((section.Id, false), (answer.SectionId, answer.IsQuestion));
        var settled = (await keep.ResolveAsync(new(incident.Key, question.Id, true), ana, default)).Value;
        Assert.Equal((TestDesk.Noon, "Ana"), (settled.ResolvedAt, settled.ResolvedByName));
        Assert.Null((await keep.ResolveAsync(new(incident.Key, question.Id, false), lead, default)).Value.ResolvedAt);
        Assert.Equal(["Lupe", "Ana"], (await WritingTests.DocumentAsync(desk, incident, observer)).Comments.Select(c => c.ByName));

        Refused.Forbidden("Postmortem.MayNotWrite", await keep.AddAsync(new(incident.Key, Guid.CreateVersion7(), "x"), observer, default));
        Refused.Field("Id", "Postmortem.IdTaken", await keep.AddAsync(question with { Body = "Other" }, lead, default));
        Refused.Field("ReplyToId", "Postmortem.CommentNotFound", await keep.AddAsync(new(incident.Key, Guid.CreateVersion7(), "x", ReplyToId: answer.Id), ana, default));
        Refused.NotFound("Postmortem.CommentNotFound", await keep.ResolveAsync(new(incident.Key, answer.Id, true), ana, default));
        // Whoever was asked to review it says what they think.
        await desk.WithContextAsync(async db =>
        {
            db.PostmortemReviewers.Add(new() { PostmortemId = section.PostmortemId, PersonId = observer.PersonId, PersonName = "Olga", AskedAt = desk.Now });
            return await db.SaveChangesAsync();
        });
        Assert.True((await keep.AddAsync(new(incident.Key, Guid.CreateVersion7(), "x"), observer, default)).Succeeded);
    }

    [Theory, EngineData]
    public async Task Administrators_keep_templates_and_documents_begin_from_them(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var admin = await desk.PersonAsync(PersonRole.Administrator);
        var (keep, id) = (desk.Get<KeepPostmortemTemplates>(), Guid.CreateVersion7());
        TemplateSection Section(string title, string body = "") => new(SectionKind.Other, title, title, "", "", Visibility.Members, body);

        var kept = (await keep.HandleAsync(new(id, 0, "Short", "Corto", [Section("What", " {{facts}} "), Section("Why")]), admin, default)).Value;
        Assert.Equal((1, "{{facts}}"), (kept.Version, kept.Sections[0].Body));
        var changed = (await keep.HandleAsync(new(id, 1, "Short", "Corto", [Section("Why"), Section("What", "{{facts}}")]), admin, default)).Value;
        Assert.Equal(["Why", "What"], changed.Sections.Select(s => s.TitleEn));
        Assert.Equal("Why", Refused.Conflict<PostmortemTemplate, PostmortemTemplate>("Postmortem.TemplateConflict", await keep.HandleAsync(new(id, 1, "Other", "Otro", [Section("x")]), admin, default)).Sections[0].TitleEn);
        Refused.Field("Sections", "Postmortem.NoSections", await keep.HandleAsync(new(id, 2, "x", "x", []), admin, default));
        Refused.Field("Sections", "Postmortem.TitleInBothLanguages", await keep.HandleAsync(new(id, 2, "x", "x", [Section("x") with { TitleEs = " " }]), admin, default));

        var incident = await desk.DeclareAsync(admin);
        Assert.Equal(["Why", "What"], (await desk.Get<BeginPostmortem>().HandleAsync(new(incident.Key, id, "en"), admin, default)).Value.Sections.Select(s => s.TitleEn));
        await keep.HandleAsync(new(id, 2, "Short", "Corto", changed.Sections, IsRetired: true), admin, default);
        Assert.DoesNotContain((await desk.Get<FindPostmortemTemplates>().HandleAsync(admin, default)).Value, t => t.Id == id);
        Refused.Field("TemplateId", "Postmortem.TemplateRetired", await desk.Get<BeginPostmortem>().HandleAsync(new((await desk.DeclareAsync(admin)).Key, id, "en"), admin, default));
    }
}
