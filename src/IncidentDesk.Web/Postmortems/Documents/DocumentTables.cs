using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Leadership;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using static IncidentDesk.Web.Postmortems.Documents.DocumentPart;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>What the desk fills into a document in place of a field that is a block.</summary>
internal sealed class DocumentTables(DocumentRecord record, DocumentValues values, Say say, bool isSpanish)
{
    /// <summary>More than these that were hit alike are told as one.</summary>
    private const int MostAlike = 12;
    private const int MostNamed = 3;

    public IEnumerable<DocumentPart> Facts()
    {
        var incident = record.Incident;
        yield return new Facts(
        [
            (say["Document.Incident"], $"{incident.Key} {incident.Title}"),
            (say["Document.Severity"], $"{incident.Severity.Label()}, {say[$"Severity.{incident.Severity}"]}"),
            (say["Document.Status"], say.Word(incident.Status)),
            (say.Word(IncidentRole.Lead), values.Lead),
            .. Enum.GetValues<MilestoneKind>().Select(m => (say.Word(m), incident.When(m) is { } time ? values.When(time) : say["Document.NotRecorded"])),
            (say["Document.Members"], values.Members(values.Total.Ever)),
            (say["Document.Sites"], Number(values.Total.Ever.Sites)),
        ]);
    }

    public IEnumerable<DocumentPart> Impact()
    {
        if (record.Impacts.Count == 0)
        {
            yield return new Notice(say["Document.Impact.None"]);
            yield break;
        }
        var total = values.Total;
        var rows = new List<(string, string)>();
        if (values.Most is { } most) rows.Add((say["Document.Impact.Most"], say["Document.Impact.MostAt", values.Members(most.Count), most.Count.Sites, values.When(most.Utc)]));
        rows.Add((say["Document.Impact.Total"], say["Document.Impact.TotalOf", values.Members(total.Ever), total.Ever.Sites, total.Ever.Assets]));
        rows.Add((say["Document.Impact.Hours"], Hours(total.MemberHours)));
        foreach (var (cause, hours) in total.HoursByCause.Where(h => h.Value is not { AtLeast.Ticks: 0, AtMost.Ticks: 0 }).OrderBy(h => h.Key))
            rows.Add((say["Document.Impact.HoursOf", say.Word(cause)], Hours(hours)));
        if (total.UnknownEnds > 0) rows.Add((say["Document.Impact.UnknownEnds"], Number(total.UnknownEnds)));
        if (total.Open > 0) rows.Add((say["Document.Impact.Open"], Number(total.Open)));
        yield return new Facts(rows);
        yield return new Table(
            say["Document.Impact.Table"], Columns("Asset", "AssetKind", "Member", "State", "Cause", "From", "To", "Lasted"),
            [.. record.Impacts.GroupBy(i => (record.Asset(i.AssetId)?.Kind, i.State, i.Cause, i.From, i.To)).SelectMany(alike => alike.Count() > MostAlike ? [Row([.. alike])] : alike.Select(i => Row([i])))]);
    }

    /// <summary>One that was hit, or many that were hit alike: those are told as one.</summary>
    private IReadOnlyList<string> Row(IReadOnlyList<DocumentImpact> alike)
    {
        var (first, assets) = (alike[0], alike.Select(i => record.Asset(i.AssetId)).ToList());
        var names = assets.Take(MostNamed).Select(a => a?.Name ?? values.Unknown);
        var members = assets.Select(a => a?.MemberId).OfType<Guid>().Distinct().ToList();
        return
        [
            alike.Count == 1 ? names.First() : say["Document.Impact.Alike", alike.Count, string.Join(", ", names)], assets[0] is { } asset ? say.Word(asset.Kind) : values.Unknown,
            members.Count switch { 0 => "", 1 => record.Members.FirstOrDefault(m => m.Id == members[0])?.Name ?? values.Unknown, _ => say["Document.Impact.AlikeMembers", members.Count] },
            say.Word(first.State), say.Word(first.Cause), values.When(first.From), first.To is { } to ? values.When(to) : say["Document.GoesOn"], first.To is null ? say["Document.GoesOn"] : values.Lasted(first.From, first.To),
        ];
    }

    public IEnumerable<DocumentPart> Waves()
    {
        if (record.Waves.Count == 0) return [new Notice(say["Waves.None"])];
        var titles = record.Mitigations.ToDictionary(m => m.Id, m => m.Title);
        return
        [
            new Table(
                say["Waves.Title"], Columns("Wave", "From", "To", "Lasted", "Measured", "Targets", "Answers", "Sources", "Notes"),
                [.. record.Waves.Select(w => (IReadOnlyList<string>)
                [
                    say["Board.Wave", w.Number, say.Vector(w.Vector)], values.When(w.From), w.To is { } to ? values.When(to) : say["Document.GoesOn"], w.To is null ? say["Document.GoesOn"] : values.Lasted(w.From, w.To),
                    Magnitude(w), values.Assets(w.Targets), w.AdaptedTo is { } id ? titles.GetValueOrDefault(id, values.Unknown) : "", Sources(w), Join(w.Signature, w.Notes),
                ])]),
        ];
    }

