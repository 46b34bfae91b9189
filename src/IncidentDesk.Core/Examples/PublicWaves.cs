using IncidentDesk.Attacks;
using IncidentDesk.Shared;

namespace IncidentDesk.Examples;

/// <summary>The waves of the public record. A vector that no source names stays unknown, and so does an end; only what the record says of an answer to a defence is written down as one.</summary>
internal static class PublicWaves
{
    public static IReadOnlyList<ExampleWave> Of2015 =>
    [
        new(Id("014ede21-0730", 2015, 1), AttackVectors.Unknown, Day(2015, 7, 30), Day(2015, 7, 30),
            "Early morning of 30 July, several hours: servers with several members' sites were crippled (statement, Portside, 7 August 2015). An article of 2016 speaks of requests from compromised computers; the vector is not known.")
        {
            Targets = [ExampleInventory.Site(ExampleInventory.Members)],
            Defences = ["reverse-proxy"],
        },
        new(Id("014ede21-0730", 2015, 2), AttackVectors.Unknown, Before(2015, 7, 31, 6, 0), About(2015, 7, 31, 18, 0),
            "The provider's own name servers, over twelve hours, virtually all of 850 members (blog, July 2015). That it answers the move behind Deflect is what the order of the record shows; no source says why the target changed.")
        {
            Targets = [ExampleInventory.NameServers],
            Answers = "reverse-proxy",
        },
        new(Id("014ede21-0730", 2015, 3), AttackVectors.Unknown, About(2015, 8, 4, 3, 0), OccurrenceTime.OrderOnly,
            "The provider's own web site, for the first time, about 23:00 on 3 August in New York; all but that site was back by 23:30 (New Politics, 4 August 2015). When it ended is not known.")
        {
            Targets = [ExampleInventory.OwnSite],
            Stands = Utc(2015, 8, 4, 3, 30),
        },
        new(Id("014ede21-0730", 2015, 4), AttackVectors.Unknown, OccurrenceTime.OrderOnly, OccurrenceTime.OrderOnly,
            "August 2015, days unknown: member sites, own site, mail servers and name servers, \"quickly adapting to every move\" (statements of the provider). About 20 Gbit/s is said by an article of 2016, of August and September as a whole; where and how it was measured is not. Which defence it met first is not known either.")
        {
            Targets = [ExampleInventory.OwnSite, ExampleInventory.Mail, ExampleInventory.NameServers],
            Defences = ["upstream-acl", "capacity", "dns-relocate"],
            Magnitude = 20e9,
            MeasuredAt = "place unknown, article of 2016",
            Stands = Utc(2015, 8, 5, 0, 0),
        },
        new(Id("014ede21-0730", 2015, 5), AttackVectors.Unknown, OccurrenceTime.OrderOnly, OccurrenceTime.OrderOnly,
            "On a Monday after the notice that all was back, undated, it \"took on an entirely new dimension\" (the provider's page of that year). Targets, vector and end are not known, nor whether the layer of protection that the Leadership Committee approved came before or after.")
        {
            Stands = Utc(2015, 8, 20, 0, 0),
        },
    ];

    /// <summary>11 January 2018, by the reseller's announcement of the provider's notices.</summary>
    public static IReadOnlyList<ExampleWave> OfCarrierLink =>
    [
        new(Id("0160e4c0-0111", 2018, 1), AttackVectors.Unknown, Exact(2018, 1, 11, 11, 17), Exact(2018, 1, 11, 12, 7),
            "Large, across the networks of several customers, all of the same pattern; it reached 100 Gbit/s for the first time at 12:01 (reseller's announcement). The vector is not named.")
        {
            Magnitude = 100e9,
            Kind = MagnitudeKind.Peak,
            MeasuredAt = "as the provider reports",
        },
        new(Id("0160e4c0-0111", 2018, 2), "infrastructure-ip", Exact(2018, 1, 11, 12, 7), Before(2018, 1, 11, 13, 50),
            "The attack shifts to the addresses of the link to the carrier, which cannot be re-routed as the customers' networks had been (reseller's announcement). Over by the notice of 13:50.")
        {
            Answers = "other",
        },
    ];

    /// <summary>28 February 2018, by the incident report of the code host.</summary>
    public static IReadOnlyList<ExampleWave> OfCodeHost =>
    [
        new(Id("0161de50-0228", 2018, 1), "memcached-amplification", Exact(2018, 2, 28, 17, 21), Exact(2018, 2, 28, 17, 30),
            "1.35 Tbit/s and 126.9 million packets a second at the peak, from more than a thousand autonomous systems (incident report of the site). It was over for the site at 17:30.")
        {
            Magnitude = 1.35e12,
            Kind = MagnitudeKind.Peak,
            MeasuredAt = "as the site reports",
            Defences = ["scrubbing"],
        },
    ];

