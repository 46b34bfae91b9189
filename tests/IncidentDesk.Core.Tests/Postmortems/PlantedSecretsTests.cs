using System.Reflection;
using System.Text.Json;
using IncidentDesk.Incidents;
using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

/// <summary>A secret in every text that a document can hold: none comes out.</summary>
public sealed class PlantedSecretsTests
{
    private const string Secret = "Zyxo Quill web-77 Cooperativa Nube 198.51.100.77 2001:db8:77::7 box-77.inside.lan someone@inside.lan token=abcd1234efgh";
    private const string Blocks = "\n\n{{facts}}\n\n{{impact}}\n\n{{timeline}}\n\n{{waves}}\n\n{{mitigations}}\n\n{{board}}\n\n{{follow-ups}}\n\n{{measurements}}";

    private static readonly string[] Planted = ["Zyxo", "Quill", "web-77", "Nube", "198.51.100.77", "2001:db8:77", "inside", "someone", "abcd1234efgh"];

    private static readonly Known House = new([new(NamedThing.Person, "p", "Zyxo Quill"), new(NamedThing.Server, "s", "web-77"), new(NamedThing.Member, "m", "Cooperativa Nube")]);

    [Theory]
    [InlineData(Audience.Members)]
    [InlineData(Audience.Public)]
    public void None_comes_out_of_any_text(Audience audience)
    {
        var whole = Full();
        var inner = JsonSerializer.Serialize(whole, DocumentRecord.Json);
        // Else the test would look past them.
        Assert.All(Planted, p => Assert.Contains(p, inner, StringComparison.Ordinal));

        var incident = Guid.CreateVersion7();
        var record = RedactDocument.For(whole, House, new PseudonymNumbers(incident, []), new Dictionary<string, IncidentRole>(), incident, audience);
        var json = JsonSerializer.Serialize(record, DocumentRecord.Json);
        Assert.All(Planted, p => Assert.DoesNotContain(p, json, StringComparison.OrdinalIgnoreCase));
        Assert.All(Guids(inner), id => Assert.DoesNotContain(id, json, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(record.People);
        Assert.Empty(record.Comments);
        Assert.Empty(record.Reviewers);
        Assert.All(record.Files, f => Assert.Equal(("", 0L, "picture-1.png"), (f.Sha256, f.Size, f.FileName)));
        // Something is left to be told.
        Assert.All(new[] { record.Sections.Count, record.Waves.Count, record.Mitigations.Count, record.Impacts.Count, record.FollowUps.Count, record.Traffic.Count, record.Assets.Count, record.Members.Count }, count => Assert.Equal(1, count));
        Assert.Equal(12, record.Entries.Count);
        DocumentStrings.Map(record, (where, text, _) =>
        {
            Assert.Empty(LeakCheck.Find(where, text, House));
            return text;
        });
    }

    [Fact]
    public void Every_text_of_a_document_is_mapped()
    {
        var mapped = DocumentStrings.Map(Full(), (_, _, _) => "told");
        var json = JsonSerializer.Serialize(mapped, DocumentRecord.Json);
        // What is left are words of vocabularies, and what never leaves the house.
        var left = JsonDocument.Parse(json).RootElement;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Walk(left, "", (name, text) => { if (text.Contains("Zyxo", StringComparison.Ordinal)) names.Add(name); });
        Assert.Equal(["countries", "en", "es", "fields", "format", "kind", "language", "mediaType", "prefix", "sha256", "timeZone", "titleEn", "titleEs", "vector"], names);
    }

    private static void Walk(JsonElement element, string name, Action<string, string> found)
    {
        if (element.ValueKind == JsonValueKind.String) found(name, element.GetString()!);
        if (element.ValueKind == JsonValueKind.Array) foreach (var item in element.EnumerateArray()) Walk(item, name, found);
        if (element.ValueKind == JsonValueKind.Object) foreach (var property in element.EnumerateObject()) Walk(property.Value, property.Name, found);
    }

    private static IEnumerable<string> Guids(string json)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        Walk(JsonDocument.Parse(json).RootElement, "", (_, text) => { if (Guid.TryParse(text, out var id)) ids.Add(id.ToString("D")); });
        return ids;
    }

    private static DocumentRecord Full()
    {
        var full = (DocumentRecord)Fill(typeof(DocumentRecord));
        var entry = full.Entries[0];
        var changes = typeof(EntryChange).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(EntryChange))).Select(t => (EntryChange)Fill(t)).ToList();
        var (asset, member) = (full.Assets[0], full.Members[0]);
        return full with
        {
            Sections = [full.Sections[0] with { Body = Secret + Blocks }],
            Entries = [entry with { Change = null }, .. changes.Select((c, i) => entry with { Sequence = i + 2, Change = c })],
            Assets = [asset with { MemberId = member.Id }],
            Impacts = [full.Impacts[0] with { AssetId = asset.Id }],
            Files = [full.Files[0] with { MediaType = "image/gif" }, full.Files[0] with { Id = Guid.CreateVersion7() }],
        };
    }

    /// <summary>Everything that is public is seen, every list has one thing in it, and every text is the secret.</summary>
    private static object Fill(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return Secret;
        if (type == typeof(Guid)) return Guid.CreateVersion7();
        if (type == typeof(DateTime)) return TestDesk.Noon;
        if (type == typeof(DateOnly)) return DateOnly.FromDateTime(TestDesk.Noon);
        if (type == typeof(bool)) return true;
        if (type == typeof(Visibility)) return Visibility.Public;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0)!;
        if (type == typeof(EntryChange)) return new EntryChange.Declared(Severity.Sev1);
        if (type.IsPrimitive) return Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var items = Array.CreateInstance(type.GenericTypeArguments[0], 1);
            items.SetValue(Fill(type.GenericTypeArguments[0]), 0);
            return items;
        }
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Fill(p.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null)) property.SetValue(made, Fill(property.PropertyType));
        return made;
    }
}
