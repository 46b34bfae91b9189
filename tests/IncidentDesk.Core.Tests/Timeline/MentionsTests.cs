using IncidentDesk.Impacts;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Timeline;

public sealed class MentionsTests
{
    [Theory]
    [InlineData("#web-11: down, see (#site/1).", "#web-11 #site/1")]
    [InlineData("+rate-1 helps #web-11", "+rate-1 #web-11")]
    [InlineData("# heading\n+ item", "")]
    [InlineData("https://example.org/#top a+b a#b C++ &#38;", "")]
    public void A_sign_before_a_name_is_a_mention(string text, string found) =>
        Assert.Equal(found, string.Join(' ', Mentions.In(text).Select(m => (m.IsAsset ? "#" : "+") + m.Name)));

    [Theory, EngineData]
    public async Task An_entry_is_linked_to_what_it_names_and_a_correction_anew(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var (web, mail) = (await desk.AssetAsync("web-11"), await desk.AssetAsync("Correo"));
        var defence = (await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, "rate-1", MitigationState.Applied, new MitigationFacts("Rate limit", "rate-limit")), ana, default)).Value;

        var entry = (await desk.Get<AddEntry>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), EntryKind.Note, "+rate-1 on #WEB-11, not #web-99"), ana, default)).Value.Entry;
        Assert.Equal([new EntryLink("web-11", web.Id), new EntryLink("rate-1", MitigationId: defence.Id)], entry.Links!);

        var corrected = (await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.RootSequence, 1, Guid.CreateVersion7(), Body: "it was #correo"), ana, default)).Value;
        Assert.Equal([new EntryLink("Correo", mail.Id)], corrected.Links!);
    }

    [Theory, EngineData]
    public async Task What_the_desk_wrote_keeps_its_links_when_it_becomes_a_key_event(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var web = await desk.AssetAsync("web-11");
        await desk.Get<MarkImpact>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, web.Id, ImpactState.Degraded, ImpactCause.Targeted), ana, default);
        var row = (await desk.RowsAsync(incident))[^1];

        var marked = (await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, row.RootSequence, 1, Guid.CreateVersion7(), IsKeyEvent: true), ana, default)).Value;
        Assert.Equal([new EntryLink("web-11", web.Id)], marked.Links!);
    }

    [Theory, EngineData]
    public async Task A_mitigation_that_the_author_may_not_see_is_not_linked(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var (open, closed) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), closed.Key, "secret-1", MitigationState.Applied, new MitigationFacts("Secret", "rate-limit")), ana, default);

        var entry = (await desk.Get<AddEntry>().HandleAsync(new(open.Key, Guid.CreateVersion7(), EntryKind.Note, "is +secret-1 up?"), beto, default)).Value.Entry;
        Assert.Null(entry.Links);
    }
}
