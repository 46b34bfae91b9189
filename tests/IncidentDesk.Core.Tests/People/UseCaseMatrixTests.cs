using System.Reflection;
using IncidentDesk.Assets;
using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.Audit;
using IncidentDesk.Checklists;
using IncidentDesk.Data;
using IncidentDesk.Examples;
using IncidentDesk.FollowUps;
using IncidentDesk.History;
using IncidentDesk.Impacts;
using IncidentDesk.Import;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.People;

/// <summary>Who may use what: every public method that somebody asks, tried as each role and as somebody whose account is closed.</summary>
public sealed partial class UseCaseMatrixTests
{
    private enum May { Anybody, Log, Respond, Administer }

    /// <summary>Those with few rights first: what the others do may use a row's question up.</summary>
    private static readonly PersonRole[] Roles = [PersonRole.Observer, PersonRole.Leadership, PersonRole.Responder, PersonRole.Administrator];

    /// <param name="Name">Type and method, and the first parameter's type where there are several of that name.</param>
    /// <param name="AskAsync">Asks so that a role which may is not refused, and changes as little as can be.</param>
    private sealed record Row(string Name, May May, Func<Scene, Actor, Task<Error?>> AskAsync)
    {
        /// <summary>It does much for those who may; other tests look at that.</summary>
        public bool IsLong { get; init; }
    }

    /// <summary>A restricted incident in which everybody who asks is named, with something in each of its parts.</summary>
    private sealed record Scene(TestDesk Desk, Incident Incident, TimelineEntry Entry, Guid Mitigation, Guid Request, Guid Other)
    {
        public string Key => Incident.Key;
    }

    private static Row Of<TUseCase, TValue>(string method, May may, Func<TUseCase, Scene, Actor, Task<Result<TValue>>> ask) where TUseCase : notnull => new($"{typeof(TUseCase).Name}.{method}", may, async (scene, who) =>
    {
        await using var scope = scene.Desk.Scope<TUseCase>(out var useCase);
        return (await ask(useCase, scene, who)).Error;
    });

