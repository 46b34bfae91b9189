using FsCheck.Fluent;
using IncidentDesk.Assets;
using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.Data;
using IncidentDesk.FollowUps;
using IncidentDesk.History;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Incidents;

public sealed class SearchIncidentsTests
{
    [Theory, EngineData]
    public async Task All_that_stands_in_an_incident_is_found_and_leads_to_where_it_stands(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana, "Chinchilla one");
        var entry = await desk.LogAsync(ana, incident, "chinchilla two");
        var mitigation = (await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, null, MitigationState.Applied, new("Chinchilla three", "rate-limit")), ana, default)).Value;
        using var content = new MemoryStream("x"u8.ToArray());
        var file = (await desk.Get<AddAttachment>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), "chinchilla-four.txt", content), ana, default)).Value;
        var (wave, followUp) = (Wave(incident, "udp-flood", "Chinchilla five"), new FollowUp { Id = Guid.CreateVersion7(), IncidentId = incident.Id, Action = "Chinchilla six", CreatedAt = desk.Now });
        await AddAsync(desk, wave, followUp);

        async Task<SearchIncidents.Hit> HitAsync(string text) => Assert.Single(Assert.Single((await FindAsync(desk, ana, text)).Matches).Hits);
        Assert.Equal(SearchKind.Title, (await HitAsync("chinchilla one")).Kind);
        Assert.Equal((SearchKind.Entry, entry.Sequence, "chinchilla two"), ((await HitAsync("chinchilla two")).Kind, (await HitAsync("chinchilla two")).Number, (await HitAsync("chinchilla two")).Text));
        Assert.Equal((SearchKind.Mitigation, mitigation.Id), ((await HitAsync("chinchilla three")).Kind, (await HitAsync("chinchilla three")).SourceId));
        Assert.Equal((SearchKind.Attachment, file.Id), ((await HitAsync("chinchilla four")).Kind, (await HitAsync("chinchilla four")).SourceId));
        Assert.Equal((SearchKind.Wave, wave.Id), ((await HitAsync("chinchilla five")).Kind, (await HitAsync("chinchilla five")).SourceId));
        Assert.Equal((SearchKind.FollowUp, followUp.Id), ((await HitAsync("chinchilla six")).Kind, (await HitAsync("chinchilla six")).SourceId));
        var all = Assert.Single((await FindAsync(desk, ana, "chinchi")).Matches);
        Assert.Equal((6, 3, SearchKind.Title), (all.Count, all.Hits.Count, all.Hits[0].Kind));
    }

    [Theory, EngineData]
    public async Task Titles_come_first_then_many_hits_then_new_ones_and_pages_share_one_total(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        foreach (var (title, entries) in new[] { ("once, older", 1), ("many", 4), ("the lagoon", 0), ("once, newer", 1), ("none", 0) })
        {
            var incident = await desk.DeclareAsync(ana, title);
            for (var i = 0; i < entries; i++) await desk.LogAsync(ana, incident, $"lagoon {i}");
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        var found = await FindAsync(desk, ana, "lagoon");
        Assert.Equal(["the lagoon", "many", "once, newer", "once, older"], found.Matches.Select(m => m.Incident.Title));
        Assert.Equal((4, 3), (found.Matches[1].Count, found.Matches[1].Hits.Count));
        SearchIncidents.Found[] pages = [await FindAsync(desk, ana, "lagoon", skip: 0, take: 3), await FindAsync(desk, ana, "lagoon", skip: 3, take: 3)];
        Assert.All(pages, p => Assert.Equal(4, p.Total));
        Assert.Equal(found.Matches.Select(m => m.Incident.Id), pages.SelectMany(p => p.Matches).Select(m => m.Incident.Id));
        var closed = (await desk.Get<SearchIncidents>().HandleAsync(new("lagoon", Statuses: [IncidentStatus.Closed]), ana, default)).Value;
        Assert.Equal((0, 0), (closed.Total, closed.Matches.Count));
    }

    [Theory, EngineData]
    public async Task The_way_taken_where_very_many_texts_match_finds_the_same(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        foreach (var text in new[] { "lagoon one", "lagoon two", "marsh" }) await desk.LogAsync(ana, await desk.DeclareAsync(ana, "zz"), text);
        var database = desk.Get<DeskDatabase>();
        await using var db = await database.OpenAsync(default);
        Assert.True((await db.EnterAsync(ana, default)).Succeeded);
        var looked = SearchText.Parse("lag* -two");
        Assert.Equal(["lagoon one"], await database.Engine.Matching(db, looked, int.MaxValue).Select(d => d.Text).ToListAsync());
        Assert.Equal(["lagoon one"], await database.Engine.Matching(db, looked, 1).Select(d => d.Text).ToListAsync());
    }

    [Theory, EngineData]
    public async Task A_restricted_incident_is_found_by_those_named_in_it_alone(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben, admin) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"), await desk.PersonAsync(PersonRole.Administrator, "Eva"));
        var hidden = await desk.DeclareAsync(ana, "The lagoon", restricted: true);
        await desk.LogAsync(ana, hidden, "lagoon");
        await desk.DeclareAsync(ana, "Another lagoon");

        Assert.Equal(["Another lagoon"], (await FindAsync(desk, ben, "lagoon")).Matches.Select(m => m.Incident.Title));
        Assert.Equal(1, (await FindAsync(desk, ben, "lagoon")).Total);
        Assert.Equal(1, (await desk.Get<FindIncidents>().HandleAsync(new("lagoon"), ben, default)).Value.Total);
        Assert.Equal(2, (await FindAsync(desk, ana, "lagoon")).Total);
        Assert.Equal(2, (await FindAsync(desk, admin, "lagoon")).Total);
    }

    [Theory, EngineData]
    public async Task A_symbol_is_no_part_of_the_word_beside_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        string[] texts = ["🟢mitigated", "mitigated🙂", "⏸mitigated⏸", "₿mitigated", "🫠mitigated at 10:00"];
        var ana = await WithEntriesAsync(desk, texts);
        Assert.Equal(texts.Order(StringComparer.Ordinal), await TextsAsync(desk, ana, "mitigated"));
    }

    [Fact]
    public async Task Both_engines_find_the_same_whatever_is_typed()
    {
        string[] parts = ["flood", "Flood", "INUNDACIÓN", "inundacion", "198.51.100.7", "198", "51", "www.example.org", "syn", "SYN-flood", "ñandú", "2001:db8::1", "a", "b2", "10g", "1e5", "-", "\"", "*", "(", ")", "'", "\\", ":", "&", "|", "!", "<->", "NOT", "AND", "%", "_", "^", "{", "}", "+", ",", ".", "/", "\0", "\n", "…", "¿", "🙂"];
        var typed = Gen.Elements(parts).ArrayOf().Select(p => string.Join("", p)).Or(Gen.Elements(parts).ArrayOf().Select(p => string.Join(' ', p)));
        var written = Gen.Elements(parts.Where(p => p != "\0").ToArray()).ArrayOf(6).Select(p => string.Join(' ', p)).Or(Gen.Elements(parts.Where(p => p != "\0").ToArray()).ArrayOf(4).Select(p => string.Concat(p))).Sample(30, 60).Where(t => !string.IsNullOrWhiteSpace(t)).ToList();
        await using var sqlite = await TestDesk.OpenAsync(Engine.Sqlite);
        await using var postgres = await TestDesk.OpenAsync(Engine.Postgres);
        var (onSqlite, onPostgres) = (await WithEntriesAsync(sqlite, written), await WithEntriesAsync(postgres, written));
        var hits = 0;
        foreach (var text in typed.Sample(6, 250).Append("flood").Append("-syn flood"))
        {
            var (one, other) = (await TextsAsync(sqlite, onSqlite, text), await TextsAsync(postgres, onPostgres, text));
            Assert.True(one.SequenceEqual(other, StringComparer.Ordinal), $"«{text}»: {string.Join(" | ", one)} // {string.Join(" | ", other)}");
            hits += one.Count;
        }
        Assert.True(hits > 0);
    }

    private static async Task<Actor> WithEntriesAsync(TestDesk desk, IEnumerable<string> texts)
    {
        var ana = await desk.PersonAsync();
        // One hit an incident, so that all are seen.
        foreach (var text in texts) await desk.LogAsync(ana, await desk.DeclareAsync(ana, "zz"), text);
        return ana;
    }

    private static async Task<List<string>> TextsAsync(TestDesk desk, Actor who, string text) =>
        [.. (await FindAsync(desk, who, text)).Matches.SelectMany(m => m.Hits).Select(h => h.Text).Order(StringComparer.Ordinal)];

    private static async Task<SearchIncidents.Found> FindAsync(TestDesk desk, Actor who, string text, int skip = 0, int take = 100) =>
        (await desk.Get<SearchIncidents>().HandleAsync(new(text, Skip: skip, Take: take), who, default)).Value;

    internal static AttackWave Wave(Incident incident, string vector, string signature = "", int number = 1, params Asset[] targets)
    {
        var wave = new AttackWave { Id = Guid.CreateVersion7(), IncidentId = incident.Id, Number = number, Vector = vector, FromPrecision = Precision.OrderOnly, Signature = signature, CreatedAt = TestDesk.Noon, CreatedByName = "Ana" };
        wave.Targets.AddRange(targets.Select(t => new WaveTarget { WaveId = wave.Id, AssetId = t.Id }));
        return wave;
    }

    internal static async Task AddAsync(TestDesk desk, params object[] entities)
    {
        await using var db = await desk.OpenContextAsync();
        db.AddRange(entities);
        await db.SaveChangesAsync();
    }
}
