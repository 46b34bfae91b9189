using IncidentDesk.History;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.History;

/// <summary>What the search looks through is what stands, whatever way it was written.</summary>
public sealed class SearchDocumentTests
{
    [Theory, EngineData]
    public async Task Titles_entries_and_mitigations_are_there_as_they_stand(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana, "Inundación en el norte");
        var other = await desk.DeclareAsync(ana, "Second one");
        var entry = await desk.LogAsync(ana, incident, "the uplink is full");
        await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 1, Guid.CreateVersion7(), EntryKind.Note, "the balancer is full", entry.When), ana, default);
        await desk.Get<ChangeIncident>().HandleAsync(new(incident.Key, 1, Title: "Inundación en el sur"), ana, default);
        var limit = (await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, null, MitigationState.Applied, new("Rate limit", "rate-limit") { Command = "nft add" }), ana, default)).Value;
        var served = (await desk.Get<ServeIncident>().HandleAsync(new(limit.Id, other.Key, true), ana, default)).Value;
        await desk.Get<EditMitigation>().HandleAsync(new(limit.Id, served.Version, MitigationFacts.Of(limit) with { Title = "Rate limit per prefix" }), ana, default);

        var texts = await desk.WithContextAsync(db => db.SearchDocuments.IgnoreQueryFilters().OrderBy(d => d.RowId).Select(d => new { d.IncidentId, d.Kind, d.Text }).ToListAsync());
        Assert.Equal([$"{incident.Key} Inundación en el sur", $"{other.Key} Second one"], texts.Where(t => t.Kind == SearchKind.Title).Select(t => t.Text));
        Assert.Equal(["the balancer is full"], texts.Where(t => t.Kind == SearchKind.Entry).Select(t => t.Text));
        var mitigations = texts.Where(t => t.Kind == SearchKind.Mitigation).ToList();
        Assert.Equal([incident.Id, other.Id], mitigations.Select(t => t.IncidentId));
        Assert.All(mitigations, m => Assert.Contains("Rate limit per prefix", m.Text, StringComparison.Ordinal));

        Assert.Equal(1, await FoundAsync(desk, engine, "inundacion"));
        Assert.Equal(0, await FoundAsync(desk, engine, "uplink"));
        Assert.Equal(2, await FoundAsync(desk, engine, "prefix"));
        Assert.Equal(2, await FoundAsync(desk, engine, "inc"));

        await desk.Get<ServeIncident>().HandleAsync(new(limit.Id, other.Key, false), ana, default);
        Assert.Equal(1, await FoundAsync(desk, engine, "prefix"));
    }

    private static Task<int> FoundAsync(TestDesk desk, Engine engine, string word) => desk.WithContextAsync(db => (engine == Engine.Sqlite
        ? db.Database.SqlQuery<int>($"""SELECT count(*) AS "Value" FROM "SearchIndex" WHERE "SearchIndex" MATCH {word}""")
        : db.Database.SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM "SearchDocuments" WHERE "Vector" @@ to_tsquery('simple', {word})""")).SingleAsync());
}
