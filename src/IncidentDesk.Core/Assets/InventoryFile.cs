using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using IncidentDesk.Import;
using IncidentDesk.Shared;

namespace IncidentDesk.Assets;

public enum InventoryFormat
{
    /// <summary><c>kind,name,member,sits_on,aliases,host_names,addresses,service,notes,invented,retired,may_be_named</c> with a header line; lists separated by <c>;</c>.</summary>
    Csv,

    /// <summary>An array of objects with the same fields, lists as arrays.</summary>
    Json,
}

/// <summary>One line of an inventory file, as it was typed.</summary>
/// <param name="Line">1-based: of the file for CSV, of the array for JSON.</param>
/// <param name="Kind"><c>member</c>, <c>uplink</c>, <c>server</c>, <c>service</c> or <c>site</c>.</param>
/// <remarks>Null is what the file does not speak of: it stays as it is.</remarks>
public sealed record InventoryRow(
    [property: JsonIgnore] int Line, string Kind, string Name, string? Member, IReadOnlyList<string>? SitsOn, IReadOnlyList<string>? Aliases, IReadOnlyList<string>? HostNames,
    IReadOnlyList<string>? Addresses, string? Service, string? Notes, bool? Invented, bool? Retired, bool? MayBeNamed = null);

/// <summary>Reads and writes inventories; what it writes it reads back unchanged.</summary>
internal static class InventoryFile
{
    private static readonly string[] Columns = ["kind", "name", "member", "sits_on", "aliases", "host_names", "addresses", "service", "notes", "invented", "retired", "may_be_named"];

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Never throws for what is in the file: whatever is wrong with it is among the problems.</summary>
    public static List<InventoryRow> Read(ReadOnlySpan<byte> content, InventoryFormat format, ProblemList problems)
    {
        if (TimelineText.Decode(content, problems) is not { } text) return [];
        var rows = format == InventoryFormat.Csv ? ReadCsv(text, problems) : ReadJson(text, problems);
        if (rows.Count == 0 && problems.All.Count == 0) problems.Add(0, "InventoryEmpty");
        return rows;
    }

    public static byte[] Write(IEnumerable<InventoryRow> rows, InventoryFormat format)
    {
        if (format == InventoryFormat.Json) return JsonSerializer.SerializeToUtf8Bytes(rows, Options);
        using var stream = new MemoryStream();
        using (var writer = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true))
        {
            writer.WriteRecord(Columns);
            foreach (var row in rows) writer.WriteRecord([.. CellsOf(row).Select(Cells.Guard)]);
        }
        return stream.ToArray();
    }

    private static IEnumerable<string> CellsOf(InventoryRow r)
    {
        static string List(IReadOnlyList<string>? values) => string.Join(';', values ?? []);
        static string Flag(bool? value) => value == true ? "yes" : "";
        return [r.Kind, r.Name, r.Member ?? "", List(r.SitsOn), List(r.Aliases), List(r.HostNames), List(r.Addresses), r.Service ?? "", r.Notes ?? "", Flag(r.Invented), Flag(r.Retired), Flag(r.MayBeNamed)];
    }

    private static List<InventoryRow> ReadCsv(string text, ProblemList problems)
    {
        List<InventoryRow> rows = [];
        var quotesAreBad = false;
        var header = text.AsSpan().TrimStart(" \t\n");
        if (header.IndexOf('\n') is >= 0 and var end) header = header[..end];
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = header.Count('\t') > header.Count(',') ? '\t' : header.Count(';') > header.Count(',') ? ';' : ',',
            HasHeader = false,
            TrackLineNumbers = true,
            OnMalformedRecord = record => quotesAreBad = record.Reason is not CsvMalformedReason.StrayQuote,
        });
        string[]? columns = null;
        while (!problems.IsFull && reader.Read())
        {
            var line = (int)reader.LineNumber;
            string[] fields = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).Select(f => Cells.Unguard(f.Trim()))];
            if (quotesAreBad) problems.Add(line, ImportCodes.BadQuote);
            else if (fields is [""]) continue;
            else if (columns is null)
            {
                columns = [.. fields.Select(f => f.ToLowerInvariant().Replace(' ', '_'))];
                foreach (var twice in columns.Where(c => Columns.Contains(c, StringComparer.Ordinal)).GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() > 1)) problems.Add(line, ImportCodes.ColumnTwice, twice.Key);
                foreach (var needed in new[] { "kind", "name" }.Except(columns, StringComparer.Ordinal)) problems.Add(line, ImportCodes.ColumnMissing, needed);
                foreach (var unknown in columns.Except(Columns, StringComparer.Ordinal)) problems.Add(line, "InventoryColumnUnknown", unknown);
                if (problems.All.Count > 0) break;
            }
            else if (fields.Length != columns.Length) problems.Add(line, ImportCodes.FieldCount, columns.Length, fields.Length);
            else rows.Add(Row(line, name => Array.IndexOf(columns, name) is >= 0 and var at ? fields[at] : null, problems));
            quotesAreBad = false;
        }
        return rows;
    }

    private static InventoryRow Row(int line, Func<string, string?> cell, ProblemList problems)
    {
        IReadOnlyList<string>? List(string column) => cell(column)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool? Flag(string column)
        {
            if (cell(column) is not { } word) return null;
            switch (word.ToLowerInvariant())
            {
                case "yes" or "true" or "1" or "x" or "sí" or "si": return true;
                case "" or "no" or "false" or "0": return false;
                default:
                    problems.Add(line, "InventoryBadFlag", column, word);
                    return null;
            }
        }
        return new(line, cell("kind")!, cell("name")!, cell("member"), List("sits_on"), List("aliases"), List("host_names"), List("addresses"), cell("service"), cell("notes"), Flag("invented"), Flag("retired"), Flag("may_be_named"));
    }

    private sealed record JsonRow(
        string? Kind, string? Name, string? Member, IReadOnlyList<string?>? SitsOn, IReadOnlyList<string?>? Aliases, IReadOnlyList<string?>? HostNames,
        IReadOnlyList<string?>? Addresses, string? Service, string? Notes, bool? Invented, bool? Retired, bool? MayBeNamed);

    private static List<InventoryRow> ReadJson(string text, ProblemList problems)
    {
        try
        {
            var rows = JsonSerializer.Deserialize<List<JsonRow?>>(text, Options) ?? [];
            if (rows.FindIndex(r => r is null || new[] { r.SitsOn, r.Aliases, r.HostNames, r.Addresses }.Any(list => list?.Any(text => text is null) == true)) is >= 0 and var empty)
            {
                problems.Add(empty + 1, "InventoryBadJson", "null");
                return [];
            }
            return [.. rows.Select((r, n) => new InventoryRow(
                n + 1, r!.Kind ?? "", r.Name ?? "", r.Member, r.SitsOn!, r.Aliases!, r.HostNames!, r.Addresses!, r.Service, r.Notes, r.Invented, r.Retired, r.MayBeNamed))];
        }
        catch (JsonException e)
        {
            problems.Add((int)(e.LineNumber ?? 0) + 1, "InventoryBadJson", e.Path ?? "");
            return [];
        }
    }
}