    /// <summary>November 2015, by the provider's own statements and a database of incidents.</summary>
    public static IReadOnlyList<ExampleWave> OfMailProvider =>
    [
        new(Id("0150caa4-1103", 2015, 1), AttackVectors.Unknown, new(Utc(2015, 11, 3, 23, 0), Precision.After), OccurrenceTime.OrderOnly,
            "The provider's own addresses, shortly after midnight in Geneva, about 15 minutes (database of incidents).")
        {
            Stands = Utc(2015, 11, 3, 23, 0),
        },
        new(Id("0150caa4-1103", 2015, 2), AttackVectors.Unknown, Exact(2015, 11, 4, 10, 0), OccurrenceTime.OrderOnly,
            "Resumes, much more sophisticated (database of incidents). No source tells it from the next by an end.")
        {
            Stands = Utc(2015, 11, 8, 2, 0),
        },
        new(Id("0150caa4-1103", 2015, 3), "upstream", Exact(2015, 11, 4, 13, 0), OccurrenceTime.OrderOnly,
            "Over 100 Gbit/s; it spreads to the data centre and to routers of its upstreams, and hundreds of companies are hit. Largely mitigated about 3:00 on 8 November in Geneva (the provider); when it ended is not known, and no source says that it answers a defence.")
        {
            Magnitude = 100e9,
            MeasuredAt = "as the provider reports: more than this",
            Defences = ["scrubbing"],
            Stands = Utc(2015, 11, 8, 2, 0),
        },
    ];

    /// <summary>December 2015, by the trade press and the provider's retrospective, which names the layers but not their days.</summary>
    public static IReadOnlyList<ExampleWave> OfCloudProvider =>
    [
        Christmas(1, 2015, 12, 25, "Connectivity of the manager and the web site."),
        Christmas(2, 2015, 12, 26, "Data centres in London, Dallas, Atlanta and Singapore, and the hosted DNS."),
        Christmas(3, 2015, 12, 29, "Dallas, sustained; web site, manager and API are affected."),
        Christmas(4, 2015, 12, 30, "Large, inbound: manager and web site."),
        Christmas(5, 2015, 12, 31, "London, Dallas, Atlanta; then Newark, Frankfurt, Fremont, Atlanta and London."),
        new(Id("0151d66f-1225", 2015, 6), "infrastructure-ip", OccurrenceTime.OrderOnly, OccurrenceTime.OrderOnly,
            "In the order of the retrospective the third layer, after the application and volume against DNS and web: the provider's own network. On which of the days is not said.")
        {
            Stands = Utc(2015, 12, 31, 22, 45),
        },
        new(Id("0151d66f-1225", 2015, 7), "upstream", OccurrenceTime.OrderOnly, Day(2016, 1, 5),
            "The last layer of the retrospective: the network of the colocation provider. The campaign, of more than a hundred attacks, ended on 5 January 2016.")
        {
            Stands = Utc(2015, 12, 31, 22, 45),
        },
    ];

    /// <summary>September 2016, by the journalist and by those who wrote of it.</summary>
    public static IReadOnlyList<ExampleWave> OfJournalist =>
    [
        new(Id("01574a0a-0921", 2016, 1), AttackVectors.Unknown, About(2016, 9, 21, 0, 0), OccurrenceTime.OrderOnly,
            "SYN, ACK, GET, POST and GRE floods from hacked devices; what share each had is not known. About 620 Gbit/s, first reported as 665 (the journalist). The site stayed up.")
        {
            Magnitude = 620e9,
            Kind = MagnitudeKind.Peak,
            MeasuredAt = "by the protection provider",
            Stands = Utc(2016, 9, 21, 0, 0),
        },
        new(Id("01574a0a-0921", 2016, 2), AttackVectors.Unknown, Day(2016, 9, 22), OccurrenceTime.OrderOnly,
            "A further attack with a peak of 555 Gbit/s.")
        {
            Magnitude = 555e9,
            Kind = MagnitudeKind.Peak,
            MeasuredAt = "by the protection provider",
            Stands = Utc(2016, 9, 22, 0, 0),
        },
    ];

    private static ExampleWave Christmas(int number, int year, int month, int day, string notes) => new(
        Id("0151d66f-1225", 2015, number), AttackVectors.Unknown, Day(year, month, day), OccurrenceTime.OrderOnly, $"{notes} (Trade press; the vector is not named, and when it ended is not known.)")
    {
        Stands = Utc(year, month, day, 0, 0),
    };

    private static Guid Id(string incident, int year, int number) => new($"{incident}-7000-a00{number}-00000000{year}");

    private static OccurrenceTime Exact(int year, int month, int day, int hour, int minute) => OccurrenceTime.Exactly(Utc(year, month, day, hour, minute));

    private static OccurrenceTime About(int year, int month, int day, int hour, int minute) => new(Utc(year, month, day, hour, minute), Precision.About);

    private static OccurrenceTime Before(int year, int month, int day, int hour, int minute) => new(Utc(year, month, day, hour, minute), Precision.Before);

    private static OccurrenceTime Day(int year, int month, int day) => new(Utc(year, month, day, 0, 0), Precision.Day);

    private static DateTime Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, DateTimeKind.Utc);
}
