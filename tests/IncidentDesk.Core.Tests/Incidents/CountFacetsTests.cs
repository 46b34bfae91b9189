using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Xunit;
using static IncidentDesk.Tests.Incidents.SearchIncidentsTests;

namespace IncidentDesk.Tests.Incidents;

public sealed class CountFacetsTests
{
    [Theory, EngineData]
    public async Task Each_kind_is_counted_under_what_is_chosen_of_the_others(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(PersonRole.Administrator), await desk.PersonAsync(name: "Ben"));
        var (web, mail) = (await desk.AssetAsync("web-1", member: await desk.MemberAsync("Lagoon Coop")), await desk.AssetAsync("mail-1"));
        var one = await DeclareAsync(desk, ana, "Flood one", Severity.Sev1, 2026);
        var two = await DeclareAsync(desk, ana, "Flood two", Severity.Sev2, 2026);
        var three = await DeclareAsync(desk, ana, "Mail bomb", Severity.Sev2, 2015);
        await desk.Get<AssignRole>().HandleAsync(new(one.Key, IncidentRole.Lead, ben.PersonId), ana, default);
        await AddAsync(desk, Wave(one, "udp-flood", "", 1, web), Wave(one, "udp-flood", "", 2), Wave(two, "syn-flood", "", 1, web), Wave(three, "mail-bomb"));
        await desk.Get<MarkImpact>().HandleAsync(new(Guid.CreateVersion7(), three.Key, mail.Id, ImpactState.Degraded, ImpactCause.Targeted), ana, default);
        await desk.Get<MarkImpact>().HandleAsync(new(Guid.CreateVersion7(), one.Key, web.Id, ImpactState.Degraded, ImpactCause.Targeted), ana, default);

        async Task<CountFacets.Facets> CountAsync(IncidentQuestion question, string target = "", string member = "") => (await desk.Get<CountFacets>().HandleAsync(question, target, member, ana, default)).Value;
        var all = await CountAsync(new());
        Assert.Equal("2015:1 2026:2", Told(all.Years));
        Assert.Equal("Sev1:1 Sev2:2", Told(all.Severities));
        Assert.Equal("Investigating:3", Told(all.Statuses));
        Assert.Equal("Amber:3", Told(all.Tlps));
        Assert.Equal("mail-bomb:1 syn-flood:1 udp-flood:1", Told(all.Vectors));
        Assert.Equal("web-1:2 mail-1:1", Told(all.Targets));
        Assert.Equal("Lagoon Coop:2", Told(all.Members));
        Assert.Equal("Ben:1", Told(all.Leads));

        // A kind is not narrowed by itself.
        var severe = await CountAsync(new(Severities: [Severity.Sev1], Vectors: ["udp-flood"]));
        Assert.Equal(("Sev1:1", "2026:1", "udp-flood:1", "web-1:1", "Ben:1"), (Told(severe.Severities), Told(severe.Years), Told(severe.Vectors), Told(severe.Targets), Told(severe.Leads)));
        Assert.Equal("Sev1:1 Sev2:1", Told((await CountAsync(new(Severities: [Severity.Sev1], Targets: [web.Id]))).Severities));
        var bomb = await CountAsync(new("bomb", Targets: [web.Id], Leads: [ben.PersonId]));
        Assert.Equal(("", "web-1:0", "Ben:0"), (Told(bomb.Years), Told(bomb.Targets), Told(bomb.Leads)));
        Assert.Equal("mail-1:1", Told((await CountAsync(new(), target: "MAIL")).Targets));
        Assert.Equal("", Told((await CountAsync(new(), member: "nobody")).Members));

