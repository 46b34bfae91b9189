using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace IncidentDesk.Timeline;

/// <summary>What the desk itself did, so that each reader sees it in their own language. The body of the entry holds the person's reason.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Declared), "declared")]
[JsonDerivedType(typeof(StatusChanged), "status")]
[JsonDerivedType(typeof(SeverityChanged), "severity")]
[JsonDerivedType(typeof(TitleChanged), "title")]
[JsonDerivedType(typeof(TlpChanged), "tlp")]
[JsonDerivedType(typeof(RoleChanged), "role")]
[JsonDerivedType(typeof(MilestoneChanged), "milestone")]
[JsonDerivedType(typeof(RestrictionChanged), "restriction")]
[JsonDerivedType(typeof(NamedPersonChanged), "named-person")]
[JsonDerivedType(typeof(Imported), "import")]
public abstract record EntryChange
{
    public sealed record Declared(Severity Severity) : EntryChange;
    public sealed record StatusChanged(IncidentStatus From, IncidentStatus To) : EntryChange;
    public sealed record SeverityChanged(Severity From, Severity To) : EntryChange;
    public sealed record TitleChanged(string From, string To) : EntryChange;
    public sealed record TlpChanged(Tlp From, Tlp To) : EntryChange;

    /// <param name="From">The former holder's name, or null.</param>
    /// <param name="To">The new holder's name, or null when the role is free.</param>
    public sealed record RoleChanged(IncidentRole Role, string? From, string? To) : EntryChange;

    /// <param name="From">What was recorded before, or null.</param>
    /// <param name="To">What is recorded now, or null when it is unknown again.</param>
    public sealed record MilestoneChanged(MilestoneKind Milestone, OccurrenceTime? From, OccurrenceTime? To) : EntryChange;
    public sealed record RestrictionChanged(bool IsRestricted) : EntryChange;
    public sealed record NamedPersonChanged(string Name, bool MaySee) : EntryChange;

    /// <param name="Count">Entries that the file added.</param>
    public sealed record Imported(int Count) : EntryChange;
}

/// <summary>Where an imported entry came from, in the file's own words.</summary>
/// <param name="Precision">The file's word, which may say more than the desk's <see cref="Shared.Precision"/> (<c>derived</c>, <c>ambiguous-tz</c>).</param>
public sealed record EntrySource(string Category, string Url, string Precision, string StatedTime);

internal static class EntryJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ValueConverter<T?, string?> Converter<T>() where T : class => new(
        value => value == null ? null : JsonSerializer.Serialize(value, Options),
        json => json == null ? null : JsonSerializer.Deserialize<T>(json, Options));
}
