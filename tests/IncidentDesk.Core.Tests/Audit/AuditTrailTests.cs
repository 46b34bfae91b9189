using System.Data.Common;
using IncidentDesk.Assets;
using IncidentDesk.Audit;
using IncidentDesk.Checklists;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace IncidentDesk.Tests.Audit;

/// <summary>People and security are on record, with the change or not at all, and the record stays.</summary>
public sealed class AuditTrailTests
{
    [Theory]
    [EngineData("""UPDATE "AuditEvents" SET "Subject" = 'rewritten'""")]
    [EngineData("""DELETE FROM "AuditEvents" """)]
    public async Task The_database_refuses_to_rewrite_the_trail(Engine engine, string sql) => await AssertRefusedAsync(engine, sql);

    [Fact]
    public async Task PostgreSQL_refuses_to_empty_the_trail() => await AssertRefusedAsync(Engine.Postgres, """TRUNCATE "AuditEvents" """);

    [Fact]
    public async Task SQLite_refuses_to_replace_a_line() => await AssertRefusedAsync(Engine.Sqlite,
        """INSERT OR REPLACE INTO "AuditEvents" ("Id", "At", "ActorName", "Kind", "Subject") SELECT "Id", "At", "ActorName", "Kind", 'rewritten' FROM "AuditEvents" LIMIT 1""");

    [Theory, EngineData]
    public async Task What_administrators_do_to_people_stands_with_before_and_after(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var root = await desk.PersonAsync(PersonRole.Administrator, "Root");
        var people = desk.Get<ManagePeople>();

        var invited = (await people.AddAsync(new("Eva", "eva@desk.example", "es", "UTC"), PersonRole.Observer, root, default)).Value;
        await people.NewLinkAsync(invited.PersonId, root, default);
        await people.ChangeAsync(invited.PersonId, PersonRole.Responder, false, root, default);
        await people.ChangeAsync(invited.PersonId, PersonRole.Responder, false, root, default);
        await people.ChangeAsync(invited.PersonId, PersonRole.Responder, true, root, default);
        await people.ChangeAsync(invited.PersonId, PersonRole.Responder, false, root, default);

        var trail = await desk.TrailAsync();
        Assert.Equal(
            [
                (AuditKind.PersonInvited, null, "Observer"), (AuditKind.LinkMade, null, null), (AuditKind.RoleChanged, "Observer", "Responder"),
                (AuditKind.PersonDisabled, null, null), (AuditKind.PersonEnabled, null, null),
            ],
            trail.Select(e => (e.Kind, e.Before, e.After)));
        Assert.All(trail, e => Assert.Equal(("Root", (Guid?)root.PersonId, "Eva", invited.PersonId.ToString(), desk.Now), (e.ActorName, e.ActorId, e.Subject, e.SubjectId, e.At)));
    }

