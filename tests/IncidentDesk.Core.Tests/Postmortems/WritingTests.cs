using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

public sealed class WritingTests
{
    [Theory, EngineData]
    public async Task It_begins_from_the_template_once_whoever_clicks_again(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var incident = await desk.DeclareAsync(ana);
        Assert.Null((await desk.Get<ReadPostmortem>().HandleAsync(incident.Key, beto, default)).Value.Document);

        var begun = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => desk.Get<BeginPostmortem>().HandleAsync(new(incident.Key, null, "es"), i % 2 == 0 ? ana : beto, default))));

        Assert.Single(begun.Select(b => b.Value.Id).Distinct());
        var document = await DocumentAsync(desk, incident, beto);
        var template = (await desk.Get<FindPostmortemTemplates>().HandleAsync(ana, default)).Value[0];
        Assert.Equal(template.Sections.Select(s => (s.TitleEn, s.TitleEs, s.Visibility, s.Body)), document.Postmortem.Sections.Select(s => (s.TitleEn, s.TitleEs, s.Visibility, s.Body)));
        Assert.Equal(("es", incident.Title, PostmortemState.Draft), (document.Postmortem.Language, document.Postmortem.Title, document.Postmortem.State));
        var rows = await desk.RowsAsync(incident);
        Assert.Equal(new EntryChange.PostmortemMoved(null, PostmortemState.Draft, 0, ""), Assert.Single(rows, r => r.Kind == EntryKind.Postmortem).Change);
        Assert.Equal(rows[^1].Sequence, document.Postmortem.SeenSequence);
        Assert.Equal(1, desk.Get<IncidentFeed>().Latest(Postmortem.FeedId(incident.Id)));
    }

    [Theory, EngineData]
    public async Task What_is_typed_without_a_pause_is_one_revision_and_nothing_is_overwritten(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var (incident, section) = await BeginAsync(desk, ana);
        Task<Result<PostmortemSection>> Save(Actor who, int version, string body) => desk.Get<SaveSection>().HandleAsync(new(incident.Key, section.Id, version, body), who, default);

        Assert.Equal(2, (await Save(ana, 1, "We ")).Value.Version);
        desk.Clock.Advance(SectionRevision.Together);
        Assert.Equal(3, (await Save(ana, 2, " We slept\r\n")).Value.Version);
        Assert.Equal(3, (await Save(ana, 2, "We slept")).Value.Version);
        var stands = Refused.Conflict<PostmortemSection, PostmortemSection>("Postmortem.SectionConflict", await Save(beto, 1, "They came"));
        Assert.Equal(("We slept", "Ana"), (stands.Body, stands.EditedByName));
        await Save(beto, 3, "We slept. They came");
        await Save(ana, 4, "They came");
        desk.Clock.Advance(SectionRevision.Together + TimeSpan.FromSeconds(1));
        await Save(ana, 5, "They came at night");

        var revisions = (await desk.Get<ReadRevisions>().HandleAsync(incident.Key, section.Id, beto, default)).Value;
        Assert.Equal([(1, "{{facts}}"), (2, "We slept"), (3, "We slept. They came"), (4, "They came"), (5, "They came at night")], revisions.Select(r => (r.Number, r.Body)));
        Assert.Equal(["Ana", "Ana", "Beto", "Ana", "Ana"], revisions.Select(r => r.ByName));
        Assert.Equal((TestDesk.Noon, TestDesk.Noon + SectionRevision.Together), (revisions[1].FromAt, revisions[1].ToAt));

        // Restored at once, what was typed a moment ago stays in the history.
        var restored = (await desk.Get<RestoreRevision>().HandleAsync(new(incident.Key, section.Id, 6, 3), ana, default)).Value;
        Assert.Equal(("We slept. They came", 7), (restored.Body, restored.Version));
        Assert.Equal(6, (await desk.Get<ReadRevisions>().HandleAsync(incident.Key, section.Id, ana, default)).Value.Count);
        Refused.NotFound("Postmortem.RevisionNotFound", await desk.Get<RestoreRevision>().HandleAsync(new(incident.Key, section.Id, 7, 99), ana, default));
        Assert.Equal(7, desk.Get<IncidentFeed>().Latest(Postmortem.FeedId(incident.Id)));
    }

    [Theory, EngineData]
    public async Task An_old_text_that_is_restored_travels_no_further_than_the_present_one(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, section) = await BeginAsync(desk, ana);
        Assert.Equal(Visibility.Public, section.Visibility);
        await desk.Get<SaveSection>().HandleAsync(new(incident.Key, section.Id, 1, "Only for us", Visibility: Visibility.Internal), ana, default);

        var restored = (await desk.Get<RestoreRevision>().HandleAsync(new(incident.Key, section.Id, 2, 1), ana, default)).Value;

        Assert.Equal(("{{facts}}", Visibility.Internal), (restored.Body, restored.Visibility));
    }

    [Theory, EngineData]
    public async Task Of_two_who_save_at_once_one_is_kept_and_the_other_sees_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var (incident, section) = await BeginAsync(desk, ana);

        var saved = await Task.WhenAll(new[] { ana, beto, ana, beto }.Select((who, i) => Task.Run(() => desk.Get<SaveSection>().HandleAsync(new(incident.Key, section.Id, 1, $"Text {i}"), who, default))));

        var kept = Assert.Single(saved, s => s.Succeeded).Value;
        Assert.All(saved.Where(s => !s.Succeeded), s => Assert.Equal(kept.Body, Refused.Conflict<PostmortemSection, PostmortemSection>("Postmortem.SectionConflict", s).Body));
    }

    [Theory, EngineData]
    public async Task Sections_are_added_ordered_removed_and_brought_back(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, _) = await BeginAsync(desk, ana);
        var arrange = desk.Get<ArrangeSections>();
        async Task<string[]> TitlesAsync() => [.. (await DocumentAsync(desk, incident, ana)).Postmortem.Sections.Select(s => s.TitleEn).Take(4)];
        var sections = (await DocumentAsync(desk, incident, ana)).Postmortem.Sections;
        var own = new ArrangeSections.New(incident.Key, Guid.CreateVersion7(), " Costs ", "", Visibility.Internal, sections[0].Id);

        var added = (await arrange.AddAsync(own, ana, default)).Value;
        Assert.Equal(added.Id, (await arrange.AddAsync(own, ana, default)).Value.Id);
        Assert.Equal(("Costs", "Costs", SectionKind.Other), (added.TitleEn, added.TitleEs, added.Kind));
        Assert.Equal(["Summary", "Costs", "Impact", "Timeline"], await TitlesAsync());
        await arrange.MoveAsync(new(incident.Key, sections[2].Id, 0), ana, default);
        Assert.Equal(["Timeline", "Summary", "Costs", "Impact"], await TitlesAsync());
        await arrange.RemoveAsync(incident.Key, added.Id, ana, default);
        Assert.Equal(["Timeline", "Summary", "Impact", "Root cause and trigger"], await TitlesAsync());
        Refused.Field(null, "Postmortem.SectionRemoved", await desk.Get<SaveSection>().HandleAsync(new(incident.Key, added.Id, 1, "x"), ana, default));
        Assert.Equal("Costs", Assert.Single((await DocumentAsync(desk, incident, ana)).Removed).TitleEn);
        await arrange.MoveAsync(new(incident.Key, sections[0].Id, 99), ana, default);
        await arrange.RestoreAsync(incident.Key, added.Id, ana, default);
        Assert.Equal(["Timeline", "Costs", "Impact", "Root cause and trigger"], await TitlesAsync());
        Assert.Equal("Summary", (await DocumentAsync(desk, incident, ana)).Postmortem.Sections[^1].TitleEn);
    }

    [Theory, EngineData]
    public async Task What_does_not_fit_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, section) = await BeginAsync(desk, ana);
        var (save, other) = (desk.Get<SaveSection>(), await desk.DeclareAsync(ana));

        Refused.Field("Body", "Text.TooLong", await save.HandleAsync(new(incident.Key, section.Id, 1, new string('x', PostmortemSection.MaxBodyLength + 1)), ana, default));
        Refused.Field("Body", "Text.ControlCharacter", await save.HandleAsync(new(incident.Key, section.Id, 1, "\0"), ana, default));
        Refused.Field("TitleEn", "Text.Empty", await save.HandleAsync(new(incident.Key, section.Id, 1, TitleEn: " "), ana, default));
        Refused.NotFound("Postmortem.NotFound", await save.HandleAsync(new(other.Key, section.Id, 1, "x"), ana, default));
        await desk.Get<BeginPostmortem>().HandleAsync(new(other.Key, null, "en"), ana, default);
        Refused.NotFound("Postmortem.SectionNotFound", await save.HandleAsync(new(other.Key, section.Id, 1, "x"), ana, default));
        Refused.NotFound("Postmortem.SectionNotFound", await desk.Get<ReadRevisions>().HandleAsync(other.Key, section.Id, ana, default));
        Refused.Field("Language", "Person.LanguageUnknown", await desk.Get<EditPostmortem>().HandleAsync(new(incident.Key, 1, Language: "fr"), ana, default));
        Refused.Field("TemplateId", "Postmortem.TemplateNotFound", await desk.Get<BeginPostmortem>().HandleAsync(new((await desk.DeclareAsync(ana)).Key, Guid.NewGuid(), "en"), ana, default));
        var edited = (await desk.Get<EditPostmortem>().HandleAsync(new(incident.Key, 1, "Two nights in March", "es"), ana, default)).Value;
        Assert.Equal(("Two nights in March", "es", 2), (edited.Title, edited.Language, edited.Version));
        Assert.Equal("Two nights in March", Refused.Conflict<Postmortem, Postmortem>("Postmortem.Conflict", await desk.Get<EditPostmortem>().HandleAsync(new(incident.Key, 1, "x"), ana, default)).Title);
    }

    [Theory, EngineData]
    public async Task A_final_one_is_changed_by_nobody(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync(PersonRole.Administrator);
        var (incident, section) = await BeginAsync(desk, ana);
        var comment = (await desk.Get<KeepComments>().AddAsync(new(incident.Key, Guid.CreateVersion7(), "x"), ana, default)).Value;
        await desk.WithContextAsync(db => db.Postmortems.IgnoreQueryFilters().ExecuteUpdateAsync(p => p.SetProperty(d => d.State, PostmortemState.Final)));

        var refusals = new[]
        {
            (await desk.Get<SaveSection>().HandleAsync(new(incident.Key, section.Id, 1, "x"), ana, default)).Error,
            (await desk.Get<RestoreRevision>().HandleAsync(new(incident.Key, section.Id, 1, 1), ana, default)).Error,
            (await desk.Get<EditPostmortem>().HandleAsync(new(incident.Key, 1, "x"), ana, default)).Error,
            (await desk.Get<ArrangeSections>().AddAsync(new(incident.Key, Guid.CreateVersion7(), "x", "x"), ana, default)).Error,
            (await desk.Get<ArrangeSections>().RemoveAsync(incident.Key, section.Id, ana, default)).Error,
            (await desk.Get<ArrangeSections>().RestoreAsync(incident.Key, section.Id, ana, default)).Error,
            (await desk.Get<ArrangeSections>().MoveAsync(new(incident.Key, section.Id, 3), ana, default)).Error,
            (await desk.Get<KeepComments>().AddAsync(new(incident.Key, Guid.CreateVersion7(), "x"), ana, default)).Error,
            (await desk.Get<KeepComments>().ResolveAsync(new(incident.Key, comment.Id, true), ana, default)).Error,
            (await desk.Get<ChooseEvidence>().EntryAsync(new(incident.Key, 1, new(true, null, "x")), ana, default)).Error,
            (await desk.Get<ChooseEvidence>().FileAsync(new(incident.Key, Guid.Empty, new(Visibility.Public, "x")), ana, default)).Error,
            (await desk.Get<MarkChangesSeen>().HandleAsync(new(incident.Key, 99), ana, default)).Error,
        };

        Assert.All(refusals, error => Assert.Equal("Postmortem.IsFinal", error?.Code));
        Assert.Empty((await desk.Get<ReadReferencedChanges>().HandleAsync(incident.Key, ana, default)).Value.All);
    }

    internal static async Task<(Incident Incident, PostmortemSection First)> BeginAsync(TestDesk desk, Actor actor)
    {
        var incident = await desk.DeclareAsync(actor);
        var begun = (await desk.Get<BeginPostmortem>().HandleAsync(new(incident.Key, null, "en"), actor, default)).Value;
        return (incident, begun.Sections[0]);
    }

    internal static async Task<ReadPostmortem.Document> DocumentAsync(TestDesk desk, Incident incident, Actor reader) => (await desk.Get<ReadPostmortem>().HandleAsync(incident.Key, reader, default)).Value.Document!;
}
