using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentDesk.Assets;
using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

public sealed class ImportDocumentTests
{
    private static readonly byte[] Picture = [.. "GIF89a"u8, 1, 2, 3];

    [Theory, EngineData]
    public async Task What_one_desk_exports_another_has_after_the_import_in_everything_but_ids_and_key(Engine engine)
    {
        await using var there = await TestDesk.OpenAsync(engine);
        await using var here = await TestDesk.OpenAsync(engine);
        var exported = await StoryAsync(there);
        var root = await here.PersonAsync(PersonRole.Administrator, "Root");

        var outcome = (await ImportAsync(here, root, exported)).Value;
        var again = (await ImportAsync(here, root, exported)).Value;

        Assert.Equal((false, true, outcome.Key), (outcome.IsRepeat, again.IsRepeat, again.Key));
        var record = (await here.Get<ReadDocument>().HandleAsync(outcome.Key, DocumentSource.Draft, Audience.Evidence, root, default)).Value with { Audience = Audience.Internal };
        // That it was imported is of here.
        record = record with { Entries = [.. record.Entries.Where(e => e.Change is not (EntryChange.Imported or EntryChange.PostmortemMoved))] };
        Assert.Equal(Told(exported), Told(record));
        Assert.Equal([("The line is full", (string?)null), ("The line was full on #web-1", "Beto")], record.Entries.Single(e => e.Revisions is not null).Revisions!.Select(r => (r.Body, r.RevisedByName)));
        Assert.Equal("The line was full", record.Entries.Single(e => e.Revisions is not null).Body);
        Assert.Equal(2_500, record.Traffic.Single().Points.Count);
        Assert.Equal((exported.Incident.Title, IncidentStatus.Closed), (record.Incident.Title, record.Incident.Status));
        var picture = (await here.Get<ReadAttachments>().ContentAsync(outcome.Key, exported.Files[0].Id, root, default)).Value;
        Assert.Equal(Picture, picture.Bytes);
        // A section still shows the entry that it showed, under its number here.
        var shown = record.Sections.SelectMany(s => Fields.Of(s.Body)).Select(p => p.Entry).OfType<long>().Single();
        Assert.Equal("The line was full", record.Entries.Single(e => e.Sequence == shown).Body);
        // Nobody of there can sign in here.
        Assert.True(await here.WithContextAsync(db => db.Users.Where(p => p.DisplayName == "Ana").AllAsync(p => p.DisabledAt != null && p.PasswordHash == null)));
        Assert.NotNull(await here.WithContextAsync(db => db.Assets.Where(a => a.Name == "web-1").Select(a => a.RetiredAt).SingleAsync()));
        Assert.Equal(exported.Entries.Count, Assert.Single((await here.RowsAsync(await here.WithContextAsync(db => db.Incidents.IgnoreQueryFilters().SingleAsync()))).Select(r => r.Change).OfType<EntryChange.Imported>()).Count);
    }

    [Theory, EngineData]
    public async Task A_final_one_keeps_its_text_to_the_letter_and_so_its_hash(Engine engine)
    {
        await using var there = await TestDesk.OpenAsync(engine);
        await using var here = await TestDesk.OpenAsync(engine);
        var ana = await there.PersonAsync();
        var incident = await there.DeclareAsync(ana);
        var frozen = await there.FinalAsync(incident, ana);
        var root = await here.PersonAsync(PersonRole.Administrator, "Root");
        var exported = (await there.Get<ReadDocument>().HandleAsync(incident.Key, new(DocumentKind.Postmortem, 1), Audience.Internal, ana, default)).Value;

        var key = (await ImportAsync(here, root, exported)).Value.Key;

        var found = (await here.Get<FindDocuments>().HandleAsync(key, root, default)).Value;
        Assert.Equal((PostmortemState.Final, frozen.Sha256, 1), (found.Postmortem!.State, found.Documents.Single().Sha256, found.Documents.Single().Number));
        Assert.True((await here.Get<VerifyDocument>().HandleAsync(key, new(DocumentKind.Postmortem, 1), root, default)).Value is { IsSound: true, Logged: not null });
        var read = (await here.Get<ReadDocument>().HandleAsync(key, new(DocumentKind.Postmortem, 1), Audience.Internal, root, default)).Value;
        Assert.Equal(frozen.Json, JsonSerializer.Serialize(read, DocumentRecord.Json));
        // There is no draft beside it to be exported.
        Assert.Equal([new(DocumentKind.Postmortem, 1)], (await here.Get<ReadExports>().HandleAsync(key, root, default)).Value.Documents);
    }

