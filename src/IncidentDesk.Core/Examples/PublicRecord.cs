using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;

namespace IncidentDesk.Examples;

/// <summary>The attacks of 2014 and 2015 and six others, as the public record tells them. What it does not tell stays unknown.</summary>
internal static class PublicRecord
{
    private const string Invented = "Public record, on invented assets: names and layout were never published.";

    // None of those that are marked for 2014: nothing says that it was hit then.
    private const int Target2015 = ExampleInventory.Members;

    // None was classified at the time; the severities are those of the desk's scale.
    public static readonly IReadOnlyList<Example> Examples = [Attack2014(), Attack2015(), .. Others()];

    private static Example Attack2014() => new(
        new("01478a4e-0818-7000-8000-000000002014"), "DoS against two members' web sites saturates upstream link", Severity.Sev1, "America/New_York", "may-first-2014-08-18.csv",
        About(2014, 8, 18, 10, 0), [(3, "milestone.mitigated"), (4, "milestone.resolved"), (5, "milestone.first-public-word")])
    {
        Postmortem = PublicPostmortems.Of2014,
        PostmortemEs = PublicPostmortems.Title2014,
        Impacts =
        [
            new(new("01478a4e-0818-7000-8001-000000002014"), ExampleInventory.Site(1), ImpactState.MajorOutage, ImpactCause.Targeted, About(2014, 8, 18, 10, 0), About(2014, 8, 18, 13, 45),
                $"{Invented} Apparently aimed at two member organisations, which are not named; brought back about an hour after the others."),
            new(new("01478a4e-0818-7000-8002-000000002014"), ExampleInventory.Site(2), ImpactState.MajorOutage, ImpactCause.Targeted, About(2014, 8, 18, 10, 0), About(2014, 8, 18, 13, 45),
                $"{Invented} The second of the two targets."),
            new(new("01478a4e-0818-7000-8003-000000002014"), ExampleInventory.Uplink, ImpactState.MajorOutage, ImpactCause.Collateral, About(2014, 8, 18, 10, 0), Before(2014, 8, 18, 12, 45),
                $"{Invented} The upstream connection was saturated, member web sites almost completely shut down for nearly three hours, \"more than half\" of the members' operations affected. 426 of 850 is the lowest number that is more than half, not a figure from the record; which members they were is not published.")
            {
                Behind = [.. Enumerable.Range(3, (ExampleInventory.Members / 2) - 1).Select(ExampleInventory.Site)],
            },
        ],
    };

    private static Example Attack2015() => new(
        new("014ede21-0730-7000-8000-000000002015"), "Campaign against a member, then the provider", Severity.Sev1, "America/New_York", "may-first-2015.csv",
        new(Utc(2015, 7, 30, 0, 0), Precision.Day), [(4, "mitigation"), (6, "milestone.first-public-word")])
    {
        Waves = PublicWaves.Of2015,
        Postmortem = PublicPostmortems.Of2015,
        PostmortemEs = PublicPostmortems.Title2015,
        Impacts =
        [
            new(new("014ede21-0730-7000-8001-000000002015"), ExampleInventory.Site(Target2015), ImpactState.MajorOutage, ImpactCause.Targeted, new(Utc(2015, 7, 30, 0, 0), Precision.Day), Before(2015, 8, 1, 4, 0),
                $"{Invented} A member's web site, down for almost a day; it came up behind Deflect, as a statement of 31 July says."),
            new(new("014ede21-0730-7000-8002-000000002015"), ExampleInventory.ServerOf(Target2015), ImpactState.PartialOutage, ImpactCause.Collateral, new(Utc(2015, 7, 30, 0, 0), Precision.Day), new(Utc(2015, 7, 30, 0, 0), Precision.Day),
                $"{Invented} Servers with several other members' sites crippled for several hours; how many servers and members is not known."),
            new(new("014ede21-0730-7000-8003-000000002015"), ExampleInventory.NameServers, ImpactState.MajorOutage, ImpactCause.Targeted, Before(2015, 7, 31, 6, 0), About(2015, 7, 31, 18, 0),
                $"{Invented} The provider's own name servers, for over twelve hours; \"virtually all\" of 850 members affected. All are marked, for all may have been; how badly each was hit is not known.")
            {
                Behind = [.. Enumerable.Range(1, ExampleInventory.Members).Select(ExampleInventory.Site)],
                BehindState = ImpactState.Degraded,
            },
            new(new("014ede21-0730-7000-8004-000000002015"), ExampleInventory.Hosting, ImpactState.PartialOutage, ImpactCause.Collateral, About(2015, 8, 4, 3, 0), Before(2015, 8, 4, 3, 30),
                $"{Invented} Much of the hosting paralysed while the own web site was attacked; which members is not known, so none is marked."),
            new(new("014ede21-0730-7000-8005-000000002015"), ExampleInventory.OwnSite, ImpactState.MajorOutage, ImpactCause.Targeted, About(2015, 8, 4, 3, 0), OccurrenceTime.OrderOnly,
                $"{Invented} The provider's own web site, for the first time; when it was back is not known."),
            new(new("014ede21-0730-7000-8006-000000002015"), ExampleInventory.Mail, ImpactState.Degraded, ImpactCause.Targeted, OccurrenceTime.OrderOnly, OccurrenceTime.OrderOnly,
                $"{Invented} E-mail servers were among the targets in August; days and depth are not known."),
        ],
        Defences =
        [
            New(1, "upstream-acl", "Traffic is filtered before it enters the network", MitigationState.Applied, OccurrenceTime.OrderOnly),
            New(2, "capacity", "Uplink raised from 100 Mbit/s to 1 Gbit/s", MitigationState.Applied, OccurrenceTime.OrderOnly),
            New(3, "dns-relocate", "Name servers moved to locations that withstand 50 Gbit/s", MitigationState.Applied, OccurrenceTime.OrderOnly),
            new(new("014ede21-0730-7000-9004-000000002015"), "other", "Another layer of protection, approved by the Leadership Committee", MitigationState.Proposed, new(Utc(2015, 8, 20, 0, 0), Precision.After), Utc(2015, 8, 20, 0, 0),
                "Statement of the Leadership Committee, undated; what it was, and whether and when it was put up, is not known."),
        ],
    };

