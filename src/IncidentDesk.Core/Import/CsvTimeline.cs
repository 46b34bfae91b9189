using CsvHelper;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Import;

/// <summary>A timeline as a table. Columns stand in any order, others than these are passed over.</summary>
internal static class CsvTimeline
{
    private static readonly string[] Columns = ["utc", "event", "category", "source_url", "precision", "stated_time"];

    public static List<ImportLine> Read(string text, ProblemList problems)
    {
        List<ImportLine> lines = [];
        var quotesAreBad = false;
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = Separator(text),
            HasHeader = false,
            TrackLineNumbers = true,
            // a stray quotation mark inside plain text is text; the others leave open where a field ends
            OnMalformedRecord = record => quotesAreBad = record.Reason is not CsvMalformedReason.StrayQuote,
        });

        Dictionary<string, int>? places = null;
        var width = 0;
        while (!problems.IsFull && reader.Read())
        {
            var line = (int)reader.LineNumber;
            string[] fields = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
            if (quotesAreBad) problems.Add(line, ImportCodes.BadQuote);
            else if (fields is [var only] && string.IsNullOrWhiteSpace(only)) continue;
            else if (places is null)
            {
                places = Places(fields, line, problems);
                width = fields.Length;
            }
            else if (fields.Length != width) problems.Add(line, ImportCodes.FieldCount, width, fields.Length);
            else if (Line(line, name => places.TryGetValue(name, out var place) ? fields[place].Trim() : "", problems) is { } entry) lines.Add(entry);
            if (places is null) break;
            quotesAreBad = false;
        }
        return lines;
    }

    // the header has no text in which a comma or a semicolon could stand, so it tells them apart
    private static char Separator(string text)
    {
        var header = text.AsSpan().TrimStart(" \t\n");
        if (header.IndexOf('\n') is >= 0 and var end) header = header[..end];
        return header.Count(';') > header.Count(',') ? ';' : ',';
    }

    private static Dictionary<string, int>? Places(string[] header, int line, ProblemList problems)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        var sound = true;
        foreach (var (place, field) in header.Index())
        {
            var name = field.Trim().ToLowerInvariant();
            if (!Columns.Contains(name, StringComparer.Ordinal) || places.TryAdd(name, place)) continue;
            problems.Add(line, ImportCodes.ColumnTwice, name);
            sound = false;
        }
        // a table without times is fine when it says of each row that only its place is known
        string[] needed = places.ContainsKey("precision") ? ["event"] : ["utc", "event"];
        foreach (var name in needed.Where(name => !places.ContainsKey(name)))
        {
            problems.Add(line, ImportCodes.ColumnMissing, name);
            sound = false;
        }
        return sound ? places : null;
    }

    private static ImportLine? Line(int line, Func<string, string> field, ProblemList problems)
    {
        var (body, category, url, precision, stated) = (field("event"), field("category"), field("source_url"), field("precision"), field("stated_time"));
        if (body.Length == 0)
        {
            problems.Add(line, ImportCodes.EventMissing);
            return null;
        }
        // not "&&": each column that is too long is told
        if (!problems.Fits(line, "event", body, TimelineFile.MaxEventLength)
            | !problems.Fits(line, "category", category, TimelineFile.MaxWordsLength)
            | !problems.Fits(line, "source_url", url, TimelineFile.MaxUrlLength)
            | !problems.Fits(line, "precision", precision, TimelineFile.MaxWordsLength)
            | !problems.Fits(line, "stated_time", stated, TimelineFile.MaxWordsLength)) return null;

        SortedSet<ImportDoubt> doubts = [];
        if (Occurrence(line, field("utc"), precision, doubts, problems) is not { } time) return null;
        var kind = SourceWords.KindOf(category);
        if (kind is null) doubts.Add(ImportDoubt.CategoryUnknown);
        return new(line, time, kind ?? EntryKind.Note, body, category, url, precision, stated, [.. doubts]);
    }

    private static OccurrenceTime? Occurrence(int line, string utc, string word, SortedSet<ImportDoubt> doubts, ProblemList problems)
    {
        var known = SourceWords.PrecisionOf(word);
        if (known?.Doubt is { } doubt) doubts.Add(doubt);
        if (utc.Length == 0)
        {
            if (known?.Precision is Precision.OrderOnly) return OccurrenceTime.OrderOnly;
            problems.Add(line, ImportCodes.TimeMissing);
            return null;
        }
        if (known?.Precision is Precision.OrderOnly)
        {
            problems.Add(line, ImportCodes.OrderOnlyWithTime, utc);
            return null;
        }
        if (SourceTime.Parse(utc) is not { } time)
        {
            problems.Add(line, ImportCodes.BadTime, utc.Length > 60 ? utc[..60] + "…" : utc);
            return null;
        }

        if (time is { HasClock: true, HasZone: false }) doubts.Add(ImportDoubt.ZoneUncertain);
        if (word.Length == 0) return new(time.Utc, time.HasClock ? Precision.Exact : Precision.Day);
        if (known is null)
        {
            doubts.Add(ImportDoubt.PrecisionUnknown);
            return new(time.Utc, time.HasClock ? Precision.About : Precision.Day);
        }
        if (!time.HasClock && known.Value.Precision is not Precision.Day)
        {
            problems.Add(line, ImportCodes.DateWithoutClock, word);
            return null;
        }
        return new(time.Utc, known.Value.Precision);
    }
}