    [Theory, EngineData]
    public async Task Into_the_desk_that_it_came_from_it_comes_as_another_incident_with_files_of_its_own(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var exported = await StoryAsync(desk);
        var root = await desk.PersonAsync(PersonRole.Administrator, "Root");

        var key = (await ImportAsync(desk, root, exported)).Value.Key;

        Assert.NotEqual(exported.Incident.Key, key);
        var record = (await desk.Get<ReadDocument>().HandleAsync(key, DocumentSource.Draft, Audience.Internal, root, default)).Value;
        var file = Assert.Single(record.Files);
        Assert.NotEqual(exported.Files[0].Id, file.Id);
        Assert.Contains(record.Sections, s => s.Body.Contains($"(attachment:{file.Id})", StringComparison.Ordinal));
        Assert.Equal(exported.Assets.Select(a => a.Id), record.Assets.Select(a => a.Id));
    }

    [Theory, EngineData]
    public async Task What_does_not_fit_is_refused_and_nothing_of_it_is_kept(Engine engine)
    {
        await using var there = await TestDesk.OpenAsync(engine);
        await using var here = await TestDesk.OpenAsync(engine);
        var sound = await StoryAsync(there);
        var (root, ana) = (await here.PersonAsync(PersonRole.Administrator, "Root"), await here.PersonAsync());
        async Task Refuse(string code, Action<JsonObject> change) => Refused.Field("Content", code, await ImportAsync(here, root, sound, change));

        Refused.Forbidden("Desk.AdministratorsOnly", await ImportAsync(here, ana, sound));
        Refused.Field("Content", "Document.Unreadable", await here.Get<ImportDocument>().HandleAsync(new(new MemoryStream("nonsense"u8.ToArray())), root, default));
        Refused.Field("Content", "Document.NotOurs", await here.Get<ImportDocument>().HandleAsync(new(new MemoryStream("{}"u8.ToArray())), root, default));
        await Refuse("Document.Newer", j => j["formatVersion"] = 2);
        await Refuse("Document.NotWhole", j => j["audience"] = "public");
        await Refuse("Document.Unreadable", j => j.Remove("title"));
        await Refuse("Document.Unreadable", j => j["incident"]!["severity"] = "SEV9");
        await Refuse("Document.Inconsistent", j => j["sections"]![0] = null);
        await Refuse("Document.Inconsistent", j => j["impacts"]![0]!["assetId"] = Guid.NewGuid().ToString());
        await Refuse("Document.Inconsistent", j => j["title"] = new string('x', 300));
        await Refuse("Document.Inconsistent", j => j["entries"]![0]!["body"] = "a\u0000b");
        await Refuse("Document.Unreadable", j => j["entries"]![0]!["kind"] = 99);
        await Refuse("Document.Inconsistent", j => j["incident"]!["declaredAt"] = "2026-03-14T12:00:00+02:00");
        await Refuse("FollowUp.NoLink", j => j["followUps"]![0]!["tracker"] = "javascript:alert(1)");
        await Refuse("Document.FileDiffers", j => j["contents"]![0]!["base64"] = "AAAA");
        await Refuse("Document.FileDiffers", j => j.Remove("contents"));
        Assert.Equal((0, 0, 0), await here.WithContextAsync(async db => (await db.Incidents.IgnoreQueryFilters().CountAsync(), await db.Assets.CountAsync(), await db.Users.CountAsync() - 2)));
    }

    [Theory, EngineData]
    public async Task A_restricted_one_is_seen_by_who_imported_it_and_administrators(Engine engine)
    {
        await using var there = await TestDesk.OpenAsync(engine);
        await using var here = await TestDesk.OpenAsync(engine);
        var (root, ana) = (await here.PersonAsync(PersonRole.Administrator, "Root"), await here.PersonAsync());

        var key = (await ImportAsync(here, root, await StoryAsync(there), isRestricted: true)).Value.Key;

        Refused.NotFound("Incident.NotFound", await here.Get<FindIncidents>().ByKeyAsync(key, ana, default));
        Assert.True((await here.Get<FindIncidents>().ByKeyAsync(key, root, default)).Value.IsRestricted);
    }

