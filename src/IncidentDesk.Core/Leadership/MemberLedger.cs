using CsvHelper;
using IncidentDesk.Assets;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Leadership;

/// <summary>What happened to one member and its sites.</summary>
/// <param name="MadeAt">UTC; what is not over is counted to then.</param>
/// <param name="Rows">What may be handed to the member, the newest first.</param>
/// <param name="Years">Totals of <paramref name="Rows"/>, the newest first.</param>
/// <param name="LeftOut">Of restricted incidents that the reader may see: on no sheet and in no total.</param>
public sealed record MemberLedger(Member Member, DateTime MadeAt, IReadOnlyList<MemberLedger.Row> Rows, IReadOnlyList<MemberLedger.Year> Years, IReadOnlyList<MemberLedger.Row> LeftOut)
{
    private static readonly string[] Columns = ["incident", "severity", "site", "state", "cause", "from_utc", "from_precision", "to_utc", "to_precision", "minutes_at_least", "minutes_at_most", "about"];

    /// <param name="Title">May name another member: it goes on the sheet only when the incident is TLP:CLEAR.</param>
    /// <param name="To">Null while it is hit.</param>
    public sealed record Row(string IncidentKey, string Title, bool IsTitlePublic, Severity Severity, string Site, ImpactState State, ImpactCause Cause, OccurrenceTime From, OccurrenceTime? To, Affected.Hours Hours);

    /// <summary>Of the incidents that began in a year; hours in which several sites were hit count once.</summary>
    public sealed record Year(int Number, int Incidents, Affected.Hours All, IReadOnlyDictionary<ImpactCause, Affected.Hours> ByCause);

    /// <param name="now">UTC.</param>
    public static MemberLedger Of(Member member, IEnumerable<(Incident Incident, string Site, Affected.Interval Interval)> impacts, DateTime now)
    {
        var all = impacts.OrderByDescending(i => PlacedAt(i.Incident)).ThenBy(i => i.Incident.Key, StringComparer.Ordinal).ThenBy(i => i.Site, StringComparer.Ordinal).ThenBy(i => i.Interval.From.At).ToList();
        var sheet = all.Where(i => !i.Incident.IsRestricted).ToList();
        var years = sheet.GroupBy(i => PlacedAt(i.Incident).Year).OrderByDescending(g => g.Key).Select(g =>
        {
            var sum = Affected.InTotal([.. g.Select(i => i.Interval)], 0, now);
            return new Year(g.Key, g.Select(i => i.Incident.Id).Distinct().Count(), sum.MemberHours, sum.HoursByCause);
        });
        return new(member, now, [.. sheet.Select(i => RowOf(i, now))], [.. years], [.. all.Where(i => i.Incident.IsRestricted).Select(i => RowOf(i, now))]);
    }

    /// <summary>The sheet as a file: no title, no other member, no restricted incident.</summary>
    public byte[] ToCsv()
    {
        using var stream = new MemoryStream();
        using (var writer = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true))
        {
            writer.WriteRecord(Columns);
            foreach (var r in Rows)
            {
                string[] cells =
                [
                    r.IncidentKey, r.Severity.Label(), r.Site, r.State.ToString(), r.Cause.ToString(), FigureTable.Time(r.From), r.From.Precision.Label(), FigureTable.Time(r.To), r.To?.Precision.Label() ?? "goes-on",
                    FigureTable.Minutes(r.Hours.AtLeast), FigureTable.Minutes(r.Hours.AtMost), r.Hours.IsAbout ? "yes" : "",
                ];
                writer.WriteRecord([.. cells.Select(Cells.Guard)]);
            }
        }
        return stream.ToArray();
    }

    private static Row RowOf((Incident Incident, string Site, Affected.Interval Interval) i, DateTime now) => new(
        i.Incident.Key, i.Incident.Title, i.Incident.Tlp == Tlp.Clear, i.Incident.Severity, i.Site, i.Interval.State, i.Interval.Cause, i.Interval.From, i.Interval.To,
        Affected.InTotal([i.Interval], 0, now).MemberHours);

    private static DateTime PlacedAt(Incident incident) => incident.When(MilestoneKind.ImpactStarted)?.At ?? incident.When(MilestoneKind.Declared)?.At ?? incident.DeclaredAt;
}
