using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.People;

/// <summary>A link that works once: it creates the first administrator, or lets an invited person choose a password.</summary>
public sealed class AccessLink
{
    public static readonly TimeSpan FirstAdministratorLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromHours(72);

    public Guid Id { get; init; }

    /// <summary>See <see cref="Secret.Hash"/>.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The person whose password it sets; null for the link of the first administrator.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime ExpiresAt { get; init; }

    /// <summary>UTC; null while it works.</summary>
    public DateTime? UsedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AccessLink>
    {
        public void Configure(EntityTypeBuilder<AccessLink> b)
        {
            b.ToTable("AccessLinks");
            b.Property(l => l.TokenHash).HasMaxLength(64);
            b.HasIndex(l => l.TokenHash).IsUnique();
            b.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
