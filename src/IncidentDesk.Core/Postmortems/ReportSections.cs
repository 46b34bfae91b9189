using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>What a situation report is made of: the author's words first, then what the record says.</summary>
internal static class ReportSections
{
    public static IReadOnlyList<DocumentSection> Of(string summary, string next, Visibility visibility)
    {
        DocumentSection Section(SectionKind kind, string en, string es, string body) => new(Guid.CreateVersion7(), kind, en, es, visibility, body);
        List<DocumentSection> sections =
        [
            Section(SectionKind.Summary, "How things stand", "Cómo está la situación", summary),
            Section(SectionKind.Other, "The incident", "El incidente", "{{facts}}"),
            Section(SectionKind.Impact, "Impact", "Impacto", "{{impact}}"),
            Section(SectionKind.RootCause, "The attack", "El ataque", "{{waves}}"),
            Section(SectionKind.Response, "Defences", "Defensas", "{{mitigations}}"),
            Section(SectionKind.Timeline, "Since the last report", "Desde el último informe", "{{timeline}}"),
        ];
        if (next.Length > 0) sections.Add(Section(SectionKind.FollowUps, "What comes next", "Qué sigue", next));
        return sections;
    }

    /// <summary>Leaves in the timeline what happened, or was written down, since the former report; an entry that the author shows stays where it is shown.</summary>
    /// <param name="former">UTC; null for the first report.</param>
    public static DocumentRecord Since(DocumentRecord record, DateTime? former)
    {
        if (former is not { } since) return record;
        var shown = record.Sections.SelectMany(s => Fields.Of(s.Body)).Select(p => p.Entry).OfType<long>().ToHashSet();
        return record with
        {
            Entries = [.. record.Entries.Select(e => e.SortAt > since || e.RecordedAt > since ? e : e with { IsInTimeline = false }).Where(e => e.IsInTimeline || shown.Contains(e.Sequence))],
        };
    }
}
