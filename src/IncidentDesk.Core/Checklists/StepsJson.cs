using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace IncidentDesk.Checklists;

/// <summary>Steps as one column of JSON: they are read and written only together.</summary>
internal static class StepsJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly ValueConverter<List<ChecklistStep>, string> Converter = new(
        steps => JsonSerializer.Serialize(steps, Options),
        json => JsonSerializer.Deserialize<List<ChecklistStep>>(json, Options)!);

    public static readonly ValueComparer<List<ChecklistStep>> Comparer = new(
        (a, b) => a!.SequenceEqual(b!),
        steps => steps.Aggregate(0, (hash, step) => HashCode.Combine(hash, step)),
        steps => steps.ToList());
}