    public IEnumerable<DocumentPart> Mitigations()
    {
        if (record.Mitigations.Count == 0) return [new Notice(say["Document.Mitigations.None"])];
        return
        [
            new Table(
                say["Document.Mitigations"], Columns("Defence", "Kind", "Who", "Course", "Verdict", "Why", "Scope"),
                [.. record.Mitigations.Select(m => (IReadOnlyList<string>)
                [
                    m.Title, isSpanish ? m.KindEs : m.KindEn, Join(say.Word(m.Actor), m.AskedWhom), string.Join("; ", m.Steps.Select(s => $"{say.Word(s.State)} {values.When(s.When)}")),
                    say.Word(m.State), m.VerdictReason, values.Assets(m.Scope),
                ])]),
        ];
    }

    public IEnumerable<DocumentPart> Metrics()
    {
        yield return new Table(
            say["Document.Metrics"], Columns("Metric", "From", "To", "HowLong"),
            [.. Figures.Durations.Select(f => (Figure: f, Ends: f.Ends()!.Value, Measured: values.Measure(f))).Select(f => (IReadOnlyList<string>)
            [
                say[$"Document.Metric.{f.Figure}"], End(f.Ends.From, f.Measured.From), End(f.Ends.To, f.Measured.To), values.Metric(f.Measured, f.Ends),
            ])]);
    }

    public IEnumerable<DocumentPart> FollowUps()
    {
        if (record.FollowUps.Count == 0) return [new Notice(say["Document.FollowUps.None"])];
        return
        [
            new Table(
                say["FollowUps.Title"], Columns("Action", "Owner", "Due", "State", "Outcome", "Tracker"),
                [.. record.FollowUps.Select(f => (IReadOnlyList<string>)[f.Action, f.OwnerName ?? say["FollowUp.NoOwner"], f.DueOn is { } due ? LeadershipWords.Day(due) : say["FollowUp.NoDate"], say.Word(f.State), f.Outcome, f.Tracker])]),
        ];
    }

    private string Hours(Affected.Hours hours) => LeadershipWords.MemberHours(hours.AtLeast, hours.AtMost, hours.IsAbout, say);

    /// <param name="which">Unit and place, as <c>bps uplink, inbound</c>.</param>
    public IEnumerable<DocumentPart> Measurements(string which)
    {
        var (unit, place) = which.Split(' ', 2) is [var first, var rest] ? (first, rest.Trim()) : (which, "");
        var series = Labels.ParseOrNull<TrafficUnit>(unit) is { } its ? record.Traffic.FirstOrDefault(t => t.Unit == its && Folding.Fold(t.MeasuredAt) == Folding.Fold(place)) : null;
        if (series is not { Points.Count: > 0 }) return [new Notice(say["Document.NotInRecord", Fields.Measurements(which)])];
        var samples = series.Points.Sum(p => p.Samples);
        string Amount(double value) => BoardAmounts.Of(value, series.Unit, say);
        return
        [
            new Table(
                say["Document.Measurements", series.MeasuredAt.Length > 0 ? series.MeasuredAt : say["Traffic.WhereUnknown"]], Columns("From", "To", "Samples", "Least", "Mean", "Most"),
                [[
                    values.When(series.Points[0].At), values.When(series.Last?.At ?? series.Points[^1].At), Number(samples), Amount(series.Points.Min(p => p.Least)),
                    Amount(series.Points.Sum(p => p.Mean * p.Samples) / samples), Amount(series.Points.Max(p => p.Most)),
                ]]),
        ];
    }

    /// <summary>The board as a table, for where no picture can be.</summary>
    public Table Twin(AdaptationBoard board, BoardText text) => new(
        say["Board.Table"], Columns("What", "From", "To", "Targets", "CameOfIt", "Changed"),
        [
            .. board.Waves.Select(w => (IReadOnlyList<string>)[text.Title(w), values.When(w.Wave.From), w.Wave.To is { } to ? values.When(to) : say["Document.GoesOn"], text.Targets(w), text.Outcome(w), ""]),
            .. board.Defences.Select(d => (IReadOnlyList<string>)
            [
                d.Mitigation.Title, d.Segments.Count == 0 ? values.Unknown : values.When(d.Segments[0].Step.When), d.Segments.Count == 0 ? values.Unknown : values.When(d.Segments[^1].Step.When),
                text.Scope(d), text.Outcome(d), string.Join(" ", text.Changed(d)),
            ]),
        ]);

    public IReadOnlyList<string> Columns(params string[] names) => [.. names.Select(n => say[$"Document.Column.{n}"])];

    private string End(MilestoneKind milestone, OccurrenceTime? time) => $"{say.Word(milestone)}: {(time is null ? say["Document.NotRecorded"] : values.When(time))}";

    private string Magnitude(DocumentWave wave)
    {
        if (wave is not { Magnitude: { } value, Unit: { } unit }) return say["Document.NotMeasured"];
        var measured = WaveText.Magnitude(value, unit, say);
        return string.Join(", ", new[] { measured, wave.MagnitudeKind is { } kind ? say.Word(kind) : "", wave.MeasuredAt }.Where(t => t.Length > 0));
    }

    private string Sources(DocumentWave wave) => Join(
        string.Join(", ", wave.Countries), string.Join(", ", wave.Networks), wave.Prefixes.Count > 0 ? say["Waves.Sources", wave.Prefixes.Count, wave.Prefixes.Sum(p => p.Addresses)] : "");

    private static string Join(params string[] texts) => string.Join("; ", texts.Where(t => t.Length > 0));

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
