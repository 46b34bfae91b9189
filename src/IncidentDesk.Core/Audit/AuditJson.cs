using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IncidentDesk.Audit;

/// <summary>What was and what is, as short JSON objects of the fields that differ.</summary>
internal static class AuditJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(object facts) => JsonSerializer.Serialize(facts, Options);

    /// <param name="before">Null for what is new.</param>
    /// <param name="after">Of the same shape.</param>
    /// <returns>Two nulls when nothing differs.</returns>
    public static (string? Before, string? After) Between(object? before, object after)
    {
        if (before is null) return (null, Of(after));
        var (was, now) = (Fields(before), Fields(after));
        var changed = now.Keys.Where(field => !JsonElement.DeepEquals(was[field], now[field])).ToList();
        return changed.Count == 0 ? (null, null) : (Of(Only(was, changed)), Of(Only(now, changed)));
    }

    private static Dictionary<string, JsonElement> Fields(object facts) =>
        JsonSerializer.SerializeToElement(facts, Options).EnumerateObject().ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    private static Dictionary<string, JsonElement> Only(Dictionary<string, JsonElement> all, List<string> fields) => fields.ToDictionary(f => f, f => all[f], StringComparer.Ordinal);
}
