using System.Collections.Frozen;
using System.Text.Json;
using IncidentDesk.Audit;
using IncidentDesk.Leadership;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Audit;

/// <summary>What was and what is, as people read it.</summary>
public static class AuditText
{
    /// <summary>Fields of the trail's JSON that have a name in the desk's languages: <c>AuditField.{name}</c>.</summary>
    public static readonly FrozenSet<string> Named = new[]
    {
        "actor", "appliedBy", "command", "expectedEffect", "figure", "format", "from", "isCut", "isRetired", "kind", "nameEn", "nameEs", "people", "person", "reason",
        "restricted", "revert", "reviewAfterMinutes", "rows", "sacrificesTarget", "sideEffects", "source", "steps", "title", "titleEn", "titleEs", "to",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="Name">Null where the line has one value only.</param>
    /// <param name="Before">Null where nothing was.</param>
    /// <param name="After">Null where nothing is.</param>
    public sealed record Field(string? Name, string? Before, string? After);

    public static IReadOnlyList<Field> Fields(AuditEvent e, Say say)
    {
        if (e.Before is null && e.After is null) return [];
        var (before, after) = (Object(e.Before), Object(e.After));
        if (before is null && after is null) return Plain(e.Before, e.Kind, say) is null && Plain(e.After, e.Kind, say) is null ? [] : [new Field(null, Plain(e.Before, e.Kind, say), Plain(e.After, e.Kind, say))];
        var names = (after?.Keys.AsEnumerable() ?? []).Concat(before?.Keys.AsEnumerable() ?? []).Distinct(StringComparer.Ordinal);
        // What is empty or no, and was not there before, says nothing.
        return [.. names.Select(name => new Field(Named.Contains(name) ? say["AuditField." + name] : name, Value(name, before, say), Value(name, after, say, isNew: before is null))).Where(f => f.Before != f.After)];
    }

    private static Dictionary<string, JsonElement>? Object(string? text)
    {
        if (text is not ['{', ..]) return null;
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text);
        }
        catch (JsonException)
        {
            // a text that only begins like one
            return null;
        }
    }

    private static string? Plain(string? text, AuditKind kind, Say say) => string.IsNullOrEmpty(text) ? null : kind switch
    {
        AuditKind.SignedIn or AuditKind.PasswordChanged => Words<SignInMethod>(text, say),
        AuditKind.RoleChanged or AuditKind.PersonInvited or AuditKind.SecondFactorRequired => Words<PersonRole>(text, say),
        AuditKind.TokenCreated => Words<TokenScopes>(text, say),
        AuditKind.SignInThrottled => say["Audit.Failures", text],
        AuditKind.SessionEnded => say["Audit.Sessions", text],
        AuditKind.SignedOut => null,
        _ => text,
    };

    private static string Words<T>(string list, Say say) where T : struct, Enum =>
        string.Join(", ", list.Split(", ").Select(text => Enum.TryParse<T>(text, out var word) && Enum.IsDefined(word) ? say.Word(word) : text));

    private static string? Value(string name, Dictionary<string, JsonElement>? fields, Say say, bool isNew = false)
    {
        if (fields is null || !fields.TryGetValue(name, out var value) || (isNew && value.ValueKind == JsonValueKind.False)) return null;
        return name switch
        {
            "actor" when Labels.TryParse<MitigationActor>(value.ToString(), out var actor) => say.Word(actor),
            "figure" when Labels.TryParse<Figure>(value.ToString(), out var figure) => say.Word(figure),
            "figure" => say["Leadership.AllFigures"],
            "format" => value.ToString().ToUpperInvariant(),
            _ => Value(value, say),
        };
    }

    private static string? Value(JsonElement value, Say say) => value.ValueKind switch
    {
        JsonValueKind.True => say["Yes"],
        JsonValueKind.False => say["No"],
        JsonValueKind.Null => null,
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(v => Value(v, say))),
        // A text in both languages.
        JsonValueKind.Object when value.TryGetProperty(Languages.Current, out var text) => text.ToString(),
        _ => value.ToString() is { Length: > 0 } text ? text : null,
    };
}
