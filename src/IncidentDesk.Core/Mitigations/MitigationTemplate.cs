using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Mitigations;

/// <summary>A mitigation written down before it is needed, to start from.</summary>
public sealed class MitigationTemplate
{
    public Guid Id { get; init; }
    public required string Title { get; set; }

    /// <summary>Of a <see cref="MitigationKind"/>.</summary>
    public required string Kind { get; set; }
    public MitigationActor Actor { get; set; }
    public string AppliedBy { get; set; } = "";
    public string Command { get; set; } = "";
    public string Revert { get; set; } = "";
    public string ExpectedEffect { get; set; } = "";
    public string SideEffects { get; set; } = "";

    /// <summary>Minutes after which somebody has to look at it; null for never.</summary>
    public int? ReviewAfterMinutes { get; set; }

    /// <summary>UTC; null while it is offered.</summary>
    public DateTime? RetiredAt { get; set; }

    /// <summary>Raised by each change.</summary>
    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<MitigationTemplate>
    {
        public void Configure(EntityTypeBuilder<MitigationTemplate> b)
        {
            b.ToTable("MitigationTemplates");
            b.Property(t => t.Title).HasMaxLength(Mitigation.MaxTitleLength);
            b.Property(t => t.Kind).HasMaxLength(MitigationKind.MaxSlugLength);
            b.Property(t => t.AppliedBy).HasMaxLength(Mitigation.MaxLineLength);
            foreach (var text in new[] { nameof(Command), nameof(Revert), nameof(ExpectedEffect), nameof(SideEffects) })
                b.Property<string>(text).HasMaxLength(Mitigation.MaxTextLength);
            b.Property(t => t.Version).IsConcurrencyToken();
            b.HasOne<MitigationKind>().WithMany().HasForeignKey(t => t.Kind).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
