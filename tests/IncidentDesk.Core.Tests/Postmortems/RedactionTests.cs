using System.Text;
using System.Text.Json;
using IncidentDesk.Assets;
using IncidentDesk.Attachments;
using IncidentDesk.FollowUps;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

public sealed class RedactionTests
{
    [Theory, EngineData]
    public async Task Each_audience_gets_what_is_for_it_under_stable_names(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(name: "Ana Ruiz"), await desk.PersonAsync(name: "Beto Paz"));
        var (incident, server, _) = await SceneAsync(desk, ana);
        await desk.Get<AssignRole>().HandleAsync(new(incident.Key, IncidentRole.Lead, beto.PersonId), ana, default);
        await WriteAsync(desk, incident, ana, Section("Beto Paz moved web-01 of Cooperativa Nube away from 198.51.100.7; Ana Ruiz watched", Visibility.Public), Section("only for members: web-01", Visibility.Members), Section("for us", Visibility.Internal));

        var read = desk.Get<ReadDocument>();
        var inner = (await read.HandleAsync(incident.Key, DocumentSource.Draft, Audience.Internal, ana, default)).Value;
        Assert.Equal(3, inner.Sections.Count);
        var members = (await read.HandleAsync(incident.Key, DocumentSource.Draft, Audience.Members, ana, default)).Value;
        Assert.Equal(["⟦role:lead⟧ moved ⟦server:1⟧ of ⟦member:1⟧ away from 203.0.113.x1; ⟦person:1⟧ watched", "only for members: ⟦server:1⟧"], members.Sections.Select(s => s.Body));
        var all = (await read.HandleAsync(incident.Key, DocumentSource.Draft, Audience.Public, beto, default)).Value;
        Assert.Equal(members.Sections[0], all.Sections.Single());
        Assert.Equal(Audience.Public, all.Audience);

        // The order in another text is another, the names are the same.
        await WriteAsync(desk, incident, ana, Section("198.51.100.9, then 198.51.100.7; Carla Luz is not known here, web-02 is", Visibility.Public));
        await desk.AssetAsync("web-02");
        Assert.Equal("203.0.113.x2, then 203.0.113.x1; Carla Luz is not known here, ⟦server:2⟧ is", (await read.HandleAsync(incident.Key, DocumentSource.Draft, Audience.Public, ana, default)).Value.Sections[^1].Body);

