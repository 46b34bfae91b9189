using System.Security.Cryptography;
using IncidentDesk.Attachments;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Attachments;

public sealed class AttachmentTests
{
    [Theory, EngineData]
    public async Task A_file_comes_back_as_it_was_with_who_and_when(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer, "Beto"));
        var incident = await desk.DeclareAsync(ana);
        byte[] bytes = [.. "GIF89a"u8, .. RandomNumberGenerator.GetBytes(200_000)];

        var added = (await AddAsync(desk, incident, ana, bytes, @"C:\shots\graph ñ.gif")).Value;

        Assert.Equal(("graph ñ.gif", "image/gif", 200_006L, "Ana", TestDesk.Noon), (added.FileName, added.MediaType, added.Size, added.AddedByName, added.AddedAt));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), added.Sha256);
        var content = (await desk.Get<ReadAttachments>().ContentAsync(incident.Key, added.Id, beto, default)).Value;
        Assert.Equal(bytes, content.Bytes);
        Assert.Equal(added.Id, Assert.Single((await desk.Get<ReadAttachments>().OfIncidentAsync(incident.Key, beto, default)).Value).Id);
        // The log says what people write, and nothing of its own.
        Assert.Single(await desk.RowsAsync(incident));
        Assert.Equal(1, (await desk.ReadAsync(incident, ana)).LastSequence);
    }

    [Theory, EngineData]
    public async Task The_same_file_sent_several_times_at_once_is_kept_once_and_answered_alike(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, beto) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Beto"));
        var (incident, other) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana));
        var id = Guid.CreateVersion7();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => AddAsync(desk, incident, ana, "same"u8.ToArray(), id: id))));

        Assert.All(answers, a => Assert.Equal(id, a.Value.Id));
        Assert.Equal(1, await CountAsync(desk, incident));
        Refused.Field("Id", "Attachment.IdTaken", await AddAsync(desk, incident, ana, "other"u8.ToArray(), id: id));
        Refused.Field("Id", "Attachment.IdTaken", await AddAsync(desk, other, ana, "same"u8.ToArray(), id: id));
        Refused.Field("Id", "Attachment.IdTaken", await AddAsync(desk, incident, beto, "same"u8.ToArray(), id: id));
        Refused.Field("Id", "Attachment.IdMissing", await AddAsync(desk, incident, ana, "same"u8.ToArray(), id: Guid.Empty));
        Assert.Equal((1, 0), (await CountAsync(desk, incident), await CountAsync(desk, other)));
    }

    [Theory, EngineData]
    public async Task Nothing_and_too_much_is_refused(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);

        Refused.Field("Content", "Attachment.Empty", await AddAsync(desk, incident, ana, []));
        Refused.Field("Content", "Attachment.TooLarge", await AddAsync(desk, incident, ana, new byte[Attachment.MaxBytes + 1]));
        Refused.Field("FileName", "Text.ControlCharacter", await AddAsync(desk, incident, ana, [1], "a\0b"));
        Assert.Equal(0, await CountAsync(desk, incident));
        Assert.Equal(Attachment.MaxBytes, (await AddAsync(desk, incident, ana, new byte[Attachment.MaxBytes])).Value.Size);
    }

    [Theory, EngineData]
    public async Task Of_many_who_add_at_once_as_many_get_through_as_there_is_room(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await FillAsync(desk, incident, ana, Attachment.MaxCount - 3, 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => AddAsync(desk, incident, ana, [(byte)n]))));

        Assert.Equal(3, answers.Count(a => a.Succeeded));
        Assert.All(answers.Where(a => !a.Succeeded), a => Refused.With<Invalid, Attachment>("Attachment.TooMany", a));
        Assert.Equal(Attachment.MaxCount, await CountAsync(desk, incident));
    }

    [Theory, EngineData]
    public async Task Files_of_an_incident_have_room_together(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        await FillAsync(desk, incident, ana, 1, Attachment.MaxTotalBytes - 5);

        Refused.With<Invalid, Attachment>("Attachment.NoRoom", await AddAsync(desk, incident, ana, new byte[6]));
        Assert.True((await AddAsync(desk, incident, ana, new byte[5])).Succeeded);
        Refused.With<Invalid, Attachment>("Attachment.NoRoom", await AddAsync(desk, incident, ana, new byte[1]));
        Assert.True((await AddAsync(desk, await desk.DeclareAsync(ana), ana, new byte[1])).Succeeded);
    }

    [Theory, EngineData]
    public async Task Who_may_log_may_add_and_nobody_learns_of_what_they_may_not_see(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, stranger) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Stranger"));
        var (observer, lead) = (await desk.PersonAsync(PersonRole.Observer), await desk.PersonAsync(PersonRole.Leadership));
        var (open, hidden) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana, restricted: true));
        var secret = (await AddAsync(desk, hidden, ana, "secret"u8.ToArray())).Value;
        var (add, read) = (desk.Get<AddAttachment>(), desk.Get<ReadAttachments>());

        Assert.True((await AddAsync(desk, open, lead, [1])).Succeeded);
        Refused.Forbidden("Attachment.MayNotAdd", await AddAsync(desk, open, observer, [1]));
        Refused.Forbidden("Attachment.MayNotAdd", await add.MayAddAsync(open.Key, observer, default));
        Refused.Forbidden("Person.NoAccess", await AddAsync(desk, open, await desk.PersonAsync(disabled: true), [1]));
        foreach (var key in new[] { hidden.Key, "INC-2026-999" })
        {
            Refused.NotFound("Incident.NotFound", await add.MayAddAsync(key, stranger, default));
            Refused.NotFound("Incident.NotFound", await add.HandleAsync(new(key, secret.Id, "x", new MemoryStream([1])), stranger, default));
            Refused.NotFound("Incident.NotFound", await read.OfIncidentAsync(key, stranger, default));
            Refused.NotFound("Incident.NotFound", await read.ContentAsync(key, secret.Id, stranger, default));
        }
        // By way of an incident that one may see, neither.
        Refused.NotFound("Attachment.NotFound", await read.ContentAsync(open.Key, secret.Id, stranger, default));
        Refused.NotFound("Attachment.NotFound", await read.ContentAsync(open.Key, secret.Id, ana, default));
        Assert.Equal("secret"u8.ToArray(), (await read.ContentAsync(hidden.Key, secret.Id, ana, default)).Value.Bytes);
    }

    [Theory, EngineData]
    public async Task Whoever_watches_is_told_of_a_new_file(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        var situations = desk.Get<LiveSituation>();
        var before = await situations.ReadAsync(incident.Id, 1, default);
        var told = new TaskCompletionSource();
        using var watching = desk.Get<IncidentFeed>().Subscribe(Attachment.FeedId(incident.Id), () => { told.TrySetResult(); return Task.CompletedTask; });

        var added = (await AddAsync(desk, incident, ana, [1])).Value;

        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(situations.IsBehind(incident.Id, before));
        var now = await situations.ReadAsync(incident.Id, 1, default);
        Assert.Equal(added.Id, Assert.Single(now.Attachments).Id);
        Assert.False(situations.IsBehind(incident.Id, now));
    }

    private static Task<Result<Attachment>> AddAsync(TestDesk desk, Incident incident, Actor actor, byte[] bytes, string? name = "graph.png", Guid? id = null) =>
        desk.Get<AddAttachment>().HandleAsync(new(incident.Key, id ?? Guid.CreateVersion7(), name, new MemoryStream(bytes)), actor, default);

    private static Task<int> CountAsync(TestDesk desk, Incident incident) => desk.WithContextAsync(db => db.Attachments.IgnoreQueryFilters().CountAsync(a => a.IncidentId == incident.Id));

    /// <summary>Files that say how large they are and have no content.</summary>
    private static Task<int> FillAsync(TestDesk desk, Incident incident, Actor actor, int count, long size) => desk.WithContextAsync(db =>
    {
        db.Attachments.AddRange(Enumerable.Range(0, count).Select(_ => new Attachment
        {
            Id = Guid.CreateVersion7(),
            IncidentId = incident.Id,
            FileName = "old.txt",
            MediaType = FileTypes.Text,
            Size = size,
            Sha256 = new string('0', 64),
            AddedById = actor.PersonId,
            AddedByName = "Ana",
            AddedAt = TestDesk.Noon,
        }));
        return db.SaveChangesAsync();
    });
}
