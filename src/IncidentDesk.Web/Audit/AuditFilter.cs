using System.Globalization;
using IncidentDesk.Audit;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.Audit;

/// <summary>What is looked for in the audit trail, as it stands in the address bar.</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive.</param>
public sealed record AuditFilter(string Text, AuditKind? Kind, Guid? Person, DateTime? From, DateTime? To, long? Before)
{
    /// <summary>For <c>datetime-local</c> fields, which know no zone.</summary>
    public const string InputFormat = "yyyy-MM-dd'T'HH:mm";

    /// <summary>What cannot be read is left out: an old link still shows lines.</summary>
    public static AuditFilter Read(string? text, string? kind, string? person, string? from, string? to, string? before) => new(
        text?.Trim() ?? "", Labels.ParseOrNull<AuditKind>(kind), Guid.TryParse(person, out var id) ? id : null, Time(from), Time(to),
        long.TryParse(before, CultureInfo.InvariantCulture, out var number) ? number : null);

    public bool IsNone => Text.Length == 0 && Kind is null && Person is null && From is null && To is null;

    public ReadAudit.Query ToQuery(int take = ReadAudit.MaxPage) => new(Text, Kind, Person, From, To, Before, take);

    public string ToUrl(string path) => path + QueryString.Create(Fields().Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)));

    /// <summary>UTC unless an offset says otherwise; null for what is no time.</summary>
    public static DateTime? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.UtcDateTime : null;

    private IEnumerable<(string Name, string Value)> Fields()
    {
        if (Text.Length > 0) yield return ("q", Text);
        if (Kind is { } kind) yield return ("kind", kind.ToString());
        if (Person is { } person) yield return ("person", person.ToString());
        if (From is { } from) yield return ("from", from.ToString(InputFormat, CultureInfo.InvariantCulture));
        if (To is { } to) yield return ("to", to.ToString(InputFormat, CultureInfo.InvariantCulture));
        if (Before is { } before) yield return ("before", before.ToString(CultureInfo.InvariantCulture));
    }
}
