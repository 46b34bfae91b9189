using System.Globalization;
using System.Text;
using IncidentDesk.FollowUps;
using IncidentDesk.Postmortems;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Writes the follow-ups of a document as tasks of a calendar (RFC 5545). A task keeps its UID, so that a calendar that reads the file again changes what it has.</summary>
internal static class FollowUpCalendar
{
    private const int MaxOctets = 75;

    public static async Task WriteAsync(DocumentRecord record, Say say, string language, Stream to, CancellationToken ct)
    {
        // What is set in here does not come out.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        var calendar = new StringBuilder();
        Line(calendar, "BEGIN", "VCALENDAR");
        Line(calendar, "VERSION", "2.0");
        Line(calendar, "PRODID", "-//IncidentDesk//Follow-ups//EN");
        Line(calendar, "METHOD", "PUBLISH");
        foreach (var followUp in record.FollowUps) Task(calendar, followUp, record, say, language);
        Line(calendar, "END", "VCALENDAR");
        await to.WriteAsync(Encoding.UTF8.GetBytes(calendar.ToString()), ct);
    }

    private static void Task(StringBuilder calendar, DocumentFollowUp followUp, DocumentRecord record, Say say, string language)
    {
        Line(calendar, "BEGIN", "VTODO");
        Line(calendar, "UID", $"{followUp.Id:D}@incidentdesk");
        Line(calendar, "DTSTAMP", record.MadeAt.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        Line(calendar, $"SUMMARY;LANGUAGE={record.Language}", Escape(followUp.Action));
        Line(calendar, $"DESCRIPTION;LANGUAGE={language}", Escape(string.Join('\n', Description(followUp, record, say))));
        if (followUp.DueOn is { } due) Line(calendar, "DUE;VALUE=DATE", due.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        Line(calendar, "STATUS", followUp.State switch { FollowUpState.Open => "NEEDS-ACTION", FollowUpState.Done => "COMPLETED", FollowUpState.Dropped => "CANCELLED" });
        Line(calendar, "CATEGORIES", Escape(record.Incident.Key));
        if (Uri.TryCreate(followUp.Tracker, UriKind.Absolute, out var tracker)) Line(calendar, "URL", tracker.AbsoluteUri);
        Line(calendar, "END", "VTODO");
    }

    private static IEnumerable<string> Description(DocumentFollowUp followUp, DocumentRecord record, Say say)
    {
        yield return $"{record.Incident.Key} {record.Incident.Title}";
        yield return $"{say["Document.Column.Owner"]}: {followUp.OwnerName ?? say["FollowUp.NoOwner"]}";
        if (followUp.Outcome.Length > 0) yield return $"{say["Document.Column.Outcome"]}: {followUp.Outcome}";
    }

    /// <summary>A TEXT value (section 3.3.11); control characters have no place in it.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            if (c is '\\' or ';' or ',') escaped.Append('\\').Append(c);
            else if (c == '\n') escaped.Append("\\n");
            else if (!char.IsControl(c)) escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>Folded after 75 octets, never within a character (section 3.1).</summary>
    private static void Line(StringBuilder calendar, string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MaxOctets)
            {
                calendar.Append("\r\n ");
                octets = 1;
            }
            calendar.Append(rune);
            octets += rune.Utf8SequenceLength;
        }
        calendar.Append("\r\n");
    }
}
