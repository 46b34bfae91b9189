using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace IncidentDesk.Postmortems;

/// <summary>A section with which a new document begins, in both languages.</summary>
/// <param name="Body">Markdown with fields; see <see cref="Fields"/>.</param>
public sealed record TemplateSection(SectionKind Kind, string TitleEn, string TitleEs, string GuidanceEn, string GuidanceEs, Visibility Visibility, string Body);

/// <summary>The sections with which a new postmortem begins, kept by administrators.</summary>
public sealed class PostmortemTemplate
{
    public const int MaxNameLength = 120;
    public const int MaxSections = 30;

    /// <summary>Of the text with which a section begins.</summary>
    public const int MaxBodyLength = 8_000;

    public Guid Id { get; init; }
    public required string NameEn { get; set; }
    public required string NameEs { get; set; }
    public List<TemplateSection> Sections { get; set; } = [];

    /// <summary>UTC; null while it is offered.</summary>
    public DateTime? RetiredAt { get; set; }

    /// <summary>Raised by each change.</summary>
    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<PostmortemTemplate>
    {
        private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public void Configure(EntityTypeBuilder<PostmortemTemplate> b)
        {
            b.ToTable("PostmortemTemplates");
            b.Property(t => t.NameEn).HasMaxLength(MaxNameLength);
            b.Property(t => t.NameEs).HasMaxLength(MaxNameLength);
            // Sections are read and written only together.
            b.Property(t => t.Sections).HasConversion(
                new ValueConverter<List<TemplateSection>, string>(sections => JsonSerializer.Serialize(sections, Options), json => JsonSerializer.Deserialize<List<TemplateSection>>(json, Options)!),
                new ValueComparer<List<TemplateSection>>((a, b) => a!.SequenceEqual(b!), all => all.Aggregate(0, (hash, section) => HashCode.Combine(hash, section)), all => all.ToList()));
            b.Property(t => t.Version).IsConcurrencyToken();
            b.HasData(FirstTemplates.All);
        }
    }
}
