using System.Globalization;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.Incidents;

/// <summary>The list's filter as it stands in the address bar.</summary>
/// <param name="Page">From 1.</param>
public sealed record IncidentFilter(string Text, IReadOnlyList<IncidentStatus> Statuses, IReadOnlyList<Severity> Severities, int? Year, int Page)
{
    /// <summary>What cannot be read is left out: an old link still shows a list.</summary>
    public static IncidentFilter Read(string? text, string? status, string? severity, string? year, string? page) =>
        new(text?.Trim() ?? "", Words<IncidentStatus>(status), Words<Severity>(severity), Number(year) is { } y and >= 1 and <= 9999 ? y : null, Math.Clamp(Number(page) ?? 1, 1, 10_000));

    public bool IsNone => Text.Length == 0 && Statuses.Count == 0 && Severities.Count == 0 && Year is null;

    public IncidentFilter Toggle(IncidentStatus status) => this with { Statuses = Toggled(Statuses, status), Page = 1 };

    public IncidentFilter Toggle(Severity severity) => this with { Severities = Toggled(Severities, severity), Page = 1 };

    public IncidentFilter Toggle(int year) => this with { Year = Year == year ? null : year, Page = 1 };

    public IncidentFilter OnPage(int page) => this with { Page = page };

    public FindIncidents.Query ToQuery() => new(Text, Statuses, Severities, Year, Skip: (Page - 1) * FindIncidents.MaxPage);

    /// <summary>The parts of the address's query.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        if (Text.Length > 0) yield return ("q", Text);
        if (Statuses.Count > 0) yield return ("status", string.Join(',', Statuses.Select(s => s.Label())));
        if (Severities.Count > 0) yield return ("severity", string.Join(',', Severities.Select(s => s.Label())));
        if (Year is { } year) yield return ("year", year.ToString(CultureInfo.InvariantCulture));
        if (Page > 1) yield return ("page", Page.ToString(CultureInfo.InvariantCulture));
    }

    public string ToUrl() => "/incidents" + QueryString.Create(Fields().Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)));

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<T> Words<T>(string? list) where T : struct, Enum =>
        [.. (list ?? "").Split(',').Select(Labels.ParseOrNull<T>).OfType<T>().Distinct()];

    private static List<T> Toggled<T>(IReadOnlyList<T> list, T value) => list.Contains(value) ? [.. list.Where(v => !Equals(v, value))] : [.. list, value];
}
