using System.Globalization;
using CsvHelper;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Leadership;

/// <summary>What stands behind a figure, an incident or a part of one in each row.</summary>
public sealed record FigureTable(Figure Figure, Period Period, IReadOnlyList<FigureRow> Rows)
{
    private static readonly string[] Columns =
        ["figure", "incident", "severity", "from_utc", "from_precision", "to_utc", "to_precision", "state", "minutes_at_least", "minutes_at_most", "about", "what", "detail", "title"];

    /// <summary>One file of several tables. A cell that a spreadsheet would take for a formula is made harmless.</summary>
    public static byte[] Write(IEnumerable<FigureTable> tables)
    {
        using var stream = new MemoryStream();
        using (var writer = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true))
        {
            writer.WriteRecord(Columns);
            foreach (var table in tables)
            {
                foreach (var row in table.Rows) writer.WriteRecord([.. CellsOf(table.Figure, row).Select(Cells.Guard)]);
            }
        }
        return stream.ToArray();
    }

    private static IEnumerable<string> CellsOf(Figure figure, FigureRow r) =>
    [
        figure.Label(), r.IncidentKey, r.Severity.Label(), Time(r.From), r.From?.Precision.Label() ?? "", Time(r.To), r.To?.Precision.Label() ?? "", Word(r.State),
        Minutes(r.AtLeast), Minutes(r.AtMost), r.IsAbout ? "yes" : "", r.What, r.Detail, r.Title,
    ];

    internal static string Time(OccurrenceTime? time) => time?.At is { } at ? at.ToString(time.Precision == Precision.Day ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "";

    internal static string Minutes(TimeSpan? span) => span is { } some ? Math.Round(some.TotalMinutes, 1).ToString("0.#", CultureInfo.InvariantCulture) : "";

    private static string Word(ValueState state) => state switch
    {
        ValueState.Known => "known",
        ValueState.Unknown => "unknown",
        ValueState.Crossed => "ends-before-it-starts",
    };
}

/// <param name="AtLeast">The value; of member-hours what is certain. Null when it is unknown.</param>
/// <param name="AtMost">Of member-hours what is possible, null when nothing bounds it; else as <paramref name="AtLeast"/>.</param>
/// <param name="What">The cause, vector, kind of defence, member or action of the row, as files write it; empty for none.</param>
/// <param name="Detail">A mitigation's verdict, a follow-up's owner; empty for none.</param>
/// <param name="Subject">The id of the mitigation or member that the row speaks of.</param>
public sealed record FigureRow(
    string IncidentKey, string Title, Severity Severity, OccurrenceTime? From, OccurrenceTime? To, ValueState State,
    TimeSpan? AtLeast = null, TimeSpan? AtMost = null, bool IsAbout = false, string What = "", string Detail = "", Guid? Subject = null);