        async Task<string> TitlesAsync(IncidentQuestion question) => string.Join(", ", (await desk.Get<FindIncidents>().HandleAsync(question, ana, default)).Value.Incidents.Select(i => i.Title).Order());
        Assert.Equal("Flood one, Flood two", await TitlesAsync(new(Targets: [web.Id])));
        Assert.Equal("Flood one, Flood two, Mail bomb", await TitlesAsync(new(Targets: [web.Id, mail.Id])));
        Assert.Equal("Flood one, Flood two", await TitlesAsync(new(Members: [web.MemberId!.Value])));
        Assert.Equal("Flood two, Mail bomb", await TitlesAsync(new(Vectors: ["syn-flood", "mail-bomb"])));
        Assert.Equal("Flood two", await TitlesAsync(new("flood", Vectors: ["syn-flood", "mail-bomb"], Tlps: [Tlp.Amber], Years: [2026, 2015])));
    }

    [Theory, EngineData]
    public async Task Who_may_not_see_who_is_hit_most_reads_names_in_their_order_and_no_counts(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (often, once) = (await desk.AssetAsync("z-often", member: await desk.MemberAsync("Zebra Coop")), await desk.AssetAsync("a-once", member: await desk.MemberAsync("Abalone Coop")));
        await AddAsync(desk, Wave(await desk.DeclareAsync(ana, "One"), "udp-flood", "", 1, often, once), Wave(await desk.DeclareAsync(ana, "Two"), "udp-flood", "", 1, often));

        async Task<(string Targets, string Members)> CountAsync(Actor who, params Guid[] members)
        {
            var facets = (await desk.Get<CountFacets>().HandleAsync(new(Members: members), "", "", who, default)).Value;
            return (Told(facets.Targets), Told(facets.Members));
        }
        foreach (var role in new[] { PersonRole.Leadership, PersonRole.Administrator }) Assert.Equal(("z-often:2 a-once:1", "Zebra Coop:2 Abalone Coop:1"), await CountAsync(await desk.PersonAsync(role)));
        foreach (var role in new[] { PersonRole.Responder, PersonRole.Observer })
        {
            var who = await desk.PersonAsync(role);
            Assert.Equal(("a-once: z-often:", "Abalone Coop: Zebra Coop:"), await CountAsync(who));
            Assert.Equal("Abalone Coop: Zebra Coop:", (await CountAsync(who, once.MemberId!.Value)).Members);
        }
    }

    [Theory, EngineData]
    public async Task What_was_withdrawn_and_what_one_may_not_see_counts_for_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Leadership, "Ben"));
        var web = await desk.AssetAsync("web-1", member: await desk.MemberAsync("Lagoon Coop"));
        var hidden = await desk.DeclareAsync(ana, "Hidden lagoon", restricted: true);
        var wave = Wave(await desk.DeclareAsync(ana, "Seen"), "syn-flood", "", 1, web);
        wave.IsWithdrawn = true;
        await AddAsync(desk, Wave(hidden, "udp-flood", "", 1, web), wave);
        await desk.Get<MarkImpact>().HandleAsync(new(Guid.CreateVersion7(), hidden.Key, web.Id, ImpactState.Degraded, ImpactCause.Targeted), ana, default);

        foreach (var question in new IncidentQuestion[] { new(), new(Tlps: [Tlp.Amber]), new("lagoon"), new(Targets: [web.Id]), new(Vectors: ["udp-flood"]), new(Members: [web.MemberId!.Value]) })
        {
            var facets = (await desk.Get<CountFacets>().HandleAsync(question, "", "", ben, default)).Value;
            Assert.Equal(("", 0, 0), (Told(facets.Vectors), facets.Targets.Sum(t => t.Count ?? 0), facets.Members.Sum(m => m.Count ?? 0)));
            Assert.InRange(facets.Statuses.Values.Sum(), 0, 1);
        }
        Assert.Equal("udp-flood:1", Told((await desk.Get<CountFacets>().HandleAsync(new(), "", "", ana, default)).Value.Vectors));
        var summaries = (await desk.Get<SummariseIncidents>().HandleAsync([hidden.Id], ben, default)).Value;
        Assert.Empty(summaries);
    }

    [Theory, EngineData]
    public async Task A_summary_says_what_was_attacked_how_and_who_is_affected(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (web, mail) = (await desk.AssetAsync("web-1", member: await desk.MemberAsync("Lagoon Coop")), await desk.AssetAsync("mail-1"));
        var (one, two) = (await desk.DeclareAsync(ana, "One"), await desk.DeclareAsync(ana, "Two"));
        await AddAsync(desk, Wave(one, "udp-flood", "", 1, web), Wave(one, "syn-flood", "", 2), Wave(one, "udp-flood", "", 3));
        foreach (var asset in new[] { mail, web }) await desk.Get<MarkImpact>().HandleAsync(new(Guid.CreateVersion7(), one.Key, asset.Id, ImpactState.Degraded, ImpactCause.Targeted), ana, default);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Get<EndImpact>().HandleAsync(new(one.Key, web.Id), ana, default);

        var summaries = (await desk.Get<SummariseIncidents>().HandleAsync([one.Id, two.Id, Guid.NewGuid()], ana, default)).Value;
        Assert.Equal(2, summaries.Count);
        var summary = summaries[one.Id];
        Assert.Equal(["udp-flood", "syn-flood"], summary.Vectors);
        Assert.Equal(["web-1", "mail-1"], summary.Targets);
        Assert.Equal((0, 1), (summary.Affected!.Members, summary.Affected.AllMembers));
        Assert.Equal([1, 0], summary.Course.Select(s => s.Count.Members));
        Assert.Null(summaries[two.Id].Affected);
        await desk.Get<ChangeIncident>().HandleAsync(new(one.Key, 1, Status: IncidentStatus.Closed), ana, default);
        Assert.Equal(1, (await desk.Get<SummariseIncidents>().HandleAsync([one.Id], ana, default)).Value[one.Id].Affected!.Members);
    }

    private static async Task<Incident> DeclareAsync(TestDesk desk, Actor who, string title, Severity severity, int year) =>
        (await desk.Get<DeclareIncident>().HandleAsync(new(title, severity, OccurrenceTime.Exactly(new DateTime(year, 1, 2, 0, 0, 0, DateTimeKind.Utc))), who, default)).Value;

    private static string Told<T>(IReadOnlyDictionary<T, int> counts) where T : notnull => string.Join(' ', counts.OrderBy(c => c.Key).Select(c => $"{c.Key}:{c.Value}"));

    private static string Told(IEnumerable<CountFacets.Named> named) => string.Join(' ', named.Select(n => $"{n.Name}:{n.Count}"));
}
