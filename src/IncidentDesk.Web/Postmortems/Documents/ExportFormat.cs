using System.Text.Json.Serialization;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>The files that are made of a document.</summary>
public enum ExportFormat
{
    [JsonStringEnumMemberName("markdown")] Markdown,

    /// <summary>Markdown with its pictures beside it.</summary>
    [JsonStringEnumMemberName("zip")] Zip,
    [JsonStringEnumMemberName("html")] Html,
    [JsonStringEnumMemberName("pdf")] Pdf,
    [JsonStringEnumMemberName("docx")] Docx,

    /// <summary>All of it, to be imported into another desk.</summary>
    [JsonStringEnumMemberName("json")] Json,

    /// <summary>The timeline as a table.</summary>
    [JsonStringEnumMemberName("csv")] Csv,

    /// <summary>The follow-ups as tasks of a calendar.</summary>
    [JsonStringEnumMemberName("icalendar")] ICalendar,
}

public static class ExportFormats
{
    public static string MediaType(this ExportFormat format) => format switch
    {
        ExportFormat.Markdown => "text/markdown; charset=utf-8",
        ExportFormat.Zip => "application/zip",
        ExportFormat.Html => "text/html; charset=utf-8",
        ExportFormat.Pdf => "application/pdf",
        ExportFormat.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ExportFormat.Json => "application/json; charset=utf-8",
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.ICalendar => "text/calendar; charset=utf-8",
    };

    public static string Extension(this ExportFormat format) => format switch
    {
        ExportFormat.Markdown => "md",
        ExportFormat.Zip => "zip",
        ExportFormat.Html => "html",
        ExportFormat.Pdf => "pdf",
        ExportFormat.Docx => "docx",
        ExportFormat.Json => "json",
        ExportFormat.Csv => "csv",
        ExportFormat.ICalendar => "ics",
    };
}
