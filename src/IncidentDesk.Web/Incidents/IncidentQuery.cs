using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.Incidents;

/// <summary>The question to the record of incidents as the API takes it. Several choices of one kind are parted by commas.</summary>
/// <param name="Q">Words, <c>"quoted words"</c>, beginnings such as <c>flo*</c>, <c>-excluded</c> words.</param>
/// <param name="Vector">Slugs.</param>
/// <param name="Target">Ids of assets that were hit or aimed at.</param>
/// <param name="Member">Ids.</param>
/// <param name="Lead">Ids of people.</param>
public sealed record IncidentQuery(
    string? Q = null, string? Status = null, string? Severity = null, string? Year = null, string? Vector = null, string? Target = null, string? Member = null, string? Lead = null, string? Tlp = null,
    int? Skip = null, int? Take = null)
{
    public const int MaxPage = 100;

    /// <returns>The question, or <c>Word.Unknown</c> with the field and what stands in it.</returns>
    public Result<IncidentQuestion> Read()
    {
        if (ListOf(Status, Labels.ParseOrNull<IncidentStatus>) is not { } statuses) return Unknown(nameof(Status), Status);
        if (ListOf(Severity, Labels.ParseOrNull<Severity>) is not { } severities) return Unknown(nameof(Severity), Severity);
        if (ListOf(Year, YearOf) is not { } years) return Unknown(nameof(Year), Year);
        if (ListOf(Target, IdOf) is not { } targets) return Unknown(nameof(Target), Target);
        if (ListOf(Member, IdOf) is not { } members) return Unknown(nameof(Member), Member);
        if (ListOf(Lead, IdOf) is not { } leads) return Unknown(nameof(Lead), Lead);
        if (ListOf(Tlp, Labels.ParseOrNull<Tlp>) is not { } tlps) return Unknown(nameof(Tlp), Tlp);
        string[] slugs = [.. Parts(Vector)];
        if (slugs.Any(s => AttackVectors.Find(s) is null)) return Unknown(nameof(Vector), Vector);
        return new IncidentQuestion(Q ?? "", statuses, severities, years, leads, [.. slugs.Select(s => AttackVectors.Find(s)!.Slug)], targets, members, tlps, Skip ?? 0, Math.Clamp(Take ?? MaxPage, 1, MaxPage));
    }

    private static Invalid Unknown(string field, string? text) => new(JsonNamingPolicyOf(field), "Word.Unknown", text ?? "");

    private static string JsonNamingPolicyOf(string field) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(field);

    private static string[] Parts(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Null when one of them cannot be read.</summary>
    private static List<T>? ListOf<T>(string? list, Func<string, T?> read) where T : struct
    {
        var values = Parts(list).Select(read).ToList();
        return values.TrueForAll(v => v is not null) ? values.ConvertAll(v => v!.Value) : null;
    }

    private static int? YearOf(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var year) ? year : null;

    private static Guid? IdOf(string text) => Guid.TryParse(text, out var id) ? id : null;
}
