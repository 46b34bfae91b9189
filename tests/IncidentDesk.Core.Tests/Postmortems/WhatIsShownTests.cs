using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Incidents;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

/// <summary>What no section shows to an audience is in no part of the record that it gets.</summary>
public sealed class WhatIsShownTests
{
    private static readonly Guid Incident = Guid.CreateVersion7();

    [Theory]
    [InlineData("Nothing but words", "", 0, 0)]
    [InlineData("It took {{ttd}}", "ImpactStarted Detected", 0, 0)]
    [InlineData("{{resolved}} by {{lead}} of {{members}}", "Resolved", 1, 850)]
    [InlineData("{{facts}}", "ImpactStarted Detected Resolved", 1, 0)]
    public void Facts_of_the_incident_go_where_a_field_asks_for_them(string body, string milestones, int roles, int members)
    {
        var told = Tell(Whole(body), Audience.Public);
        Assert.Equal(milestones, string.Join(' ', told.Incident.Milestones.Select(m => m.Kind)));
        Assert.Equal((roles, members), (told.Incident.Roles.Count, told.MemberCount));
        // When shifts change is nobody's to know outside.
        Assert.All(told.Incident.Roles, r => Assert.Equal((TestDesk.Noon, null), (r.From, r.To)));
    }

    [Theory]
    [InlineData("{{board}}")]
    [InlineData("{{timeline}}")]
    public void A_key_event_that_was_taken_out_of_the_timeline_is_not_told(string body)
    {
        var whole = Whole(body) with { Entries = [Entry(1, isInTimeline: false), Entry(2, isInTimeline: true)] };
        Assert.Equal("Event 2", Assert.Single(Tell(whole, Audience.Public).Entries).Body);
        Assert.Equal("Event 2", Assert.Single(DocumentBoard.Facts(whole).KeyEvents).Text);
    }

    [Theory]
    [InlineData("{{measurements bps uplink}}", "uplink")]
    [InlineData("{{measurements BPS Uplink, Inbound}}", "uplink, inbound")]
    [InlineData("{{measurements pps uplink}}", "")]
    [InlineData("{{measurements}}", "")]
    [InlineData("{{board}}", "|uplink|uplink, inbound")]
    public void Only_the_measurements_that_a_field_names_are_told(string body, string places)
    {
        TrafficPoint[] points = [new(TestDesk.Noon, 1, 1, 1, 1)];
        var whole = Whole(body) with { Traffic = [new(TrafficUnit.Bps, "", points), new(TrafficUnit.Bps, "uplink", points), new(TrafficUnit.Bps, "uplink, inbound", points)] };
        Assert.Equal(places, string.Join('|', Tell(whole, Audience.Public).Traffic.Select(t => t.MeasuredAt)));
    }

    [Theory]
    [InlineData(Audience.Members, "They flood the login form")]
    [InlineData(Audience.Public, "")]
    public void How_a_wave_works_is_not_for_the_public(Audience audience, string notes)
    {
        var wave = new DocumentWave(Guid.CreateVersion7(), 1, "", OccurrenceTime.OrderOnly, null, null, null, null, "", "", "They flood the login form", [], [], [], null, [], [], TestDesk.Noon);
        Assert.Equal(notes, Assert.Single(Tell(Whole("{{waves}}") with { Waves = [wave] }, audience).Waves).Notes);
    }

    [Fact]
    public void How_an_entry_stood_in_the_log_is_not_told()
    {
        var entry = Entry(1, isInTimeline: true) with { Revisions = [new(OccurrenceTime.Exactly(TestDesk.Noon), TestDesk.Noon, EntryKind.Note, "Ana fell asleep", Visibility.Internal, true, null, null)] };
        Assert.Null(Assert.Single(Tell(Whole("{{timeline}}") with { Entries = [entry] }, Audience.Members).Entries).Revisions);
    }

    [Fact]
    public void When_the_team_wrote_it_down_is_told_only_where_nothing_better_is_known()
    {
        var (at, recorded) = (TestDesk.Noon, TestDesk.Noon.AddHours(3));
        DocumentImpact Hit(OccurrenceTime from) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), default, default, from, null, recorded, recorded, "");
        var told = Tell(Whole("{{impact}}") with { Impacts = [Hit(OccurrenceTime.Exactly(at)), Hit(OccurrenceTime.OrderOnly)] }, Audience.Public);
        Assert.Equal([at, recorded], told.Impacts.Select(i => i.KnownFrom));
    }

    [Fact]
    public void The_order_tells_nothing_of_the_names()
    {
        var assets = Enumerable.Range(0, 40).Select(n => new DocumentAsset(Guid.CreateVersion7(), AssetKind.Server, $"box-{n:00}", "", null, [], false)).ToList();
        var scope = assets.Select(a => a.Id).Order().ToList();
        var mitigation = new DocumentMitigation(Guid.CreateVersion7(), "m", "m", "other", "", "", default, default, "", "", "", "", "", "", null, "", "", null, "", TestDesk.Noon, scope, []);
        var told = Tell(Whole("{{mitigations}}") with { Assets = assets, Mitigations = [mitigation] }, Audience.Public);

        Assert.Equal(told.Assets.Select(a => a.Id).Order(), told.Assets.Select(a => a.Id));
        Assert.Equal(told.Mitigations[0].Scope.Order(), told.Mitigations[0].Scope);
        var (names, numbers) = (assets.Select(a => RedactDocument.Outside(Incident, a.Id)).ToList(), told.Assets.Select(a => a.Id).ToList());
        Assert.NotEqual(names, numbers);
        Assert.Equal(Enumerable.Range(1, 40).Select(n => $"⟦server:{n}⟧"), told.Assets.Select(a => a.Name));
    }

    private static DocumentRecord Tell(DocumentRecord whole, Audience audience) =>
        RedactDocument.For(whole, new Known(whole.Assets.Select(a => new KnownName(NamedThing.Server, a.Id.ToString("D"), a.Name))), new PseudonymNumbers(Incident, []), new Dictionary<string, IncidentRole>(), Incident, audience);

    private static DocumentEntry Entry(long sequence, bool isInTimeline) =>
        new(sequence, 1, OccurrenceTime.Exactly(TestDesk.Noon), TestDesk.Noon, TestDesk.Noon, "Ana", EntryKind.Observation, $"Event {sequence}", Visibility.Public, IsKeyEvent: true, isInTimeline, null);

    private static DocumentRecord Whole(string body)
    {
        DocumentMilestone[] milestones = [.. new[] { MilestoneKind.ImpactStarted, MilestoneKind.Detected, MilestoneKind.Resolved }.Select(k => new DocumentMilestone(k, OccurrenceTime.Exactly(TestDesk.Noon)))];
        return new()
        {
            Kind = DocumentKind.Postmortem,
            Audience = Audience.Internal,
            Title = "Flood",
            Language = "en",
            MadeAt = TestDesk.Noon,
            MemberCount = 850,
            Incident = new("INC-2026-001", "Flood", Severity.Sev1, IncidentStatus.Closed, Tlp.Clear, "UTC", TestDesk.Noon, milestones, [new(IncidentRole.Lead, "Ana", TestDesk.Noon.AddHours(1), TestDesk.Noon.AddHours(2))]),
            Sections = [new(Guid.CreateVersion7(), SectionKind.Summary, "Summary", "Resumen", Visibility.Public, body)],
        };
    }
}
