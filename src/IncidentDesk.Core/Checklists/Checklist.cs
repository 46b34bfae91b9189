using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Checklists;

/// <summary>One step, in both languages.</summary>
public sealed record ChecklistStep(string En, string Es);

/// <summary>A short ordered list of steps for one sort of attack, kept by administrators.</summary>
public sealed class Checklist
{
    public const int MaxTitleLength = 120;
    public const int MaxStepLength = 400;
    public const int MaxSteps = 30;
    public const int MaxSourceLength = 1_000;

    public Guid Id { get; init; }
    public required string TitleEn { get; set; }
    public required string TitleEs { get; set; }

    /// <summary>The public guidance that it was built from, named.</summary>
    public string Source { get; set; } = "";
    public List<ChecklistStep> Steps { get; set; } = [];

    /// <summary>UTC; null while it is offered.</summary>
    public DateTime? RetiredAt { get; set; }

    /// <summary>Raised by each change.</summary>
    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<Checklist>
    {
        public void Configure(EntityTypeBuilder<Checklist> b)
        {
            b.ToTable("Checklists");
            b.Property(c => c.TitleEn).HasMaxLength(MaxTitleLength);
            b.Property(c => c.TitleEs).HasMaxLength(MaxTitleLength);
            b.Property(c => c.Source).HasMaxLength(MaxSourceLength);
            b.Property(c => c.Steps).HasConversion(StepsJson.Converter, StepsJson.Comparer);
            b.Property(c => c.Version).IsConcurrencyToken();
            b.HasData(FirstChecklists.All);
        }
    }
}
