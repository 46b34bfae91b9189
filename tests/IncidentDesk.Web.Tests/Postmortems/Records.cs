using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Postmortems.Documents;
using IncidentDesk.Web.Texts;
using Microsoft.Extensions.DependencyInjection;
using static IncidentDesk.Web.Tests.Components.Entries;
using Document = IncidentDesk.Web.Postmortems.Documents.Document;

namespace IncidentDesk.Web.Tests.Postmortems;

/// <summary>Documents of an invented attack, as the database would give them, with what people write when nobody stops them.</summary>
internal static class Records
{
    public static readonly Guid Graph = new("0199a000-0000-7000-8000-00000000000a");
    public static readonly Guid Gone = new("0199a000-0000-7000-8000-00000000000b");

    public static readonly Say Say = new ServiceCollection().AddLogging().AddDeskLanguages().BuildServiceProvider().GetRequiredService<Say>();

    /// <summary>One point of one colour.</summary>
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public const string Hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> [run](javascript:alert(1)) ![out](https://tracker.example.org/p.png) [mail](mailto:ana@example.org)";

    public static DocumentSection Section(string body, string title = "Summary", string es = "Resumen") => new(Guid.CreateVersion7(), SectionKind.Other, title, es, Visibility.Public, body);

    public static DocumentEntry Entry(long sequence, string body, double minute = 0, Precision precision = Precision.Exact, EntryChange? change = null) =>
        new(sequence, 1, new OccurrenceTime(precision == Precision.OrderOnly ? null : Noon.AddMinutes(minute), precision), Noon.AddMinutes(minute), Noon.AddMinutes(minute + 1), "Ana Ruiz", change is null ? EntryKind.Observation : EntryKind.Status, body, Visibility.Public, true, true, change);

    /// <summary>With something in each of its parts.</summary>
    public static DocumentRecord Of(params DocumentSection[] sections)
    {
        var (member, site, server, mitigation, wave) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        return new DocumentRecord
        {
            Kind = DocumentKind.Postmortem,
            Audience = Audience.Internal,
            Title = "Flood of *March* <b>",
            Language = "en",
            MadeAt = Noon.AddDays(1),
            MemberCount = 850,
            Incident = new DocumentIncident("INC-2026-001", "Flood | of March", Severity.Sev1, IncidentStatus.Resolved, Tlp.Amber, "America/Mexico_City", Noon,
                [new(MilestoneKind.ImpactStarted, OccurrenceTime.Exactly(Noon)), new(MilestoneKind.Detected, new OccurrenceTime(Noon.AddMinutes(12), Precision.About)), new(MilestoneKind.Declared, OccurrenceTime.Exactly(Noon.AddMinutes(20))),
                    new(MilestoneKind.Acknowledged, OccurrenceTime.Exactly(Noon.AddMinutes(5))), new(MilestoneKind.Resolved, new OccurrenceTime(Noon.Date.AddDays(1), Precision.Day))],
                [new(IncidentRole.Lead, "Ana Ruiz", Noon, null)]),
            Sections = sections,
            Entries =
            [
                Entry(3, "Uplink **saturated**, see `mtr`:\n\n```\nloss 40 % <script>\n# not a heading\n```\n\n![the graph](attachment:" + Graph + ")"), Entry(4, Hostile, 3, Precision.About), Entry(5, "הקו מוצף: מתקפה גדולה", 5, Precision.Before),
                Entry(6, "Llegaron más paquetes 🌊 de los que caben; ñandú", 7, Precision.Hour), Entry(7, "# Heading of its own\n\n1. first\n2. second\n   - deeper\n\n> quoted\n\n| a | b |\n| --- | --- |\n| 1 | x \\| y |", 9, Precision.Day),
                Entry(8, new string('w', 5_000), 0, Precision.OrderOnly), Entry(9, "It is back.", 30, change: new EntryChange.StatusChanged(IncidentStatus.Mitigating, IncidentStatus.Resolved)),
            ],
            Members = [new(member, "Radio Ocote", [], true, true)],
            Assets = [new(site, AssetKind.MemberSite, "radio-ocote.example.org", "", member, [], true), new(server, AssetKind.Server, "server-7", "", null, [], true)],
            People = [new(Guid.CreateVersion7(), "Ana Ruiz")],
            Impacts =
            [
                new(Guid.CreateVersion7(), site, ImpactState.MajorOutage, ImpactCause.Targeted, OccurrenceTime.Exactly(Noon), OccurrenceTime.Exactly(Noon.AddHours(2)), Noon, Noon.AddHours(2), ""),
                new(Guid.CreateVersion7(), server, ImpactState.Degraded, ImpactCause.Collateral, OccurrenceTime.Exactly(Noon), OccurrenceTime.OrderOnly, Noon, Noon.AddHours(3), ""),
            ],
            Mitigations = [new(mitigation, "rate-limit", "Rate limit | at the edge", "rate-limit", "Rate limit", "Límite de tasa", MitigationActor.Own, MitigationState.Effective, "", "", "", "", "", "It held", null, "", "", null, "", Noon, [server], [new(1, MitigationState.Applied, OccurrenceTime.Exactly(Noon.AddMinutes(30)), Noon, "Ana Ruiz", ""), new(2, MitigationState.Effective, OccurrenceTime.Exactly(Noon.AddMinutes(50)), Noon, "Ana Ruiz", "It held")])],
            Waves = [new(wave, 1, "udp-flood", OccurrenceTime.Exactly(Noon), OccurrenceTime.Exactly(Noon.AddHours(1)), 20e9, TrafficUnit.Bps, MagnitudeKind.Peak, "uplink, inbound", "port 80", "", ["NL"], ["AS64500"], [], null, [site], [mitigation], Noon)],
            Traffic = [new(TrafficUnit.Bps, "uplink, inbound", [new(Noon, 1e9, 20e9, 8e9, 60)])],
            FollowUps = [new(new Guid("0199a000-0000-7000-8000-00000000000f"), "Second uplink, from another carrier; soon", "Beto", new DateOnly(2026, 4, 1), FollowUpState.Open, "", "https://tracker.example.org/1")],
            Files = [new(Graph, "Gráfica de enlace.png", "image/png", Png.Length, new string('a', 64), Visibility.Public, "Traffic on the uplink", Noon)],
        };
    }

    /// <summary>Every field and every trap.</summary>
    public static DocumentRecord Everything() => Of(
        Section("Hit at {{impact-started}} for {{ttd}}; {{ttm}}; {{tta}}; {{ttr}}; {{members-affected}} of {{members}} members.\n\n" + Hostile + "\n\n```\n{{facts}} stays\n```\n\n{{nonsense}}\n\nand {{other-nonsense}} within\n\n{{facts}}"),
        Section("{{impact}}\n\n{{metrics}}", "Impact", "Impacto"), Section("{{waves}}\n{{mitigations}}\n{{measurements bps uplink, inbound}}\n{{measurements pps nowhere}}", "Attack", "Ataque"),
        Section("Before.\n\n{{timeline}}\n\n{{entry 4}}\n\n{{entry 404}}", "Timeline", "Cronología"), Section("{{file " + Graph + "}}\n\n{{file " + Gone + "}}\n\n![lost](attachment:" + Gone + ")\n\n```\nnot closed", "Pictures", "Imágenes"), Section("{{board}}", "Board", "Tablero"), Section("{{follow-ups}}", "Next", "Sigue"), Section("", "Luck", "Suerte"));

    public static Task<Document> LayOutAsync(DocumentRecord record, string language = "en", TimeZoneInfo? zone = null, byte[]? picture = null) =>
        DocumentLayout.OfAsync(record, Say, language, zone ?? TimeZoneInfo.Utc, _ => Task.FromResult("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\"><title>t</title></svg>"), (_, _) => Task.FromResult(picture));

    public static async Task<byte[]> BytesAsync(Func<Stream, Task> write)
    {
        using var memory = new MemoryStream();
        await write(memory);
        return memory.ToArray();
    }

    public static async Task<string> TextAsync(Func<Stream, Task> write) => System.Text.Encoding.UTF8.GetString(await BytesAsync(write));
}
