using IncidentDesk.Assets;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Mitigations;

/// <summary>A defence: what is or was put up against an attack, in one incident or several.</summary>
public sealed class Mitigation
{
    public const int MaxNameLength = 60;
    public const int MaxTitleLength = 200;
    public const int MaxTextLength = 8_000;
    public const int MaxLineLength = 200;

    public Guid Id { get; init; }

    /// <summary>What people type after <c>+</c>: letters, digits and <c>. - _</c>, no blanks. Unique on the desk without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary><see cref="Name"/> by <see cref="Folding.Fold"/>.</summary>
    public required string FoldedName { get; init; }
    public required string Title { get; set; }

    /// <summary>Of a <see cref="MitigationKind"/>.</summary>
    public required string Kind { get; set; }
    public MitigationActor Actor { get; set; }
    public MitigationState State { get; set; }

    /// <summary>Who applies it: a person, a shift, the upstream's desk.</summary>
    public string AppliedBy { get; set; } = "";

    /// <summary>The exact command or change, as text.</summary>
    public string Command { get; set; } = "";
    public string Revert { get; set; } = "";
    public string ExpectedEffect { get; set; } = "";
    public string SideEffects { get; set; } = "";

    /// <summary>Why the present verdict was given.</summary>
    public string VerdictReason { get; set; } = "";

    /// <summary>UTC. When somebody has to look at it again; null for never.</summary>
    public DateTime? ReviewBy { get; set; }

    /// <summary>UTC. The <see cref="ReviewBy"/> of which the incidents have been reminded.</summary>
    public DateTime? RemindedOf { get; set; }

    /// <summary>UTC. When it ends by itself; null for never.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>UTC. When an upstream, a vendor or a member was asked; null when nobody was.</summary>
    public DateTime? AskedAt { get; set; }
    public string AskedWhom { get; set; } = "";
    public string Ticket { get; set; } = "";

    /// <summary>UTC; null while there is no answer.</summary>
    public DateTime? AnsweredAt { get; set; }
    public string Answer { get; set; } = "";

    /// <summary>UTC, of the record.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>Raised by each change.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Its states, in order.</summary>
    public List<MitigationStep> Steps { get; init; } = [];

    /// <summary>What it protects.</summary>
    public List<MitigationScope> Scope { get; init; } = [];
    public List<IncidentMitigation> Incidents { get; init; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<Mitigation>
    {
        public void Configure(EntityTypeBuilder<Mitigation> b)
        {
            b.ToTable("Mitigations");
            b.Property(m => m.Name).HasMaxLength(MaxNameLength);
            b.Property(m => m.FoldedName).HasMaxLength(MaxNameLength);
            b.Property(m => m.Title).HasMaxLength(MaxTitleLength);
            b.Property(m => m.Kind).HasMaxLength(MitigationKind.MaxSlugLength);
            b.Property(m => m.AppliedBy).HasMaxLength(MaxLineLength);
            b.Property(m => m.AskedWhom).HasMaxLength(MaxLineLength);
            b.Property(m => m.Ticket).HasMaxLength(MaxLineLength);
            foreach (var text in new[] { nameof(Command), nameof(Revert), nameof(ExpectedEffect), nameof(SideEffects), nameof(VerdictReason), nameof(Answer) })
                b.Property<string>(text).HasMaxLength(MaxTextLength);
            b.Property(m => m.Version).IsConcurrencyToken();
            b.HasIndex(m => m.FoldedName).IsUnique();
            b.HasIndex(m => m.ReviewBy);
            b.HasIndex(m => m.ExpiresAt);
            b.HasOne<MitigationKind>().WithMany().HasForeignKey(m => m.Kind).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A state that a mitigation entered. Append-only.</summary>
public sealed class MitigationStep
{
    public Guid MitigationId { get; init; }

    /// <summary>1, 2, 3, …</summary>
    public int Number { get; init; }
    public MitigationState State { get; init; }

    /// <summary>UTC; null exactly when <see cref="Precision"/> is <see cref="Precision.OrderOnly"/>.</summary>
    public DateTime? At { get; init; }
    public Precision Precision { get; init; }

    /// <summary>UTC.</summary>
    public DateTime RecordedAt { get; init; }

    /// <summary>Null for the desk itself.</summary>
    public Guid? ById { get; init; }
    public required string ByName { get; init; }
    public string Reason { get; init; } = "";

    public OccurrenceTime When => new(At, Precision);

    internal sealed class Configuration : IEntityTypeConfiguration<MitigationStep>
    {
        public void Configure(EntityTypeBuilder<MitigationStep> b)
        {
            b.ToTable("MitigationSteps");
            b.HasKey(s => new { s.MitigationId, s.Number });
            b.Ignore(s => s.When);
            b.Property(s => s.ByName).HasMaxLength(Person.MaxNameLength);
            b.Property(s => s.Reason).HasMaxLength(Mitigation.MaxTextLength);
            b.HasOne<Mitigation>().WithMany(m => m.Steps).HasForeignKey(s => s.MitigationId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>An asset that a mitigation protects.</summary>
public sealed class MitigationScope
{
    public Guid MitigationId { get; init; }
    public Guid AssetId { get; init; }
    public Asset? Asset { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MitigationScope>
    {
        public void Configure(EntityTypeBuilder<MitigationScope> b)
        {
            b.ToTable("MitigationScopes");
            b.HasKey(s => new { s.MitigationId, s.AssetId });
            b.HasOne<Mitigation>().WithMany(m => m.Scope).HasForeignKey(s => s.MitigationId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne(s => s.Asset).WithMany().HasForeignKey(s => s.AssetId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>An incident that a mitigation serves.</summary>
public sealed class IncidentMitigation
{
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public Guid MitigationId { get; init; }
    public Mitigation? Mitigation { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<IncidentMitigation>
    {
        public void Configure(EntityTypeBuilder<IncidentMitigation> b)
        {
            b.ToTable("IncidentMitigations");
            b.HasKey(m => new { m.IncidentId, m.MitigationId });
            b.HasIndex(m => m.MitigationId);
            b.HasOne(m => m.Incident).WithMany().HasForeignKey(m => m.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne(m => m.Mitigation).WithMany(m => m.Incidents).HasForeignKey(m => m.MitigationId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
