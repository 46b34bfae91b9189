using System.Text.Json.Serialization;
using IncidentDesk.People;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Postmortems;

/// <summary>What a section of a postmortem is about.</summary>
public enum SectionKind
{
    [JsonStringEnumMemberName("summary")] Summary,
    [JsonStringEnumMemberName("impact")] Impact,
    [JsonStringEnumMemberName("timeline")] Timeline,
    [JsonStringEnumMemberName("root-cause")] RootCause,
    [JsonStringEnumMemberName("detection")] Detection,
    [JsonStringEnumMemberName("response")] Response,
    [JsonStringEnumMemberName("went-well")] WentWell,
    [JsonStringEnumMemberName("went-badly")] WentBadly,
    [JsonStringEnumMemberName("lucky")] Lucky,
    [JsonStringEnumMemberName("follow-ups")] FollowUps,

    /// <summary>The organisation's own.</summary>
    [JsonStringEnumMemberName("other")] Other,
}

/// <summary>A section of a postmortem: Markdown with fields that the desk fills in (see <see cref="Fields"/>).</summary>
public sealed class PostmortemSection
{
    public const int MaxTitleLength = 120;
    public const int MaxGuidanceLength = 1_000;
    public const int MaxBodyLength = 60_000;

    /// <summary>Removed ones with them.</summary>
    public const int MaxOfDocument = 60;

    /// <summary>Between the positions of two neighbours.</summary>
    internal const int Step = 10;

    public Guid Id { get; init; }
    public Guid PostmortemId { get; init; }
    public Postmortem? Postmortem { get; init; }
    public SectionKind Kind { get; init; }

    /// <summary>Orders the sections; numbers need not follow each other.</summary>
    public int Position { get; set; }
    public required string TitleEn { get; set; }
    public required string TitleEs { get; set; }

    /// <summary>What belongs here, for the author; never exported.</summary>
    public string GuidanceEn { get; set; } = "";
    public string GuidanceEs { get; set; } = "";

    /// <summary>How far it may travel.</summary>
    public Visibility Visibility { get; set; }
    public string Body { get; set; } = "";

    /// <summary>UTC; null while it stands. A removed one can be brought back.</summary>
    public DateTime? RemovedAt { get; set; }

    /// <summary>UTC, of the latest change.</summary>
    public DateTime EditedAt { get; set; }
    public Guid EditedById { get; set; }

    /// <summary>The name at that time.</summary>
    public required string EditedByName { get; set; }

    /// <summary>Raised by each change.</summary>
    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<PostmortemSection>
    {
        public void Configure(EntityTypeBuilder<PostmortemSection> b)
        {
            b.ToTable("PostmortemSections");
            b.Property(s => s.TitleEn).HasMaxLength(MaxTitleLength);
            b.Property(s => s.TitleEs).HasMaxLength(MaxTitleLength);
            b.Property(s => s.GuidanceEn).HasMaxLength(MaxGuidanceLength);
            b.Property(s => s.GuidanceEs).HasMaxLength(MaxGuidanceLength);
            b.Property(s => s.Body).HasMaxLength(MaxBodyLength);
            b.Property(s => s.EditedByName).HasMaxLength(Person.MaxNameLength);
            b.Property(s => s.Version).IsConcurrencyToken();
            b.HasIndex(s => s.PostmortemId);
            b.HasOne(s => s.Postmortem).WithMany(p => p.Sections).HasForeignKey(s => s.PostmortemId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A section as it was. The first is how it began; what one person types without a pause of five minutes, and without another's change between, is one revision.</summary>
public sealed class SectionRevision
{
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(5);

    public Guid SectionId { get; init; }
    public PostmortemSection? Section { get; init; }

    /// <summary>1, 2, 3, … in the section.</summary>
    public int Number { get; init; }
    public required string TitleEn { get; set; }
    public required string TitleEs { get; set; }
    public Visibility Visibility { get; set; }
    public required string Body { get; set; }

    /// <summary>UTC, when it was begun.</summary>
    public DateTime FromAt { get; init; }

    /// <summary>UTC, of the latest change in it.</summary>
    public DateTime ToAt { get; set; }
    public Guid ById { get; init; }

    /// <summary>The name at that time.</summary>
    public required string ByName { get; init; }

    /// <summary>The section as it stands now, begun as a revision of its own.</summary>
    internal static SectionRevision Of(PostmortemSection s, int number) => new()
    {
        SectionId = s.Id,
        Number = number,
        TitleEn = s.TitleEn,
        TitleEs = s.TitleEs,
        Visibility = s.Visibility,
        Body = s.Body,
        FromAt = s.EditedAt,
        ToAt = s.EditedAt,
        ById = s.EditedById,
        ByName = s.EditedByName,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<SectionRevision>
    {
        public void Configure(EntityTypeBuilder<SectionRevision> b)
        {
            b.ToTable("SectionRevisions");
            b.HasKey(r => new { r.SectionId, r.Number });
            b.Property(r => r.TitleEn).HasMaxLength(PostmortemSection.MaxTitleLength);
            b.Property(r => r.TitleEs).HasMaxLength(PostmortemSection.MaxTitleLength);
            b.Property(r => r.Body).HasMaxLength(PostmortemSection.MaxBodyLength);
            b.Property(r => r.ByName).HasMaxLength(Person.MaxNameLength);
            b.HasOne(r => r.Section).WithMany().HasForeignKey(r => r.SectionId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