        var decided = (await desk.Get<ReadRedaction>().HandleAsync(incident.Key, ana, default)).Value;
        Assert.Contains(decided.Pseudonyms!, p => p is { Thing: NamedThing.Server, Number: 1, Name: "web-01", Mark: "⟦server:1⟧" });
        Assert.Contains(decided.Pseudonyms!, p => p is { Thing: NamedThing.Address, Number: 2, Name: "198.51.100.9", Mark: "203.0.113.x2" });
        var observer = (await desk.Get<ReadRedaction>().HandleAsync(incident.Key, await desk.PersonAsync(PersonRole.Observer), default)).Value;
        Assert.Null(observer.Pseudonyms);
        Assert.Null(observer.Terms);
        Assert.NotEqual(server.Id, members.Sections[0].Id);
    }

    [Theory, EngineData]
    public async Task Those_who_agreed_are_named_and_no_more_when_they_take_it_back(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, _, member) = await SceneAsync(desk, ana);
        var site = await desk.AssetAsync("nube.example.net", AssetKind.MemberSite, member: member);
        await WriteAsync(desk, incident, ana, Section("Cooperativa Nube and nube.example.net were down", Visibility.Public));
        async Task<string> BodyAsync() => (await desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Public, ana, default)).Value.Sections[0].Body;

        Assert.Equal("⟦member:1⟧ and ⟦site:1⟧ were down", await BodyAsync());
        var agreed = (await desk.Get<ChangeInventory>().SaveAsync(new ChangeInventory.MemberCommand(member.Id, 1, member.Name, MayBeNamed: true), ana, default)).Value;
        Assert.True(agreed.MayBeNamed);
        Assert.Equal("Cooperativa Nube and nube.example.net were down", await BodyAsync());
        Assert.Empty((await desk.Get<CheckLeaks>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Public, ana, default)).Value.Open);
        await desk.Get<ChangeInventory>().SaveAsync(new ChangeInventory.MemberCommand(member.Id, 2, member.Name), ana, default);
        Assert.Equal("⟦member:1⟧ and ⟦site:1⟧ were down", await BodyAsync());
        Assert.NotNull(site);
    }

    [Theory, EngineData]
    public async Task A_frozen_document_is_redacted_as_consent_is_now(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, _, member) = await SceneAsync(desk, ana);
        await WriteAsync(desk, incident, ana, Section("Cooperativa Nube was down", Visibility.Public));
        var whole = (await desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Internal, ana, default)).Value;
        whole = whole with { Members = [new DocumentMember(member.Id, member.Name, [], MayBeNamed: true, IsInvented: false)] };
        await FreezeAsync(desk, incident, ana, whole);
        Assert.Equal("⟦member:1⟧ was down", (await desk.Get<ReadDocument>().HandleAsync(incident.Key, new(DocumentKind.Postmortem, 1), Audience.Public, ana, default)).Value.Sections[0].Body);
    }

    [Theory, EngineData]
    public async Task What_was_agreed_on_another_desk_is_not_agreed_here(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, _, member) = await SceneAsync(desk, ana);
        await WriteAsync(desk, incident, ana, Section("Cooperativa Nube was down", Visibility.Public));
        var whole = (await desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Internal, ana, default)).Value;
        // As it comes from there, with ids of its own.
        await FreezeAsync(desk, incident, ana, whole with { Members = [new DocumentMember(Guid.CreateVersion7(), "COOPERATIVA NUBE", [], MayBeNamed: true, IsInvented: false)] });
        async Task<string> BodyAsync() => (await desk.Get<ReadDocument>().HandleAsync(incident.Key, new(DocumentKind.Postmortem, 1), Audience.Public, ana, default)).Value.Sections[0].Body;

        Assert.Equal("⟦member:1⟧ was down", await BodyAsync());
        await desk.Get<ChangeInventory>().SaveAsync(new ChangeInventory.MemberCommand(member.Id, 1, member.Name, MayBeNamed: true), ana, default);
        Assert.Equal("Cooperativa Nube was down", await BodyAsync());
    }

    [Theory, EngineData]
    public async Task Several_who_ask_at_once_give_each_thing_one_name(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, _, _) = await SceneAsync(desk, ana);
        await WriteAsync(desk, incident, ana, Section(string.Join(' ', Enumerable.Range(1, 40).Select(n => $"198.51.100.{n}")), Visibility.Members), Section(string.Join(' ', Enumerable.Range(1, 40).Select(n => $"198.51.100.{41 - n}")), Visibility.Public));
        var records = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, n % 2 == 0 ? Audience.Members : Audience.Public, ana, default)));
        Assert.Single(records.Select(r => r.Value.Sections.Single(s => s.Visibility == Visibility.Public).Body).Distinct(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, 40), (await desk.WithContextAsync(db => db.Pseudonyms.IgnoreQueryFilters().Where(p => p.Thing == NamedThing.Address).Select(p => p.Number).ToListAsync())).Order());
    }

    [Theory, EngineData]
    public async Task Inner_entries_and_what_no_section_shows_are_not_in_the_document(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, _, _) = await SceneAsync(desk, ana);
        var told = await desk.LogAsync(ana, incident, "Members were told");
        var inner = await desk.LogAsync(ana, incident, "We quarrelled");
        var role = (await desk.RowsAsync(incident))[0];
        await desk.Get<AddFollowUp>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, new("Close the hole in the panel")), ana, default);
        var postmortem = await WriteAsync(desk, incident, ana, Section($"{{{{timeline}}}} {Fields.Entry(inner.Sequence)}", Visibility.Public), Section("{{follow-ups}}", Visibility.Internal));
        await desk.WithContextAsync(async db =>
        {
            db.ChosenEntries.AddRange(
                new ChosenEntry { PostmortemId = postmortem, Sequence = told.Sequence, IsInTimeline = true, Visibility = Visibility.Public, Wording = "Members were told at noon" },
                new ChosenEntry { PostmortemId = postmortem, Sequence = inner.Sequence, IsInTimeline = true },
                new ChosenEntry { PostmortemId = postmortem, Sequence = role.Sequence, IsInTimeline = true, Visibility = Visibility.Public });
            return await db.SaveChangesAsync();
        });
        var record = (await desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Public, ana, default)).Value;
        Assert.Equal(["", "Members were told at noon"], record.Entries.Select(e => e.Body));
        Assert.Equal([1L, 2L], record.Entries.Select(e => e.Sequence));
        Assert.All(record.Entries, e => Assert.Equal("", e.AuthorName));
        Assert.Equal("{{timeline}} ", record.Sections.Single().Body);
        Assert.Empty(record.FollowUps);
        // Who decides what is told sees how much of the timeline is not.
        Assert.Equal(1, (await desk.Get<CheckLeaks>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Public, ana, default)).Value.HeldBack);
    }

    [Theory, EngineData]
    public async Task Terms_and_accepted_findings_are_kept_by_those_who_respond(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, observer) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer));
        var (incident, _, _) = await SceneAsync(desk, ana);
        await WriteAsync(desk, incident, ana, Section("The café at status.provider.coop and nodo.provider.coop", Visibility.Public));
        Task<Result<CheckLeaks.Report>> CheckAsync(Audience audience = Audience.Public) => desk.Get<CheckLeaks>().HandleAsync(incident.Key, DocumentSource.Draft, audience, ana, default);
        Assert.Equal(["status.provider.coop", "nodo.provider.coop"], (await CheckAsync()).Value.Open.Select(l => l.Text));
        Assert.Equal("section/Section", (await CheckAsync()).Value.Open[0].Where);
        Assert.Empty((await CheckAsync(Audience.Internal)).Value.Open);

        var accept = desk.Get<AcceptLeak>();
        var command = new AcceptLeak.Command(incident.Key, Audience.Public, NamedThing.HostName, "Status.provider.coop", "Everybody knows it");
        Refused.Forbidden("Incident.MayNotChange", await accept.HandleAsync(command, observer, default));
        Refused.Field("Audience", "Leak.AudienceOfTheHouse", await accept.HandleAsync(command with { Audience = Audience.Internal }, ana, default));
        Refused.Field("Reason", "Text.Empty", await accept.HandleAsync(command with { Reason = " " }, ana, default));
        var accepted = (await accept.HandleAsync(command, ana, default)).Value;
        Assert.Equal(accepted.Id, (await accept.HandleAsync(command, ana, default)).Value.Id);
        Assert.Equal(new EntryChange.LeakAccepted(Audience.Public, NamedThing.HostName), Assert.Single(await desk.RowsAsync(incident), r => r.Kind == EntryKind.Postmortem).Change);
        var report = (await CheckAsync()).Value;
        Assert.Equal(("nodo.provider.coop", "status.provider.coop"), (Assert.Single(report.Open).Text, Assert.Single(report.Accepted).Text));
        Assert.Equal(2, (await CheckAsync(Audience.Members)).Value.Open.Count);

        var terms = desk.Get<KeepTerms>();
        var id = Guid.CreateVersion7();
        Refused.Forbidden("Incident.MayNotChange", await terms.SaveAsync(new(incident.Key, id, "CAFE", "an office"), observer, default));
        Refused.Field("Text", "RedactionTerm.TooShort", await terms.SaveAsync(new(incident.Key, id, "x", "y"), ana, default));
        Assert.True((await terms.SaveAsync(new(incident.Key, id, "CAFE", "office"), ana, default)).Succeeded);
        Refused.Field("Text", "RedactionTerm.Twice", await terms.SaveAsync(new(incident.Key, Guid.CreateVersion7(), "café", "y"), ana, default));
        Assert.True((await terms.SaveAsync(new(incident.Key, Guid.CreateVersion7(), "nodo.provider.coop", "a node"), ana, default)).Succeeded);
        Assert.Empty((await CheckAsync()).Value.Open);
        Assert.Equal("The office at status.provider.coop and a node", (await desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Public, ana, default)).Value.Sections[0].Body);
        Assert.True((await terms.RemoveAsync(incident.Key, id, ana, default)).Succeeded);
        Assert.True((await terms.RemoveAsync(incident.Key, id, ana, default)).Succeeded);
        Assert.Equal(["nodo.provider.coop"], (await desk.Get<ReadRedaction>().HandleAsync(incident.Key, ana, default)).Value.Terms!.Select(t => t.Text));
    }

    [Theory, EngineData]
    public async Task Pictures_leave_as_copies_and_other_files_not_at_all(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (incident, _, _) = await SceneAsync(desk, ana);
        var photo = await AttachAsync(desk, incident, ana, "rack of web-01.jpg", Pictures.Jpeg("web-01 in rack 4"));
        var gif = await AttachAsync(desk, incident, ana, "graph.gif", Pictures.Gif);
        var text = await AttachAsync(desk, incident, ana, "log.txt", "web-01"u8.ToArray());
        var hidden = await AttachAsync(desk, incident, ana, "hidden.png", Pictures.Png("hidden"));
        var broken = await AttachAsync(desk, incident, ana, "broken.png", Pictures.Png("broken")[..60]);
        var postmortem = await WriteAsync(desk, incident, ana, Section($"![web-01](attachment:{photo}) {Fields.File(gif)} ![x](attachment:{hidden})", Visibility.Public));
        await desk.WithContextAsync(async db =>
        {
            foreach (var (file, visibility) in new[] { (photo, Visibility.Public), (gif, Visibility.Members), (text, Visibility.Public), (hidden, Visibility.Internal), (broken, Visibility.Public) })
                db.ChosenFiles.Add(new ChosenFile { PostmortemId = postmortem, AttachmentId = file, Visibility = visibility, Caption = "The rack of web-01" });
            return await db.SaveChangesAsync();
        });
        var read = desk.Get<ReadDocumentFile>();
        Task<Result<(byte[] Bytes, string MediaType)>> Read(Guid id, Audience audience, int? number = null) => read.HandleAsync(incident.Key, new(DocumentKind.Postmortem, number), id, audience, ana, default);

        var whole = (await desk.Get<ReadDocument>().HandleAsync(incident.Key, DocumentSource.Draft, Audience.Internal, ana, default)).Value;
        await FreezeAsync(desk, incident, ana, whole);
        foreach (var number in new int?[] { null, 1 })
        {
            var record = (await desk.Get<ReadDocument>().HandleAsync(incident.Key, new(DocumentKind.Postmortem, number), Audience.Public, ana, default)).Value;
            Assert.Equal(["picture-1.jpg", "picture-2.png"], record.Files.Select(f => f.FileName));
            Assert.Equal("The rack of ⟦server:1⟧", record.Files[0].Caption);
            Assert.Equal($"![⟦server:1⟧](attachment:{record.Files[0].Id})  ", record.Sections[0].Body);
            var (bytes, type) = (await Read(record.Files[0].Id, Audience.Public, number)).Value;
            Assert.Equal("image/jpeg", type);
            Assert.DoesNotContain("web-01", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.Equal(FileTypes.Of(bytes), type);
            Refused.Field("fileId", "Document.PictureUnreadable", await Read(record.Files[1].Id, Audience.Public, number));
            Refused.NotFound("Attachment.NotFound", await Read(photo, Audience.Public, number));
            foreach (var id in new[] { gif, text, hidden }) Refused.NotFound("Attachment.NotFound", await Read(RedactDocument.Outside(incident.Id, id), Audience.Public, number));
            Assert.Equal("image/png", (await Read(RedactDocument.Outside(incident.Id, gif), Audience.Members, number)).Value.MediaType);
            Assert.Contains("web-01 in rack 4", Encoding.Latin1.GetString((await Read(photo, Audience.Internal, number)).Value.Bytes), StringComparison.Ordinal);
        }
        Refused.NotFound("Document.NotFound", await Read(RedactDocument.Outside(incident.Id, photo), Audience.Public, 7));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public async Task A_copy_shows_the_same_and_holds_nothing_else(SKEncodedImageFormat format)
    {
        var copy = (await PictureCopy.OfAsync(Pictures.Of(format), default))!;
        using var seen = SKBitmap.Decode(copy);
        Assert.Equal((40, 20), (seen.Width, seen.Height));
        Assert.InRange(seen.GetPixel(5, 5).Red, 200, 255);
        Assert.Null(await PictureCopy.OfAsync("no picture at all"u8.ToArray(), default));
        Assert.Null(await PictureCopy.OfAsync([], default));
    }

    [Fact]
    public async Task A_photo_that_was_held_upright_stays_so()
    {
        using var seen = SKBitmap.Decode((await PictureCopy.OfAsync(Pictures.Jpeg("x", orientation: 6), default))!);
        Assert.Equal((20, 40), (seen.Width, seen.Height));
    }

    private static async Task<(Incident Incident, Asset Server, Member Member)> SceneAsync(TestDesk desk, Actor ana)
    {
        var member = await desk.MemberAsync("Cooperativa Nube");
        return (await desk.DeclareAsync(ana), await desk.AssetAsync("web-01", names: new AssetName { Kind = AssetNameKind.HostName, Text = "web-01.house.example", Folded = "web-01.house.example" }), member);
    }

    private static (string Body, Visibility Visibility) Section(string body, Visibility visibility) => (body, visibility);

    /// <summary>The postmortem with these sections and no others.</summary>
    private static Task<Guid> WriteAsync(TestDesk desk, Incident incident, Actor actor, params (string Body, Visibility Visibility)[] sections) => desk.WithContextAsync(async db =>
    {
        var id = await db.Postmortems.IgnoreQueryFilters().Where(p => p.IncidentId == incident.Id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync() ?? Guid.Empty;
        if (id == Guid.Empty) db.Postmortems.Add(new Postmortem { Id = id = Guid.CreateVersion7(), IncidentId = incident.Id, Title = "Flood", Language = "en", CreatedAt = desk.Now, CreatedById = actor.PersonId, CreatedByName = "Ana" });
        await db.PostmortemSections.IgnoreQueryFilters().Where(s => s.PostmortemId == id).ExecuteDeleteAsync();
        db.PostmortemSections.AddRange(sections.Select((s, n) => new PostmortemSection { Id = Guid.CreateVersion7(), PostmortemId = id, Position = n, TitleEn = "Section", TitleEs = "Sección", Visibility = s.Visibility, Body = s.Body, EditedAt = desk.Now, EditedById = actor.PersonId, EditedByName = "Ana" }));
        await db.SaveChangesAsync();
        return id;
    });

    private static Task<int> FreezeAsync(TestDesk desk, Incident incident, Actor actor, DocumentRecord record) => desk.WithContextAsync(db =>
    {
        db.FrozenDocuments.Add(new FrozenDocument { Id = Guid.CreateVersion7(), IncidentId = incident.Id, Number = 1, MadeAt = desk.Now, MadeById = actor.PersonId, MadeByName = "Ana", Json = JsonSerializer.Serialize(record, DocumentRecord.Json), Sha256 = "" });
        return db.SaveChangesAsync();
    });

    private static async Task<Guid> AttachAsync(TestDesk desk, Incident incident, Actor actor, string name, byte[] bytes) =>
        (await desk.Get<AddAttachment>().HandleAsync(new(incident.Key, Guid.CreateVersion7(), name, new MemoryStream(bytes)), actor, default)).Value.Id;
}
