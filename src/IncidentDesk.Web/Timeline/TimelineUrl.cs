using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Incidents;

namespace IncidentDesk.Web.Timeline;

/// <summary>The timeline's filter and zone as they stand in the address bar.</summary>
public static class TimelineUrl
{
    /// <summary>What cannot be read is left out: an old link still shows a timeline.</summary>
    public static TimelineFilter Read(string? kinds, string? author, string? text, string? keyEvents, string? withoutDesk) => new(
        [.. (kinds ?? "").Split(',').Select(Labels.ParseOrNull<EntryKind>).OfType<EntryKind>().Distinct()],
        Guid.TryParse(author, out var id) ? id : null, text?.Trim() ?? "", keyEvents == "true", withoutDesk == "true");

    public static string Of(string key, TimelineFilter filter, ZoneChoice zone) =>
        Links.Incident(key) + QueryString.Create(Fields(filter, zone).Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)));

    public static IEnumerable<(string Name, string Value)> Fields(TimelineFilter filter, ZoneChoice zone)
    {
        if (filter.Kinds.Count > 0) yield return ("kind", string.Join(',', filter.Kinds.Select(k => k.Label())));
        if (filter.Author is { } author) yield return ("author", author.ToString());
        if (filter.Text.Length > 0) yield return ("text", filter.Text);
        if (filter.KeyEventsOnly) yield return ("key", "true");
        if (filter.WithoutDesk) yield return ("people", "true");
        if (zone != ZoneChoice.Utc) yield return ("tz", zone.ToString().ToLowerInvariant());
    }

    public static TimelineFilter Toggle(this TimelineFilter filter, EntryKind kind) =>
        filter with { Kinds = filter.Kinds.Contains(kind) ? [.. filter.Kinds.Where(k => k != kind)] : [.. filter.Kinds, kind] };
}
