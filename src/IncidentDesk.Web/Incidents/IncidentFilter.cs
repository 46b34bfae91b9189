using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.History;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentDesk.Web.Incidents;

/// <summary>What is asked of the list of incidents, as it stands in the address bar.</summary>
public sealed record IncidentFilter
{
    /// <summary>"Show more" adds as many.</summary>
    public const int Step = 50;

    private const int MaxChoices = 50;
    private const int PagesAtOnce = IncidentQuestion.MaxPage / Step;
    private const int MaxPage = 10_000;

    public static readonly IncidentFilter None = new();

    public string Text { get; init; } = "";
    public IReadOnlyList<IncidentStatus> Statuses { get; init; } = [];
    public IReadOnlyList<Severity> Severities { get; init; } = [];
    public IReadOnlyList<string> Vectors { get; init; } = [];
    public IReadOnlyList<Guid> Targets { get; init; } = [];
    public IReadOnlyList<Guid> Members { get; init; } = [];
    public IReadOnlyList<Guid> Leads { get; init; } = [];
    public IReadOnlyList<int> Years { get; init; } = [];
    public IReadOnlyList<Tlp> Tlps { get; init; } = [];

    /// <summary>From 1; the list shows all pages up to it, but not more than <see cref="IncidentQuestion.MaxPage"/> rows at once: then it begins anew after them.</summary>
    public int Page { get; init; } = 1;

    /// <summary>How many rows stand before the list.</summary>
    public int Skip => (Page - 1) / PagesAtOnce * IncidentQuestion.MaxPage;

    /// <summary>The last page of the list before this one.</summary>
    public int PageBefore => Skip / Step;

    /// <summary>What cannot be read is left out: an old link still shows a list.</summary>
    /// <param name="query">Of an address, with or without the question mark.</param>
    public static IncidentFilter Read(string query)
    {
        var fields = QueryHelpers.ParseQuery(query);
        string Of(string name) => fields.TryGetValue(name, out var values) ? values[0] ?? "" : "";
        List<T> ListOf<T>(string name, Func<string, T?> read) where T : struct => [.. Of(name).Split(',').Select(read).OfType<T>().Distinct().Take(MaxChoices)];
        var text = Of("q").Trim();
        return new()
        {
            Text = text.Length > SearchText.MaxLength ? text[..SearchText.MaxLength] : text,
            Statuses = ListOf("status", Labels.ParseOrNull<IncidentStatus>),
            Severities = ListOf("severity", Labels.ParseOrNull<Severity>),
            Vectors = [.. Of("vector").Split(',').Select(v => AttackVectors.Find(v)?.Slug).OfType<string>().Distinct(StringComparer.Ordinal)],
            Targets = ListOf("target", Id),
            Members = ListOf("member", Id),
            Leads = ListOf("lead", Id),
            Years = ListOf("year", y => Number(y) is { } year and >= 1 and <= 9999 ? year : (int?)null),
            Tlps = ListOf("tlp", Labels.ParseOrNull<Tlp>),
            Page = Math.Clamp(Number(Of("page")) ?? 1, 1, MaxPage),
        };
    }

    public bool IsNone => !Fields().Any(f => f.Name != "page");

    /// <summary>How many choices stand beside the text.</summary>
    public int Choices => Statuses.Count + Severities.Count + Vectors.Count + Targets.Count + Members.Count + Leads.Count + Years.Count + Tlps.Count;

    public IncidentFilter Toggle(IncidentStatus status) => this with { Statuses = Toggled(Statuses, status), Page = 1 };

    public IncidentFilter Toggle(Severity severity) => this with { Severities = Toggled(Severities, severity), Page = 1 };

    public IncidentFilter Toggle(Tlp tlp) => this with { Tlps = Toggled(Tlps, tlp), Page = 1 };

    public IncidentFilter ToggleYear(int year) => this with { Years = Toggled(Years, year), Page = 1 };

    public IncidentFilter ToggleVector(string slug) => this with { Vectors = Toggled(Vectors, slug), Page = 1 };

    public IncidentFilter ToggleTarget(Guid id) => this with { Targets = Toggled(Targets, id), Page = 1 };

    public IncidentFilter ToggleMember(Guid id) => this with { Members = Toggled(Members, id), Page = 1 };

    public IncidentFilter ToggleLead(Guid id) => this with { Leads = Toggled(Leads, id), Page = 1 };

    public IncidentQuestion ToQuestion() => new(Text, Statuses, Severities, Years, Leads, Vectors, Targets, Members, Tlps, Skip, (Page * Step) - Skip);

    /// <summary>The parts of the address's query.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        if (Text.Length > 0) yield return ("q", Text);
        if (Statuses.Count > 0) yield return ("status", string.Join(',', Statuses.Select(s => s.Label())));
        if (Severities.Count > 0) yield return ("severity", string.Join(',', Severities.Select(s => s.Label())));
        if (Vectors.Count > 0) yield return ("vector", string.Join(',', Vectors));
        if (Targets.Count > 0) yield return ("target", string.Join(',', Targets));
        if (Members.Count > 0) yield return ("member", string.Join(',', Members));
        if (Leads.Count > 0) yield return ("lead", string.Join(',', Leads));
        if (Years.Count > 0) yield return ("year", string.Join(',', Years.Select(y => y.ToString(CultureInfo.InvariantCulture))));
        if (Tlps.Count > 0) yield return ("tlp", string.Join(',', Tlps.Select(t => t.Label())));
        if (Page > 1) yield return ("page", Page.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What stands behind the question mark, without the page: what a saved view keeps.</summary>
    public string ToQuery() => (this with { Page = 1 }).ToUrl().Split('?', 2) is [_, var query] ? query : "";

    public string ToUrl() => "/incidents" + QueryString.Create(Fields().Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)));

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Guid? Id(string text) => Guid.TryParse(text, out var id) ? id : null;

    private static List<T> Toggled<T>(IReadOnlyList<T> list, T value) => list.Contains(value) ? [.. list.Where(v => !Equals(v, value))] : [.. list, value];
}