    private static readonly Row[] OfIncidents =
    [
        Of("HandleAsync", May.Anybody, (FindIncidents u, Scene _, Actor who) => u.HandleAsync(new(), who, default)),
        Of("ByKeyAsync", May.Anybody, (FindIncidents u, Scene s, Actor who) => u.ByKeyAsync(s.Key, who, default)),
        Of("SeenAsync", May.Anybody, (FindIncidents u, Scene s, Actor who) => u.SeenAsync(s.Key, who, default)),
        Of("OverviewAsync", May.Anybody, (FindIncidents u, Scene _, Actor who) => u.OverviewAsync(who, default)),
        Of("HandleAsync", May.Anybody, (SearchIncidents u, Scene _, Actor who) => u.HandleAsync(new("flood"), who, default)),
        Of("HandleAsync", May.Anybody, (CountFacets u, Scene _, Actor who) => u.HandleAsync(new(), "", "", who, default)),
        Of("TargetsAsync", May.Anybody, (CountFacets u, Scene _, Actor who) => u.TargetsAsync(new(), "", who, default)),
        Of("MembersAsync", May.Anybody, (CountFacets u, Scene _, Actor who) => u.MembersAsync(new(), "", who, default)),
        Of("HandleAsync", May.Anybody, (SummariseIncidents u, Scene s, Actor who) => u.HandleAsync([s.Incident.Id], who, default)),
        Of("ListAsync", May.Anybody, (KeepViews u, Scene _, Actor who) => u.ListAsync(who, default)),
        Of("SaveAsync", May.Anybody, (KeepViews u, Scene _, Actor who) => u.SaveAsync(new(Guid.CreateVersion7(), "mine", "q=x"), who, default)),
        Of("DeleteAsync", May.Anybody, (KeepViews u, Scene _, Actor who) => u.DeleteAsync(Guid.Empty, who, default)),
        Of("HandleAsync", May.Respond, (DeclareIncident u, Scene _, Actor who) => u.HandleAsync(new("Flood", Severity.Sev4), who, default)),
        Of("HandleAsync", May.Respond, (ChangeIncident u, Scene s, Actor who) => u.HandleAsync(new(s.Key, 99, "Other"), who, default)),
        Of("HandleAsync", May.Respond, (SetMilestone u, Scene s, Actor who) => u.HandleAsync(new(s.Key, 99, MilestoneKind.Detected, null), who, default)),
        Of("HandleAsync", May.Respond, (AssignRole u, Scene s, Actor who) => u.HandleAsync(new(s.Key, IncidentRole.Scribe, null), who, default)),
        Of("HandleAsync", May.Respond, (RestrictIncident u, Scene s, Actor who) => u.HandleAsync(new(s.Key, 99, false, []), who, default)),
        Of("HandleAsync", May.Anybody, (AskForAccess u, Scene _, Actor who) => u.HandleAsync(new("INC-1999-999", "x"), who, default)),
        Of("ListAsync", May.Anybody, (DecideAccess u, Scene _, Actor who) => u.ListAsync(null, who, default)),
        Of("HandleAsync", May.Respond, (DecideAccess u, Scene s, Actor who) => u.HandleAsync(new(s.Request, Grant: false), who, default)),

        Of("HandleAsync", May.Anybody, (NoteVisit u, Scene s, Actor who) => u.HandleAsync(new(s.Key, s.Desk.Now), who, default)),
        Of("LastVisitAsync", May.Anybody, (ReadChanges u, Scene s, Actor who) => u.LastVisitAsync(s.Key, who, default)),
        Of("HandleAsync", May.Anybody, (ReadChanges u, Scene s, Actor who) => u.HandleAsync(s.Key, null, who, default)),
        Of("OverviewAsync", May.Anybody, (ReadChanges u, Scene s, Actor who) => u.OverviewAsync(s.Desk.Now.AddDays(-1), who, default)),

        Of("HandleAsync", May.Respond, (AddEntry u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.CreateVersion7(), EntryKind.Note, "x"), who, default)),
        Of("HandleAsync", May.Respond, (CorrectEntry u, Scene s, Actor who) => u.HandleAsync(new(s.Key, s.Entry.Sequence, 99, Guid.CreateVersion7(), Body: "y"), who, default)),
        Of("AfterAsync", May.Anybody, (ReadTimeline u, Scene s, Actor who) => u.AfterAsync(s.Key, 0, 10, who, default)),
        Of("NewestAsync", May.Anybody, (ReadTimeline u, Scene s, Actor who) => u.NewestAsync(s.Key, TimelineFilter.None, 10, who, default)),
        Of("OlderAsync", May.Anybody, (ReadTimeline u, Scene s, Actor who) => u.OlderAsync(s.Key, TimelineFilter.None, s.Entry, 10, who, default)),
        Of("NewerAsync", May.Anybody, (ReadTimeline u, Scene s, Actor who) => u.NewerAsync(s.Key, TimelineFilter.None, s.Entry, 10, who, default)),
        Of("AroundAsync", May.Anybody, (ReadTimeline u, Scene s, Actor who) => u.AroundAsync(s.Key, TimelineFilter.None, 1, 10, who, default)),
        Of("RevisionsAsync", May.Anybody, (ReadTimeline u, Scene s, Actor who) => u.RevisionsAsync(s.Key, 1, who, default)),
        Of("TotalsAsync", May.Anybody, (ReadTimeline u, Scene s, Actor who) => u.TotalsAsync(s.Key, who, default)),
        Of("AtAsync", May.Anybody, (ReadTimeline u, Scene s, Actor who) => u.AtAsync(s.Key, s.Desk.Now, who, default)),
        Of("AuthorsAsync", May.Anybody, (ReadTimeline u, Scene s, Actor who) => u.AuthorsAsync(s.Key, who, default)),
        Of("OfIncidentAsync", May.Anybody, (ReadAttachments u, Scene s, Actor who) => u.OfIncidentAsync(s.Key, who, default)),
        Of("ContentAsync", May.Anybody, (ReadAttachments u, Scene s, Actor who) => u.ContentAsync(s.Key, Guid.Empty, who, default)),
        Of("MayAddAsync", May.Log, (AddAttachment u, Scene s, Actor who) => u.MayAddAsync(s.Key, who, default)),
        Of("HandleAsync", May.Log, (AddAttachment u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, "x", Stream.Null), who, default)),
        Of("HandleAsync", May.Anybody, (ReadBoard u, Scene s, Actor who) => u.HandleAsync(s.Key, who, default)),
        Of("AgainAsync", May.Anybody, (ReadBoard u, Scene s, Actor who) => u.AgainAsync(new(s.Incident, new(0, [], [], [], [], [], [], 0), [], [], 0, 0), who, default)),
        Of("IncidentAsync", May.Anybody, (LiveTimeline u, Scene s, Actor who) => u.IncidentAsync(s.Incident, 0, who, default)),
        Of("HandleAsync", May.Respond, (ImportTimeline u, Scene s, Actor who) => u.HandleAsync(new(s.Key, "## 2026-01-01\n- 10:00 x\n"u8.ToArray(), TimelineFormat.Markdown, DryRun: true), who, default)),
        Of("HandleAsync", May.Respond, (LoadExamples u, Scene _, Actor who) => u.HandleAsync(who, default)) with { IsLong = true },
    ];

    private static readonly Row[] OfDefence =
    [
        Of("HandleAsync", May.Respond, (MarkImpact u, Scene s, Actor who) => u.HandleAsync(new(Guid.CreateVersion7(), s.Key, Guid.Empty, ImpactState.Degraded, ImpactCause.Targeted), who, default)),
        Of("HandleAsync", May.Respond, (EndImpact u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty), who, default)),
        Of("HandleAsync", May.Respond, (CorrectImpact u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, 1, ImpactState.Degraded, ImpactCause.Targeted, OccurrenceTime.Exactly(s.Desk.Now), null, ""), who, default)),
        Of("HandleAsync", May.Anybody, (ReadImpacts u, Scene s, Actor who) => u.HandleAsync(s.Key, null, who, default)),
        Of("HandleAsync", May.Anybody, (ReadLeadership u, Scene _, Actor who) => u.HandleAsync(new(Period.All, []), who, default)),
        Of("HandleAsync", May.Anybody, (ReadFigure u, Scene _, Actor who) => u.HandleAsync(Figure.Resolve, Period.All, who, default)),
        Of("AllAsync", May.Anybody, (ReadFigure u, Scene _, Actor who) => u.AllAsync(Period.All, who, default)),
        Of("HandleAsync", May.Anybody, (ExportFigures u, Scene _, Actor who) => u.HandleAsync(null, Period.All, who, default)),
        Of("LedgerAsync", May.Anybody, (ExportFigures u, Scene _, Actor who) => u.LedgerAsync(Guid.Empty, who, default)),
        Of("HandleAsync", May.Anybody, (ReadLedger u, Scene _, Actor who) => u.HandleAsync(Guid.Empty, who, default)),
        Of("OfAssetAsync", May.Anybody, (ReadImpacts u, Scene _, Actor who) => u.OfAssetAsync(Guid.Empty, who, default)),
        Of("RevisionsAsync", May.Anybody, (ReadImpacts u, Scene s, Actor who) => u.RevisionsAsync(s.Key, Guid.Empty, who, default)),
        Of("HandleAsync", May.Respond, (AddMitigation u, Scene s, Actor who) => u.HandleAsync(new(Guid.Empty, s.Key, null, MitigationState.Applied, new("x", "rate-limit")), who, default)),
        Of("HandleAsync", May.Respond, (EditMitigation u, Scene s, Actor who) => u.HandleAsync(new(s.Mitigation, 99, new("x", "rate-limit")), who, default)),
        Of("HandleAsync", May.Respond, (ExtendReview u, Scene s, Actor who) => u.HandleAsync(new(s.Mitigation, 99, null), who, default)),
        Of("HandleAsync", May.Respond, (MoveMitigation u, Scene s, Actor who) => u.HandleAsync(new(s.Mitigation, 99, MitigationState.Effective), who, default)),
        Of("HandleAsync", May.Respond, (ServeIncident u, Scene s, Actor who) => u.HandleAsync(new(s.Mitigation, s.Key, Serves: true), who, default)),
        Of("HandleAsync", May.Anybody, (FindMitigations u, Scene s, Actor who) => u.HandleAsync(new(IncidentKey: s.Key), who, default)),
        Of("ByIdAsync", May.Anybody, (FindMitigations u, Scene s, Actor who) => u.ByIdAsync(s.Mitigation.ToString(), who, default)),
        Of("KindsAsync", May.Anybody, (FindMitigations u, Scene _, Actor who) => u.KindsAsync(who, default)),
        Of("TemplatesAsync", May.Anybody, (FindMitigations u, Scene _, Actor who) => u.TemplatesAsync(who, default)),
        Of("HandleAsync", May.Administer, (KeepMitigationKinds u, Scene _, Actor who) => u.HandleAsync(new("matrix", "Of the matrix", "De la matriz", MitigationActor.Own, false), who, default)),
        Of("HandleAsync", May.Administer, (KeepTemplates u, Scene _, Actor who) => u.HandleAsync(new(Guid.CreateVersion7(), 0, new("x", "rate-limit"), null), who, default)),
        Of("HandleAsync", May.Respond, (DeclareWave u, Scene s, Actor who) => u.HandleAsync(new(Guid.Empty, s.Key, new("udp-flood")), who, default)),
        Of("HandleAsync", May.Respond, (EditWave u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, 1, new("udp-flood")), who, default)),
        Of("HandleAsync", May.Respond, (EndWave u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, 1), who, default)),
        Of("HandleAsync", May.Respond, (WithdrawWave u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, 1), who, default)),
        Of("HandleAsync", May.Anybody, (FindWaves u, Scene s, Actor who) => u.HandleAsync(s.Key, who, default)),
        Of("ByIdAsync", May.Anybody, (FindWaves u, Scene s, Actor who) => u.ByIdAsync(s.Key, Guid.Empty, who, default)),
        Of("HandleAsync", May.Anybody, (FoldSources u, Scene _, Actor who) => u.HandleAsync("198.51.100.1", who, default)),
        Of("HandleAsync", May.Anybody, (FindChecklists u, Scene _, Actor who) => u.HandleAsync(who, default)),
        Of("OfIncidentAsync", May.Anybody, (FindChecklists u, Scene s, Actor who) => u.OfIncidentAsync(s.Key, who, default)),
        Of("HandleAsync", May.Administer, (KeepChecklists u, Scene _, Actor who) => u.HandleAsync(new(Guid.CreateVersion7(), 0, "x", "x", "", [new("x", "x")]), who, default)),
        Of("HandleAsync", May.Respond, (AttachChecklist u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty), who, default)),
        Of("HandleAsync", May.Respond, (DetachChecklist u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty), who, default)),
        Of("HandleAsync", May.Respond, (TickStep u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, 0, true), who, default)),
    ];

    private static readonly Row[] OfAttacks =
    [
        Of("HandleAsync", May.Anybody, (ReadTraffic u, Scene s, Actor who) => u.HandleAsync(s.Key, null, null, 10, who, default)),
        Of("BatchesAsync", May.Anybody, (ReadTraffic u, Scene s, Actor who) => u.BatchesAsync(s.Key, who, default)),
        Of("HandleAsync", May.Respond, (RecordTraffic u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, []), who, default)),
        Of("HandleAsync", May.Respond, (PasteTraffic u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, "x"u8.ToArray(), DryRun: true), who, default)),
        Of("HandleAsync", May.Respond, (WithdrawTraffic u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty), who, default)),
        Of("HandleAsync", May.Anybody, (FindPrecedents u, Scene s, Actor who) => u.HandleAsync("udp-flood", s.Key, who, default)),
        Of("HandleAsync", May.Respond, (AddFollowUp u, Scene s, Actor who) => u.HandleAsync(new(Guid.Empty, s.Key, new("x")), who, default)),
        Of("HandleAsync", May.Respond, (EditFollowUp u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, 1, new("x")), who, default)),
        Of("HandleAsync", May.Respond, (MoveFollowUp u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, 1, FollowUpState.Done), who, default)),
        Of("OfIncidentAsync", May.Anybody, (FindFollowUps u, Scene s, Actor who) => u.OfIncidentAsync(s.Key, who, default)),
        Of("HandleAsync", May.Anybody, (FindFollowUps u, Scene _, Actor who) => u.HandleAsync(new(), who, default)),
        Of("MineAsync", May.Anybody, (FindFollowUps u, Scene _, Actor who) => u.MineAsync(who, default)),
        Of("MayAsync", May.Log, (RecordExport u, Scene s, Actor who) => u.MayAsync(s.Key, who, default)),
        Of("HandleAsync", May.Log, (RecordExport u, Scene s, Actor who) => u.HandleAsync(new(s.Key, DocumentKind.Postmortem, 0, Audience.Internal, "html", "en", 1, ""), who, default)),
        Of("HandleAsync", May.Anybody, (ReadExports u, Scene s, Actor who) => u.HandleAsync(s.Key, who, default)),
    ];

    private static readonly Row[] OfInventory =
    [
        Of("HandleAsync", May.Anybody, (ReadInventory u, Scene _, Actor who) => u.HandleAsync(new(), who, default)),
        Of("LevelAsync", May.Anybody, (ReadInventory u, Scene _, Actor who) => u.LevelAsync(null, who, default)),
        Of("TotalsAsync", May.Anybody, (ReadInventory u, Scene _, Actor who) => u.TotalsAsync(who, default)),
        Of("MembersAsync", May.Anybody, (ReadInventory u, Scene _, Actor who) => u.MembersAsync("", false, 0, 10, who, default)),
        Of("MemberAsync", May.Anybody, (ReadInventory u, Scene _, Actor who) => u.MemberAsync("x", who, default)),
        Of("ExportAsync", May.Anybody, (ReadInventory u, Scene _, Actor who) => u.ExportAsync(InventoryFormat.Csv, who, default)),
        Of("SuggestAsync", May.Anybody, (FindAssets u, Scene _, Actor who) => u.SuggestAsync("x", 10, who, default)),
        Of("ByNameAsync", May.Anybody, (FindAssets u, Scene _, Actor who) => u.ByNameAsync("x", who, default)),
        Of("BehindAsync", May.Anybody, (FindAssets u, Scene _, Actor who) => u.BehindAsync(Guid.Empty, who, default)),
        Of("InTextAsync", May.Anybody, (FindAssets u, Scene _, Actor who) => u.InTextAsync("x", who, default)),
        Of("SaveAsync(AssetCommand)", May.Respond, (ChangeInventory u, Scene _, Actor who) => u.SaveAsync(new ChangeInventory.AssetCommand(Guid.CreateVersion7(), 0, AssetKind.Server, ""), who, default)),
        Of("SaveAsync(MemberCommand)", May.Respond, (ChangeInventory u, Scene _, Actor who) => u.SaveAsync(new ChangeInventory.MemberCommand(Guid.CreateVersion7(), 0, ""), who, default)),
        Of("HandleAsync", May.Respond, (ImportInventory u, Scene _, Actor who) => u.HandleAsync(new("kind,name\nserver,matrix\n"u8.ToArray(), InventoryFormat.Csv, DryRun: true), who, default)),
        Of("HandleAsync", May.Administer, (ReadAudit u, Scene _, Actor who) => u.HandleAsync(new(), who, default)),
        Of("HandleAsync", May.Administer, (ExportAudit u, Scene _, Actor who) => u.HandleAsync(new(), AuditFormat.Csv, who, default)),
    ];

    private static IEnumerable<Row> Rows => [.. OfIncidents, .. OfDefence, .. OfAttacks, .. OfInventory, .. OfPeople, .. OfRedaction, .. OfWriting, .. OfReview];

    [Fact]
    public void Every_method_that_somebody_asks_stands_in_the_matrix()
    {
        // The context's own are how all others find out who asks.
        var asked = typeof(FindIncidents).Assembly.GetExportedTypes().Where(t => t != typeof(DeskContext) && t != typeof(Actor))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Actor)))
            .GroupBy(m => $"{m.DeclaringType!.Name}.{m.Name}", StringComparer.Ordinal)
            .SelectMany(g => g.Count() == 1 ? [g.Key] : g.Select(m => $"{g.Key}({m.GetParameters()[0].ParameterType.Name})"));
        Assert.Equal(asked.Order(StringComparer.Ordinal), Rows.Select(r => r.Name).Order(StringComparer.Ordinal));
    }

    [Theory, EngineData]
    public async Task Each_role_may_what_the_matrix_says_and_a_closed_account_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (scene, people) = await SceneAsync(desk);
        var wrong = new List<string>();
        foreach (var row in Rows)
        {
            foreach (var who in new[] { await desk.PersonAsync(PersonRole.Administrator, "Gone", disabled: true), new Actor(Guid.NewGuid()) })
            {
                if (await row.AskAsync(scene, who) is not Forbidden { Code: "Person.NoAccess" }) wrong.Add($"{row.Name}, no account: not refused");
            }
            foreach (var role in Roles)
            {
                var may = row.May switch { May.Anybody => true, May.Log => role != PersonRole.Observer, May.Respond => role is PersonRole.Responder or PersonRole.Administrator, _ => role == PersonRole.Administrator };
                if (may && row.IsLong) continue;
                var error = await row.AskAsync(scene, people[role]);
                if (error is Forbidden == may) wrong.Add($"{row.Name} ({row.May}), {role}: {error?.ToString() ?? "done"}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<(Scene Scene, Dictionary<PersonRole, Actor> People)> SceneAsync(TestDesk desk)
    {
        var (ana, asker, other) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Asker"), await desk.PersonAsync(PersonRole.Administrator, "Other"));
        var people = new Dictionary<PersonRole, Actor>();
        foreach (var role in Roles) people[role] = await desk.PersonAsync(role, role.ToString());
        // A hash of no password, so that the one which is asked for is wrong.
        await desk.WithContextAsync(db => db.Users.ExecuteUpdateAsync(u => u.SetProperty(p => p.PasswordHash, "AA==")));
        var incident = await desk.DeclareAsync(ana, restricted: true);
        await desk.Get<RestrictIncident>().HandleAsync(new(incident.Key, 1, true, [.. people.Values.Select(p => p.PersonId)]), ana, default);
        var mitigation = (await desk.Get<AddMitigation>().HandleAsync(new(Guid.CreateVersion7(), incident.Key, null, MitigationState.Applied, new("Limit", "rate-limit")), ana, default)).Value;
        await desk.Get<AskForAccess>().HandleAsync(new(incident.Key, "x"), asker, default);
        var request = Assert.Single((await desk.Get<DecideAccess>().ListAsync(null, ana, default)).Value);
        return (new(desk, await desk.ReadAsync(incident, ana), await desk.LogAsync(ana, incident, "x"), mitigation.Id, request.Id, other.PersonId), people);
    }
}