    /// <summary>An incident with something in each of its parts, exported for the team.</summary>
    private static async Task<DocumentRecord> StoryAsync(TestDesk desk)
    {
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var member = await desk.MemberAsync("Radio Example");
        var server = await desk.AssetAsync("web-1", AssetKind.Server, null, member, new AssetName { Kind = AssetNameKind.Address, Text = "198.51.100.7", Folded = "198.51.100.7" });
        var incident = await desk.DeclareAsync(ana);
        await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, ana.PersonId), ana, default);
        var entry = await desk.LogAsync(ana, incident, "The line is full", EntryKind.Observation, TestDesk.Noon.AddMinutes(-20));
        Assert.True((await desk.Get<CorrectEntry>().HandleAsync(new(incident.Key, entry.Sequence, 1, Guid.CreateVersion7(), Body: "The line was full on #web-1"), beto, default)).Succeeded);
        // More than a picture can show.
        Assert.True((await desk.Get<RecordTraffic>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), [new(TrafficUnit.Bps, "uplink", [.. Enumerable.Range(0, 2_500).Select(n => new RecordTraffic.Sample(TestDesk.Noon.AddSeconds(-n), n))])]), ana, default)).Succeeded);
        await desk.Get<MarkImpact>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, server.Id, ImpactState.MajorOutage, ImpactCause.Targeted, OccurrenceTime.Exactly(TestDesk.Noon.AddMinutes(-30)), "graph"), ana, default);
        desk.Clock.Advance(TimeSpan.FromMinutes(5));
        await desk.Get<EndImpact>().HandleAsync(new(incident.Key, server.Id), ana, default);
        var mitigation = (await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, null, MitigationState.Applied, new("Limit", "rate-limit")), ana, default)).Value;
        await desk.Get<MoveMitigation>().HandleAsync(new(mitigation.Id, 1, MitigationState.Effective, Reason: "It held"), beto, default);
        await desk.Get<DeclareWave>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, new("udp-flood")), ana, default);
        await desk.Get<AddFollowUp>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, new("Second uplink", beto.PersonId, new DateOnly(2026, 4, 1), "https://tracker.example.org/1")), ana, default);
        var file = (await desk.Get<AddAttachment>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), "graph.gif", new MemoryStream(Picture)), ana, default)).Value;
        var postmortem = await desk.PostmortemAsync(incident, ana, "A flood. {{facts}}", $"Seen: {Fields.Entry(entry.RootSequence)}\n\n![graph](attachment:{file.Id})");
        await desk.Get<NameReviewers>().HandleAsync(new(incident.Key, 1, [beto.PersonId]), ana, default);
        var (section, first) = (postmortem.Sections[0].Id, Guid.CreateVersion7());
        await desk.WithContextAsync(async db =>
        {
            db.PostmortemComments.Add(new PostmortemComment { Id = first, PostmortemId = postmortem.Id, SectionId = section, IsQuestion = true, Body = "Why?", At = desk.Now, ById = beto.PersonId, ByName = "Beto" });
            db.PostmortemComments.Add(new PostmortemComment { Id = Guid.CreateVersion7(), PostmortemId = postmortem.Id, SectionId = section, ReplyToId = first, Body = "Because.", At = desk.Now.AddSeconds(1), ById = ana.PersonId, ByName = "Ana" });
            db.ChosenEntries.Add(new ChosenEntry { PostmortemId = postmortem.Id, Sequence = entry.RootSequence, IsInTimeline = true, Visibility = Visibility.Public, Wording = "The line was full" });
            db.ChosenFiles.Add(new ChosenFile { PostmortemId = postmortem.Id, AttachmentId = file.Id, Visibility = Visibility.Members, Caption = "A graph" });
            return await db.SaveChangesAsync();
        });
        return (await desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Evidence, ana, default)).Value with { Audience = Audience.Internal };
    }

    /// <summary>As a file has it: the record, and the content of its files beside.</summary>
    private static Task<Result<ImportDocument.Outcome>> ImportAsync(TestDesk desk, Actor who, DocumentRecord record, Action<JsonObject>? change = null, bool isRestricted = false)
    {
        var json = JsonSerializer.SerializeToNode(record, DocumentRecord.Json)!.AsObject();
        json["contents"] = new JsonArray([.. record.Files.Select(f => new JsonObject { ["id"] = f.Id, ["mediaType"] = f.MediaType, ["base64"] = Convert.ToBase64String(Picture) })]);
        change?.Invoke(json);
        return desk.Get<ImportDocument>().HandleAsync(new(new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString())), isRestricted), who, default);
    }

    /// <summary>What a document tells, whatever numbers and ids it has; the status, how many members there are and when it was read are each desk's own.</summary>
    private static string Told(DocumentRecord r)
    {
        var ids = r.Members.Select(m => m.Id).Concat(r.Assets.Select(a => a.Id)).Concat(r.Impacts.Select(i => i.Id)).Concat(r.Mitigations.Select(m => m.Id)).Concat(r.Waves.Select(w => w.Id)).Concat(r.FollowUps.Select(f => f.Id)).Concat(r.Files.Select(f => f.Id))
            .Concat(r.Sections.Select(s => s.Id)).Concat(r.Comments.Select(c => c.Id)).Select((id, i) => (id, i)).ToList();
        var numbers = r.Entries.Select((e, i) => (e.Sequence, i)).ToDictionary(e => e.Sequence, e => e.i);
        var told = r with
        {
            MadeAt = default,
            Sequence = 0,
            MemberCount = 0,
            Incident = r.Incident with { Key = "", Status = default },
            Sections = [.. r.Sections.Select(s => s with { Body = string.Concat(Fields.Of(s.Body).Select(p => p.Entry is { } n ? Fields.Entry(numbers[n]) : p.Text)) })],
            Entries = [.. r.Entries.Select((e, i) => e with { Sequence = i, Revision = 1 })],
            People = [.. r.People.Where(p => p.Name != "Root").Select(p => p with { Id = default }).Distinct().OrderBy(p => p.Name, StringComparer.Ordinal)],
        };
        return ids.Aggregate(JsonSerializer.Serialize(told, DocumentRecord.Json), (text, id) => text.Replace(id.id.ToString(), $"id-{id.i}", StringComparison.Ordinal));
    }
}
