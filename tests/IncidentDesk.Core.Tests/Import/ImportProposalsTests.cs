using IncidentDesk.Assets;
using IncidentDesk.Impacts;
using IncidentDesk.Import;
using IncidentDesk.Incidents;
using Xunit;

namespace IncidentDesk.Tests.Import;

/// <summary>What real timelines and lines made for it offer. <c>!</c> stands before what a person has to choose.</summary>
public sealed class ImportProposalsTests
{
    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal) { "other", "scrubbing", "bgp-move", "reverse-proxy", "rate-limit", "ip-block" };

    [Theory]
    [InlineData("may-first-2014-08-18", "2:milestone.impact-started 5:milestone.first-public-word !4:milestone.resolved(LineInDoubt+NotSaidToBeAll) 3:milestone.mitigated")]
    [InlineData("may-first-2015",
        "3:milestone.impact-started 6:milestone.first-public-word !10:milestone.resolved(AnotherLine+AttackWentOn) !7:milestone.mitigated(AnotherLine+AttackWentOn) 4:mitigation[reverse-proxy] !5:mitigation.adapted-around(NeedsVerdict)")]
    [InlineData("gitlab-2017-01-31",
        "4:milestone.impact-started 3:milestone.detected !18:milestone.first-public-word(AnotherLine) 17:milestone.resolved !12:milestone.mitigated(NotSaidToBeAll) !6:mitigation[ip-block](LineInDoubt)")]
    [InlineData("cyberlynk-2014-04-08", "2:milestone.detected !4:milestone.resolved(NotSaidToBeAll) !3:mitigation[other](LineInDoubt)")]
    [InlineData("wikimedia-2019-09-06-ddos", "!3:milestone.impact-started(AnotherLine) 4:milestone.first-public-word")]
    [InlineData("github-2018-02-28", "2:milestone.impact-started 5:milestone.resolved !3:mitigation[scrubbing](KindUncertain)")]
    [InlineData("clouvider-2018-01-11", "!2:milestone.impact-started(NotSaidToBeFelt) !6:milestone.first-public-word(MayNotBePublic) 8:milestone.resolved 3:mitigation[other] !5:mitigation.adapted-around(NeedsVerdict)")]
    [InlineData("wikimedia-2025-11-06-waf",
        "!2:milestone.impact-started(SaidInPassing) 3:milestone.detected !4:milestone.mitigated(SaidInPassing) !2:mitigation[rate-limit](CalledAnError) !2:mitigation.harmful(NeedsAnother) !4:mitigation.reverted(NeedsAnother)")]
    [InlineData("netnorth-2018-03-10", "2:milestone.impact-started !3:milestone.mitigated(SaidInPassing) 3:mitigation[other] 4:mitigation.effective")]
    [InlineData("protonmail-2015-11", "!3:milestone.impact-started(NotSaidToBeFelt) 6:milestone.first-public-word !7:milestone.mitigated(SaidInPassing) 7:mitigation[scrubbing]")]
    public void A_real_timeline_offers_what_its_categories_bear_out(string name, string expected) => Assert.Equal(expected, Text(Of(Read(name))));

    [Fact]
    public void Times_keep_their_precision_and_ids_follow_from_the_line()
    {
        var (once, again) = (Of(Read("may-first-2014-08-18")), Of(Read("may-first-2014-08-18")));

        Assert.Equal(once.Select(p => p.Id), again.Select(p => p.Id));
        Assert.Equal(once.Count, once.Select(p => p.Id).Distinct().Count());
        Assert.All(once, p => Assert.Equal(Read("may-first-2014-08-18").Lines.Single(l => l.Line == p.Line).OccurredAt, p.When));
    }

    [Fact]
    public void A_milestone_that_stands_is_not_offered_again()
    {
        var standing = Nothing with { Milestones = new HashSet<MilestoneKind> { MilestoneKind.ImpactStarted, MilestoneKind.Mitigated } };

        Assert.Equal(["milestone.impact-started", "milestone.mitigated"], Of(Read("may-first-2014-08-18"), standing).Where(p => p.IsDone).Select(p => p.Act.Key));
    }

    [Fact]
    public void Attackers_get_round_what_was_judged_and_of_several_the_one_that_is_named()
    {
        var file = Sample.Rows(
            "2015-07-31T10:00Z,Rate limit on the login page,mitigation,,minute,",
            "2015-07-31T11:00Z,Site put behind Deflect,mitigation,,minute,",
            "2015-07-31T12:00Z,Rate limit holds,mitigation-effective,,minute,",
            "2015-07-31T13:00Z,They stay under the rate limit,attacker-adapts,,minute,",
            "2015-07-31T14:00Z,Filter taken out,mitigation-reverted,,minute,");

        Assert.Equal(
            "2:mitigation[rate-limit] 3:mitigation[reverse-proxy] 4:mitigation.effective 5:mitigation.adapted-around !6:mitigation.reverted(WhichOne)", Text(Of(file)));
    }

    [Fact]
    public void An_impact_is_offered_only_for_an_asset_that_a_line_names_and_is_over_when_a_line_says_so()
    {
        var file = Sample.Rows(
            "2015-07-31T10:00Z,Attack on web-03: it is down,attack,,minute,",
            "2015-07-31T10:05Z,198.51.100.7 slow,impact,,approx,",
            "2015-07-31T11:00Z,The mail is late,impact,,minute,",
            "2015-07-31T12:00Z,web-03 is back,recovery,,minute,");
        var (web, dns) = (Named("web-03"), Named("dns-a"));
        dns.Names.Add(new AssetName { AssetId = dns.Id, Kind = AssetNameKind.Address, Text = "198.51.100.7", Folded = "198.51.100.7" });
        var offered = Of(file, Nothing with { Assets = new NamedAssets([web, dns]) }).Where(p => p.Act is ProposedAct.Hit or ProposedAct.Back).ToList();

        Assert.Equal("2:impact !3:impact(ImpactUncertain) 5:impact-ended", Text(offered));
        Assert.Equal(new ProposedAct.Hit(web.Id, "web-03", ImpactState.MajorOutage, ImpactCause.Targeted), offered[0].Act);
    }

    [Fact]
    public void What_the_desk_would_refuse_is_not_offered()
    {
        var file = Sample.Rows("2099-07-31T10:00Z,Rate limit,mitigation,,minute,", "1985-07-31T10:00Z,Rate limit,mitigation,,minute,");

        Assert.Empty(Of(file));
        Assert.Empty(Of(Sample.Rows("2015-07-31T10:00Z,Site moved,mitigation,,minute,"), Nothing with { Kinds = new HashSet<string>(StringComparer.Ordinal) }));
    }

    private static Standing Nothing => new(new HashSet<MilestoneKind>(), [], [], new HashSet<Guid>(), Kinds, new NamedAssets([]));

    private static Asset Named(string name) => new() { Id = Guid.CreateVersion7(), Kind = AssetKind.Server, Name = name, FoldedName = name };

    private static IReadOnlyList<ImportProposal> Of(ParsedFile file, Standing? standing = null) =>
        ImportProposals.Of(file.Lines, ImportIds.OfEntries(Guid.Empty, file.Lines), standing ?? Nothing, Sample.Now);

    private static string Text(IEnumerable<ImportProposal> proposals) => string.Join(' ', proposals.Select(p =>
        $"{(p.IsPlain ? "" : "!")}{p.Line}:{p.Act.Key}{(p.Act is ProposedAct.PutUp put ? $"[{put.Kind}]" : "")}{(p.IsPlain ? "" : $"({string.Join('+', p.Reasons)})")}"));

    private static ParsedFile Read(string name) =>
        TimelineFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "timelines", name + ".csv")), TimelineFormat.Csv, Sample.Now);
}