    private static IEnumerable<Example> Others() =>
    [
        new(new("0160e4c0-0111-7000-8000-000000002018"), "Provider's carrier link attacked after traffic was re-routed", Severity.Sev2, "Europe/London", "clouvider-2018-01-11.csv",
            // "No impact yet", says the line of that minute.
            new(Utc(2018, 1, 11, 11, 32), Precision.After), [(3, "mitigation"), (5, "mitigation.adapted-around"), (8, "milestone.resolved")])
        {
            Waves = PublicWaves.OfCarrierLink,
        },
        new(new("0161de50-0228-7000-8000-000000002018"), "Memcached reflection against a code host", Severity.Sev1, "UTC", "github-2018-02-28.csv",
            new(Utc(2018, 2, 28, 17, 21), Precision.Exact), [(3, "mitigation"), (5, "milestone.resolved")])
        {
            Waves = PublicWaves.OfCodeHost,
        },
        new(new("019a5870-1106-7000-8000-000000002025"), "Own rate limit blocks real readers", Severity.Sev2, "UTC", "wikimedia-2025-11-06-waf.csv",
            new(Utc(2025, 11, 6, 11, 20), Precision.Exact), [(2, "mitigation"), (2, "mitigation.harmful"), (3, "milestone.detected"), (4, "mitigation.reverted"), (4, "milestone.mitigated")]),
        new(new("0150caa4-1103-7000-8000-000000002015"), "Attack on a mail provider spreads to its data centre", Severity.Sev1, "Europe/Zurich", "protonmail-2015-11.csv",
            new(Utc(2015, 11, 3, 23, 0), Precision.After), [(7, "mitigation")])
        {
            Waves = PublicWaves.OfMailProvider,
        },
        new(new("0151d66f-1225-7000-8000-000000002015"), "Twelve days of attacks on a cloud provider and its data centres", Severity.Sev1, "UTC", "linode-2015-12-christmas.csv",
            new(Utc(2015, 12, 25, 0, 0), Precision.Day), [])
        {
            Waves = PublicWaves.OfCloudProvider,
        },
        new(new("01574a0a-0921-7000-8000-000000002016"), "Hacked devices attack a journalist's site", Severity.Sev2, "America/New_York", "krebs-2016-09.csv",
            // "Site stays up", says the line of that hour.
            new(Utc(2016, 9, 21, 0, 0), Precision.After), [(5, "mitigation")])
        {
            Waves = PublicWaves.OfJournalist,
        },
    ];

    private static ExampleDefence New(int number, string kind, string title, MitigationState state, OccurrenceTime when) => new(
        new($"014ede21-0730-7000-900{number}-000000002015"), kind, title, state, when, Utc(2015, 11, 5, 0, 0), "Public page on infrastructure of 5 November 2015; when it was done is not known.");

    private static OccurrenceTime About(int year, int month, int day, int hour, int minute) => new(Utc(year, month, day, hour, minute), Precision.About);

    private static OccurrenceTime Before(int year, int month, int day, int hour, int minute) => new(Utc(year, month, day, hour, minute), Precision.Before);

    private static DateTime Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, DateTimeKind.Utc);
}