    [Theory, EngineData]
    public async Task A_refused_change_leaves_no_line(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var root = await desk.PersonAsync(PersonRole.Administrator, "Root");
        Refused.Forbidden("Person.LastAdministrator", await desk.Get<ManagePeople>().ChangeAsync(root.PersonId, PersonRole.Observer, false, root, default));
        var ana = await desk.PersonAsync();
        var incident = await desk.DeclareAsync(ana);
        Refused.Conflict<Incident, Incident>("Incident.Conflict", await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 7, true, []), ana, default));
        Assert.Empty(await desk.TrailAsync());
    }

    [Theory, EngineData]
    public async Task Settings_stand_with_the_fields_that_changed(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var root = await desk.PersonAsync(PersonRole.Administrator, "Root");
        var (kinds, templates, checklists) = (desk.Get<KeepMitigationKinds>(), desk.Get<KeepTemplates>(), desk.Get<KeepChecklists>());
        var (template, checklist) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        ChecklistStep[] steps = [new("Look", "Mira")];

        await kinds.HandleAsync(new("rate-limit", "Rate limiting", "Límite de tasa", MitigationActor.Own, false), root, default);
        await kinds.HandleAsync(new("rate-limit", "Rate limiting", "Límite de tasa", MitigationActor.Own, false), root, default);
        await templates.HandleAsync(new(template, 0, new MitigationFacts("Twenty a second", "rate-limit"), 30), root, default);
        await templates.HandleAsync(new(template, 1, new MitigationFacts("Ten a second", "rate-limit"), 30), root, default);
        await checklists.HandleAsync(new(checklist, 0, "Flood", "Inundación", "", steps), root, default);
        await checklists.HandleAsync(new(checklist, 1, "Flood", "Inundación", "", steps, IsRetired: true), root, default);

        var trail = await desk.TrailAsync();
        Assert.All(trail, e => Assert.Equal(AuditKind.SettingChanged, e.Kind));
        Assert.Equal(["rate-limit", template.ToString(), template.ToString(), checklist.ToString(), checklist.ToString()], trail.Select(e => e.SubjectId));
        Assert.Equal(("""{"nameEn":"Rate limit"}""", """{"nameEn":"Rate limiting"}"""), (trail[0].Before, trail[0].After));
        Assert.Null(trail[1].Before);
        Assert.Contains("\"reviewAfterMinutes\":30", trail[1].After, StringComparison.Ordinal);
        Assert.Equal(("""{"title":"Twenty a second"}""", """{"title":"Ten a second"}"""), (trail[2].Before, trail[2].After));
        Assert.Equal(("""{"isRetired":false}""", """{"isRetired":true}"""), (trail[4].Before, trail[4].After));
    }

    [Theory, EngineData]
    public async Task Who_may_see_an_incident_stands_with_the_names(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana, restricted: true);
        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 1, true, [ben.PersonId]), ana, default);
        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 2, true, [ben.PersonId]), ana, default);
        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 2, false, []), ana, default);

        const string Alone = """{"restricted":true,"people":["Ana"]}""", Both = """{"restricted":true,"people":["Ana","Ben"]}""";
        Assert.Equal(
            [(null, Alone), (Alone, Both), (Both, """{"restricted":false}""")],
            (await desk.TrailAsync()).Where(e => e.Kind == AuditKind.RestrictionChanged && e.SubjectId == incident.Key).Select(e => (e.Before, e.After)));
    }

    [Theory, EngineData]
    public async Task Reading_a_restricted_incident_stands_once_an_hour_for_each_reader(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"));
        var incident = await desk.DeclareAsync(ana, restricted: true);
        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 1, true, [ben.PersonId]), ana, default);
        var (find, read) = (desk.Get<FindIncidents>(), desk.Get<ReadTimeline>());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => find.ByKeyAsync(incident.Key, ana, default)));
        await read.NewestAsync(incident.Key, TimelineFilter.None, 10, ana, default);
        await read.AfterAsync(incident.Key, 0, 10, ben, default);
        Assert.Equal(["Ana", "Ben"], await ReadersAsync(desk, incident));

        desk.Clock.Advance(RestrictedReads.Once);
        await find.SeenAsync(incident.Key, ana, default);
        Assert.Equal(["Ana", "Ben", "Ana"], await ReadersAsync(desk, incident));
    }

    [Theory, EngineData]
    public async Task Every_way_to_read_a_restricted_incident_leaves_a_line_and_none_for_an_open_one(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        foreach (var isRestricted in new[] { true, false })
        {
            var incident = await desk.DeclareAsync(ana, restricted: isRestricted);
            await desk.LogAsync(ana, incident, "x");
            var defence = Guid.CreateVersion7();
            await desk.Get<AddMitigation>().HandleAsync(new(defence, incident.Key, null, MitigationState.Applied, new MitigationFacts("Limit", "rate-limit")), ana, default);
            foreach (var (name, readAsync) in Reads(desk, incident, defence, ana))
            {
                desk.Clock.Advance(RestrictedReads.Once);
                var before = (await ReadersAsync(desk, incident)).Count;
                Assert.True(await readAsync(), name);
                Assert.True((await ReadersAsync(desk, incident)).Count - before == (isRestricted ? 1 : 0), $"{name}, restricted: {isRestricted}");
            }
        }
    }

    [Theory, EngineData]
    public async Task A_read_that_cannot_be_written_down_fails(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine, new RefusesAuditLines());
        var ana = await desk.PersonAsync();
        var (open, hidden) = (await desk.DeclareAsync(ana), await desk.DeclareAsync(ana));
        await desk.SqlAsync($"""UPDATE "Incidents" SET "IsRestricted" = {true} WHERE "Id" = {hidden.Id}""");
        await desk.WithContextAsync(async db =>
        {
            db.NamedPeople.Add(new NamedPerson { IncidentId = hidden.Id, PersonId = ana.PersonId });
            return await db.SaveChangesAsync();
        });

        Assert.True((await desk.Get<FindIncidents>().ByKeyAsync(open.Key, ana, default)).Succeeded);
        await Assert.ThrowsAnyAsync<Exception>(() => desk.Get<FindIncidents>().ByKeyAsync(hidden.Key, ana, default));
        await Assert.ThrowsAnyAsync<Exception>(() => desk.Get<ReadTimeline>().AfterAsync(hidden.Key, 0, 10, ana, default));
    }

    [Theory, EngineData]
    public async Task Whoever_takes_the_inventory_out_is_on_record(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var eva = await desk.PersonAsync(PersonRole.Observer, "Eva");
        await desk.AssetAsync("web-01");
        Assert.True((await desk.Get<ReadInventory>().ExportAsync(InventoryFormat.Csv, eva, default)).Succeeded);
        var line = Assert.Single(await desk.TrailAsync());
        Assert.Equal((AuditKind.Exported, "Eva", "inventory", """{"format":"Csv","rows":1}"""), (line.Kind, line.ActorName, line.Subject, line.After));
    }

    private static IEnumerable<(string Name, Func<Task<bool>> ReadAsync)> Reads(TestDesk desk, Incident incident, Guid defence, Actor who)
    {
        var (key, read, none) = (incident.Key, desk.Get<ReadTimeline>(), TimelineFilter.None);
        yield return ("incident", async () => (await desk.Get<FindIncidents>().ByKeyAsync(key, who, default)).Succeeded);
        yield return ("hub", async () => (await desk.Get<FindIncidents>().SeenAsync(key, who, default)).Succeeded);
        yield return ("push", async () => (await desk.Get<IncidentDesk.Live.LiveTimeline>().IncidentAsync(incident, 0, who, default)).Succeeded);
        yield return ("after", async () => (await read.AfterAsync(key, 0, 10, who, default)).Succeeded);
        yield return ("newest", async () => (await read.NewestAsync(key, none, 10, who, default)).Succeeded);
        yield return ("around", async () => (await read.AroundAsync(key, none, 1, 10, who, default)).Succeeded);
        yield return ("revisions", async () => (await read.RevisionsAsync(key, 1, who, default)).Succeeded);
        yield return ("totals", async () => (await read.TotalsAsync(key, who, default)).Succeeded);
        yield return ("authors", async () => (await read.AuthorsAsync(key, who, default)).Succeeded);
        yield return ("at a time", async () => (await read.AtAsync(key, desk.Now, who, default)).Succeeded);
        yield return ("impacts", async () => (await desk.Get<IncidentDesk.Impacts.ReadImpacts>().HandleAsync(key, null, who, default)).Succeeded);
        yield return ("checklists", async () => (await desk.Get<FindChecklists>().OfIncidentAsync(key, who, default)).Succeeded);
        yield return ("mitigations", async () => (await desk.Get<FindMitigations>().HandleAsync(new(IncidentKey: key), who, default)).Succeeded);
        yield return ("mitigation", async () => (await desk.Get<FindMitigations>().ByIdAsync(defence.ToString(), who, default)).Succeeded);
    }

    private static async Task<List<string>> ReadersAsync(TestDesk desk, Incident incident) =>
        [.. (await desk.TrailAsync()).Where(e => e.Kind == AuditKind.RestrictedRead && e.SubjectId == incident.Key).Select(e => e.ActorName)];

    private static async Task AssertRefusedAsync(Engine engine, string sql)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        await desk.DeclareAsync(await desk.PersonAsync(), "As it was", restricted: true);
        await using var db = await desk.OpenContextAsync();
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal("As it was", Assert.Single(await desk.TrailAsync()).Subject);
    }

    private sealed class RefusesAuditLines : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            eventData.Context!.ChangeTracker.Entries<AuditEvent>().Any() ? throw new IOException("The disk is full.") : ValueTask.FromResult(result);
    }
}

internal static class Trail
{
    /// <summary>All lines of the audit trail, oldest first.</summary>
    public static Task<List<AuditEvent>> TrailAsync(this TestDesk desk) => desk.WithContextAsync(db => db.AuditEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync());
}
