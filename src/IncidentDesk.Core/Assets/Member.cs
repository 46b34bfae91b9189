using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Assets;

/// <summary>A member organisation or person whose sites the provider hosts.</summary>
public sealed class Member
{
    public const int MaxNameLength = 200;
    public const int MaxNotesLength = 4_000;

    public Guid Id { get; init; }

    /// <summary>Unique without regard to case and accents, retired ones included.</summary>
    public required string Name { get; set; }

    /// <summary><see cref="Name"/> by <see cref="Folding.Fold"/>.</summary>
    public required string FoldedName { get; set; }

    /// <summary>Other names by which people know it.</summary>
    public List<string> Aliases { get; set; } = [];
    public string Notes { get; set; } = "";

    /// <summary>It agreed that its name and its sites are named in what leaves the house.</summary>
    public bool MayBeNamed { get; set; }

    /// <summary>The name was made up for an example.</summary>
    public bool IsInvented { get; set; }

    /// <summary>UTC; null while it is a member. Kept for history.</summary>
    public DateTime? RetiredAt { get; set; }

    /// <summary>Raised by each change.</summary>
    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> b)
        {
            b.ToTable("Members");
            b.Property(m => m.Name).HasMaxLength(MaxNameLength);
            b.Property(m => m.FoldedName).HasMaxLength(MaxNameLength);
            b.Property(m => m.Notes).HasMaxLength(MaxNotesLength);
            b.Property(m => m.Version).IsConcurrencyToken();
            b.HasIndex(m => m.FoldedName).IsUnique();
        }
    }
}
