using System.Globalization;
using System.Text;
using CsvHelper;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Writes the timeline of a document as CSV (RFC 4180, UTF-8): a spreadsheet takes no cell of it for a formula.</summary>
internal static class TimelineCsv
{
    public static IReadOnlyList<string> Columns { get; } = ["number", "occurred_at_utc", "occurred_at_local", "precision", "recorded_at_utc", "kind", "key_event", "author", "visibility", "change", "text"];

    public static async Task WriteAsync(DocumentRecord record, Say say, string language, TimeZoneInfo zone, Stream to, CancellationToken ct)
    {
        // What is set in here does not come out.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        using var memory = new MemoryStream();
        // Some spreadsheets read UTF-8 only where a mark says so.
        memory.Write(Encoding.UTF8.Preamble);
        await using (var writer = CsvWriter.Create(memory, new CsvWriterOptions(), leaveOpen: true))
        {
            writer.WriteRecord([.. Columns]);
            foreach (var entry in record.Timeline) writer.WriteRecord([.. Cells(entry, say, zone).Select(Shared.Cells.Guard)]);
        }
        memory.Position = 0;
        await memory.CopyToAsync(to, ct);
    }

    private static IEnumerable<string> Cells(DocumentEntry e, Say say, TimeZoneInfo zone) =>
    [
        e.Sequence.ToString(CultureInfo.InvariantCulture), e.When.At is { } at ? Stamps.Machine(at) : "", e.When.At is null ? "" : Stamps.Full(e.When, zone, say), e.When.Precision.Label(), Stamps.Machine(e.RecordedAt),
        e.Kind.Label(), e.IsKeyEvent ? "true" : "false", e.AuthorName, e.Visibility.Label(), e.Change is { } change ? ChangeText.Of(change, zone, say) : "", e.Body,
    ];
}
