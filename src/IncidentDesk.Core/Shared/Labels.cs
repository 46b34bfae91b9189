using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace IncidentDesk.Shared;

/// <summary>The written form of a word of the vocabulary: the same in the API, in files and in the address bar.</summary>
public static class Labels
{
    /// <summary>For example <c>SEV1</c>, <c>TLP:AMBER+STRICT</c>, <c>observation</c>, <c>Mitigating</c>.</summary>
    public static string Label<T>(this T value) where T : struct, Enum => Table<T>.ByValue[value];

    /// <summary>Reads a label or a member's name, upper and lower case alike.</summary>
    public static bool TryParse<T>(string? label, out T value) where T : struct, Enum
    {
        value = default;
        return label is not null && Table<T>.ByLabel.TryGetValue(label.Trim(), out value);
    }

    /// <summary>The value, or null when the label is not one of them.</summary>
    public static T? ParseOrNull<T>(string? label) where T : struct, Enum => TryParse<T>(label, out var value) ? value : null;

    private static class Table<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>().ToFrozenDictionary(
            v => v,
            v => typeof(T).GetField(v.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? v.ToString());

        public static readonly FrozenDictionary<string, T> ByLabel = ByValue
            .SelectMany(p => new[] { KeyValuePair.Create(p.Value, p.Key), KeyValuePair.Create(p.Key.ToString(), p.Key) })
            .DistinctBy(p => p.Key, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
