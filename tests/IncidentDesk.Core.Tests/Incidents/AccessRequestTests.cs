using IncidentDesk.Audit;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Tests.Audit;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Incidents;

/// <summary>Whoever asks to see an incident learns nothing by it; those who work on it decide.</summary>
public sealed class AccessRequestTests
{
    [Theory, EngineData]
    public async Task Asking_is_answered_alike_for_hidden_open_unknown_and_nonsense(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, asker) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer, "Asker"));
        var (hidden, open) = (await desk.DeclareAsync(ana, restricted: true), await desk.DeclareAsync(ana));
        string[] keys = [hidden.Key, open.Key, "INC-1999-999", "¿qué?\0\ud83d", new string('x', 4_000)];
        foreach (var key in keys.Concat(keys)) Assert.True((await desk.Get<AskForAccess>().HandleAsync(new(key, "I know the router"), asker, default)).Succeeded, key);

        // One open request for each key, however often it is asked; of all of them only the hidden incident's is there to decide.
        Assert.Equal(keys.Length, await desk.WithContextAsync(db => db.AccessRequests.CountAsync()));
        var request = Assert.Single((await desk.Get<DecideAccess>().ListAsync(null, ana, default)).Value);
        Assert.Equal((hidden.Key, "Asker", "I know the router"), (request.IncidentKey, request.PersonName, request.Reason));
        Assert.Equal(2 * keys.Length, (await desk.TrailAsync()).Count(e => e.Kind == AuditKind.AccessRequested && e.ActorName == "Asker"));
    }

    [Theory, EngineData]
    public async Task A_key_is_taken_as_people_type_it(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, asker) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Asker"));
        var hidden = await desk.DeclareAsync(ana, restricted: true);
        await desk.Get<AskForAccess>().HandleAsync(new($"  {hidden.Key.ToLowerInvariant()} ", "x"), asker, default);
        Assert.Single((await desk.Get<DecideAccess>().ListAsync(hidden.Key, ana, default)).Value);
        Refused.Field("IncidentKey", "Text.Empty", await desk.Get<AskForAccess>().HandleAsync(new(" \0 ", "x"), asker, default));
        Refused.Field("Reason", "Text.Empty", await desk.Get<AskForAccess>().HandleAsync(new(hidden.Key, " "), asker, default));
    }

    [Theory, EngineData]
    public async Task Granting_names_the_person_and_says_so_in_the_log(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, asker) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Asker"));
        var hidden = await desk.DeclareAsync(ana, restricted: true);
        await desk.Get<AskForAccess>().HandleAsync(new(hidden.Key, "I know the router"), asker, default);
        var (decide, request) = (desk.Get<DecideAccess>(), Assert.Single((await desk.Get<DecideAccess>().ListAsync(hidden.Key, ana, default)).Value));

        Assert.True((await decide.HandleAsync(new(request.Id, Grant: true), ana, default)).Succeeded);

        Assert.Equal(hidden.Title, (await desk.ReadAsync(hidden, asker)).Title);
        Assert.Equal(new EntryChange.NamedPersonChanged("Asker", true), (await desk.RowsAsync(hidden))[^1].Change);
        var line = Assert.Single(await desk.TrailAsync(), e => e.Kind == AuditKind.AccessGranted);
        Assert.Equal(("Ana", hidden.Key, """{"person":"Asker","reason":"I know the router"}"""), (line.ActorName, line.SubjectId, line.After));
        Assert.Empty((await decide.ListAsync(null, ana, default)).Value);
        Refused.NotFound("AccessRequest.NotFound", await decide.HandleAsync(new(request.Id, Grant: true), ana, default));
    }

    [Theory, EngineData]
    public async Task Refusing_changes_nothing_that_the_asker_could_see(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, asker) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Asker"));
        var hidden = await desk.DeclareAsync(ana, restricted: true);
        var (ask, decide) = (desk.Get<AskForAccess>(), desk.Get<DecideAccess>());
        await ask.HandleAsync(new(hidden.Key, "x"), asker, default);
        var request = Assert.Single((await decide.ListAsync(null, ana, default)).Value);

        Assert.True((await decide.HandleAsync(new(request.Id, Grant: false), ana, default)).Succeeded);

        Assert.Single(await desk.RowsAsync(hidden));
        Assert.Single(await desk.TrailAsync(), e => e.Kind == AuditKind.AccessRefused);
        Refused.NotFound("Incident.NotFound", await desk.Get<FindIncidents>().ByKeyAsync(hidden.Key, asker, default));
        Refused.NotFound("AccessRequest.NotFound", await decide.HandleAsync(new(request.Id, Grant: false), ana, default));
        Assert.True((await ask.HandleAsync(new(hidden.Key, "again"), asker, default)).Succeeded);
    }

    [Theory, EngineData]
    public async Task A_count_of_ones_own_requests_tells_nothing_of_what_became_of_them(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, asker, other) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Asker"), await desk.PersonAsync(name: "Other"));
        var hidden = await desk.DeclareAsync(ana, restricted: true);
        var ask = desk.Get<AskForAccess>();
        foreach (var (who, key) in new[] { (asker, hidden.Key), (other, "INC-1999-999") })
        {
            for (var i = 1; i < AskForAccess.MaxAsked; i++)
            {
                Assert.True((await ask.HandleAsync(new(i % 2 == 0 ? $"{i}" : key, "x"), who, default)).Succeeded);
                foreach (var open in (await desk.Get<DecideAccess>().ListAsync(null, ana, default)).Value) await desk.Get<DecideAccess>().HandleAsync(new(open.Id, Grant: false), ana, default);
            }
            Assert.True((await ask.HandleAsync(new("last", "x"), who, default)).Succeeded);
            Refused.With<Invalid, Done>("AccessRequest.TooMany", await ask.HandleAsync(new(key, "x"), who, default));
        }
        desk.Clock.Advance(AccessRequest.Lifetime);
        Assert.True((await ask.HandleAsync(new(hidden.Key, "x"), asker, default)).Succeeded);
    }

    [Theory, EngineData]
    public async Task Only_those_who_may_change_the_incident_decide(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, asker) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Asker"));
        var (named, reader) = (await desk.PersonAsync(name: "Named"), await desk.PersonAsync(PersonRole.Leadership, "Reader"));
        var (root, stranger) = (await desk.PersonAsync(PersonRole.Administrator, "Root"), await desk.PersonAsync(name: "Stranger"));
        var hidden = await desk.DeclareAsync(ana, restricted: true);
        await desk.Get<RestrictIncident>().HandleAsync(new(hidden.Key, 1, true, [named.PersonId, reader.PersonId]), ana, default);
        await desk.Get<AskForAccess>().HandleAsync(new(hidden.Key, "x"), asker, default);
        var decide = desk.Get<DecideAccess>();
        var id = Assert.Single((await decide.ListAsync(null, ana, default)).Value).Id;

        foreach (var who in new[] { named, root }) Assert.Single((await decide.ListAsync(null, who, default)).Value);
        foreach (var who in new[] { reader, stranger, asker }) Assert.Empty((await decide.ListAsync(null, who, default)).Value);
        foreach (var grant in new[] { true, false })
        {
            Refused.Forbidden("Incident.MayNotChange", await decide.HandleAsync(new(id, grant), reader, default));
            foreach (var who in new[] { stranger, asker }) Refused.NotFound("AccessRequest.NotFound", await decide.HandleAsync(new(id, grant), who, default));
        }
        Assert.Single((await decide.ListAsync(null, ana, default)).Value);
    }

    [Theory, EngineData]
    public async Task What_has_become_needless_is_not_there_to_decide(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, root) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Administrator, "Root"));
        var (gone, late, seen) = (await desk.PersonAsync(name: "Gone"), await desk.PersonAsync(name: "Late"), await desk.PersonAsync(name: "Seen"));
        var hidden = await desk.DeclareAsync(ana, restricted: true);
        var decide = desk.Get<DecideAccess>();
        await desk.Get<AskForAccess>().HandleAsync(new(hidden.Key, "x"), late, default);
        desk.Clock.Advance(AccessRequest.Lifetime);
        foreach (var who in new[] { gone, seen, root, ana }) await desk.Get<AskForAccess>().HandleAsync(new(hidden.Key, "x"), who, default);
        await desk.Get<ManagePeople>().ChangeAsync(gone.PersonId, PersonRole.Responder, true, root, default);
        await desk.Get<RestrictIncident>().HandleAsync(new(hidden.Key, 1, true, [seen.PersonId]), ana, default);

        Assert.Empty((await decide.ListAsync(null, ana, default)).Value);
        Assert.True((await desk.Get<AskForAccess>().HandleAsync(new(hidden.Key, "x"), late, default)).Succeeded);
        Assert.Single((await decide.ListAsync(null, ana, default)).Value);
        await desk.Get<RestrictIncident>().HandleAsync(new(hidden.Key, 2, false, []), ana, default);
        Assert.Empty((await decide.ListAsync(null, ana, default)).Value);
    }

    [Theory, EngineData]
    public async Task Of_several_who_decide_at_once_one_does(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, asker) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Asker"));
        var hidden = await desk.DeclareAsync(ana, restricted: true);
        await desk.Get<AskForAccess>().HandleAsync(new(hidden.Key, "x"), asker, default);
        var decide = desk.Get<DecideAccess>();
        var id = Assert.Single((await decide.ListAsync(null, ana, default)).Value).Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => decide.HandleAsync(new(id, Grant: i % 2 == 0), ana, default)));

        Assert.Single(answers, a => a.Succeeded);
        Assert.Single(await desk.TrailAsync(), e => e.Kind is AuditKind.AccessGranted or AuditKind.AccessRefused);
    }
}
