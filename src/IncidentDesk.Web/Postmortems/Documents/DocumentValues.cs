using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Leadership;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>What a document says of its incident, in words of the language that is current while it is asked.</summary>
internal sealed class DocumentValues
{
    private readonly DocumentRecord _record;
    private readonly Say _say;
    private readonly TimeZoneInfo _zone;
    private readonly IncidentFacts _facts;

    public DocumentValues(DocumentRecord record, Say say, TimeZoneInfo zone)
    {
        (_record, _say, _zone) = (record, say, zone);
        var incident = record.Incident;
        _facts = new IncidentFacts(Guid.Empty, incident.Key, incident.Title, incident.Severity, false, incident.DeclaredAt);
        foreach (var milestone in incident.Milestones) _facts.Set(milestone.Kind, milestone.Time);
    }

    // Each is worked out when the first field asks for it: most texts ask for none.
    public ReadBoard.Facts Board => field ??= DocumentBoard.Facts(_record);
    public IReadOnlyList<Affected.Interval> Intervals => field ??= Affected.Intervals(Board.Situation.Impacts);
    public Affected.Sum Total => field ??= Affected.InTotal(Intervals, _record.MemberCount, _record.MadeAt);

    /// <summary>When most members were affected at once; null when nothing is marked as hit.</summary>
    public Affected.Step? Most => field ??= Affected.Course(Intervals, _record.MemberCount, _record.MadeAt).MaxBy(s => s.Count.Members);

    public string Unknown => _say["Unknown"];

    /// <summary>With zone and precision.</summary>
    public string When(OccurrenceTime? time) => time?.At is null ? Unknown : Stamps.Full(time, _zone, _say);

    public string When(DateTime utc) => Stamps.Full(utc, _zone);

    public string Lasted(OccurrenceTime? from, OccurrenceTime? to) => Duration.Between(from, to) is { } took ? Stamps.Duration(took) : Unknown;

    public string Asset(Guid id) => _record.Asset(id)?.Name ?? Unknown;

    public string Assets(IEnumerable<Guid> ids) => string.Join(", ", ids.Select(Asset));

    public string Lead => string.Join(", ", _record.Incident.Roles.Where(r => r.Role == IncidentRole.Lead).OrderBy(r => r.From).Select(r => r.PersonName).Distinct(StringComparer.Ordinal)) is { Length: > 0 } names ? names : _say["Nobody"];

    /// <summary>For example <c>28 of 850 (3 %)</c>.</summary>
    public string Members(Affected.Count count) => count.Share is { } share
        ? _say["Document.MembersOf", count.Members, count.AllMembers, LeadershipWords.Percent(share)]
        : count.Members.ToString("N0", CultureInfo.CurrentCulture);

    public Measured Measure(Figure figure) => Measured.Of(_facts, figure);

    /// <summary>A duration, or that it is unknown and why.</summary>
    public string Metric(Figure figure) => Metric(Measure(figure), figure.Ends()!.Value);

    public string Metric(Measured measured, (MilestoneKind From, MilestoneKind To) ends) => measured switch
    {
        { Value: { } value } => Stamps.Duration(value),
        { State: ValueState.Crossed } => _say["Document.Metric.Crossed", _say.Word(ends.To), _say.Word(ends.From)],
        _ => _say["Document.Metric.Unknown", string.Join("; ", new[] { Why(measured.From, ends.From), Why(measured.To, ends.To) }.Where(w => w.Length > 0).DefaultIfEmpty(_say["Document.Metric.Unclear"]))],
    };

    /// <summary>What stands in a line of text in place of a field; null when the field is not one of these.</summary>
    public string? Inline(string name) => name switch
    {
        "key" => _record.Incident.Key,
        "title" => _record.Incident.Title,
        "severity" => _record.Incident.Severity.Label(),
        "status" => _say.Word(_record.Incident.Status),
        "tlp" => _record.Incident.Tlp.Label(),
        "lead" => Lead,
        "members" => _record.MemberCount.ToString("N0", CultureInfo.CurrentCulture),
        "members-affected" => Total.Ever.Members.ToString("N0", CultureInfo.CurrentCulture),
        "sites-affected" => Total.Ever.Sites.ToString("N0", CultureInfo.CurrentCulture),
        _ when Fields.Durations.TryGetValue(name, out var figure) => Metric(figure),
        _ => Labels.ParseOrNull<MilestoneKind>(name) is { } milestone ? When(_record.Incident.When(milestone)) : null,
    };

    private string Why(OccurrenceTime? time, MilestoneKind milestone) => time switch
    {
        null => _say["Document.Metric.NotRecorded", _say.Word(milestone)],
        { IsMeasurable: true } => "",
        { Precision: Precision.Day } => _say["Document.Metric.OnlyDay", _say.Word(milestone)],
        { At: null } => _say["Document.Metric.NoTime", _say.Word(milestone)],
        _ => _say["Document.Metric.Bound", _say.Word(milestone), When(time)],
    };
}
