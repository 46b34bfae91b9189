using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Audit;
using IncidentDesk.FollowUps;
using IncidentDesk.History;
using IncidentDesk.Import;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Testing;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Web.Tests.Texts;

/// <summary>Every word of the desk is there in both languages.</summary>
public sealed partial class TextsTests
{
    private static readonly Dictionary<string, string> English = Read("DeskTexts.resx");
    private static readonly Dictionary<string, string> Spanish = Read("DeskTexts.es.resx");

    [Fact]
    public void Both_languages_have_the_same_keys() => Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Spanish.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void No_text_is_empty() => Assert.Empty(English.Concat(Spanish).Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => t.Key));

    [Fact]
    public void Both_languages_have_the_same_places_to_fill() =>
        Assert.Empty(English.Keys.Where(key => !Places(English[key]).SetEquals(Places(Spanish[key]))).Select(key => $"{key}: {English[key]} | {Spanish[key]}"));

    [Fact]
    public void Every_key_in_the_sources_is_there()
    {
        var used = Sources().SelectMany(s => SaidKey().Matches(s).Select(m => m.Groups["key"].Value)).Distinct().ToList();
        Assert.True(used.Count > 200, $"Only {used.Count} keys found: the pattern no longer fits the sources.");
        AllThere(used);
    }

    [Fact]
    public void What_is_counted_has_a_text_for_one_and_one_for_many()
    {
        var counted = Sources().SelectMany(s => CountedKey().Matches(s).Select(m => m.Groups["key"].Value)).Concat(Enum.GetNames<ValueState>().Select(s => $"ValueState.{s}")).Distinct().ToList();
        Assert.True(counted.Count > 15, $"Only {counted.Count} keys found: the pattern no longer fits the sources.");
        AllThere(counted.SelectMany(key => new[] { key, key + ".One" }));
    }

    [Fact]
    public void Every_error_has_its_text()
    {
        var codes = Sources().SelectMany(s => ErrorCode().Matches(s).Select(m => m.Groups["code"].Value)).Concat(
            typeof(ImportCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)).Distinct().ToList();
        Assert.True(codes.Count > 40, $"Only {codes.Count} codes found: the pattern no longer fits the sources.");
        AllThere(codes.Select(code => "Error." + code));
        AllThere(["Problem.NotFound", "Problem.Forbidden", "Problem.Invalid", "Problem.Conflict"]);
    }

    public static TheoryData<Type> Vocabularies() =>
        [typeof(AuditKind), typeof(IncidentStatus), typeof(EntryKind), typeof(MilestoneKind), typeof(IncidentRole), typeof(PersonRole), typeof(Precision), typeof(Visibility), typeof(ImportDoubt), typeof(ProposalReason), typeof(Severity), typeof(Tlp), typeof(SignInMethod), typeof(ChangeGroup), typeof(VectorFamily), typeof(FigureState), typeof(DefenceGroup), typeof(TrafficUnit), typeof(MagnitudeKind), typeof(SearchKind), typeof(FollowUpState), typeof(PostmortemState), typeof(Audience), typeof(DocumentKind), typeof(Web.Postmortems.Documents.ExportFormat), typeof(SectionKind), typeof(NamedThing), typeof(Figure), typeof(ValueState), typeof(Web.Leadership.PeriodChoice)];

    [Theory, MemberData(nameof(Vocabularies))]
    public void Every_word_of_a_vocabulary_has_its_text(Type vocabulary) => AllThere(Enum.GetNames(vocabulary).Select(name => $"{vocabulary.Name}.{name}"));

    [Fact]
    public void Keys_that_are_put_together_are_there() =>
        AllThere([.. Enum.GetNames<PersonRole>().Select(r => $"PersonRole.{r}.Hint"), .. Web.Audit.AuditText.Named.Select(f => $"AuditField.{f}"), .. Enum.GetNames<TokenScopes>().Where(s => s != "None").SelectMany(s => new[] { $"TokenScopes.{s}", $"TokenScopes.{s}.Hint" }), .. Enum.GetNames<AssetKind>().Select(k => $"Board.Group.{k}"), .. Fields.Blocks.Concat(Fields.Values).Except(["entry", "file", "measurements"], StringComparer.Ordinal).Select(f => $"FieldName.{f}"), "Incidents.Group.Open", "Incidents.Group.Resolved", "Incidents.Group.Closed", .. Enum.GetNames<IncidentRole>().Select(r => $"Redaction.Role.{r}"), "Redaction.Removed.Email", "Redaction.Removed.InternalLink", "Redaction.Removed.Secret",
            .. new[] { "asset", "comment", "entry", "file", "follow-up", "impact", "incident", "made-by", "measurements", "member", "mitigation", "person", "reviewer", "role", "section", "title", "wave" }.Select(w => $"Redaction.Where.{w}")]);

    private static void AllThere(IEnumerable<string> keys) => Assert.Equal([], keys.Except(English.Keys, StringComparer.Ordinal));

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Checkout.DeskProject, "Texts", file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    private static IEnumerable<string> Sources() => new[] { "*.cs", "*.razor" }
        .SelectMany(pattern => Directory.GetFiles(Path.Combine(Checkout.Root, "src"), pattern, SearchOption.AllDirectories))
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText);

    // Say["Key"], say["Key", …], Say[condition ? "One" : "Other"]; not "Prefix." + …, not $"…".
    [GeneratedRegex("""\b[Ss]ay\[(?:[^\]"]*\?\s*"(?<key>[^"]+)"\s*:\s*)?"(?<key>[^"]+)"(?=\s*[,\]])""", RegexOptions.ExplicitCapture)]
    private static partial Regex SaidKey();

    [GeneratedRegex("\\b[Ss]ay\\.Count\\(\"(?<key>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex CountedKey();

    [GeneratedRegex("""new (?:NotFound|Forbidden|Conflict)\("(?<code>[A-Za-z.]+)"|new Invalid\([^,()]*(?:\([^)]*\))?,\s*"(?<code>[A-Za-z.]+)"|ControlCharacter\([^)]*\)\s*=>\s*new\(field, "(?<code>[A-Za-z.]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"\{[0-9]+[^}]*\}")]
    private static partial Regex Place();
}
